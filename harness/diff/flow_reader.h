// Reads the messages of one flow after another: what they refer to, how alike flows are, how long
// answers took.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "diff/reuse.h"
#include "diff/side.h"

namespace fixdrill::diff {

class FlowReader {
 public:
  FlowReader(Side& side, const Rules& rules);

  /// Fills `likeness` and adds to formats and latencies of the side.
  void read(Flow& flow);
  /// Behind the last flow.
  void finish() { reuse_.finish(); }

 private:
  /// Running hashes, in [0], out [1].
  struct Ways {
    std::array<std::uint64_t, 2> full{};
    std::array<std::uint64_t, 2> skeleton{};
    std::array<std::uint64_t, 2> content{};
  };
  struct Waiting {
    const Entry* entry = nullptr;
    std::uint64_t about = 0;  ///< hash of ClOrdID(11); 0 = none
  };
  static constexpr std::size_t kMostWaiting = 64;

  void message(std::uint32_t n);
  void note_head(const fix::FieldView& field);
  void note_id(const fix::FieldView& field, record::Direction direction);
  void time(const Entry& entry, const fix::Message& message);

  Side& side_;
  const Rules& rules_;
  Aliases aliases_;
  Reuse reuse_;
  Ways chains_;
  std::array<std::uint64_t, 4> head_{};  ///< instrument, side, quantity: the first of each
  std::vector<Waiting> waiting_;         ///< for an answer
  std::unordered_map<std::uint64_t, std::vector<std::int64_t>*> samples_;
};

}  // namespace fixdrill::diff
