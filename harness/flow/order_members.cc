#include "flow/order_members.h"

#include "flow/ids.h"

namespace fixdrill::flow {

namespace {

bool names(const fix::Message& message, std::string_view id) {
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (field.value == id && id_space(field.tag) != 0) return true;
  }
  return false;
}

}  // namespace

void OrderMembers::add(const record::MessageView& view) {
  if (view.kind != record::MessageKind::fix) return;
  const fix::Message message{std::string(view.raw)};
  chains_.add(view.session_id, view.direction, message);
  seen_.push_back({view.id, view.session_id, names(message, id_)});
}

void OrderMembers::close() {
  std::unordered_set<std::size_t> flows;
  for (std::size_t n = 0; n < seen_.size(); ++n) {
    if (seen_[n].names_it) flows.insert(chains_.flow_of(n));
  }
  flows.erase(Chains::kNone);
  for (std::size_t n = 0; n < seen_.size(); ++n) {
    if (!flows.contains(chains_.flow_of(n))) continue;
    members_.insert(seen_[n].message_id);
    sessions_.insert(seen_[n].session_id);
  }
}

}  // namespace fixdrill::flow
