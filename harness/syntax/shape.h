// What `with …` does to a message that a wire session sends: a fault, another number, another way
// to leave. Numbers are literals, with or without a sign, or one `${expr}`.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "base/source.h"
#include "syntax/tree.h"

namespace fixdrill::syntax {

struct Fault {
  enum class Kind {
    bad_checksum,
    short_checksum,
    long_checksum,
    bad_length,
    no_checksum,
    no_length,
    duplicate,
    order,
    swapped,
    garbled,
    truncated
  };
  Kind kind{};
  std::optional<Value> number;   ///< bad length (may be missing), truncated
  std::vector<FieldRef> fields;  ///< duplicate: one; swapped: two; order: by tag
};
struct SeqNum {
  Value number;  ///< with a sign: counted from the next one
};
struct Split {
  std::vector<Value> offsets;  ///< at least one
  std::optional<DurationSpec> every;
};
struct Joined {};

/// As written: repetitions and second faults are for the checker.
struct Shape {
  struct Part {
    Span span;
    std::variant<Fault, SeqNum, Split, Joined> what;
  };
  Span span;  ///< from the first part to the last
  std::vector<Part> parts;
};

}  // namespace fixdrill::syntax
