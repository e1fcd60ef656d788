#include "draft/script.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "draft/ending.h"
#include "draft/identities.h"
#include "draft/tags.h"
#include "draft/time_text.h"
#include "fix/group.h"
#include "fix/message.h"
#include "fix/value.h"
#include "flow/ids.h"
#include "import/def_text.h"

namespace fixdrill::draft {

namespace {

using namespace std::chrono_literals;

constexpr Duration kClockSkew = 5s;
constexpr Duration kUsualLimit = 4s;  ///< a reply that took longer says so with `within`
constexpr std::size_t kLineWidth = 92;
constexpr std::size_t kLongText = 80;

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string lines_of(const std::vector<std::string>& items) {
  std::string text;
  std::size_t width = 0;
  for (const std::string& item : items) {
    const bool begins = text.empty() || width + item.size() > kLineWidth || item.back() == ']';
    if (!text.empty()) text += begins ? "\n" : " | ";
    text += item;
    width = (begins ? 0 : width) + item.size() + 3;
    if (item.back() == ']') width = kLineWidth;
  }
  return text;
}

class Script {
 public:
  Script(const Conversation& conversation, const Flow& flow, const ScriptOptions& options)
      : conversation_(conversation),
        flow_(flow),
        options_(options),
        listeners_(sessions_that_listen(conversation, flow)) {}

  std::string text() {
    for (const std::size_t member : flow_) {
      messages_.emplace_back(conversation_.messages[member].bytes);
      names_.push_back(name_of(messages_.back()));
    }
    for (std::size_t i = 0; i < flow_.size(); ++i) bodies_.push_back(body(i));
    std::string script;
    for (const std::size_t session : listeners_)
      script += fmt::format("{}sync   # there before anything is sent\n", prefix_of(session));
    for (std::size_t i = 0; i < flow_.size(); ++i) script += step(i);
    return script + ending();
  }

 private:
  const Spoken& spoken(std::size_t i) const { return conversation_.messages[flow_[i]]; }
  const fix::Dictionary* dictionary(std::size_t i) const {
    return conversation_.sessions[spoken(i).session].dictionary.get();
  }

  // The engine answers with a Reject by itself.
  bool left_to_session(std::size_t i) const {
    return spoken(i).sent && fix::is_admin_type(messages_[i].msg_type());
  }

  std::string prefix_of(std::size_t session) const {
    return options_.several ? options_.names[session] + ": " : std::string();
  }

  std::string step(std::size_t i) const {
    const std::string type = imports::message_name(messages_[i].msg_type(), dictionary(i));
    const std::string prefix = prefix_of(spoken(i).session);
    if (left_to_session(i))
      return fmt::format("# {}{} was sent by the session itself\n", prefix, type);
    std::string head = said_before(i) + fmt::format("{}{} {}", prefix, verb(i), type);
    if (referred_.contains(i)) head += fmt::format(" as {}", names_[i]);
    if (!spoken(i).sent && took(i) > kUsualLimit)
      head += fmt::format(" within {}", limit_text(took(i)));
    if (bodies_[i].empty()) return head + " { }\n";
    return fmt::format("{} {{\n{}\n}}\n", head, lines_of(bodies_[i]));
  }

  std::string_view verb(std::size_t i) const {
    if (spoken(i).sent) return "send";
    return listeners_.contains(spoken(i).session) ? "await" : "expect";
  }

  // A scenario must be able to fail. Whatever else listeners hear is no failure.
  std::string ending() const {
    std::string text;
    const bool answered = std::any_of(flow_.begin(), flow_.end(), [&](std::size_t member) {
      return !conversation_.messages[member].sent;
    });
    if (!answered)
      text += fmt::format("{}expect nothing for 500ms   # no answer was recorded\n",
                          prefix_of(spoken(flow_.size() - 1).session));
    for (const std::size_t session : listeners_)
      text += fmt::format("{}ignore ExecutionReport   # of other orders\n", prefix_of(session));
    return text;
  }

  // Notes for the reader, values that the message needs.
  std::string said_before(std::size_t i) const {
    std::string text;
    if (const auto note = conversation_.notes.find(flow_[i]); note != conversation_.notes.end())
      text += fmt::format("# {}\n", note->second);
    for (const auto& [message, name] : minted_) {
      if (message == i) text += fmt::format("let {} = uid()\n", name);
    }
    return text;
  }

  Duration took(std::size_t i) const {
    return i == 0 ? Duration(0) : Duration(spoken(i).time.wall_ns - spoken(i - 1).time.wall_ns);
  }

  std::string name_of(const fix::Message& message) {
    std::string name = short_name(message);
    const std::size_t count = ++named_[name];
    return count == 1 ? name : fmt::format("{}{}", name, count);
  }
  static std::string short_name(const fix::Message& message) {
    const std::string_view type = message.msg_type(), exec = message.value(150);
    if (type == "D") return "nos";
    if (type == "F") return "cancel";
    if (type == "G") return "replace";
    if (type != "8") return "msg";
    const std::string_view kind = exec.empty() ? message.value(39) : exec;
    if (kind == "0") return "ack";
    if (kind == "1" || kind == "2" || kind == "F") return "fill";
    if (kind == "4") return "canceled";
    if (kind == "5") return "replaced";
    return "report";
  }

  std::vector<std::string> body(std::size_t i) {
    current_ = i;
    if (left_to_session(i)) return {};
    if (spoken(i).sent) remember_request();
    if (dictionary(i)) return fields(fix::group_tree(messages_[i], *dictionary(i)), "");
    fix::FieldTree flat;
    for (std::size_t n = 0; n < messages_[i].size(); ++n) {
      if (messages_[i].index_of(messages_[i][n].tag) == n) flat.nodes.push_back({n, nullptr});
    }
    return fields(flat, "");
  }

  void remember_request() {
    const fix::Message& message = messages_[current_];
    for (std::size_t n = 0; n < message.size(); ++n) {
      asked_[message[n].tag].insert(std::string(message[n].value));
      if (is_routing(message[n].tag)) routed_.emplace(message[n].value);
    }
  }

  std::vector<std::string> fields(const fix::FieldTree& tree, const std::string& path) {
    std::vector<std::string> items;
    for (const fix::FieldTree::Node& node : tree.nodes) {
      const fix::FieldView field = messages_[current_][node.index];
      if (node.group && !node.group->entries.empty()) {
        if (auto text = group(field.tag, *node.group, path)) items.push_back(std::move(*text));
      } else if (auto text = one(field, path)) {
        items.push_back(std::move(*text));
      }
    }
    return items;
  }

  std::optional<std::string> group(int tag, const fix::GroupNode& node, const std::string& path) {
    if (is_of_session(tag) || fix::is_header_tag(tag) || is_untold(tag)) return std::nullopt;
    const std::string name = imports::field_name(tag, dictionary(current_));
    std::string text = fmt::format("{} [", name);
    bool checks = false;
    for (std::size_t n = 0; n < node.entries.size(); ++n) {
      const auto items = fields(node.entries[n], fmt::format("{}{}[{}].", path, name, n + 1));
      checks = checks || !items.empty();
      text += fmt::format(" {{ {} }}", join(items, " | "));
    }
    if (!checks) return std::nullopt;
    return text + " ]";
  }

  std::optional<std::string> one(const fix::FieldView& field, const std::string& path) {
    const int tag = field.tag;
    const bool sent = spoken(current_).sent;
    if (tag == 0 || is_of_session(tag) || fix::is_trailer_tag(tag) || is_data(tag) ||
        is_untold(tag))
      return std::nullopt;
    const std::string name = imports::field_name(tag, dictionary(current_));
    if (fix::is_header_tag(tag)) return of_header(field, name);
    if (flow::id_space(tag) != 0 && !flow::is_placeholder(flow::id_space(tag), field.value))
      return id(field, name, path);
    if (tag == 45 || tag == 379) return reference(field, name);
    const auto text = sent ? value_to_send(field) : test_of(field);
    return text ? std::optional(fmt::format("{} {}", name, *text)) : std::nullopt;
  }

  bool is_untold(int tag) const { return !spoken(current_).sent && is_of_whole_book(tag); }

  std::optional<std::string> of_header(const fix::FieldView& field, const std::string& name) {
    const bool sent = spoken(current_).sent;
    if (!sent && !(is_routing(field.tag) && routed_.contains(std::string(field.value))))
      return std::nullopt;
    const fix::Message& message = messages_[current_];
    if (is_of_copy(field.tag)) {
      const bool copy = message.poss_dup() && !spoken(current_).late;
      const bool said = field.tag == 97 ? field.value == "Y" : copy;
      if (!said) return std::nullopt;
    }
    return fmt::format("{} {}", name, value_to_send(field));
  }

  // What was seen before is referred to; else who speaks of it first has minted it.
  std::optional<std::string> id(const fix::FieldView& field, const std::string& name,
                                const std::string& path) {
    const bool sent = spoken(current_).sent;
    if (const Origin* origin = ids_.find(field.tag, field.value);
        origin && origin->message != current_)
      return fmt::format("{} = {}", name, reference_to(*origin));
    const std::string literal =
        imports::literal_value(field.tag, std::string(field.value), dictionary(current_));
    // An OrderStatusRequest(H) makes no id.
    const bool asks = sent && messages_[current_].msg_type() == "H";
    const std::pair known(flow::id_space(field.tag), std::string(field.value));
    if (!is_own_id(field.tag) || asks || as_it_stands_.contains(known)) {
      as_it_stands_.insert(known);
      return fmt::format("{} = {}", name, literal);
    }
    const bool acceptor = conversation_.acceptor(spoken(current_));
    const bool mints = sent && (acceptor || is_of_client(field.tag));
    Origin origin{current_, path + name, mints ? name_for(field) : ""};
    const std::string kept = origin.name;
    ids_.add(field.tag, field.value, std::move(origin));
    if (!kept.empty()) return fmt::format("{} = ${{{}}}", name, kept);
    if (mints) return fmt::format("{} = ${{uid()}}", name);
    if (sent) return fmt::format("{} = {}", name, literal);
    const bool worth_it = field.tag == 37 || acceptor;
    return worth_it ? std::optional(fmt::format("{} = *", name)) : std::nullopt;
  }

  // A message cannot refer to itself: an id that a text of it quotes gets a name before.
  std::string name_for(const fix::FieldView& id) {
    const fix::Message& message = messages_[current_];
    for (std::size_t n = 0; n < message.size(); ++n) {
      if (!is_free_text(message[n].tag) || !quotes(message[n].value, id.value)) continue;
      std::string name = fmt::format("{}_id", names_[current_]);
      if (minted_.contains(current_)) name += std::to_string(id.tag);
      minted_.emplace(current_, name);
      return name;
    }
    return {};
  }

  bool is_known(const Origin& origin) const {
    return origin.message != current_ || !origin.name.empty();
  }

  std::string reference_to(const Origin& origin) {
    if (!origin.name.empty()) return fmt::format("${{{}}}", origin.name);
    referred_.insert(origin.message);
    return fmt::format("${{{}.{}}}", names_[origin.message], origin.path);
  }

  // RefSeqNum(45) and BusinessRejectRefID(379): of what is refused.
  std::optional<std::string> reference(const fix::FieldView& field, const std::string& name) {
    if (field.tag == 379) {
      const Origin* origin = ids_.find_any(field.value);
      if (!origin) return std::nullopt;
      return fmt::format("{} = {}", name, reference_to(*origin));
    }
    for (std::size_t i = 0; i < current_; ++i) {
      const bool other = spoken(i).sent != spoken(current_).sent;
      if (!other || messages_[i].value(34) != field.value || left_to_session(i)) continue;
      referred_.insert(i);
      return fmt::format("{} = ${{{}.MsgSeqNum}}", name, names_[i]);
    }
    return std::nullopt;
  }

  std::optional<Duration> ahead(std::string_view value) const {
    const auto moment = fix::parse_utc_timestamp(value);
    const auto sent = fix::parse_utc_timestamp(messages_[current_].value(52));
    const std::int64_t base = spoken(current_).sent && sent ? *sent : spoken(current_).time.wall_ns;
    return moment ? std::optional(Duration(*moment - base)) : std::nullopt;
  }

  bool is_today(std::string_view value) const {
    return value == fix::utc_date(spoken(current_).time.wall_ns) ||
           value == messages_[current_].value(52).substr(0, 8);
  }

  fix::ValueClass kind(int tag) const {
    const fix::Dictionary* known = dictionary(current_);
    const fix::FieldDef* field = known ? known->field(tag) : nullptr;
    return field ? field->kind : fix::ValueClass::text;
  }

  bool is_free_text(int tag) const {
    const fix::Dictionary* known = dictionary(current_);
    const fix::FieldDef* field = known ? known->field(tag) : nullptr;
    return kind(tag) == fix::ValueClass::text && !(field && !field->values.empty()) &&
           flow::id_space(tag) == 0 && !fix::is_header_tag(tag);
  }

  /// A text with the ids in it as expressions; none when it quotes none that can be referred to.
  struct Wording {
    std::optional<std::string> text;
    std::string rest;     ///< what is no id
    bool quotes = false;  ///< there are ids in it
  };

  Wording wording_of(const fix::FieldView& field) {
    if (!is_free_text(field.tag)) return {std::nullopt, std::string(field.value), false};
    const std::vector<Quote> found = ids_.quoted_in(field.value);
    Wording wording{std::nullopt, "", !found.empty()};
    std::string text;
    std::size_t at = 0;
    const auto put = [&](std::size_t end) {
      const std::string piece(field.value.substr(at, end - at));
      const std::string escaped = imports::quoted(piece);
      text += escaped.substr(1, escaped.size() - 2);
      wording.rest += piece;
    };
    const bool known = std::all_of(found.begin(), found.end(),
                                   [&](const Quote& quote) { return is_known(*quote.origin); });
    for (const Quote& quote : found) {
      put(quote.at);
      if (known) text += reference_to(*quote.origin);
      at = quote.at + quote.size;
    }
    put(field.value.size());
    if (known && wording.quotes) wording.text = wording.rest.empty() ? text : '"' + text + '"';
    return wording;
  }

  std::string value_to_send(const fix::FieldView& field) {
    if (const auto offset = ahead(field.value)) return "= " + now_text(field.value, *offset);
    if (kind(field.tag) == fix::ValueClass::date && is_today(field.value)) return "= ${today()}";
    if (const auto text = wording_of(field).text) return "= " + *text;
    return "= " + imports::literal_value(field.tag, std::string(field.value), dictionary(current_));
  }

  std::optional<std::string> test_of(const fix::FieldView& field) {
    const auto echo = asked_.find(field.tag);
    if (echo != asked_.end() && echo->second.contains(std::string(field.value)))
      return std::nullopt;
    if (const auto offset = ahead(field.value)) {
      const bool now = *offset <= kClockSkew && -*offset <= kClockSkew;
      return now ? "= ${now()} +- 5s" : fmt::format("is {}", shape_of(field.value));
    }
    const fix::ValueClass kind = this->kind(field.tag);
    if (kind == fix::ValueClass::date)
      return is_today(field.value) ? std::optional<std::string>("= ${today()}") : std::nullopt;
    if (kind == fix::ValueClass::time) return std::nullopt;
    const Wording wording = wording_of(field);
    if (wording.quotes && !wording.text) return std::nullopt;
    if (field.tag == 58 && (has_digit(wording.rest) || wording.rest.size() > kLongText))
      return std::nullopt;
    if (wording.text) return "= " + *wording.text;
    return "= " + imports::literal_value(field.tag, std::string(field.value), dictionary(current_));
  }

  const Conversation& conversation_;
  const Flow& flow_;
  const ScriptOptions& options_;
  Sessions listeners_;
  std::vector<fix::Message> messages_;
  std::vector<std::string> names_;
  std::vector<std::vector<std::string>> bodies_;
  std::map<std::string, std::size_t> named_;
  std::set<std::size_t> referred_;                      ///< messages that others speak of
  std::map<int, std::set<std::string>> asked_;          ///< what we sent, by tag
  std::set<std::string> routed_;                        ///< what we sent in fields of routing
  std::multimap<std::size_t, std::string> minted_;      ///< names of ids, by message
  std::set<std::pair<int, std::string>> as_it_stands_;  ///< ids that nobody made here
  Identities ids_;
  std::size_t current_ = 0;
};

}  // namespace

std::string script_of(const Conversation& conversation, const Flow& flow,
                      const ScriptOptions& options) {
  return Script(conversation, flow, options).text();
}

}  // namespace fixdrill::draft
