#include "report/grep.h"

#include <deque>
#include <fmt/format.h>
#include <ostream>

#include "base/text.h"
#include "import/export_line.h"

namespace fixdrill::report {

using record::MessageView;

namespace {

class Grep {
 public:
  Grep(record::MessageSource& source, const GrepOptions& options, std::ostream& out)
      : source_(source), options_(options), out_(out) {}

  Result<std::size_t> run(const Matches& matches) {
    const bool one_is_enough = options_.list || options_.quiet;
    while (!full() && !(one_is_enough && found_ > 0)) {
      Result<const MessageView*> next = source_.next();
      if (!next) return next.error();
      if (*next == nullptr) break;
      const MessageView& view = **next;
      if (view.kind == record::MessageKind::junk) continue;
      if (matches(view) != options_.invert) {
        ++found_;
        if (shows_lines()) match(view);
      } else if (shows_lines()) {
        pass(view);
      }
    }
    if (shows_lines()) trailing_context();
    summary();
    return found_;
  }

 private:
  bool full() const { return options_.most && found_ >= *options_.most; }
  bool shows_lines() const { return !options_.count && !options_.list && !options_.quiet; }

  void match(const MessageView& view) {
    const bool gap = skipped_ && shown_ && options_.before + options_.after > 0;
    if (gap) put("--");
    for (const std::string& line : before_) put(line);
    before_.clear();
    skipped_ = false;
    put(text_of(view, ':'));
    owed_ = options_.after;
  }

  void pass(const MessageView& view) {
    if (owed_ > 0) {
      --owed_;
      put(text_of(view, '-'));
      return;
    }
    if (options_.before == 0) {
      skipped_ = true;
      return;
    }
    before_.push_back(text_of(view, '-'));
    if (before_.size() <= options_.before) return;
    before_.pop_front();
    skipped_ = true;
  }

  // Of the last match when the search stopped at it.
  void trailing_context() {
    while (owed_ > 0) {
      Result<const MessageView*> next = source_.next();
      if (!next || *next == nullptr) return;
      if ((*next)->kind != record::MessageKind::junk) pass(**next);
    }
  }

  std::string text_of(const MessageView& view, char mark) {
    std::string text;
    if (!options_.name.empty()) text += options_.name + mark;
    if (options_.number)
      text += fmt::format("{}{}", view.number != 0 ? view.number : view.id, mark);
    if (view.line.empty())
      text += log_line(view);
    else
      text += view.line;
    return options_.terminal ? printable_lines(text) : text;
  }

  std::string log_line(const MessageView& view) {
    const std::string_view session = words_.of(view.session_id, source_.session(view.session_id));
    std::string line = imports::export_line(view, session);
    if (line.ends_with('\n')) line.pop_back();
    return line;
  }

  void put(const std::string& line) {
    out_ << line << '\n';
    if (options_.flush) out_.flush();
    shown_ = true;
  }

  void summary() {
    const std::string name = options_.name.empty() ? "" : options_.name + ":";
    if (options_.quiet) return;
    if (options_.list && found_ > 0) out_ << source_.name() << '\n';
    if (options_.count && !options_.list) out_ << name << found_ << '\n';
  }

  record::MessageSource& source_;
  const GrepOptions& options_;
  std::ostream& out_;
  imports::SessionWords words_;
  std::size_t found_ = 0;
  std::size_t owed_ = 0;  ///< messages of context behind the last match
  std::deque<std::string> before_;
  bool skipped_ = false;  ///< messages between what was shown and what will be
  bool shown_ = false;
};

}  // namespace

Result<std::size_t> grep(record::MessageSource& source, const Matches& matches,
                         const GrepOptions& options, std::ostream& out) {
  return Grep(source, options, out).run(matches);
}

}  // namespace fixdrill::report
