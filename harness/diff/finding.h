// What a comparison found: identical changes in one place, with how grave they are, a fingerprint
// and messages to look at.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "fix/dictionary.h"
#include "record/recorder.h"

namespace fixdrill::diff {

enum class Severity { breaking, suspect, benign, latency, noise };

enum class Kind {
  message_missing,
  message_extra,
  message_moved,
  flow_missing,
  flow_extra,
  field_removed,
  field_added,
  value_changed,
  value_written,  ///< the same number or time in other letters
  wording_changed,
  refers_elsewhere,
  order_changed,
  entry_removed,
  entry_added,
  entries_moved,
  id_format,
  id_reuse,
  clock_precision,
  clock_order,
  session_count,
  session_missing,
  session_extra,
  slower,
  faster
};

const char* severity_name(Severity severity);  ///< BREAKING …
const char* kind_name(Kind kind);              ///< "value changed"

/// One difference, without run data: values are canonical.
struct Delta {
  Kind kind = Kind::value_changed;
  std::vector<int> path;  ///< tags from the outside in: 453, 452; empty: the whole message
  std::string before;
  std::string after;
};

/// The message that differs.
struct Subject {
  record::Direction direction = record::Direction::in;
  std::string msg_type;
};

/// A pair of messages to look at, by their ids; 0: none on that side.
struct Sighting {
  std::int64_t a = 0;
  std::int64_t b = 0;
  std::string about_a;  ///< "16:00:00.004 ClOrdID=C7 Symbol=MSFT", to find it by; "" = nothing
  std::string about_b;
};

/// One old and new value of a finding.
struct Variant {
  std::string before;  ///< for people: "2 Filled"
  std::string after;
  std::uint64_t count = 0;
  std::string fingerprint;
  std::vector<Sighting> examples;  ///< the first few
  bool approved = false;
  std::string remark = {};  ///< "4 Canceled is not seen on side A at all"
};

struct Finding {
  Severity severity = Severity::suspect;
  Kind kind = Kind::value_changed;
  Subject subject;
  std::vector<int> tags;  ///< of the place, from the outside in
  std::string message;    ///< "ExecutionReport"; "" = of no message
  std::string place;      ///< "NoPartyIDs.PartyRole(452)"; "" = the whole message
  std::string remark;     ///< "not in our dictionary: strict validation rejects it"
  std::uint64_t count = 0;
  std::string fingerprint;        ///< of all its values together
  std::vector<Variant> variants;  ///< most frequent first; those beyond kVariants are only counted
  std::uint64_t other_variants = 0;
  bool approved = false;  ///< all of it
};

/// How grave a difference is (recording.md, B5).
Severity severity(const Subject& subject, const Delta& delta, const fix::Dictionary& dictionary);

/// Ten hexadecimal digits of SHA-256 over message type, direction, tag path, kind, old and new.
std::string fingerprint(const Subject& subject, const Delta& delta);

/// Collects differences. One a thread; merge at the end.
class Findings {
 public:
  static constexpr std::size_t kVariants = 2'000;
  static constexpr std::size_t kExamples = 3;

  /// The example that was kept of it, to be completed; null: there are enough. Valid till the next
  /// call.
  Sighting* add(const Subject& subject, const Delta& delta, const fix::Dictionary& dictionary,
                const Sighting& where);
  Sighting* add(Severity severity, const Subject& subject, const Delta& delta,
                const fix::Dictionary& dictionary, const Sighting& where);
  void merge(Findings&& other);

  /// A finding and one of its variants, with the canonical values of the latter.
  struct Place {
    Finding& finding;
    Variant& variant;
    const std::string& before;
    const std::string& after;
  };
  /// Severity and remarks may be changed.
  void each(const std::function<void(const Place&)>& visit);

  /// Gravest first, then most frequent; ends the collection.
  std::vector<Finding> take();

 private:
  using Key = std::tuple<Severity, Kind, record::Direction, std::string, std::vector<int>>;
  using Values = std::pair<std::string, std::string>;
  struct Cluster {
    Finding finding;
    std::map<Values, Variant> variants;
  };

  std::map<Key, Cluster> clusters_;
};

}  // namespace fixdrill::diff
