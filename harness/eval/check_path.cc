// Paths of expressions: names, members of records, messages of lists, fields.
#include "eval/check_path.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/names.h"
#include "eval/path.h"
#include "eval/reach.h"

namespace fixdrill::eval {

namespace {

using Kind = KnownName::Kind;

// `next_in`, `OE.next_in`
bool names_session_number(const syntax::Path& path, const syntax::File& file) {
  if (path.parts.size() == 1) return is_session_number(path.parts[0].name.text);
  const auto is_first = [&](const syntax::Session& session) {
    return session.name.text == path.parts[0].name.text;
  };
  return path.parts.size() == 2 && is_session_number(path.parts[1].name.text) &&
         std::any_of(file.sessions.begin(), file.sessions.end(), is_first);
}

std::vector<std::string> names_of(const KnownNames& known) {
  std::vector<std::string> names;
  for (const auto& [name, what] : known) names.push_back(name);
  return names;
}

// `session.role`. False: something else is meant.
bool names_session_fact(const syntax::Path& path, const Place& place) {
  const syntax::Path::Part& first = path.parts[0];
  if (first.name.text != kSession || first.index) return false;
  const std::vector<std::string> known(kSessionFacts.begin(), kSessionFacts.end());
  const syntax::Name& last = path.parts.back().name;
  if (path.parts.size() != 2)
    place.findings.error(last.span, fmt::format("say one thing of the session, as in session.role; "
                                                "'session' knows {}",
                                                join(known, ", ")));
  else if (std::find(known.begin(), known.end(), last.text) == known.end())
    place.findings.error(last.span, fmt::format("'session' knows {}, not '{}'{}", join(known, ", "),
                                                last.text, did_you_mean_text(last.text, known)));
  return true;
}

void unknown_name(const syntax::Name& name, const Place& place) {
  if (const auto later = place.scope.later.find(name.text); later != place.scope.later.end()) {
    const std::size_t line = later->second.file->position(later->second.begin).line;
    place.findings.error(name.span,
                         fmt::format("'{}' is used before it is set in line {}", name.text, line));
    return;
  }
  place.findings.error(name.span,
                       fmt::format("no variable or message '{}'{}", name.text,
                                   did_you_mean_text(name.text, names_of(place.scope.known))));
}

// `f.ek`, where the call gives `er` and `ack`.
void unknown_member(const syntax::Path& path, const Place& place) {
  const KnownName* at = &place.scope.known.find(path.parts[0].name.text)->second;
  for (std::size_t i = 1; at->members && i < path.parts.size(); ++i) {
    const syntax::Name& name = path.parts[i].name;
    const auto member = at->members->find(name.text);
    if (member == at->members->end()) {
      place.findings.error(name.span,
                           fmt::format("'{}' has no result '{}'{}", path_text(path, i), name.text,
                                       did_you_mean_text(name.text, names_of(*at->members))));
      return;
    }
    at = &member->second;
  }
}

bool is_list(const KnownName& name, const syntax::Path::Part& part) {
  return name.kind == Kind::list && !part.index;
}

// Behind the names: fields of a message, groups with their indices.
void check_message_fields(const syntax::Path& path, const ReachedName& reached, const Place& place,
                          PathUse use) {
  const fix::Dictionary* dictionary = reached.name.dictionary;
  for (std::size_t i = reached.used; dictionary && i < path.parts.size(); ++i) {
    const syntax::Path::Part& part = path.parts[i];
    const auto tag = parse_size(part.name.text);
    const fix::FieldDef* field =
        tag ? dictionary->field(static_cast<int>(*tag)) : dictionary->field(part.name.text);
    if (!field && !tag) {
      place.findings.error(part.name.span, unknown_field(part.name.text, dictionary));
      continue;
    }
    const bool last = i + 1 == path.parts.size();
    if (use == PathUse::all || last != part.index.has_value()) continue;
    const std::string label = dictionary->field_label(field ? field->tag : static_cast<int>(*tag));
    place.findings.error(part.index ? part.index->span : part.name.span,
                         part.index
                             ? fmt::format("name a field of this entry: {}[…].Field", label)
                             : fmt::format("say which entry of {}: [1] or [Field = value]", label));
  }
}

void check_index(const syntax::Index& index, const fix::Dictionary* dictionary,
                 const Place& place) {
  if (index.position) return check_expression(*index.position, place);
  check_value(index.value, place);
  if (!dictionary) return;
  const Result<FieldName> key = resolve_field(index.key, dictionary);
  if (!key) {
    place.findings.error(index.key.span, unknown_field(index.key.name, dictionary));
    return;
  }
  const syntax::Value& value = index.value;
  if (!enumerated(key->def) || value.quoted || !value.literal() || holds_several(*key->def)) return;
  if (!enum_code(*key->def, value.literal_text()))
    place.findings.error(value.span, no_such_value(*key->def, value.literal_text(), dictionary));
}

void check_indices(const syntax::Path& path, const fix::Dictionary* dictionary,
                   const Place& place) {
  for (const syntax::Path::Part& part : path.parts) {
    if (part.index) check_index(*part.index, dictionary, place);
  }
}

// An index where there is no list to take it.
bool check_list_indices(const syntax::Path& path, const ReachedName& reached, const Place& place) {
  for (std::size_t i = 0; i < reached.used; ++i) {
    const auto& index = path.parts[i].index;
    if (!index || (i + 1 == reached.used && reached.name.kind == Kind::list)) continue;
    place.findings.error(index->span,
                         fmt::format("'{}' is not a list of messages", path.parts[i].name.text));
    return false;
  }
  return true;
}

// Read behind a block that sets it on some ways only.
void check_always_set(const syntax::Path& path, const ReachedName& reached, const Place& place) {
  if (!reached.name.sometimes) return;
  for (std::size_t parts = 1; parts <= reached.used; ++parts) {
    if (place.scope.certain.contains(path_text(path, parts))) return;
  }
  const Span& set = *reached.name.sometimes;
  const std::string text = path_text(path, reached.used);
  place.findings.error(path.parts.front().name.span,
                       fmt::format("'{}' may not be set here: line {} sets it on some ways only; "
                                   "ask has({}) first",
                                   text, set.file->position(set.begin).line, text));
}

// What a store holds: messages, values, or both.
KnownName in_store(const KnownName& store) { return store.members->begin()->second; }

// `orders[msg.ClOrdID].Symbol`
void check_store_path(const syntax::Path& path, const KnownName& store, const Place& place,
                      PathUse use) {
  const syntax::Path::Part& first = path.parts.front();
  const bool counted = use == PathUse::all && path.parts.size() == 1;
  if (!first.index) {
    if (!counted)
      place.findings.error(first.name.span,
                           fmt::format("'{0}' is a store; say which of it, as in {0}[msg.ClOrdID]",
                                       first.name.text));
    return;
  }
  if (!first.index->position) {
    place.findings.error(
        first.index->span,
        fmt::format("a store is read by its key, as in {}[msg.ClOrdID]", first.name.text));
    return;
  }
  const KnownName held = in_store(store);
  if (path.parts.size() == 1 || held.kind == Kind::any) return;
  if (held.kind == Kind::message) return check_message_fields(path, {held, 1}, place, use);
  place.findings.error(
      first.name.span,
      fmt::format("what is put into '{}' is no message and has no fields", first.name.text));
}

void say_which(const syntax::Path& path, const ReachedName& reached, const Place& place) {
  place.findings.error(
      path.parts[reached.used - 1].name.span,
      fmt::format("'{0}' is a list of messages; say which: {0}[1]", path_text(path, reached.used)));
}

}  // namespace

KnownName KnownName::record(KnownNames members) {
  return {Kind::record, nullptr, std::make_shared<const KnownNames>(std::move(members)),
          "",           {},      {}};
}

bool is_session_number(std::string_view name) { return name == "next_in" || name == "next_out"; }

std::optional<ReachedName> reach_known(const syntax::Path& path, const Scope& scope) {
  const auto root = scope.known.find(path.parts.front().name.text);
  if (root == scope.known.end()) return std::nullopt;
  ReachedName reached{root->second, 1};
  while (reached.name.kind == Kind::record && reached.used < path.parts.size()) {
    if (!reached.name.members) return std::nullopt;
    const auto member = reached.name.members->find(path.parts[reached.used].name.text);
    if (member == reached.name.members->end()) return std::nullopt;
    KnownName found = member->second;
    if (!found.sometimes) found.sometimes = reached.name.sometimes;
    reached = {std::move(found), reached.used + 1};
  }
  return reached;
}

KnownName known_of(const syntax::Path& path, const Place& place) {
  const auto reached = reach_known(path, place.scope);
  if (!reached || reached->used < path.parts.size()) return {};
  if (reached->name.kind == Kind::store && path.parts.back().index) return in_store(reached->name);
  const bool picked = reached->name.kind == Kind::list && path.parts.back().index;
  if (picked) return KnownName::message(reached->name.dictionary, reached->name.type);
  KnownName known = reached->name;
  known.sometimes.reset();  // who reads it has it
  return known;
}

void check_path(const syntax::Path& path, const Place& place, PathUse use) {
  const syntax::Name& first = path.parts.front().name;
  const auto reached = reach_known(path, place.scope);
  check_indices(path, reached ? reached->name.dictionary : nullptr, place);
  if (!reached) {
    if (place.scope.known.contains(first.text)) return unknown_member(path, place);
    const bool of_session =
        names_session_number(path, place.file) || names_session_fact(path, place);
    if (!of_session) unknown_name(first, place);
    return;
  }
  if (reached->name.kind == Kind::any) return;
  check_always_set(path, *reached, place);
  if (reached->name.kind == Kind::store) return check_store_path(path, reached->name, place, use);
  if (!check_list_indices(path, *reached, place)) return;
  if (reached->used == path.parts.size()) return;
  const syntax::Path::Part& last = path.parts[reached->used - 1];
  if (reached->name.kind == Kind::value) {
    place.findings.error(last.name.span, fmt::format("'{}' is not a message and has no fields",
                                                     path_text(path, reached->used)));
    return;
  }
  if (use == PathUse::one && is_list(reached->name, last)) say_which(path, *reached, place);
  check_message_fields(path, *reached, place, use);
}

void check_message_path(const syntax::Path& path, const Place& place) {
  check_path(path, place);
  const auto reached = reach_known(path, place.scope);
  if (!reached || reached->name.kind == Kind::any) return;
  const std::string text = path_text(path, path.parts.size());
  if (reached->name.kind == Kind::store && path.parts.back().index && path.parts.size() == 1) {
    if (in_store(reached->name).kind == Kind::value)
      place.findings.error(path.span, fmt::format("'{}' is not a message", text));
    return;
  }
  const bool field = reached->used < path.parts.size();
  if (field || reached->name.kind == Kind::value)
    place.findings.error(path.span, fmt::format("'{}' is not a message", text));
  else if (is_list(reached->name, path.parts.back()))
    say_which(path, *reached, place);
  else if (reached->name.kind == Kind::record)
    place.findings.error(
        path.span,
        fmt::format("'{}' is what a call gave; name one of its results, as in {}.{}", text, text,
                    reached->name.members && !reached->name.members->empty()
                        ? reached->name.members->begin()->first
                        : "name"));
}

}  // namespace fixdrill::eval
