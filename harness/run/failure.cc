#include "run/failure.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "fix/text.h"
#include "run/offers.h"

namespace fixdrill::run {

using record::Outcome;
using record::Verdict;
using session::Event;

namespace {

constexpr std::size_t kShownRaw = 2'000;
constexpr std::size_t kCandidates = 3;

std::string masked_pipe(const fix::Message& message, const record::Masker& masker) {
  bool masked = false;
  const std::string text = fix::pipe_text(masker.mask(message.bytes(), masked));
  if (text.size() <= kShownRaw) return text;
  return fmt::format("{}… ({} bytes, cut; 'fixdrill show --raw' has them all)",
                     text.substr(0, kShownRaw), message.bytes().size());
}

// "  16 | text" and its carets, for every line that has a mark.
std::string source_lines(const Span& span, const std::vector<Span>& marks) {
  std::map<std::size_t, std::vector<Span>> by_line;
  for (const Span& mark : marks.empty() ? std::vector<Span>{span} : marks) {
    if (mark.file) by_line[mark.file->position(mark.begin).line].push_back(mark);
  }
  std::vector<std::string> texts;
  for (const auto& [line, on_line] : by_line) {
    const std::string text = render({Severity::error, on_line.front(), ""}, on_line);
    texts.push_back(text.substr(text.find('\n') + 1));
  }
  return join(texts, "\n");
}

std::string also_open(const FailedStep& step) {
  std::vector<std::string> texts = step.also_open;
  for (const Open& open : step.channel.optionals()) {
    texts.push_back(fmt::format("line {} (optional {})",
                                open.span.file->position(open.span.begin).line,
                                open.pattern.type_label()));
  }
  return join(texts, ", ");
}

Verdict differs(const FailedStep& step, const Event& event) {
  eval::Match match = step.open.pattern.match(*event.message, event.time);
  const auto wrong = std::count_if(match.fields.begin(), match.fields.end(),
                                   [](const auto& row) { return !row.ok; });
  const Span where = match.wrong.empty() ? step.open.span : match.wrong.front();
  Verdict verdict =
      verdict_at(where, "expect",
                 fmt::format("{} on {} differs in {} of {} field{}",
                             type_label(step.channel, *event.message), step.channel.alias(), wrong,
                             match.fields.size(), match.fields.size() == 1 ? "" : "s"),
                 match.wrong);
  verdict.offers = offers(step, match, *event.message);
  verdict.fields = std::move(match.fields);
  verdict.not_checked = match.not_checked;
  return verdict;
}

Verdict other_type(const FailedStep& step, const Event& event) {
  Verdict verdict =
      verdict_at(step.open.span, "expect",
                 fmt::format("expected {} on {}, received {}", step.wanted, step.channel.alias(),
                             type_label(step.channel, *event.message)));
  const std::string wanted = step.open.pattern.describe();
  if (!wanted.empty()) verdict.details.push_back("expected " + wanted);
  if (step.dictionary) {
    bool masked = false;
    const fix::Message shown(step.masker.mask(event.message->bytes(), masked));
    verdict.details.push_back("received " + type_label(step.channel, *event.message));
    std::string fields = fix::pretty(shown, *step.dictionary, 2);
    if (!fields.empty() && fields.back() == '\n') fields.pop_back();
    verdict.details.push_back(fields);
  }
  return verdict;
}

std::string plain_what(const Event& event) {
  switch (event.kind) {
    case Event::Kind::closed:
      return fmt::format("the connection ended: {}", event.reason);
    case Event::Kind::garbled:
      return fmt::format("garbled bytes came: {}", event.reason);
    case Event::Kind::message:
      break;
  }
  return fmt::format("the engine refused a message: {}", event.refused);
}

// One line on what arrived meanwhile: "OE since line 12: no application message; session up, 1
// Heartbeat in".
std::string meanwhile(const FailedStep& step) {
  std::map<std::string, int> counts;
  for (const auto* list : {&step.channel.inbox(), &step.channel.side()}) {
    for (const Event& event : *list) {
      if (event.kind == Event::Kind::message) ++counts[type_label(step.channel, *event.message)];
    }
  }
  std::vector<std::string> texts;
  for (const auto& [type, count] : counts) texts.push_back(fmt::format("{} {}", count, type));
  const session::State state = step.channel.session->state();
  const bool up = state == session::State::logged_on || state == session::State::connected;
  return fmt::format("{} meanwhile: {}; session {}", step.channel.alias(),
                     texts.empty() ? "no message" : join(texts, ", ") + " that did not fit",
                     up ? "up" : "down");
}

struct Candidate {
  const Event* event = nullptr;
  eval::Match match;
};

// Same type first, then key fields, then most equal fields.
std::vector<Candidate> nearest(const FailedStep& step) {
  std::vector<Candidate> candidates;
  for (const auto* list : {&step.channel.inbox(), &step.channel.side()}) {
    for (const Event& event : *list) {
      if (event.kind == Event::Kind::message) {
        candidates.push_back({&event, step.open.pattern.match(*event.message, event.time)});
      }
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) {
                     return std::tuple(a.match.type_fits, a.match.key_equal, a.match.equal) >
                            std::tuple(b.match.type_fits, b.match.key_equal, b.match.equal);
                   });
  return candidates;
}

std::string why_passed_over(const FailedStep& step, const Candidate& candidate) {
  if (!candidate.event->refused.empty())
    return "refused by the engine: " + candidate.event->refused;
  if (!candidate.match.type_fits)
    return "is a " + type_label(step.channel, *candidate.event->message);
  std::vector<std::string> texts;
  for (const record::FieldRow& row : candidate.match.fields) {
    if (!row.ok)
      texts.push_back(fmt::format("{} is {}, not {}", row.field, row.received, row.expected));
  }
  return join(texts, "; ");
}

}  // namespace

std::string type_label(const Channel& channel, const fix::Message& message) {
  return channel.dictionary ? channel.dictionary->message_label(message.msg_type())
                            : fmt::format("35={}", message.msg_type());
}

Verdict verdict_at(const Span& span, std::string rule, std::string message,
                   const std::vector<Span>& marks) {
  Verdict verdict;
  verdict.rule = std::move(rule);
  verdict.outcome = Outcome::fail;
  verdict.location = location_text(span);
  verdict.message = std::move(message);
  verdict.source = source_lines(span, marks);
  return verdict;
}

Verdict failure_of(const Span& span, const std::string& rule, const Error& error) {
  Verdict verdict = verdict_at(span, error.kind == ErrorKind::guard ? "guard" : rule, error.text);
  if (error.kind != ErrorKind::input) verdict.outcome = Outcome::error;
  const std::string_view kMark = ": error: ";
  const std::size_t mark = error.text.find(kMark);
  const std::size_t line_end = error.text.find('\n');
  if (mark == std::string::npos || line_end == std::string::npos || mark > line_end) return verdict;
  verdict.location = error.text.substr(0, mark);
  verdict.message = error.text.substr(mark + kMark.size(), line_end - mark - kMark.size());
  verdict.source = error.text.substr(line_end + 1);
  return verdict;
}

std::vector<std::string> raw_lines(const Channel& channel, const Event& event,
                                   const record::Masker& masker) {
  std::vector<std::string> lines;
  if (event.message) {
    std::string head = fmt::format("received #{}", event.id);
    if (channel.last_sent && channel.last_sent->time <= event.time) {
      head += fmt::format(", {} after #{}", elapsed_text(event.time - channel.last_sent->time),
                          channel.last_sent->id);
    }
    lines.push_back(fmt::format("{}: {}", head, masked_pipe(*event.message, masker)));
  }
  if (channel.last_sent) {
    lines.push_back(fmt::format("sent #{}: {}", channel.last_sent->id,
                                masked_pipe(*channel.last_sent->message, masker)));
  }
  return lines;
}

namespace {

void add_messages(Verdict& verdict, const Channel& channel, const Event& event,
                  const record::Masker& masker) {
  for (std::string& line : raw_lines(channel, event, masker))
    verdict.details.push_back(std::move(line));
  if (event.id != 0) verdict.messages.push_back({event.id, "candidate", ""});
  if (channel.last_sent) verdict.messages.push_back({channel.last_sent->id, "sent", ""});
}

}  // namespace

Verdict unexpected_event(const FailedStep& step, const Routed& routed) {
  const Event& event = routed.event;
  Verdict verdict;
  if (routed.kind == Routed::Kind::mismatch) {
    const bool same_type = event.message->msg_type() == step.open.pattern.msg_type();
    verdict = same_type ? differs(step, event) : other_type(step, event);
  } else {
    verdict = verdict_at(step.open.span, "expect",
                         fmt::format("expected {} on {}, but {}", step.wanted, step.channel.alias(),
                                     plain_what(event)));
  }
  verdict.details.insert(verdict.details.begin(), step.notes.begin(), step.notes.end());
  const std::string others = also_open(step);
  if (!others.empty()) verdict.details.push_back("also open here: " + others);
  add_messages(verdict, step.channel, event, step.masker);
  return verdict;
}

std::string nearest_text(const FailedStep& step) {
  const std::vector<Candidate> candidates = nearest(step);
  if (candidates.empty()) return "";
  return fmt::format("nearest #{}: {}", candidates.front().event->id,
                     why_passed_over(step, candidates.front()));
}

Verdict limit_passed(const FailedStep& step, Duration limit) {
  Verdict verdict = verdict_at(
      step.open.span, "limit",
      fmt::format("no {} on {} within {}", step.wanted, step.channel.alias(), elapsed_text(limit)));
  const std::string wanted = step.open.pattern.describe();
  if (!wanted.empty()) verdict.details.push_back("waited for " + wanted);
  verdict.details.push_back(meanwhile(step));
  std::size_t shown = 0;
  for (Candidate& candidate : nearest(step)) {
    const std::string why = why_passed_over(step, candidate);
    verdict.messages.push_back({candidate.event->id, "candidate", why});
    if (++shown > kCandidates) continue;
    if (shown == 1 && candidate.match.type_fits) {
      verdict.fields = std::move(candidate.match.fields);
      verdict.not_checked = candidate.match.not_checked;
      verdict.details.push_back(fmt::format("nearest: #{}: {}", candidate.event->id,
                                            masked_pipe(*candidate.event->message, step.masker)));
    } else {
      verdict.details.push_back(fmt::format("passed over #{}: {}", candidate.event->id, why));
    }
  }
  if (step.channel.last_sent) {
    verdict.details.push_back(
        fmt::format("sent #{}: {}", step.channel.last_sent->id,
                    masked_pipe(*step.channel.last_sent->message, step.masker)));
    verdict.messages.push_back({step.channel.last_sent->id, "sent", ""});
  }
  return verdict;
}

Verdict forbidden_event(const FailedStep& step, const Event& event, std::string rule) {
  Verdict verdict =
      verdict_at(step.open.span, std::move(rule),
                 fmt::format("{} on {} came, which must not", step.wanted, step.channel.alias()));
  add_messages(verdict, step.channel, event, step.masker);
  return verdict;
}

Verdict unwanted_event(const Channel& channel, const Span& span, const Event& event,
                       const std::string& expected, const record::Masker& masker) {
  const std::string what = event.kind == Event::Kind::message && event.refused.empty()
                               ? fmt::format("{} came", type_label(channel, *event.message))
                               : plain_what(event);
  Verdict verdict = verdict_at(span, "unexpected",
                               fmt::format("{} on {}, but {}", expected, channel.alias(), what));
  add_messages(verdict, channel, event, masker);
  return verdict;
}

}  // namespace fixdrill::run
