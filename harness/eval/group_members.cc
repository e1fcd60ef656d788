#include "eval/group_members.h"

#include <utility>

#include "eval/expression.h"

namespace fixdrill::eval {

namespace {

Status visit_loop(const syntax::GroupTest::Member& member, const Environment& environment,
                  const MemberVisitor& visit) {
  for (const syntax::Value& value : member.loop->values) {
    Result<std::string> text = fill(value, environment);
    if (!text) return text.error();
    Bindings names(environment.names.world(), &environment.names);
    names.set(member.loop->variable.text, std::move(*text));
    const Environment inner{names, environment.dictionary, environment.session_value,
                            environment.received, environment.field};
    const Status status = visit(member, inner);
    if (!status) return status;
  }
  return {};
}

}  // namespace

Status visit_members(const syntax::GroupTest& group, const Environment& environment,
                     const MemberVisitor& visit) {
  for (const syntax::GroupTest::Member& member : group.members) {
    const Status status =
        member.loop ? visit_loop(member, environment, visit) : visit(member, environment);
    if (!status) return status;
  }
  return {};
}

}  // namespace fixdrill::eval
