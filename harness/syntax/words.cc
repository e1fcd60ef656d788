#include "syntax/words.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "syntax/parser.h"

namespace fixdrill::syntax {

namespace {

enum class Where { item, step, modifier, other };

struct Word {
  std::string_view text;
  Where where;
  bool supported;
};

// Every keyword of the whole language. A row turns true when its construct is built.
constexpr Word kWords[] = {
    {"drill", Where::item, true},        {"include", Where::item, true},
    {"param", Where::item, true},        {"secret", Where::item, true},
    {"ignore", Where::item, true},       {"session", Where::item, true},
    {"setup", Where::item, true},        {"teardown", Where::item, true},
    {"scenario", Where::item, true},     {"table", Where::item, true},
    {"proc", Where::item, true},         {"simulator", Where::item, true},
    {"rule", Where::other, true},        {"send", Where::step, true},
    {"expect", Where::step, true},       {"await", Where::step, true},
    {"connect", Where::step, true},      {"accept", Where::step, true},
    {"logon", Where::step, true},        {"logout", Where::step, true},
    {"disconnect", Where::step, true},   {"sync", Where::step, true},
    {"wait", Where::step, true},         {"forbid", Where::step, true},
    {"ignore", Where::step, true},       {"let", Where::step, true},
    {"check", Where::step, true},        {"set", Where::step, true},
    {"log", Where::step, true},          {"reply", Where::step, true},
    {"mute", Where::step, true},         {"unmute", Where::step, true},
    {"unordered", Where::step, true},    {"either", Where::step, true},
    {"if", Where::step, true},           {"else", Where::other, true},
    {"repeat", Where::step, true},       {"for", Where::step, true},
    {"call", Where::step, true},         {"instruct", Where::step, true},
    {"confirm", Where::step, true},      {"ask", Where::step, true},
    {"attach", Where::step, true},       {"exec", Where::step, true},
    {"skip", Where::step, true},         {"xfail", Where::step, true},
    {"put", Where::step, true},         {"drop", Where::step, true},
    {"as", Where::modifier, true},       {"like", Where::modifier, true},
    {"within", Where::modifier, true},   {"for", Where::modifier, true},
    {"times", Where::modifier, true},    {"until", Where::modifier, true},
    {"distinct", Where::modifier, true}, {"exact", Where::modifier, true},
    {"ignoring", Where::modifier, true}, {"with", Where::modifier, true},
    {"initiator", Where::other, true},   {"acceptor", Where::other, true},
    {"engine", Where::other, true},      {"wire", Where::other, true},
    {"fresh", Where::other, true},       {"raw", Where::other, true},
    {"bytes", Where::other, true},       {"optional", Where::other, true},
    {"no", Where::other, true},          {"nothing", Where::other, true},
    {"silently", Where::other, true},    {"half", Where::other, true},
    {"reset", Where::other, true},       {"not", Where::other, true},
    {"in", Where::other, true},          {"is", Where::other, true},
    {"and", Where::other, true},         {"or", Where::other, true},
    {"each", Where::other, true},        {"contains", Where::other, true},
    {"from", Where::other, true},        {"because", Where::other, true},
    {"default", Where::other, true},     {"choices", Where::other, true},
    {"refused", Where::other, true},     {"bad", Where::other, true},
    {"checksum", Where::other, true},    {"length", Where::other, true},
    {"seqnum", Where::other, true},      {"duplicate", Where::other, true},
    {"order", Where::other, true},       {"garbled", Where::other, true},
    {"truncated", Where::other, true},   {"split", Where::other, true},
    {"every", Where::other, true},       {"joined", Where::other, true},
    {"store", Where::other, true},       {"otherwise", Where::other, true},
    {"when", Where::other, true},        {"where", Where::other, true},
    {"once", Where::other, true},        {"then", Where::other, true},
    {"after", Where::other, true},
};

std::vector<std::string> words_of(Where where) {
  std::vector<std::string> words;
  for (const Word& word : kWords) {
    if (word.supported && word.where == where) words.emplace_back(word.text);
  }
  return words;
}

bool is_unsupported(std::string_view text, Where where) {
  return std::any_of(std::begin(kWords), std::end(kWords), [&](const Word& word) {
    return !word.supported && word.where == where && word.text == text;
  });
}

}  // namespace

const std::vector<std::string>& item_words() {
  static const std::vector<std::string> words = words_of(Where::item);
  return words;
}

const std::vector<std::string>& step_words() {
  static const std::vector<std::string> words = words_of(Where::step);
  return words;
}

const std::vector<std::string>& modifier_words() {
  static const std::vector<std::string> words = words_of(Where::modifier);
  return words;
}

bool is_unsupported_item(std::string_view word) { return is_unsupported(word, Where::item); }
bool is_unsupported_step(std::string_view word) { return is_unsupported(word, Where::step); }
bool is_unsupported_modifier(std::string_view word) {
  return is_unsupported(word, Where::modifier);
}

std::string unsupported_message(std::string_view word) {
  return fmt::format("'{}' is not supported yet", word);
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestSlip = 40;
  if (word.size() > kLongestSlip) return "";
  const auto near = did_you_mean(word, candidates);
  return near ? fmt::format("; did you mean '{}'?", *near) : "";
}

const std::vector<std::string>& keywords() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const Word& word : kWords) {
      if (word.supported) all.emplace_back(word.text);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }();
  return words;
}

}  // namespace fixdrill::syntax
