#include "sim/rule_store.h"

#include "base/limits.h"

namespace fixdrill::sim {

namespace {

// What an entry takes beside its text.
constexpr std::size_t kOverhead = 128;
constexpr std::size_t kBytesPerField = 16;

std::size_t bytes_of(const std::string& key, const eval::Value& value) {
  std::size_t bytes = kOverhead + 2 * key.size();
  if (const auto* named = std::get_if<eval::NamedMessage>(&value))
    return bytes + named->message->bytes().size() + kBytesPerField * named->message->size();
  const auto* text = std::get_if<std::string>(&value);
  return bytes + (text ? text->size() : 0);
}

}  // namespace

bool RuleStore::put(const std::string& key, eval::Value value) {
  auto& values = entries_->values;
  const auto before = values.find(key);
  if (before == values.end())
    order_.push_back(key);
  else
    bytes_ -= bytes_of(key, before->second);
  bytes_ += bytes_of(key, value);
  values.insert_or_assign(key, std::move(value));
  bool room = true;
  while (order_.size() > 1 &&
         (order_.size() > limits::kSimStoreEntries || bytes_ > limits::kSimStoreBytes)) {
    const auto oldest = values.find(order_.front());
    bytes_ -= bytes_of(oldest->first, oldest->second);
    values.erase(oldest);
    order_.pop_front();
    room = false;
  }
  return room;
}

}  // namespace fixdrill::sim
