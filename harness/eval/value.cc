#include "eval/value.h"

#include <fmt/format.h>
#include <utility>

#include "base/text.h"

namespace fixdrill::eval {

namespace {

struct TextOf {
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const fix::Decimal& number) const { return number.text(); }
  std::string operator()(bool truth) const { return truth ? "Y" : "N"; }
  std::string operator()(Duration duration) const { return duration_text(duration); }
  std::string operator()(const Moment& moment) const { return fix::utc_timestamp(moment.wall_ns); }
  std::string operator()(const NamedMessage& named) const {
    return named.message ? soh_to_pipe(named.message->bytes()) : std::string();
  }
  std::string operator()(const MessageList& list) const {
    std::vector<std::string> texts;
    for (const NamedMessage& named : *list.messages) texts.push_back((*this)(named));
    return join(texts, "\n");
  }
  std::string operator()(const Record& record) const {
    std::vector<std::string> names;
    for (const auto& [name, value] : record.members->values) names.push_back(name);
    return fmt::format("({})", join(names, ", "));
  }
  std::string operator()(const Store& store) const {
    return fmt::format("({} entries)", store.entries->values.size());
  }
};

}  // namespace

std::string to_text(const Value& value) { return std::visit(TextOf{}, value); }

Value message_list(std::vector<NamedMessage> messages) {
  return MessageList{std::make_shared<const std::vector<NamedMessage>>(std::move(messages))};
}

Value record_of(std::map<std::string, Value, std::less<>> values) {
  return Record{std::make_shared<const RecordMembers>(RecordMembers{std::move(values)})};
}

bool is_plain(const Value& value) {
  return !std::holds_alternative<NamedMessage>(value) &&
         !std::holds_alternative<MessageList>(value) && !std::holds_alternative<Record>(value) &&
         !std::holds_alternative<Store>(value);
}

Result<NamedMessage> as_message(const Value& value, std::string_view name) {
  if (const auto* named = std::get_if<NamedMessage>(&value)) return *named;
  if (const auto* list = std::get_if<MessageList>(&value)) {
    const auto& messages = *list->messages;
    if (messages.size() == 1) return messages.front();
    if (messages.empty()) return input_error(fmt::format("'{}' has no messages", name));
    return input_error(fmt::format("'{0}' has {1} messages; say which: {0}[1] to {0}[{1}]", name,
                                   messages.size()));
  }
  if (const auto* record = std::get_if<Record>(&value)) {
    const auto& values = record->members->values;
    const std::string example = values.empty() ? "" : values.begin()->first;
    return input_error(fmt::format(
        "'{0}' is what a call gave; name one of its results, as in {0}.{1}", name, example));
  }
  if (std::holds_alternative<Store>(value))
    return input_error(fmt::format("'{0}' is a store; say which of it: {0}[key]", name));
  return input_error(fmt::format("'{}' is not a message", name));
}

std::string no_plain_value(const Value& value) {
  if (std::holds_alternative<MessageList>(value))
    return "a list of messages is no value; name a field of one: [1].Field";
  if (std::holds_alternative<Record>(value)) return "what a call gave is no value; name a result";
  if (std::holds_alternative<Store>(value)) return "a store is no value; say which of it: [key]";
  return "a message is no value; name a field of it";
}

std::string duration_text(Duration duration) {
  const std::int64_t ns = duration.count();
  constexpr std::int64_t kMillisecond = 1'000'000;
  constexpr std::int64_t kSecond = 1'000 * kMillisecond;
  if (ns % (3'600 * kSecond) == 0 && ns != 0) return std::to_string(ns / (3'600 * kSecond)) + "h";
  if (ns % (60 * kSecond) == 0 && ns != 0) return std::to_string(ns / (60 * kSecond)) + "min";
  if (ns % kSecond == 0) return std::to_string(ns / kSecond) + "s";
  return fix::Decimal(ns, 6).text() + "ms";
}

}  // namespace fixdrill::eval
