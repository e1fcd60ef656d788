#include "report/junit.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <map>
#include <sstream>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/value.h"
#include "report/attempts.h"
#include "report/failure.h"
#include "report/line.h"
#include "report/reason.h"

namespace fixdrill::report {

using record::Outcome;
using record::ScenarioResult;

namespace {

constexpr std::size_t kLongestText = 64u << 10;  ///< bytes; CI systems refuse documents over MBs

std::string escaped(std::string_view text, bool attribute) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (attribute && (c == '"' || c == '\n' || c == '\t')) {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string in_seconds(std::int64_t ns) {
  return fmt::format("{:.6f}", static_cast<double>(std::max<std::int64_t>(ns, 0)) / 1e9);
}

using Attributes = std::vector<std::pair<const char*, std::string>>;

/// Printable texts in, an XML document out; elements are indented by their depth.
class Xml {
 public:
  void open(const char* name, const Attributes& attributes) {
    tag(name, attributes, ">\n");
    ++depth_;
  }
  void close(const char* name) {
    --depth_;
    text_ += fmt::format("{:{}}</{}>\n", "", 2 * depth_, name);
  }
  void empty(const char* name, const Attributes& attributes) { tag(name, attributes, "/>\n"); }
  void leaf(const char* name, const Attributes& attributes, const std::string& content) {
    tag(name, attributes, ">");
    text_ += fmt::format("{}</{}>\n", escaped(content, false), name);
  }
  std::string take() { return std::move(text_); }

 private:
  void tag(const char* name, const Attributes& attributes, const char* end) {
    text_ += fmt::format("{:{}}<{}", "", 2 * depth_, name);
    for (const auto& [key, value] : attributes)
      text_ += fmt::format(" {}=\"{}\"", key, escaped(value, true));
    text_ += end;
  }

  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::size_t depth_ = 0;
};

/// The element that stands for a state.
enum class Element { none, failure, error, skipped };

Element element_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass:
      return Element::none;
    case Outcome::fail:
    case Outcome::xpass:
      return Element::failure;
    case Outcome::error:
    case Outcome::unresolved:
      return Element::error;
    case Outcome::skip:
    case Outcome::xfail:
      return Element::skipped;
  }
  return Element::error;
}

struct Suite {
  std::vector<const ScenarioResult*> scenarios;

  std::size_t count(Element element) const {
    return static_cast<std::size_t>(std::count_if(
        scenarios.begin(), scenarios.end(),
        [&](const ScenarioResult* scenario) { return element_of(scenario->outcome) == element; }));
  }
  std::int64_t elapsed_ns() const {
    std::int64_t sum = 0;
    for (const ScenarioResult* scenario : scenarios)
      sum += std::clamp<std::int64_t>(scenario->elapsed_ns, 0, INT64_MAX - sum);
    return sum;
  }
};

Attributes counts(const Suite& suite, std::size_t more_errors) {
  return {{"tests", fmt::format("{}", suite.scenarios.size() + more_errors)},
          {"failures", fmt::format("{}", suite.count(Element::failure))},
          {"errors", fmt::format("{}", suite.count(Element::error) + more_errors)},
          {"skipped", fmt::format("{}", suite.count(Element::skipped))}};
}

// scenarios/orders/limit.drill -> scenarios.orders.limit; what leads out of the folder is left out.
std::string class_name(std::string path) {
  if (path.ends_with(".drill")) path.resize(path.size() - 6);
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty() && part != "." && part != "..") parts.emplace_back(printable(part));
  }
  return join(parts, ".");
}

class JUnit {
 public:
  explicit JUnit(const record::Recording& recording) : result_(recording.result) {}

  std::string document() {
    const std::string note = run_note(result_);
    Suite all;
    for (const ScenarioResult& scenario : result_.scenarios) {
      all.scenarios.push_back(&scenario);
      const auto [at, fresh] = suite_of_.emplace(scenario.path, suites_.size());
      if (fresh) suites_.emplace_back();
      suites_[at->second].scenarios.push_back(&scenario);
    }
    Attributes attributes = counts(all, note.empty() ? 0 : 1);
    attributes.insert(attributes.begin(), {"name", "fixdrill"});
    attributes.emplace_back("time",
                            in_seconds(result_.ended ? result_.elapsed_ns : all.elapsed_ns()));
    xml_.open("testsuites", attributes);
    for (const Suite& suite : suites_) put(suite);
    if (!note.empty()) put_note(note);
    xml_.close("testsuites");
    return xml_.take();
  }

 private:
  void put(const Suite& suite) {
    const ScenarioResult& first = *suite.scenarios.front();
    Attributes attributes = counts(suite, 0);
    attributes.insert(attributes.begin(), {"name", printable(first.path)});
    attributes.emplace_back("time", in_seconds(suite.elapsed_ns()));
    if (first.started_ns > 0)
      attributes.emplace_back("timestamp", fix::iso_time(first.started_ns, 0).substr(0, 19));
    attributes.emplace_back("file", printable(first.path));
    xml_.open("testsuite", attributes);
    for (const ScenarioResult* scenario : suite.scenarios) put(*scenario);
    xml_.close("testsuite");
  }

  void put(const ScenarioResult& scenario) {
    const std::string in_class = class_name(scenario.path);
    const Attributes attributes = {
        {"name", unique_name(in_class, name_of(scenario) + attempt_text(scenario))},
        {"classname", in_class},
        {"file", printable(scenario.path)},
        {"line", fmt::format("{}", scenario.line)},
        {"time", in_seconds(scenario.elapsed_ns)}};
    const Element element = element_of(scenario.outcome);
    if (element == Element::none && side_notes(scenario).empty()) {
      xml_.empty("testcase", attributes);
      return;
    }
    xml_.open("testcase", attributes);
    put_element(scenario, element);
    put_side_notes(scenario);
    xml_.close("testcase");
  }

  void put_element(const ScenarioResult& scenario, Element element) {
    switch (element) {
      case Element::none:
        break;
      case Element::failure:
        put_failure("failure", scenario);
        break;
      case Element::error:
        put_failure("error", scenario);
        break;
      case Element::skipped:
        xml_.empty("skipped", {{"message", reason(scenario)}});
        break;
    }
  }

  void put_failure(const char* name, const ScenarioResult& scenario) {
    const record::Verdict* verdict = first_failure(scenario);
    const std::string place = verdict && !verdict->location.empty()
                                  ? verdict->location
                                  : fmt::format("{}:{}", scenario.path, scenario.line);
    const std::string message = fmt::format("{}: {}", printable(place), reason(scenario));
    std::ostringstream text;
    put_failures(text, scenario, false);
    if (!verdict) put_line(text, message);
    xml_.leaf(name, {{"message", cut(message)}, {"type", type_of(scenario, verdict)}},
              cut(text.str()));
  }

  static std::string type_of(const ScenarioResult& scenario, const record::Verdict* verdict) {
    const bool judged = verdict && scenario.outcome != Outcome::unresolved;
    return judged ? printable(verdict->rule) : to_lower(record::outcome_name(scenario.outcome));
  }

  void put_side_notes(const ScenarioResult& scenario) {
    const std::vector<std::string> notes = side_notes(scenario);
    if (notes.empty()) return;
    std::ostringstream text;
    for (const std::string& note : notes) put_line(text, note);
    xml_.leaf("system-out", {}, cut(text.str()));
  }

  /// Without it a run that was killed would be a report in which everything passed.
  void put_note(const std::string& note) {
    xml_.open("testsuite", {{"name", "fixdrill run"},
                            {"tests", "1"},
                            {"failures", "0"},
                            {"errors", "1"},
                            {"skipped", "0"}});
    xml_.open("testcase", {{"name", "every scenario ran"}, {"classname", "fixdrill.run"}});
    xml_.empty("error", {{"message", note}, {"type", "run"}});
    xml_.close("testcase");
    xml_.close("testsuite");
  }

  // Counts on from the last one: many thousand scenarios may have one name.
  std::string unique_name(const std::string& in_class, const std::string& name) {
    std::map<std::string, int>& taken = names_[in_class];
    const int given = ++taken[name];
    if (given == 1) return name;
    std::string unique = fmt::format("{} ({})", name, given);
    while (!taken.emplace(unique, 1).second) unique = fmt::format("{} ({})", name, ++taken[name]);
    return unique;
  }

  std::string cut(std::string text) const {
    if (text.size() <= kLongestText) return text;
    std::size_t end = kLongestText;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    return text + fmt::format("…\ncut at 64 KiB; all of it is in the recording {}\n",
                              printable(result_.recording));
  }

  const record::RunResult& result_;
  Xml xml_;
  std::vector<Suite> suites_;  ///< in the order of their files
  std::map<std::string, std::size_t> suite_of_;
  std::map<std::string, std::map<std::string, int>> names_;  ///< how often, by class name
};

}  // namespace

std::string junit_xml(const record::Recording& recording) { return JUnit(recording).document(); }

}  // namespace fixdrill::report
