// fixdrill show: a conversation with names, directions, times and, of a recording, what the run
// said of it. Prints as it reads.
#pragma once

#include <iosfwd>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "flow/moment.h"
#include "record/message_source.h"
#include "report/happenings.h"

namespace fixdrill::report {

struct ShowOptions {
  bool raw = false;     ///< the bytes of every message too
  bool all = false;     ///< heartbeats and test requests, else only counted
  bool header = false;  ///< the fields of header and trailer too, else folded into a line
  bool colour = false;
  bool flush = false;  ///< every message at once
  bool part = false;   ///< what happened before the first message and after the last is left out
  flow::ZoneOffset zone{};
  std::string zone_name = "UTC";
};

/// Holds the source's sessions and what lies beside its messages, no messages.
class Show {
 public:
  /// The source and `out` outlive it.
  Show(record::MessageSource& source, record::DictionaryOf dictionary, ShowOptions options,
       std::ostream& out);

  /// Of the recording that the source reads, before anything is printed. Messages themselves and
  /// `recording` are not kept.
  void head(const record::Recording& recording);
  void add_happenings(std::vector<Happening> happenings) { queue_.add(std::move(happenings)); }

  /// Everything up to the end; again when the source has grown.
  Status print();
  /// What happened after the last message, so far.
  void put_happenings();
  /// The same of the whole, which ends here.
  void finish();

 private:
  struct Party {
    std::string alias;
    fix::DictionaryPtr dictionary;
  };

  void put(const record::MessageView& view);
  void put_message(const record::MessageView& view);
  void put_each(const std::vector<Happening>& happenings);
  void put_hidden();
  void put_day(std::int64_t wall_ns);
  void put_lines(const std::vector<std::string>& lines, std::size_t indent);
  bool hides(const record::MessageView& view);
  std::string content(const record::MessageView& view, const Party& party) const;
  const Party& party(std::int64_t session_id);

  record::MessageSource& source_;
  record::DictionaryOf dictionary_;
  ShowOptions options_;
  std::ostream& out_;
  std::map<std::int64_t, Party> parties_;
  std::unordered_map<std::int64_t, std::vector<std::string>> beside_;  ///< by message id
  HappeningQueue queue_;
  bool headed_ = false;
  std::set<std::string> told_;  ///< lines of sessions
  bool started_ = false;        ///< a message was printed
  std::string day_;
  std::size_t heartbeats_ = 0;  ///< hidden since the last line
  std::size_t test_requests_ = 0;
};

}  // namespace fixdrill::report
