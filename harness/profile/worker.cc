#include "profile/worker.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::profile {

namespace {

constexpr std::string_view kWorker = "{worker}";

void put_worker(std::string& text, const std::string& number) {
  for (std::size_t at = 0; (at = text.find(kWorker, at)) != std::string::npos;)
    text.replace(at, kWorker.size(), number);
}

struct Braces {
  std::string text;  ///< with its braces, and a '$' before them
  Span span;
};

// Everything in braces; what is never closed reaches to the end.
std::vector<Braces> braces_in(const Value& value) {
  std::vector<Braces> all;
  const std::string_view source = value.span.text();
  std::size_t from = 0;
  for (std::size_t at = 0; (at = value.text.find('{', at)) != std::string::npos;) {
    const std::size_t close = value.text.find('}', at);
    const std::size_t begin = at > 0 && value.text[at - 1] == '$' ? at - 1 : at;
    at = close == std::string::npos ? value.text.size() : close + 1;
    Braces found{value.text.substr(begin, at - begin), value.span};
    // A value that the file writes with escapes is marked as a whole.
    const std::size_t there = source.find(found.text, from);
    if (there != std::string_view::npos) {
      from = there + found.text.size();
      found.span.begin += there;
      found.span.end = found.span.begin + found.text.size();
    }
    all.push_back(std::move(found));
  }
  return all;
}

bool means_worker(std::string_view braces) {
  braces.remove_prefix(braces.find('{') + 1);
  if (braces.ends_with('}')) braces.remove_suffix(1);
  return did_you_mean(trim(braces), {"worker"}).has_value();
}

}  // namespace

Profile for_worker(Profile profile, unsigned worker) {
  const std::string number = std::to_string(worker);
  for (Session& session : profile.sessions) {
    if (session.port_of_worker)
      session.port = static_cast<std::uint16_t>(session.port + worker - 1);
    put_worker(session.sender, number);
    put_worker(session.target, number);
    put_worker(session.username, number);
    for (HeaderField& field : session.header) put_worker(field.value, number);
  }
  return profile;
}

std::vector<std::string> texts_of_workers(const std::string& text) {
  std::vector<std::string> all;
  if (text.find(kWorker) == std::string::npos) return all;
  all.push_back(text);
  for (unsigned worker = 1; worker <= limits::kLanes; ++worker) {
    all.push_back(text);
    put_worker(all.back(), std::to_string(worker));
  }
  return all;
}

void check_worker(const Value& value, std::vector<Diagnostic>& out) {
  if (value.kind != Value::Kind::text) return;
  for (const Braces& braces : braces_in(value)) {
    if (braces.text == kWorker || !means_worker(braces.text)) continue;
    out.push_back({Severity::error, braces.span,
                   fmt::format("'{}' would be sent as it stands; did you mean {}?",
                               printable(braces.text), kWorker)});
  }
}

void refuse_worker(const Value& value, std::vector<Diagnostic>& out) {
  if (value.kind != Value::Kind::text) return;
  for (const Braces& braces : braces_in(value)) {
    if (braces.text != kWorker) continue;
    out.push_back({Severity::error, braces.span,
                   fmt::format("{} has a meaning in sender, target, username and header values of "
                               "a session only",
                               kWorker)});
  }
}

}  // namespace fixdrill::profile
