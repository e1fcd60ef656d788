#include <algorithm>
#include <chrono>
#include <fmt/format.h>

#include "base/text.h"
#include "profile/hosts.h"
#include "profile/profile.h"
#include "profile/session_table.h"
#include "profile/table_reader.h"
#include "profile/worker.h"

namespace fixdrill::profile {

namespace {

constexpr std::int64_t kMostOfAny = 1'000'000'000'000;

/// "250ms", "5s", "2min", "1h"; nothing else.
std::optional<Duration> parse_duration(std::string_view text) {
  using namespace std::chrono_literals;
  auto unit_at = std::min(text.find_first_not_of("0123456789"), text.size());
  auto number = parse_size(text.substr(0, unit_at));
  auto unit = trim(text.substr(unit_at));
  if (!number || *number > 1'000'000) return std::nullopt;
  auto count = static_cast<std::int64_t>(*number);
  if (unit == "ms") return count * 1ms;
  if (unit == "s") return count * 1s;
  if (unit == "min") return count * 1min;
  if (unit == "h") return count * 1h;
  return std::nullopt;
}

class ProfileReader {
 public:
  ProfileReader(SourcePtr source, const Value& root)
      : start_{source.get(), 0, 0}, root_(root, "a profile", start_, out_) {
    profile_.path = source->path();
    profile_.source = std::move(source);
  }

  Result<Profile> read() {
    read_environment();
    read_allow();
    root_.choice<bool>("keep", {{"run", true}, {"file", false}}, profile_.keep_run);
    root_.choice<bool>("leftovers", {{"warn", true}, {"fail", false}}, profile_.leftovers_warn);
    read_params();
    read_secrets();
    read_sessions();
    read_foretold("xfail", profile_.xfails);
    read_foretold("skip", profile_.skips);
    read_def();
    read_limits();
    read_defaults();
    root_.finish();
    if (out_.empty()) return std::move(profile_);
    std::stable_sort(out_.begin(), out_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return a.span.begin < b.span.begin;
    });
    return input_error(render(out_));
  }

 private:
  void read_environment() {
    root_.require(
        "environment",
        "write environment = \"simulator\", \"certification\", \"uat\" or \"production\"");
    root_.choice<Environment>("environment",
                              {{"simulator", Environment::simulator},
                               {"certification", Environment::certification},
                               {"uat", Environment::uat},
                               {"production", Environment::production}},
                              profile_.environment);
  }

  void read_allow() {
    const Value* list = root_.of_kind("allow", Value::Kind::list);
    if (!list) return;
    for (const Value& item : list->items) {
      if (item.kind == Value::Kind::text && split_target(item.text)) {
        profile_.allow.push_back(item.text);
      } else {
        root_.error(item.span, "allow is a list of HOST:PORT, as in \"cert.example.com:9876\"");
      }
    }
  }

  void read_params() {
    const Value* table = root_.of_kind("param", Value::Kind::table);
    if (!table) return;
    for (const Entry& entry : table->entries) {
      check_name(entry, "a param");
      refuse_worker(entry.value, out_);
      if (auto value = scalar(entry, out_)) {
        profile_.params.push_back({entry.key, *value, entry.span});
      }
    }
  }

  void read_secrets() {
    const Value* table = root_.of_kind("secret", Value::Kind::table);
    if (!table) return;
    for (const Entry& entry : table->entries) {
      check_name(entry, "a secret");
      if (auto ref = read_secret(entry.key, entry.value, out_)) profile_.secrets[entry.key] = *ref;
    }
  }

  void check_name(const Entry& entry, const char* what) {
    if (is_name(entry.key)) return;
    root_.error(entry.span, fmt::format("the name of {} holds letters, digits and '_', no digit "
                                        "first",
                                        what));
  }

  void read_sessions() {
    const Value* table = root_.of_kind("session", Value::Kind::table);
    if (!table) return;
    for (const Entry& entry : table->entries) {
      if (entry.value.kind == Value::Kind::table) {
        profile_.sessions.push_back(read_session(entry, out_));
      } else {
        root_.error(entry.span, "a session is a table: [session.NAME]");
      }
    }
  }

  static Span whole(const Entry& entry) {
    return {entry.span.file, entry.span.begin, entry.value.span.end};
  }

  void read_foretold(const char* name, std::vector<Foretold>& out) {
    const Value* table = root_.of_kind(name, Value::Kind::table);
    if (!table) return;
    for (const Entry& entry : table->entries) {
      const std::string reason(trim(entry.value.text));
      if (entry.value.kind == Value::Kind::table)
        root_.error(entry.span, fmt::format("[{}]: an id with a dot stands in quotes, as in "
                                            "\"14.k\" = \"the reason\"",
                                            name));
      else if (entry.value.kind != Value::Kind::text || reason.empty())
        root_.error(entry.value.span, fmt::format("[{}] says why of each id, as in \"14.k\" = "
                                                  "\"the reason\"",
                                                  name));
      else
        out.push_back({entry.key, reason, whole(entry)});
    }
  }

  void read_def() {
    const Value* value = root_.of_kind("def", Value::Kind::table);
    if (!value) return;
    TableReader table(*value, "[def]", value->span, out_);
    DefTarget def;
    def.span = value->span;
    if (const Value* host = table.text("host", def.host)) def.span = host->span;
    std::int64_t port = 0;
    table.require("port", "write port = 5001, where the sessions of .def files connect");
    table.integer("port", {1, 65535}, port);
    def.port = static_cast<std::uint16_t>(port);
    table.finish();
    profile_.def = def;
  }

  void read_limits() {
    const Value* value = root_.of_kind("limits", Value::Kind::table);
    if (!value) return;
    TableReader table(*value, "[limits]", value->span, out_);
    auto& limits = profile_.limits;
    limit(table, "max_order_qty", limits.max_order_qty);
    limit(table, "max_notional", limits.max_notional);
    limit(table, "orders_per_run", limits.orders_per_run);
    limit(table, "messages_per_second", limits.messages_per_second);
    table.texts("symbols", limits.symbols);
    table.finish();
  }

  template <class Number>
  void limit(TableReader& table, const char* key, Number& out) {
    const std::int64_t most = sizeof(Number) == sizeof(std::int64_t) ? kMostOfAny : 1'000'000;
    std::int64_t value = out;
    table.integer(key, {0, most}, value);
    if (value != out) {
      profile_.limits.raised.push_back(fmt::format("{} = {} (default {})", key, value, out));
    }
    out = static_cast<Number>(value);
  }

  void read_defaults() {
    const Value* value = root_.of_kind("defaults", Value::Kind::table);
    if (!value) return;
    TableReader table(*value, "[defaults]", value->span, out_);
    std::string within;
    if (const Value* text = table.text("within", within)) {
      auto duration = parse_duration(within);
      if (duration)
        profile_.within = *duration;
      else
        table.error(text->span, "within is a time with a unit: ms, s, min or h, as in \"5s\"");
    }
    table.texts("ignore", profile_.ignore);
    table.finish();
  }

  Profile profile_;
  Diagnostics out_;
  Span start_;
  TableReader root_;
};

}  // namespace

const char* environment_name(Environment environment) {
  switch (environment) {
    case Environment::simulator:
      return "simulator";
    case Environment::certification:
      return "certification";
    case Environment::uat:
      return "uat";
    case Environment::production:
      return "production";
  }
  return "";
}

const Session* Profile::session(const std::string& name) const {
  auto found = std::find_if(sessions.begin(), sessions.end(),
                            [&](const Session& session) { return session.name == name; });
  return found == sessions.end() ? nullptr : &*found;
}

Result<Profile> load(SourcePtr source) {
  auto root = parse_toml(*source);
  if (!root) return root.error();
  return ProfileReader(std::move(source), *root).read();
}

}  // namespace fixdrill::profile
