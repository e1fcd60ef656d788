#include "cli/part.h"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <set>
#include <utility>

#include "base/text.h"
#include "cli/options.h"
#include "flow/chosen_source.h"
#include "flow/kept_source.h"
#include "record/message_reader.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

using record::MessageView;
using record::ScenarioResult;

namespace {

// 6, 6..9, 6.., ..9
Result<std::pair<std::int64_t, std::int64_t>> id_range(const std::string& text) {
  const std::size_t dots = text.find("..");
  const std::string first = text.substr(0, dots);
  const std::string last = dots == text.npos ? first : text.substr(dots + 2);
  const auto number = [](const std::string& digits, std::int64_t otherwise) {
    const auto size = digits.size() <= 18 ? parse_size(digits) : std::nullopt;
    return digits.empty() ? otherwise : (size ? static_cast<std::int64_t>(*size) : -1);
  };
  const std::int64_t low = number(first, 1);
  const std::int64_t high = number(last, std::numeric_limits<std::int64_t>::max());
  if (!text.empty() && text != ".." && low >= 1 && high >= low) return std::pair(low, high);
  return input_error(fmt::format("--id {}: write the number of a message, or two: 6..9", text));
}

Result<std::vector<const ScenarioResult*>> scenarios_named(const record::Recording& recording,
                                                           const std::string& id) {
  std::vector<const ScenarioResult*> found;
  std::vector<std::string> names;
  for (const ScenarioResult& scenario : recording.result.scenarios) {
    const bool is_it = scenario.case_id == id || scenario.path == id || scenario.title == id;
    if (is_it) found.push_back(&scenario);
    names.push_back(scenario.case_id.empty() ? scenario.path : scenario.case_id);
  }
  if (!found.empty()) return found;
  const auto near = did_you_mean(id, names);
  return input_error(
      fmt::format("--scenario {}: the recording has no scenario with this id, path or title{}", id,
                  near ? fmt::format("; did you mean {}?", printable(*near)) : ""));
}

/// The messages of some scenarios: their sessions, while they ran.
class DuringScenarios {
 public:
  DuringScenarios(const record::Recording& recording,
                  const std::vector<const ScenarioResult*>& scenarios) {
    for (const ScenarioResult* scenario : scenarios) {
      Span span{scenario->started_ns, scenario->ended_ns, {}};
      std::set<std::string> aliases;
      for (const record::StepResult& step : scenario->steps) aliases.insert(step.session);
      for (const record::RecordedSession& session : recording.sessions) {
        if (aliases.contains(session.row.alias)) span.sessions.insert(session.id);
      }
      spans_.push_back(std::move(span));
    }
  }

  bool operator()(const MessageView& view) const {
    return std::any_of(spans_.begin(), spans_.end(), [&view](const Span& span) {
      return view.time.wall_ns >= span.begin && view.time.wall_ns <= span.end &&
             span.sessions.contains(view.session_id);
    });
  }

 private:
  struct Span {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::set<std::int64_t> sessions;
  };
  std::vector<Span> spans_;
};

void choose(Part& part, flow::Keep keep) {
  part.messages = std::make_unique<flow::ChosenSource>(std::move(part.messages), std::move(keep));
}

/// The messages of a recording whose other rows cannot be read: why comes when they are over.
class DamagedSource final : public record::MessageSource {
 public:
  DamagedSource(std::unique_ptr<record::MessageSource> source, Error damage)
      : source_(std::move(source)), damage_(std::move(damage)) {}

  const std::string& name() const override { return source_->name(); }
  const record::SessionRow* session(std::int64_t id) const override { return source_->session(id); }
  Result<const MessageView*> next() override {
    Result<const MessageView*> next = source_->next();
    if (!next || *next != nullptr) return next;
    return damage_;
  }

 private:
  std::unique_ptr<record::MessageSource> source_;
  Error damage_;
};

bool belongs(const report::Happening& one, const ScenarioResult& scenario) {
  if (one.scenario != 0) return one.scenario == scenario.id;
  return one.wall_ns >= scenario.started_ns && one.wall_ns <= scenario.ended_ns;
}

bool is_of_session(const report::Happening& one, const Part& part) {
  const auto is_its = [&one](const record::RecordedSession& s) { return s.id == one.session_id; };
  const auto& sessions = part.recording->sessions;
  const auto session = std::find_if(sessions.begin(), sessions.end(), is_its);
  return session == sessions.end() || flow::is_called(session->row, part.session);
}

}  // namespace

std::vector<report::Happening> Part::happenings(const report::HappeningOptions& options) const {
  std::vector<report::Happening> all = report::happenings(*recording, options);
  std::erase_if(all, [this](const report::Happening& one) {
    const auto has_it = [&one](const ScenarioResult* scenario) { return belongs(one, *scenario); };
    return (!scenarios.empty() && std::none_of(scenarios.begin(), scenarios.end(), has_it)) ||
           (!session.empty() && !is_of_session(one, *this));
  });
  return all;
}

void add_part_options(po::options_description& options) {
  const auto text = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("id", text("N..M"), "messages with these numbers only: 6, 6..9, 6..")(
      "scenario", text("ID"),
      "of a recording: messages of this scenario only, by id, path or title");
}

Result<Part> open_part(const std::vector<std::string>& paths, const InputOptions& input,
                       const po::variables_map& values) {
  Part part;
  part.session = input.session;
  part.cut = input.from || input.to || values.count("id") != 0;
  auto source = open_input(paths, input);
  if (!source) return source.error();
  part.messages = std::move(*source);
  if (paths.size() == 1 && paths.front() != "-" && record::is_recording(paths.front())) {
    auto recording = record::read_recording(paths.front(), {.messages = false});
    if (recording)
      part.recording = std::move(*recording);
    else if (values.count("scenario"))
      return recording.error();
    else
      part.messages = std::make_unique<DamagedSource>(std::move(part.messages), recording.error());
  }
  if (values.count("id")) {
    const auto range = id_range(values["id"].as<std::string>());
    if (!range) return range.error();
    choose(part, [range = *range](const MessageView& view) {
      return view.id >= range.first && view.id <= range.second;
    });
  }
  if (!values.count("scenario")) return part;
  const auto id = values["scenario"].as<std::string>();
  if (!part.recording)
    return input_error(fmt::format("--scenario {}: only a recording knows scenarios", id));
  auto scenarios = scenarios_named(*part.recording, id);
  if (!scenarios) return scenarios.error();
  part.scenarios = std::move(*scenarios);
  choose(part, DuringScenarios(*part.recording, part.scenarios));
  return part;
}

Result<TwoPasses> TwoPasses::open(const std::vector<std::string>& paths, const InputOptions& input,
                                  const po::variables_map& values) {
  auto part = open_part(paths, input, values);
  if (!part) return part.error();
  if (std::find(paths.begin(), paths.end(), "-") == paths.end())
    return TwoPasses(std::move(*part), [=] { return open_part(paths, input, values); });
  part->messages = std::make_unique<flow::KeptSource>(std::move(part->messages));
  return TwoPasses(std::move(*part), {});
}

Status TwoPasses::rewind() {
  if (!again_) {
    static_cast<flow::KeptSource&>(*part_.messages).rewind();
    return {};
  }
  auto again = again_();
  if (!again) return again.error();
  part_ = std::move(*again);
  return {};
}

}  // namespace fixdrill::cli
