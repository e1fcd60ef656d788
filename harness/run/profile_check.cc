#include "run/profile_check.h"

#include <fmt/format.h>

#include "base/text.h"
#include "eval/names.h"

namespace fixdrill::run {

namespace {

const fix::FieldDef* field_of(const std::string& name, const fix::Dictionary& dictionary) {
  const auto tag = parse_size(name);
  return tag ? dictionary.field(static_cast<int>(*tag)) : dictionary.field(name);
}

// "" when there is nothing to say.
std::string wrong_with(const profile::DefaultField& given, const fix::Dictionary& dictionary) {
  const fix::FieldDef* field = field_of(given.field, dictionary);
  if (!field) return parse_size(given.field) ? "" : eval::unknown_field(given.field, &dictionary);
  const bool literal = given.value.find("${") == std::string::npos;
  if (!literal || !eval::enumerated(field) || eval::holds_several(*field) ||
      eval::enum_code(*field, given.value))
    return "";
  return eval::no_such_value(*field, given.value, &dictionary);
}

}  // namespace

std::vector<Diagnostic> check_defaults(const profile::Session& session,
                                       const fix::Dictionary& dictionary) {
  std::vector<Diagnostic> found;
  for (const auto& [message, fields] : session.defaults) {
    if (fields.empty()) continue;
    if (!dictionary.message(message) && !dictionary.message_named(message)) {
      found.push_back({Severity::error, fields.front().span,
                       fmt::format("[session.{}.defaults.{}]: {}", session.name, message,
                                   eval::unknown_message(message, &dictionary))});
      continue;
    }
    for (const profile::DefaultField& field : fields) {
      if (std::string wrong = wrong_with(field, dictionary); !wrong.empty())
        found.push_back({Severity::error, field.span, std::move(wrong)});
    }
  }
  return found;
}

std::vector<Diagnostic> check_ids(const profile::Profile& profile,
                                  const std::set<std::string>& ids) {
  std::vector<Diagnostic> found;
  for (const auto* table : {&profile.xfails, &profile.skips}) {
    for (const profile::Foretold& one : *table) {
      if (ids.contains(one.id)) continue;
      const auto near = did_you_mean(one.id, {ids.begin(), ids.end()});
      found.push_back({Severity::warning, one.span,
                       fmt::format("no scenario here has the id '{}'{}", printable(one.id),
                                   near ? fmt::format("; did you mean '{}'?", *near) : "")});
    }
  }
  return found;
}

}  // namespace fixdrill::run
