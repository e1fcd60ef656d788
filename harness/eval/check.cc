#include "eval/check.h"

#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "base/text.h"
#include "eval/check_scope.h"

namespace fixdrill::eval {

namespace {

const std::vector<std::string> kAnnotations = {"@id",    "@req", "@tags",
                                               "@owner", "@doc", "@keep_orders"};

void check_sessions(const CheckedFile& checked) {
  std::set<std::string> seen;
  std::vector<std::string> known;
  for (const auto& [name, facts] : checked.context.sessions) known.push_back(name);
  for (const syntax::Session& session : checked.file.sessions) {
    const syntax::Name& name = session.name;
    if (!seen.insert(name.text).second)
      checked.findings.error(name.span, fmt::format("a second session '{}'", name.text));
    if (checked.context.have_profile && !checked.context.sessions.contains(name.text))
      checked.findings.error(name.span, fmt::format("the profile has no session '{}'{}", name.text,
                                                    did_you_mean_text(name.text, known)));
    for (const syntax::Session::Option& option : session.options) {
      if (option.name.text != "auto")
        checked.findings.error(
            option.name.span,
            fmt::format("a session has no option '{}'; it knows auto", option.name.text));
      else if (!session.wire)
        checked.findings.error(option.name.span,
                               "'auto' is for wire sessions; the engine always answers");
      else
        check_answers(option.names, checked.findings);
    }
  }
}

// Params and secrets: the names every scenario starts with.
Scope check_variables(const CheckedFile& checked) {
  Scope scope;
  const auto add = [&](const syntax::Name& name) {
    if (!scope.known.emplace(name.text, KnownName{}).second)
      checked.findings.error(name.span, fmt::format("'{}' is declared twice", name.text));
  };
  const Place place = place_of(nullptr, checked, scope);
  for (const syntax::Param& param : checked.file.params) {
    if (param.value) check_value(*param.value, place);
    add(param.name);
  }
  std::vector<std::string> known(checked.context.secrets.begin(), checked.context.secrets.end());
  for (const syntax::Secret& secret : checked.file.secrets) {
    add(secret.name);
    if (checked.context.have_profile && !checked.context.secrets.contains(secret.name.text))
      checked.findings.error(secret.name.span,
                             fmt::format("the profile has no secret '{}'{}", secret.name.text,
                                         did_you_mean_text(secret.name.text, known)));
  }
  return scope;
}

void check_annotations(const syntax::Scenario& scenario, std::map<std::string, Span>& ids,
                       Findings& findings) {
  for (const syntax::Annotation& annotation : scenario.annotations) {
    const std::string name = "@" + annotation.name.text;
    if (std::find(kAnnotations.begin(), kAnnotations.end(), name) == kAnnotations.end())
      findings.error(annotation.name.span,
                     fmt::format("unknown '{}'{}", name, did_you_mean_text(name, kAnnotations)));
    if (name != "@id") continue;
    if (annotation.text.empty()) findings.error(annotation.span, "'@id' needs an id");
    const auto [first, fresh] = ids.emplace(annotation.text, annotation.span);
    if (fresh) continue;
    const Span& before = first->second;
    findings.error(annotation.span, fmt::format("the id {} is taken by line {}", annotation.text,
                                                before.file->position(before.begin).line));
  }
}

// What a scenario came to is settled before its teardown.
void refuse_ends(const syntax::Block& teardown, Findings& findings) {
  for (const syntax::Step& step : teardown.steps) {
    const bool ends = std::holds_alternative<syntax::Skip>(step.action) ||
                      std::holds_alternative<syntax::Xfail>(step.action);
    if (ends)
      findings.error(step.keyword, fmt::format("'{}' comes too late in a teardown: the scenario "
                                               "has run",
                                               step.keyword.text()));
    for (const syntax::Block* inner : blocks_of(step.action)) refuse_ends(*inner, findings);
  }
}

}  // namespace

std::vector<Diagnostic> check(const syntax::File& file, const CheckContext& context) {
  Findings findings;
  std::map<std::string, KnownNames> procs;
  std::size_t depth = 0;
  const CheckedFile checked{file, context, findings, procs, depth};
  check_sessions(checked);
  Scope outer = check_variables(checked);
  check_tables(checked, outer);
  check_procs(checked, outer);
  check_simulators(checked);
  const syntax::Session* first = file.sessions.empty() ? nullptr : &file.sessions[0];
  for (const syntax::Ignore& ignore : file.ignores)
    check_message(ignore.message, kIgnore, place_of(first, checked, outer));
  if (file.setup) check_steps(*file.setup, checked, outer);
  std::map<std::string, Span> ids;
  for (const syntax::Scenario& scenario : file.scenarios) {
    check_annotations(scenario, ids, findings);
    Scope scope = scope_of(scenario, checked, outer);
    check_value(scenario.title, place_of(nullptr, checked, scope));
    if (!expects_something(scenario.block, file))
      findings.error(scenario.title.span,
                     "this scenario expects nothing, so it could not fail; add an 'expect'");
    check_steps(scenario.block, checked, scope);
  }
  if (file.teardown) {
    Scope scope = outer;
    scope.certain.clear();  // it runs when a check of the setup has failed, too
    check_steps(*file.teardown, checked, scope);
    refuse_ends(*file.teardown, findings);
  }
  std::vector<Diagnostic> all = findings.take();
  std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::tuple(a.span.file->path(), a.span.begin) <
           std::tuple(b.span.file->path(), b.span.begin);
  });
  // A proc is looked at once for each kind of call.
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span.file == b.span.file && a.span.begin == b.span.begin && a.message == b.message;
  };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

}  // namespace fixdrill::eval
