// A QuickFIX acceptance file (.def): one action a line, in the order in which they are done.
//
//   # comment                         kept
//   iCONNECT     i2,CONNECT           we connect (client 1, client 2)
//   iDISCONNECT  eCONNECT  eDISCONNECT  we close · the peer connects to us · the peer closes
//   I8=FIX.4.4|35=A|…   I2,8=…        we send
//   E8=FIX.4.4|35=A|…   E2,8=…        the peer's next message
//
// Between fields stands SOH, or `|` in a line without any. `<TIME>`, `<TIME+n>` and `<TIME-n>` are
// the time of the action, n seconds on; `<FILE:path>` is what that file holds.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"

namespace fixdrill::imports {

/// Text with times in it.
struct DefValue {
  struct Piece {
    std::string text;
    std::optional<long> seconds;  ///< a time, so many seconds from now; `text` is empty then
  };
  std::vector<Piece> pieces;

  bool literal() const;      ///< no time in it
  bool is_time() const;      ///< a time and nothing else
  std::string text() const;  ///< of a literal
  std::size_t size() const;  ///< bytes: a time is YYYYMMDD-HH:MM:SS
};

/// `TAG=VALUE`; tag 0: it is none (no `=`, or no number before it), `value` then has all of it.
struct DefField {
  int tag = 0;
  DefValue value;
  Span span;
};

using DefFields = std::vector<DefField>;

struct DefLine {
  enum class Kind { blank, comment, connect, disconnect, accept, closed, send, expect };
  Kind kind{};
  Span span;       ///< the line
  int client = 1;  ///< 0 to 9
  DefFields fields;

  bool is_message() const { return kind == Kind::send || kind == Kind::expect; }
  /// The first field with this tag; null: none.
  const DefField* field(int tag) const;
  /// Its value when that is literal, else "".
  std::string text(int tag) const;
};

struct DefFile {
  SourcePtr source;
  std::vector<DefLine> lines;
};

struct DefParsed {
  DefFile file;
  std::vector<Diagnostic> diagnostics;
};

/// Gives what `<FILE:path>` stands for.
using FileReader = std::function<Result<std::string>(const std::string& path)>;

DefParsed parse_def(SourcePtr source, const FileReader& read_file);

}  // namespace fixdrill::imports
