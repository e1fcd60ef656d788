// One side of a comparison, held compactly: its messages by flow, and what was measured on the way.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "diff/arena.h"
#include "diff/canonical.h"
#include "diff/latency.h"
#include "diff/rules.h"
#include "diff/traffic.h"
#include "record/message_source.h"

namespace fixdrill::diff {

inline constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

/// A message of a flow. Its bytes are in the arena of its side.
struct Entry {
  std::string_view raw;
  std::int64_t id = 0;        ///< as its source counts
  std::int64_t wall_ns = 0;   ///< 0: not known
  std::int64_t mono_ns = 0;   ///< 0: not known
  std::uint64_t content = 0;  ///< hash of what is compared, ids aside
  std::uint64_t ignored = 0;  ///< hash of what rules leave out
  std::uint32_t type = 0;     ///< hash of MsgType and direction
  std::uint16_t session = 0;  ///< index into Side::sessions
  std::uint16_t part = 0;     ///< of the session: its row in the source; each may count ids anew
  record::Direction direction = record::Direction::in;
};

/// Messages that speak of one thing.
struct Flow {
  std::uint32_t begin = 0;  ///< [begin, end) of Side::order
  std::uint32_t end = 0;
  std::uint32_t origin = kNone;  ///< of the script, index into Side::origins
  std::uint16_t session = 0;     ///< of its first message
  /// Hashes, strictest first: all content with what ids refer to; what we sent with what the
  /// answers are (types, states); what we sent; instrument, side, quantity; its first type.
  std::array<std::uint64_t, 5> likeness{};
};

/// How the ids that one side mints, or its clocks, are written.
struct Format {
  std::uint64_t values = 0;
  std::size_t shortest = static_cast<std::size_t>(-1);
  std::size_t longest = 0;
  unsigned alphabet = 0;         ///< bits: 1 digits, 2 upper case, 4 lower case, 8 other
  std::uint64_t late = 0;        ///< TransactTime(60) behind SendingTime(52)
  std::uint32_t first = kNone;   ///< of entries: the first use of an id that names two things
  std::uint32_t repeat = kNone;  ///< of entries: its use for the other; kNone: none does
  std::map<unsigned, std::uint64_t> digits;  ///< of clocks: behind the point
};

/// Where in the script a flow began: scenario, step and how often that step had run.
using Origins = std::unordered_map<std::int64_t, std::string>;  ///< by message id

struct Side {
  std::string name;
  std::vector<record::SessionRow> sessions;
  Arena bytes;
  std::vector<Entry> entries;        ///< in order of the source
  std::vector<std::uint32_t> order;  ///< indices into entries, flow by flow
  std::vector<Flow> flows;           ///< in order of their first messages
  std::vector<std::string> origins;
  std::map<std::pair<int, record::Direction>, Format> ids;     ///< by tag
  std::map<std::pair<int, record::Direction>, Format> clocks;  ///< by tag
  std::vector<std::uint64_t> renamed;                          ///< by Rules::renamings()
  std::map<Treatment, std::uint64_t> values;                   ///< how many were met of each
  std::map<std::string, std::uint64_t> messages_by_type;       ///< those of flows
  std::vector<Traffic> traffic;                                ///< by session
  Latencies latencies;
  std::uint64_t messages = 0;    ///< all that were read, session messages too
  std::uint64_t unreadable = 0;  ///< pieces that are no whole message
  std::int64_t first_ns = 0;
  std::int64_t last_ns = 0;

  std::span<const std::uint32_t> members(const Flow& flow) const {
    return std::span(order).subspan(flow.begin, flow.end - flow.begin);
  }
};

/// Entry::type.
std::uint32_t type_of(std::string_view msg_type, record::Direction direction);

enum class Which { a, b };

/// Reads a source to its end; of side A under the names that the rules give its instruments. An
/// error of the source is one of the whole.
Result<Side> load(Which which, record::MessageSource& source, const Rules& rules,
                  const Origins& origins);

}  // namespace fixdrill::diff
