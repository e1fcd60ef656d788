// Compares two sides: flows by flow, sessions by what went over them, answers by how long they
// took.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "diff/fields.h"
#include "diff/finding.h"
#include "diff/latency.h"
#include "diff/pairing.h"
#include "diff/side.h"

namespace fixdrill::diff {

/// Where one side comes from. The source is read to its end.
struct Input {
  record::MessageSource& source;
  record::DictionaryOf dictionary;  ///< used from two threads
  Origins origins;                  ///< empty: an import, or a run that kept none
};

struct Options {
  LatencyLimits latency;
  unsigned threads = 2;
};

/// What is said of a side.
struct SideSummary {
  std::string name;
  std::uint64_t messages = 0;
  std::uint64_t flows = 0;
  std::int64_t first_ns = 0;  ///< 0: no times
  std::int64_t last_ns = 0;
};

struct Comparison {
  SideSummary a;
  SideSummary b;
  std::vector<std::string> sessions;  ///< "OE  BRK1 -> EXCH", those of both sides
  std::vector<Finding> findings;      ///< gravest first
  std::vector<LatencyChange> latencies;
  std::vector<std::string> not_compared;  ///< sentences
  std::vector<std::string> unused_maps;   ///< "venue.rules:4: A has no Symbol(55) ESZ6"
  Suppressed suppressed;                  ///< differences that a rule took away
  std::vector<std::pair<std::string, std::uint64_t>> by_relation;  ///< values by treatment, of a
  std::map<std::string, std::uint64_t> messages_by_type;           ///< of a
  std::uint64_t pairs = 0;
  std::uint64_t equal_pairs = 0;
  std::uint64_t by_origin = 0;
  std::uint64_t differing_messages = 0;
};

/// Input error: a source cannot be read, or holds no message.
Result<Comparison> compare(Input a, Input b, const Rules& rules, const Options& options = {});

}  // namespace fixdrill::diff
