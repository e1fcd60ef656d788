// Procs and calls. A proc is looked at once for each kind of call, and once by itself when nobody
// calls it.
#include <algorithm>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"
#include "eval/argument.h"
#include "eval/check_path.h"
#include "eval/check_scope.h"

namespace fixdrill::eval {

namespace {

using syntax::Proc;
using syntax::ProcCall;

bool some_step_needs_session(const syntax::Block& block, const syntax::File& file) {
  return some_step(block, file, [](const syntax::Step& step) -> std::optional<bool> {
    if (step.session) return false;
    return needs_session(step.action) ? std::optional(true) : std::nullopt;
  });
}

// Params and secrets of the file; what else the caller knows is not seen inside.
Scope scope_of_procs(const Flow& flow) {
  Scope scope;
  for (const syntax::Param& param : flow.checked.file.params) scope.known[param.name.text];
  for (const syntax::Secret& secret : flow.checked.file.secrets) scope.known[secret.name.text];
  return scope;
}

KnownName anything() {
  KnownName any;
  any.kind = KnownName::Kind::any;
  return any;
}

const ProcCall::Argument* argument_for(const ProcCall& call, const std::string& parameter) {
  const auto found = std::find_if(
      call.arguments.begin(), call.arguments.end(),
      [&](const ProcCall::Argument& argument) { return argument.name.text == parameter; });
  return found == call.arguments.end() ? nullptr : &*found;
}

void check_argument_names(const ProcCall& call, const Proc& proc, Findings& findings) {
  std::vector<std::string> parameters;
  for (const Proc::Parameter& parameter : proc.parameters)
    parameters.push_back(parameter.name.text);
  std::set<std::string> seen;
  for (const ProcCall::Argument& argument : call.arguments) {
    const std::string& name = argument.name.text;
    if (std::find(parameters.begin(), parameters.end(), name) == parameters.end())
      findings.error(argument.name.span, fmt::format("'{}' has no parameter '{}'{}", proc.name.text,
                                                     name, did_you_mean_text(name, parameters)));
    if (!seen.insert(name).second)
      findings.error(argument.name.span, fmt::format("'{}' is given twice", name));
  }
  for (const Proc::Parameter& parameter : proc.parameters) {
    if (parameter.value || argument_for(call, parameter.name.text)) continue;
    findings.error(call.proc.span,
                   fmt::format("'{}' needs a value for '{}'", proc.name.text, parameter.name.text));
  }
}

// What an argument is: the name of a variable or message hands that over.
KnownName kind_of(const syntax::Value& value, const Place& place) {
  const std::size_t before = place.findings.errors();
  check_value(value, place);
  if (place.findings.errors() > before) return anything();
  if (const auto bare = bare_path(value)) {
    if (!place.scope.known.contains(bare->parts.front().name.text)) return {};
    check_path(*bare, place);
    return known_of(*bare, place);
  }
  const auto* path = value.pieces.size() == 1 && value.pieces[0].expr
                         ? std::get_if<syntax::PathExpr>(&value.pieces[0].expr->node)
                         : nullptr;
  return path ? known_of(path->path, place) : KnownName{};
}

// Two calls with the same text here need one look at the proc. Records in records grow with every
// call that gives one, so they are told apart to some depth only.
std::string kind_text(const KnownName& known, int depth = 3) {
  std::string text = fmt::format("{}@{}", static_cast<int>(known.kind),
                                 static_cast<const void*>(known.dictionary));
  if (!known.members || depth == 0) return text;
  for (const auto& [name, member] : *known.members)
    text += fmt::format(",{}:{}", name, kind_text(member, depth - 1));
  return text;
}

KnownNames results_of(const Proc& proc, const Scope& scope, Findings& findings) {
  KnownNames results;
  for (const syntax::Name& name : proc.results) {
    const auto known = scope.known.find(name.text);
    if (known != scope.known.end()) {
      results[name.text] = known->second;
    } else {
      findings.error(name.span,
                     fmt::format("no step of '{}' sets '{}'", proc.name.text, name.text));
    }
  }
  return results;
}

KnownNames check_body(const Proc& proc, const Flow& outer, Scope scope) {
  Flow flow{outer.checked, scope, outer.session, outer.any_session, outer.calls};
  flow.calls.push_back(&proc);
  note_later_names(proc.block, scope);
  check_block(proc.block, flow);
  return results_of(proc, scope, outer.checked.findings);
}

// "'a' calls itself through 'b' and 'c'"
std::string calls_itself(const Proc& proc, const std::vector<const Proc*>& calls) {
  std::vector<std::string> through;
  for (auto at = std::find(calls.begin(), calls.end(), &proc) + 1; at != calls.end(); ++at)
    through.push_back(fmt::format("'{}'", (*at)->name.text));
  return fmt::format("'{}' calls itself{}{}", proc.name.text, through.empty() ? "" : " through ",
                     join(through, " and "));
}

std::vector<std::string> proc_names(const syntax::File& file) {
  std::vector<std::string> names;
  for (const Proc& proc : file.procs) names.push_back(proc.name.text);
  return names;
}

void check_parameters(const Proc& proc, const CheckedFile& checked, Scope& scope) {
  std::set<std::string> seen;
  for (const Proc::Parameter& parameter : proc.parameters) {
    if (!seen.insert(parameter.name.text).second)
      checked.findings.error(parameter.name.span,
                             fmt::format("a second parameter '{}'", parameter.name.text));
    const Place place = place_of(nullptr, checked, scope);
    if (parameter.value) check_value(*parameter.value, place);
    define(parameter.name, anything(), place);
  }
}

}  // namespace

void check_control(const ProcCall& call, const Flow& flow, const Place& place) {
  Findings& findings = flow.checked.findings;
  const syntax::File& file = flow.checked.file;
  const Proc* proc = file.proc(call.proc.text);
  if (!proc) {
    findings.error(call.proc.span,
                   fmt::format("no proc '{}'{}", call.proc.text,
                               did_you_mean_text(call.proc.text, proc_names(file))));
    if (call.as) define(*call.as, anything(), place);
    return;
  }
  check_argument_names(call, *proc, findings);
  Scope scope = scope_of_procs(flow);
  std::string key = proc->name.text + "@" + (place.session ? place.session->name.text : "");
  for (const Proc::Parameter& parameter : proc->parameters) {
    const auto* given = argument_for(call, parameter.name.text);
    const Place inside = place_of(place.session, flow.checked, scope);
    const KnownName kind = given             ? kind_of(given->value, place)
                           : parameter.value ? kind_of(*parameter.value, inside)
                                             : anything();
    key += fmt::format(";{}", kind_text(kind));
    scope.known[parameter.name.text] = kind;
  }
  KnownNames results;
  const bool recursive = std::find(flow.calls.begin(), flow.calls.end(), proc) != flow.calls.end();
  const bool no_session =
      !place.session && !flow.any_session && some_step_needs_session(proc->block, file);
  if (recursive) {
    findings.error_anyhow(call.proc.span, calls_itself(*proc, flow.calls));
  } else if (flow.checked.depth > limits::kCallDepth) {
    findings.error_anyhow(
        call.proc.span,
        fmt::format("blocks and calls are nested more than {} deep here", limits::kCallDepth));
  } else if (no_session) {
    findings.error(call.proc.span,
                   file.sessions.empty()
                       ? "the file has no session; declare one, as in 'session OE initiator'"
                       : fmt::format("'{0}' needs to know its session; name it, as in '{1}: call "
                                     "{0}(…)'",
                                     proc->name.text, file.sessions[0].name.text));
  } else if (const auto known = flow.checked.procs.find(key); known != flow.checked.procs.end()) {
    results = known->second;
  } else {
    const std::size_t before = findings.errors();
    const Flow inner{flow.checked, scope, place.session, flow.any_session, flow.calls};
    results = check_body(*proc, inner, scope);
    flow.checked.procs[key] = results;
    if (findings.errors() > before) findings.note(call.proc.span, "called from here");
  }
  if (!call.as) return;
  if (proc->results.empty())
    findings.error(call.as->span, fmt::format("'{}' gives nothing back: its head has no '-> (…)'",
                                              proc->name.text));
  define(*call.as, KnownName::record(std::move(results)), place);
}

void check_procs(const CheckedFile& checked, const Scope& outer) {
  std::set<std::string> seen;
  for (const Proc& proc : checked.file.procs) {
    if (!seen.insert(proc.name.text).second)
      checked.findings.error(proc.name.span, fmt::format("a second proc '{}'", proc.name.text));
    Scope scope = outer;
    check_parameters(proc, checked, scope);
    Flow flow{checked, scope};
    flow.any_session = true;
    check_body(proc, flow, scope);
  }
}

}  // namespace fixdrill::eval
