#include "session/minted.h"

#include <fmt/format.h>
#include <optional>

#include "base/text.h"
#include "eval/arithmetic.h"
#include "fix/value.h"

namespace fixdrill::session {

namespace {

bool is_time(const fix::FieldDef* field, std::string_view wanted, std::string_view seen) {
  if (field && field->kind != fix::ValueClass::timestamp && field->kind != fix::ValueClass::time)
    return false;
  return eval::time_of(wanted) && eval::time_of(seen);
}

bool is_masked(std::string_view seen) {
  return !seen.empty() && seen.find_first_not_of('*') == std::string_view::npos;
}

bool filled_in(int tag) { return tag == 8 || tag == 9 || tag == 10; }

std::string label(int tag, const fix::Dictionary* dictionary) {
  return dictionary ? dictionary->field_label(tag) : fmt::format("tag {}", tag);
}

// Holds one message that would be sent against one that was.
class Comparison {
 public:
  Comparison(const fix::Message& seen, const fix::Dictionary* dictionary, const Minted& minted)
      : seen_(seen), dictionary_(dictionary), minted_(minted) {}

  void field(const fix::Field& wanted, std::size_t nth) {
    const auto at = seen_.index_of(wanted.tag, nth);
    const std::string text = minted_.settled(wanted.value);
    if (!at) return differs(wanted.tag, "is not there", text);
    const std::string_view seen = seen_[*at].value;
    if (!equal(wanted.tag, text, seen))
      differs(wanted.tag, fmt::format("is {}", printable(seen)), text);
  }
  void absent(int tag) {
    if (const auto seen = seen_.find(tag))
      fit_.differences.push_back(
          fmt::format("{} is {}, not left out", label(tag, dictionary_), printable(*seen)));
  }
  SentFit take() { return std::move(fit_); }

 private:
  bool equal(int tag, const std::string& wanted, std::string_view seen) {
    const fix::FieldDef* field = dictionary_ ? dictionary_->field(tag) : nullptr;
    if (wanted == seen || is_masked(seen) || is_time(field, wanted, seen)) return true;
    const auto order = eval::compare_typed(field, wanted, seen);
    return (order && *order == 0) || minted_.can_be(wanted, seen, fit_.learned);
  }
  void differs(int tag, const std::string& seen, const std::string& wanted) {
    fit_.differences.push_back(
        fmt::format("{} {}, not {}", label(tag, dictionary_), seen, printable(wanted)));
  }

  const fix::Message& seen_;
  const fix::Dictionary* dictionary_;
  const Minted& minted_;
  SentFit fit_;
};

}  // namespace

std::string Minted::mint(std::string_view what) {
  std::string token = fmt::format("<{} {}>", what, ++count_);
  known_.emplace(token, "");
  return token;
}

// Where the next one begins; npos = none.
std::size_t Minted::next_token(std::string_view text, std::size_t from, std::string& token) const {
  for (std::size_t at = text.find('<', from); at != std::string_view::npos;
       at = text.find('<', at + 1)) {
    const std::size_t end = text.find('>', at);
    if (end == std::string_view::npos) break;
    token = text.substr(at, end + 1 - at);
    if (known_.contains(token)) return at;
  }
  return std::string_view::npos;
}

std::string Minted::settled(std::string text) const {
  std::string token;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = next_token(text, from, token)) != std::string::npos;) {
    const std::string& value = known_.find(token)->second;
    from = at + (value.empty() ? token.size() : value.size());
    if (!value.empty()) text.replace(at, token.size(), value);
  }
  return text;
}

// Each one reaches to where the letters behind it stand next.
bool Minted::can_be(const std::string& text, std::string_view seen, Learned& learned) const {
  std::string token;
  std::size_t at = next_token(text, 0, token);
  if (at == std::string::npos || seen.substr(0, at) != std::string_view(text).substr(0, at))
    return false;
  Learned found;
  std::size_t place = at;
  while (at != std::string::npos) {
    const std::size_t behind = at + token.size();
    std::string following;
    const std::size_t next = next_token(text, behind, following);
    const std::string letters =
        text.substr(behind, next == std::string::npos ? next : next - behind);
    const bool last = next == std::string::npos;
    if (place >= seen.size() || (last && seen.size() < place + letters.size())) return false;
    const std::size_t end = last ? seen.size() - letters.size() : seen.find(letters, place + 1);
    if (end == std::string_view::npos || end <= place ||
        seen.substr(end, letters.size()) != letters)
      return false;
    const std::string value(seen.substr(place, end - place));
    const auto before = learned.find(token);
    if (before != learned.end() && before->second != value) return false;
    if (!found.emplace(token, value).second && found[token] != value) return false;
    place = end + letters.size();
    at = next;
    token = std::move(following);
  }
  learned.insert(found.begin(), found.end());
  return true;
}

void Minted::learn(const Learned& learned) {
  for (const auto& [token, value] : learned) known_[token] = value;
}

SentFit compare_sent(const fix::OutMessage& wanted, const fix::Message& seen,
                     const fix::Dictionary* dictionary, const Minted& minted) {
  Comparison comparison(seen, dictionary, minted);
  std::map<int, std::size_t> met;
  for (const fix::Field& field : wanted.fields) {
    const std::size_t nth = met[field.tag]++;
    if (!filled_in(field.tag)) comparison.field(field, nth);
  }
  for (const int tag : wanted.left_out) comparison.absent(tag);
  return comparison.take();
}

}  // namespace fixdrill::session
