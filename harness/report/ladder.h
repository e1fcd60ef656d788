// fixdrill ladder: a conversation as a sequence diagram in text, one lifeline for us and one for
// each session.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <unordered_map>
#include <vector>

#include "flow/moment.h"
#include "record/message_source.h"
#include "report/happenings.h"

namespace fixdrill::report {

struct LadderOptions {
  std::size_t width = 100;  ///< characters of a line; what does not fit is wrapped
  bool ascii = false;       ///< no box-drawing characters
  bool all = false;         ///< heartbeats and test requests too
  flow::ZoneOffset zone{};
  std::string zone_name = "UTC";
};

class Ladder {
 public:
  /// `sessions`: those that have a lifeline, in their order; more than fit share one.
  Ladder(const std::vector<record::RecordedSession>& sessions,
         const record::DictionaryOf& dictionary, LadderOptions options);

  /// What verdicts say of messages, by message id. Shown is what failed, at the message that came.
  void add_beside(std::unordered_map<std::int64_t, std::vector<std::string>> beside) {
    beside_ = std::move(beside);
  }
  /// Scenarios and their verdicts; other happenings are left out.
  void add_happenings(std::vector<Happening> happenings);

  void head(std::ostream& out) const;
  void put(const record::MessageView& view, std::ostream& out);
  void finish(std::ostream& out);

 private:
  struct Party {
    std::string name;
    std::string alias;
    fix::DictionaryPtr dictionary;
    std::size_t column = 0;  ///< of its lifeline, in characters from ours
  };
  /// One line of the picture, a cell a character.
  using Cells = std::vector<std::string>;

  Cells lifelines() const;
  void arrow(Cells& cells, std::size_t column, record::Direction direction) const;
  std::string label(const record::MessageView& view, const Party& party) const;
  std::string margin(const record::MessageView& view);
  void put_day(std::int64_t wall_ns, std::ostream& out);
  void put_happenings(const std::vector<Happening>& happenings, std::ostream& out);
  void put_beside(std::int64_t id, std::ostream& out) const;

  LadderOptions options_;
  std::unordered_map<std::int64_t, Party> parties_;
  std::vector<std::int64_t> order_;  ///< one session of each lifeline
  std::string us_;
  std::size_t columns_ = 1;  ///< lifelines beside ours
  std::size_t spacing_ = 0;  ///< characters from one to the next
  std::unordered_map<std::int64_t, std::vector<std::string>> beside_;
  HappeningQueue queue_;
  std::string day_;
  Time last_;  ///< of the message before
};

}  // namespace fixdrill::report
