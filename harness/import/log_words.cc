#include "import/log_words.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace fixdrill::imports {

using record::Direction;

namespace {

constexpr std::array<std::string_view, 12> kIn = {"in",  "incoming", "inbound",  "recv",
                                                  "rcv", "rcvd",     "received", "receive",
                                                  "rx",  "<-",       "<<",       "<--"};
constexpr std::array<std::string_view, 12> kOut = {"out", "outgoing", "outbound", "send",
                                                   "snd", "sent",     "sending",  "sends",
                                                   "tx",  "->",       ">>",       "-->"};

constexpr std::size_t kNone = std::string_view::npos;

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_arrow(char c) { return c == '<' || c == '>' || c == '-'; }

// `A->B` is a session, `->` a direction.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  const auto joins = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  return (begin == 0 || !joins(text[begin - 1])) && (end == text.size() || !joins(text[end]));
}

std::size_t word_at(std::string_view text, std::string_view word, std::size_t from) {
  std::size_t at = text.find(word, from);
  while (at != kNone && !stands_alone(text, at, at + word.size())) at = text.find(word, at + 1);
  return at;
}

std::size_t run_end(std::string_view text, std::size_t at, bool (*belongs)(char)) {
  while (at < text.size() && belongs(text[at])) ++at;
  return at;
}

template <std::size_t n>
bool among(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::optional<Direction> known_word(std::string_view word) {
  constexpr std::size_t kLongest = 8;
  if (word.size() > kLongest) return std::nullopt;
  const std::string lower = to_lower(word);
  if (among(kIn, lower)) return Direction::in;
  if (among(kOut, lower)) return Direction::out;
  return std::nullopt;
}

}  // namespace

std::optional<Direction> direction_in(std::string_view prefix, const DirectionWords& words) {
  if (!words.in.empty() && prefix.find(words.in) != std::string_view::npos) return Direction::in;
  if (!words.out.empty() && prefix.find(words.out) != std::string_view::npos) return Direction::out;
  if (!words.in.empty() || !words.out.empty()) return std::nullopt;
  std::optional<Direction> last;
  for (std::size_t at = 0; at < prefix.size();) {
    const bool letter = is_letter(prefix[at]);
    if (!letter && !is_arrow(prefix[at])) {
      ++at;
      continue;
    }
    const std::size_t end = run_end(prefix, at, letter ? is_letter : is_arrow);
    if (stands_alone(prefix, at, end)) {
      if (const auto word = known_word(prefix.substr(at, end - at))) last = word;
    }
    at = end;
  }
  return last;
}

std::optional<Direction> side_named(std::string_view text, std::string_view a, std::string_view b) {
  const auto names = [text](std::string_view first, std::string_view second) {
    const std::size_t at = word_at(text, first, 0);
    return at != kNone && word_at(text, second, at + first.size()) != kNone;
  };
  const bool ours = names(a, b);
  const bool theirs = names(b, a);
  if (ours == theirs) return std::nullopt;
  return ours ? Direction::out : Direction::in;
}

}  // namespace fixdrill::imports
