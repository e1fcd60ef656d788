#include "engine/adapters.h"

#include <algorithm>

#include "engine/compose.h"
#include "engine/wire.h"

namespace fixdrill {
namespace engine {
namespace {

int to_int(std::int64_t number) { return static_cast<int>(std::min(number, kMaxSeqNum)); }

void require(bool written) throw(FIX::IOException) {
  if (!written) throw FIX::IOException("the store could not be written");
}

// Stands for an administrative or forgotten message.
std::string placeholder(int seq) {
  std::string content;
  append_field(content, 35, "0");
  append_field(content, 34, std::to_string(seq));
  return seal("FIX.4.4", content);
}

}  // namespace

StoreAdapter::StoreAdapter(Store& store, Sent sent) : store_(store), sent_(std::move(sent)) {}

bool StoreAdapter::set(int seq, const std::string& envelope) throw(FIX::IOException) {
  require(sent_(seq, envelope));
  return true;
}

void StoreAdapter::get(int begin, int end, std::vector<std::string>& envelopes) const
    throw(FIX::IOException) {
  envelopes.clear();
  if (begin > end) return;
  std::int64_t last = 0;
  for (const std::string& sent : store_.get(begin, end)) {
    envelopes.push_back(whole_ ? sent : stored_envelope(sent));
    last = seq_of(sent);
  }
  // Without a last message QuickFIX 1.15.1 fills the tail from the first number again. One stands
  // for the whole tail: holes before a message it fills by itself.
  if (last != end) envelopes.push_back(placeholder(end));
}

int StoreAdapter::getNextSenderMsgSeqNum() const throw(FIX::IOException) {
  return to_int(store_.next_sender());
}

int StoreAdapter::getNextTargetMsgSeqNum() const throw(FIX::IOException) {
  return to_int(store_.next_target());
}

void StoreAdapter::setNextSenderMsgSeqNum(int number) throw(FIX::IOException) {
  require(store_.set_next_sender(number));
}

void StoreAdapter::setNextTargetMsgSeqNum(int number) throw(FIX::IOException) {
  require(store_.set_next_target(number));
}

void StoreAdapter::incrNextSenderMsgSeqNum() throw(FIX::IOException) {
  require(store_.set_next_sender(store_.next_sender() + 1));
}

void StoreAdapter::incrNextTargetMsgSeqNum() throw(FIX::IOException) {
  require(store_.set_next_target(store_.next_target() + 1));
}

FIX::UtcTimeStamp StoreAdapter::getCreationTime() const throw(FIX::IOException) {
  return FIX::UtcTimeStamp();
}

void StoreAdapter::reset() throw(FIX::IOException) { require(store_.reset()); }

}  // namespace engine
}  // namespace fixdrill
