// The findings of one validation while they are gathered: worded, in order, no more than asked for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fix/dictionary.h"
#include "fix/validate.h"

namespace fixdrill::fix {

/// "Required tag missing: " and the subject.
Finding finding(RejectReason reason, int tag, std::string_view subject);

/// The beginning of a value or part, fit to be shown.
std::string shown(std::string_view value);

class Findings {
 public:
  Findings(const Dictionary& dictionary, std::size_t most) : dictionary_(dictionary), most_(most) {}

  std::size_t size() const { return found_.size(); }
  bool full() const { return found_.size() >= most_; }

  /// `detail` follows the label of the tag.
  void add(RejectReason reason, int tag, std::string_view detail = "");
  void add(Finding finding) { found_.push_back(std::move(finding)); }
  /// Before the finding at `slot`.
  void insert(std::size_t slot, Finding finding);
  /// Comes behind all others, by `rank`, then as added.
  void add_missing(std::size_t rank, int tag, std::string_view detail = "");

  std::vector<Finding> take(bool with_missing);

 private:
  struct Missing {
    std::size_t rank;
    Finding finding;
  };
  const Dictionary& dictionary_;
  std::size_t most_;
  std::vector<Finding> found_;
  std::vector<Missing> missing_;
};

}  // namespace fixdrill::fix
