// The pack of the standard session cases, run in process against a peer of ours.
#pragma once

#include <map>
#include <memory>
#include <ostream>
#include <set>
#include <string>
#include <vector>

#include "conformance/mutants.h"
#include "record/result.h"
#include "run/dictionaries.h"
#include "run/plan.h"
#include "run/runner.h"
#include "run/suite.h"

namespace fixdrill::conformance {

/// Which peer.
struct Kind {
  bool acceptor = true;
  std::string begin_string;

  /// "acceptor FIX.4.4".
  std::string text() const;
  friend std::ostream& operator<<(std::ostream& out, const Kind& kind) {
    return out << kind.text();
  }
};

/// What one run says of a sub-case: the worst of its rows, and why.
struct Outcome {
  record::Outcome outcome = record::Outcome::pass;
  std::string reason;

  bool failed() const {
    return outcome == record::Outcome::fail || outcome == record::Outcome::error;
  }
};

/// By the id of the sub-case: "2.o", not "2.o/early".
using Outcomes = std::map<std::string, Outcome>;

class Pack {
 public:
  /// Reads scenarios/session; throws what is wrong with it as std::runtime_error.
  explicit Pack(const Kind& kind);

  /// The whole pack, or of it the files that hold these ids.
  Outcomes run(const Fault& fault, const std::set<std::string>& ids = {});
  const Settings& settings() const { return settings_; }
  /// The rows of cases.csv that are mandatory for this kind of peer and seen on the wire, but for
  /// 14.n: nobody encrypts.
  std::vector<std::string> demanded() const;

 private:
  profile::Profile profile_;
  Settings settings_;
  run::Dictionaries dictionaries_;
  run::Suite suite_;
  run::Plan plan_;
};

}  // namespace fixdrill::conformance
