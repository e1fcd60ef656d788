// Messages: type, modifiers, what an engine session owns, secrets, pasted text.
#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "base/text.h"
#include "eval/check_scope.h"
#include "eval/names.h"

namespace fixdrill::eval {

const ActionRule kSend{.action = "send", .use = Use::send, .as = true, .like = true, .with = true};
const ActionRule kExpect{.action = "expect",
                         .use = Use::expect,
                         .as = true,
                         .like = true,
                         .within = true,
                         .repeated = true,
                         .exact = true,
                         .ignoring = true};
const ActionRule kExpectOptional{.action = "expect optional",
                                 .use = Use::expect,
                                 .as = true,
                                 .like = true,
                                 .within = true,
                                 .exact = true,
                                 .ignoring = true};
const ActionRule kExpectNo{.action = "expect no",
                           .use = Use::expect,
                           .like = true,
                           .during = true,
                           .exact = true,
                           .ignoring = true};
const ActionRule kAwait{.action = "await",
                        .use = Use::expect,
                        .as = true,
                        .like = true,
                        .within = true,
                        .repeated = true,
                        .exact = true,
                        .ignoring = true};
const ActionRule kForbid{
    .action = "forbid", .use = Use::expect, .like = true, .exact = true, .ignoring = true};
const ActionRule kReply{.action = "reply", .use = Use::send, .as = true, .like = true};
const ActionRule kRuleSend{.action = "send", .use = Use::send, .as = true, .like = true};
const ActionRule kRule{
    .action = "rule", .use = Use::expect, .like = true, .exact = true, .ignoring = true};
const ActionRule kIgnore{
    .action = "ignore", .use = Use::expect, .like = true, .exact = true, .ignoring = true};

namespace {

constexpr std::string_view kLogon = "A";
constexpr const char* kSecretWritten =
    "a secret is never written in a scenario; declare it with 'secret NAME' and use ${NAME}, or, "
    "when it must be refused, ${wrong(\"x\")}";

int tag_of(const syntax::Field& field, const fix::Dictionary* dictionary) {
  if (field.place.parts.size() != 1) return 0;
  const syntax::FieldRef& ref = field.place.parts[0].ref;
  if (ref.tag != 0) return ref.tag;
  const fix::FieldDef* def = dictionary ? dictionary->field(ref.name) : nullptr;
  return def ? def->tag : 0;
}

std::optional<std::size_t> literal_count(const syntax::Value& value) {
  return value.literal() ? parse_size(value.literal_text()) : std::nullopt;
}

void check_repetition(const syntax::Message& message, const Place& place) {
  if (const auto& times = message.times) {
    check_value(times->low, place);
    if (times->high) check_value(*times->high, place);
    const auto low = literal_count(times->low);
    const auto high = times->high ? literal_count(*times->high) : std::nullopt;
    if (high == 0)
      place.findings.error(times->span, "'times 0' expects nothing; use 'expect no'");
    else if (low && high && *low > *high)
      place.findings.error(times->span, "the smaller number stands first, as in 'times 2..5'");
  }
  if (!message.distinct) return;
  if (!message.times && !message.until)
    place.findings.error(message.distinct->span,
                         "'distinct' needs several messages: 'times' or 'until'");
  if (place.dictionary && message.distinct->tag == 0 &&
      !place.dictionary->field(message.distinct->name))
    place.findings.error(message.distinct->span,
                         unknown_field(message.distinct->name, place.dictionary));
}

// It says all of a message, each field in its place.
void check_verbatim(const syntax::Message& message, const Place& place) {
  if (!message.verbatim) return;
  const auto refuse = [&](bool given, std::string_view word) {
    if (given)
      place.findings.error(*message.verbatim,
                           fmt::format("'verbatim' looks at every field; leave '{}' out", word));
  };
  refuse(message.exact.has_value(), "exact");
  refuse(message.ignoring.has_value(), "ignoring");
  refuse(message.like.has_value(), "like");
  if (!message.pasted)
    place.findings.error(*message.verbatim,
                         "'verbatim' is for a pasted message, whose fields have their places");
}

void check_modifiers(const syntax::Message& message, const ActionRule& rule, const Place& place) {
  const auto refuse = [&](bool given, bool taken, std::string_view word, const Span& span) {
    if (given && !taken)
      place.findings.error(span, fmt::format("'{}' does not take '{}'", rule.action, word));
  };
  refuse(message.as.has_value(), rule.as, "as", message.as ? message.as->span : Span());
  refuse(message.like.has_value(), rule.like, "like", message.like ? message.like->span : Span());
  refuse(message.within.has_value(), rule.within, "within",
         message.within ? message.within->span : Span());
  refuse(message.during.has_value(), rule.during, "for",
         message.during ? message.during->span : Span());
  refuse(message.exact.has_value(), rule.exact, "exact", message.exact.value_or(Span()));
  refuse(message.verbatim.has_value(), rule.exact, "verbatim", message.verbatim.value_or(Span()));
  refuse(message.ignoring.has_value(), rule.ignoring, "ignoring",
         message.ignoring ? message.ignoring->span : Span());
  refuse(message.times.has_value(), rule.repeated, "times",
         message.times ? message.times->span : Span());
  refuse(message.until.has_value(), rule.repeated, "until",
         message.until ? message.until->span : Span());
  refuse(message.distinct.has_value(), rule.repeated, "distinct",
         message.distinct ? message.distinct->span : Span());
  if (rule.exact) check_verbatim(message, place);
  if (rule.repeated) check_repetition(message, place);
  if (rule.during && !message.during)
    place.findings.error(message.span, fmt::format("'{}' needs 'for' and a duration", rule.action));
  check_duration(message.within, place);
  check_duration(message.during, place);
  if (message.like) check_message_path(*message.like, place);
}

// Of the type of another message; "" when that is not known.
std::string check_type_of(const syntax::Message& message, const Place& place) {
  check_message_path(*message.type_of, place);
  return known_of(*message.type_of, place).type;
}

// The MsgType code; "" when the message or the dictionary does not say.
std::string check_type(const syntax::Message& message, const Place& place) {
  const syntax::Name& type = message.type;
  if (type.text.empty()) {
    place.findings.error(message.pasted_span, "this pasted message has no MsgType(35)");
    return "";
  }
  if (message.type_of) return check_type_of(message, place);
  if (!place.dictionary) {
    const bool standard = type.text.size() <= 1 || type.text == "Logon";
    return standard && type.text == "Logon" ? std::string(kLogon) : type.text;
  }
  if (place.dictionary->message(type.text)) return type.text;
  if (const auto* def = place.dictionary->message_named(type.text); def && !message.pasted)
    return def->msg_type;
  if (const auto known = place.scope.known.find(type.text);
      known != place.scope.known.end() && !message.pasted) {
    check_message_path({type.span, {{type, std::nullopt}}}, place);
    return known->second.type;
  }
  constexpr std::size_t kLongestCode = 3;
  if (!message.pasted && type.text.size() > kLongestCode)
    place.findings.error(type.span, unknown_message(type.text, place.dictionary));
  else if (!for_many_versions(place))
    place.findings.warning(type.span, fmt::format("MsgType(35) {} is not in {}", type.text,
                                                  place.dictionary->version()));
  return "";
}

// What an engine would get wrong numbers from (rule 7).
void check_engine_type(const syntax::Message& message, const std::string& type,
                       const Place& place) {
  struct Owned {
    std::string_view code;
    std::string_view name;
  };
  constexpr std::array kOwned = {Owned{"A", "Logon"}, Owned{"5", "Logout"},
                                 Owned{"4", "SequenceReset"}, Owned{"2", "ResendRequest"}};
  for (const Owned& owned : kOwned) {
    if (type != owned.code && type != owned.name) continue;
    place.findings.error(
        message.type.span,
        fmt::format("an engine session sends {} by itself; use a 'wire' session", owned.name));
  }
}

std::string label(int tag, const Place& place) {
  constexpr std::array<std::pair<int, std::string_view>, 9> kNames = {{{8, "BeginString"},
                                                                       {9, "BodyLength"},
                                                                       {10, "CheckSum"},
                                                                       {34, "MsgSeqNum"},
                                                                       {43, "PossDupFlag"},
                                                                       {49, "SenderCompID"},
                                                                       {52, "SendingTime"},
                                                                       {56, "TargetCompID"},
                                                                       {122, "OrigSendingTime"}}};
  for (const auto& [known, name] : kNames) {
    if (known == tag) return fmt::format("{}({})", name, tag);
  }
  return field_label(tag, place.dictionary);
}

bool holds(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// A field that gives a CompID as it stands.
struct WrittenIdentity {
  std::string text;
  const std::string* own = nullptr;                 ///< as the profile has it
  const std::vector<std::string>* other = nullptr;  ///< as lanes read it
};

// What we send has our CompIDs in 49 and 56, what we get has them the other way round.
std::optional<WrittenIdentity> written_identity(const syntax::Field& field, Use use,
                                                const Place& place) {
  const int tag = tag_of(field, place.dictionary);
  if ((tag != 49 && tag != 56) || !place.facts) return std::nullopt;
  const auto* equal = std::get_if<syntax::Comparison>(&field.test);
  if (!equal || !equal->value.literal()) return std::nullopt;
  const SessionFacts& facts = *place.facts;
  const bool ours = (tag == 49) == (use == Use::send);
  return WrittenIdentity{equal->value.literal_text(), ours ? &facts.sender : &facts.target,
                         ours ? &facts.other_senders : &facts.other_targets};
}

// False: an identity that is not the session's.
bool identity_fits(const syntax::Field& field, int tag, const Place& place) {
  const auto written = written_identity(field, Use::send, place);
  if (!written || written->text == *written->own || holds(*written->other, written->text))
    return true;
  const std::string& own = *written->own;
  place.findings.error(field.span, fmt::format("{} is {} on session {}, not {}", label(tag, place),
                                               own, place.session->name.text, written->text));
  return false;
}

// What is written out holds in one lane and is wrong in the next.
void check_lane_identity(const syntax::Message& message, const ActionRule& rule,
                         const Place& place) {
  const auto has_tag = [&](int tag) {
    return std::any_of(
        message.fields.begin(), message.fields.end(),
        [&](const syntax::Field& field) { return tag_of(field, place.dictionary) == tag; });
  };
  // What an engine session is given to send, and a whole message that it should get, lose them.
  const bool sends = rule.use == Use::send;
  const bool engine = place.session && !place.session->wire;
  if (sends ? engine : message.pasted && has_tag(8) && has_tag(10)) return;
  for (const syntax::Field& field : message.fields) {
    const auto written = written_identity(field, rule.use, place);
    if (!written || !holds(*written->other, written->text)) continue;
    place.findings.warning(
        field.span,
        fmt::format("{} is {} on session {}, another in each lane; leave it out{}",
                    label(tag_of(field, place.dictionary), place), *written->own,
                    place.session->name.text, sends ? ", the session fills it in" : ""));
  }
}

bool is_secret_tag(int tag) { return tag == 554 || tag == 925 || tag == 96; }

bool is_literal(const syntax::Expr& expr) {
  return std::holds_alternative<syntax::StringLiteral>(expr.node) ||
         std::holds_alternative<syntax::Number>(expr.node);
}

bool is_written_out(const syntax::Value& value) {
  return std::any_of(value.pieces.begin(), value.pieces.end(), [](const auto& piece) {
    return piece.expr ? is_literal(*piece.expr) : !piece.text.empty();
  });
}

}  // namespace

void check_engine_fields(const syntax::Message& message, const Place& place) {
  std::vector<std::string> dropped;
  for (const syntax::Field& field : message.fields) {
    const int tag = tag_of(field, place.dictionary);
    if (tag == 43 || tag == 122)
      place.findings.error(field.span, fmt::format("an engine session sets {} by itself; use a "
                                                   "'wire' session",
                                                   label(tag, place)));
    if (!is_session_tag(tag)) continue;
    if (!message.pasted)
      place.findings.error(field.span, fmt::format("an engine session fills in {} by itself; use "
                                                   "a 'wire' session",
                                                   label(tag, place)));
    else if (identity_fits(field, tag, place))
      dropped.push_back(label(tag, place));
  }
  if (!dropped.empty())
    place.findings.note(message.pasted_span, fmt::format("the engine fills in {}; what is pasted "
                                                         "is dropped",
                                                         join(dropped, ", ")));
}

void check_secrets(const syntax::Message& message, const Place& place) {
  for (const syntax::Field& field : message.fields) {
    const int tag = tag_of(field, place.dictionary);
    const bool secret = is_secret_tag(tag) || field.place.parts[0].ref.name == "Password" ||
                        field.place.parts[0].ref.name == "NewPassword";
    const auto* given = std::get_if<syntax::Comparison>(&field.test);
    if (!secret || !given || !is_written_out(given->value)) continue;
    place.findings.error(given->value.span, kSecretWritten);
  }
}

void check_message(const syntax::Message& message, const ActionRule& rule, const Place& place) {
  if (message.pasted && !check_pasted(message, rule, place)) return;
  check_modifiers(message, rule, place);
  const std::string type = check_type(message, place);
  const fix::MessageDef* def = place.dictionary ? place.dictionary->message(type) : nullptr;
  const FieldsOf of{rule.use, def ? &def->members : nullptr, def ? def->name : "", true,
                    message.pasted};
  check_fields(message.fields, of, place);
  check_ignoring(message, place);
  if (message.until) check_fields(message.until->fields, of, place);
  check_shape(message, rule, def, place);
  check_lane_identity(message, rule, place);
  if (rule.use == Use::send) {
    if (type == kLogon) check_secrets(message, place);
    if (place.session && !place.session->wire) {
      check_engine_type(message, type, place);
      check_engine_fields(message, place);
    }
  }
  const bool optional = rule.action == kExpectOptional.action;
  for (const syntax::Field& field : message.fields) {
    if (optional && field.capture)
      place.scope.known[field.capture->text].sometimes = field.capture->span;
  }
  if (!message.as) return;
  const bool several = message.times || message.until;
  KnownName known = several ? KnownName::list(place.dictionary, type)
                            : KnownName::message(place.dictionary, type);
  if (optional) known.sometimes = message.as->span;
  define(*message.as, known, place);
}

void check_raw(const syntax::Value& text, const Place& place) {
  check_value(text, place);
  for (const syntax::Value::Piece& piece : text.pieces) {
    if (piece.expr) continue;
    for (const std::string_view tag : {"554=", "925="}) {
      const std::size_t at = piece.text.find(tag);
      if (at == std::string::npos || at + tag.size() == piece.text.size()) continue;
      const char first = piece.text[at + tag.size()];
      const bool whole_tag = at == 0 || piece.text[at - 1] < '0' || piece.text[at - 1] > '9';
      if (whole_tag && first != '|' && first != kSoh)
        place.findings.error(text.span, kSecretWritten);
    }
  }
}

}  // namespace fixdrill::eval
