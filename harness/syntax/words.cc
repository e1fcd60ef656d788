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
};

// Every keyword of the language.
constexpr Word kWords[] = {
    {"drill", Where::item},        {"include", Where::item},      {"param", Where::item},
    {"secret", Where::item},       {"ignore", Where::item},       {"session", Where::item},
    {"setup", Where::item},        {"teardown", Where::item},     {"scenario", Where::item},
    {"table", Where::item},        {"proc", Where::item},         {"simulator", Where::item},
    {"rule", Where::other},        {"send", Where::step},         {"expect", Where::step},
    {"await", Where::step},        {"connect", Where::step},      {"accept", Where::step},
    {"logon", Where::step},        {"logout", Where::step},       {"disconnect", Where::step},
    {"sync", Where::step},         {"wait", Where::step},         {"forbid", Where::step},
    {"ignore", Where::step},       {"let", Where::step},          {"check", Where::step},
    {"set", Where::step},          {"log", Where::step},          {"reply", Where::step},
    {"mute", Where::step},         {"unmute", Where::step},       {"unordered", Where::step},
    {"either", Where::step},       {"if", Where::step},           {"else", Where::other},
    {"repeat", Where::step},       {"for", Where::step},          {"call", Where::step},
    {"instruct", Where::step},     {"confirm", Where::step},      {"ask", Where::step},
    {"attach", Where::step},       {"exec", Where::step},         {"skip", Where::step},
    {"xfail", Where::step},        {"put", Where::step},          {"drop", Where::step},
    {"auto", Where::step},         {"lose", Where::step},         {"as", Where::modifier},
    {"like", Where::modifier},     {"within", Where::modifier},   {"for", Where::modifier},
    {"times", Where::modifier},    {"until", Where::modifier},    {"distinct", Where::modifier},
    {"exact", Where::modifier},    {"ignoring", Where::modifier}, {"with", Where::modifier},
    {"initiator", Where::other},   {"acceptor", Where::other},    {"any", Where::other},
    {"engine", Where::other},      {"wire", Where::other},        {"fresh", Where::other},
    {"raw", Where::other},         {"bytes", Where::other},       {"optional", Where::other},
    {"no", Where::other},          {"nothing", Where::other},     {"silently", Where::other},
    {"half", Where::other},        {"reset", Where::other},       {"not", Where::other},
    {"in", Where::other},          {"is", Where::other},          {"and", Where::other},
    {"or", Where::other},          {"each", Where::other},        {"contains", Where::other},
    {"from", Where::other},        {"because", Where::other},     {"default", Where::other},
    {"choices", Where::other},     {"refused", Where::other},     {"bad", Where::other},
    {"checksum", Where::other},    {"length", Where::other},      {"seqnum", Where::other},
    {"duplicate", Where::other},   {"order", Where::other},       {"garbled", Where::other},
    {"truncated", Where::other},   {"split", Where::other},       {"every", Where::other},
    {"joined", Where::other},      {"store", Where::other},       {"otherwise", Where::other},
    {"when", Where::other},        {"where", Where::other},       {"once", Where::other},
    {"then", Where::other},        {"after", Where::other},       {"on", Where::other},
    {"off", Where::other},         {"next", Where::other},        {"state", Where::other},
    {"swapped", Where::other},     {"short", Where::other},       {"long", Where::other},
    {"verbatim", Where::modifier},
};

std::vector<std::string> words_of(Where where) {
  std::vector<std::string> words;
  for (const Word& word : kWords) {
    if (word.where == where) words.emplace_back(word.text);
  }
  return words;
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

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestSlip = 40;
  if (word.size() > kLongestSlip) return "";
  const auto near = did_you_mean(word, candidates);
  return near ? fmt::format("; did you mean '{}'?", *near) : "";
}

const std::vector<std::string>& keywords() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const Word& word : kWords) all.emplace_back(word.text);
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }();
  return words;
}

}  // namespace fixdrill::syntax
