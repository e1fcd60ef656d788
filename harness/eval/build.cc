#include "eval/build.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"
#include "eval/data_lengths.h"
#include "eval/expression.h"
#include "eval/group_members.h"
#include "eval/names.h"
#include "eval/outline.h"
#include "eval/path.h"
#include "eval/walk.h"
#include "fix/message.h"

namespace fixdrill::eval {

namespace {

const char* mode_text(const syntax::GroupTest& group) {
  switch (group.mode) {
    case syntax::GroupTest::Mode::ordered:
      break;
    case syntax::GroupTest::Mode::unordered:
      return "'unordered'";
    case syntax::GroupTest::Mode::contains:
      return "'contains'";
    case syntax::GroupTest::Mode::each:
      return "'each'";
  }
  return "";
}

class Builder {
 public:
  Builder(const syntax::Message& message, const Environment& environment,
          const BuildOptions& options)
      : message_(message), environment_(&environment), options_(options) {}

  Result<fix::OutMessage> build() {
    Result<std::string> type = resolve_type(message_, *environment_);
    if (!type) return type.error();
    Result<Outline> outline = start(*type);
    if (!outline) return outline.error();
    outline->reserve(outline->size() + message_.fields.size());
    written_.reserve(message_.fields.size());
    for (const syntax::Field& field : message_.fields) {
      if (drops(field)) continue;
      const Status status = add(*outline, field);
      if (!status) return status.error();
    }
    const Status status = add_defaults(*outline);
    if (!status) return status.error();
    fill_data_lengths(*outline, written_);
    return fix::OutMessage{std::move(*type), flatten(std::move(*outline)), std::move(left_out_)};
  }

 private:
  Result<Outline> start(const std::string& msg_type) const {
    if (!message_.like) return Outline();
    const Result<NamedMessage> like = message_of(*message_.like, *environment_);
    if (!like) return like.error();
    return copy_body(*like, msg_type, environment_->dictionary);
  }

  bool drops(const syntax::Field& field) const {
    return message_.pasted && options_.drop_session_tags &&
           is_session_tag(field.place.parts.front().ref.tag);
  }

  Status add(Outline& outline, const syntax::Field& field) {
    const Result<Location> location = locate(field.place, *environment_);
    if (!location) return location.error();
    Outline* level = &outline;
    for (const GroupStep& step : location->steps) {
      level = entry_of(*level, step);
      if (!level)
        return fail(field.place.span,
                    fmt::format("the message has no {} yet; write the group as Name [ {{ … }} ]",
                                step.label));
    }
    if (location->steps.empty()) written_.push_back(location->tag);
    return set(*level, *location, field);
  }

  Status set(Outline& level, const Location& location, const syntax::Field& field) {
    using syntax::Compare;
    const auto refuse = [&](const char* what) -> Status {
      return fail(field.span, fmt::format("a message to send takes values; {} is a test of what "
                                          "arrives",
                                          what));
    };
    return std::visit(
        Overloaded{
            [&](const syntax::Absent&) -> Status { return leave_out(level, location); },
            [&](const syntax::Present&) { return refuse("'=*'"); },
            [&](const syntax::Comparison& test) {
              if (test.op != Compare::eq) return refuse("'<' or '!='");
              return put_value(level, location, test.value);
            },
            [&](const syntax::DefaultValue& test) {
              return put_unless_empty(level, location, test.value);
            },
            [&](const syntax::Tolerance&) { return refuse("'+-'"); },
            [&](const syntax::RegexTest&) { return refuse("'~'"); },
            [&](const syntax::InSet&) { return refuse("'in'"); },
            [&](const syntax::InRange&) { return refuse("'in'"); },
            [&](const syntax::IsShape&) { return refuse("'is'"); },
            [&](const syntax::CaptureOnly&) { return refuse("'->'"); },
            [&](const syntax::GroupTest& test) {
              if (test.mode != syntax::GroupTest::Mode::ordered) return refuse(mode_text(test));
              return put_group(level, location, test);
            },
        },
        field.test);
  }

  Status leave_out(Outline& level, const Location& location) {
    drop(level, location.tag);
    if (location.steps.empty()) left_out_.push_back(location.tag);
    return {};
  }

  Status put_value(Outline& level, const Location& location, const syntax::Value& value) const {
    Result<std::string> text = field_text({value, location.def, message_.pasted}, *environment_);
    if (!text) return text.error();
    put(level, {location.tag, std::move(*text), false, false, {}});
    return {};
  }

  Status put_unless_empty(Outline& level, const Location& location,
                          const syntax::Value& value) const {
    Result<std::string> text = field_text({value, location.def, message_.pasted}, *environment_);
    if (!text) return text.error();
    if (text->empty()) {
      drop(level, location.tag);
    } else {
      put(level, {location.tag, std::move(*text), false, false, {}});
    }
    return {};
  }

  Status put_group(Outline& level, const Location& location, const syntax::GroupTest& group) {
    OutField field{location.tag, "", false, true, {}};
    const Status status = visit_members(
        group, *environment_, [&](const syntax::GroupTest::Member& member, const Environment& in) {
          const Environment* outer = std::exchange(environment_, &in);
          const Status added = add_entry(field.entries.emplace_back(), member);
          environment_ = outer;
          return added;
        });
    if (!status) return status;
    put(level, std::move(field));
    return {};
  }

  Status add_entry(Outline& entry, const syntax::GroupTest::Member& member) {
    for (const syntax::Field& inner : member.fields) {
      const Result<Location> at = locate(inner.place, *environment_);
      if (!at) return at.error();
      if (!at->steps.empty())
        return fail(inner.place.span, "write an inner group as Name [ { … } ]");
      const Status status = set(entry, *at, inner);
      if (!status) return status;
    }
    return {};
  }

  Status add_defaults(Outline& outline) const {
    for (const auto& [name, text] : options_.defaults) {
      const Result<FieldName> field = resolve_field({Span(), name, 0}, environment_->dictionary);
      if (!field) return field.error();
      if (has(outline, field->tag) || written(field->tag)) continue;
      Environment inner = *environment_;
      inner.field = field->def ? std::string_view(field->def->name) : std::string_view();
      Result<std::string> value = fill_profile_text(text, inner);
      if (!value) return value.error();
      const auto code = enumerated(field->def) ? enum_code(*field->def, *value) : std::nullopt;
      put(outline, {field->tag, code.value_or(*value), false, false, {}});
    }
    return {};
  }

  bool written(int tag) const {
    return std::find(written_.begin(), written_.end(), tag) != written_.end();
  }

  const syntax::Message& message_;
  const Environment* environment_;  // of a group member: with the variable of its loop
  const BuildOptions& options_;
  std::vector<int> left_out_;  // top-level tags of `!Field`
  std::vector<int>
      written_;  // top-level tags that the scenario gives or drops: no default for them
};

}  // namespace

Result<fix::OutMessage> build(const syntax::Message& message, const Environment& environment,
                              const BuildOptions& options) {
  return Builder(message, environment, options).build();
}

}  // namespace fixdrill::eval
