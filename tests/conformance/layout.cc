#include "conformance/layout.h"

#include "base/text.h"

namespace fixdrill::conformance {

namespace {

using fix::GroupDef;
using fix::MemberSet;
using fix::Message;

class Reader {
 public:
  Reader(const Message& message, const fix::Dictionary& dictionary)
      : message_(message), dictionary_(dictionary), body_(dictionary.message(message.msg_type())) {}

  Layout read() {
    while (!done()) {
      const int at = tag();
      layout_.top.push_back(next_++);
      if (const GroupDef* group = group_at_top(at)) read_group(*group);
    }
    return std::move(layout_);
  }

 private:
  bool done() const { return next_ == message_.size(); }
  int tag() const { return message_[next_].tag; }

  const GroupDef* group_at_top(int tag) const {
    if (const GroupDef* group = dictionary_.header().group(tag)) return group;
    return body_ ? body_->members.group(tag) : nullptr;
  }

  // Behind the count: entries that each begin with the group's first field.
  void read_group(const GroupDef& group) {
    const auto declared = parse_size(message_[next_ - 1].value);
    std::size_t found = 0;
    if (!done() && tag() != group.delimiter && group.members.has(tag())) {
      layout_.faults.push_back({GroupFault::Kind::order, tag()});
      read_entry(group);
      ++found;
    }
    while (!done() && tag() == group.delimiter) {
      read_entry(group);
      ++found;
    }
    if (declared && *declared != found)
      layout_.faults.push_back({GroupFault::Kind::count, group.count_tag});
  }

  void read_entry(const GroupDef& group) {
    const std::size_t entry = layout_.entries.size();
    layout_.entries.push_back({&group, {}});
    std::size_t last = 0;
    for (bool first = true; !done(); first = false) {
      const int at = tag();
      const auto place = group.members.place(at);
      if (!place || (!first && at == group.delimiter)) return;
      if (!first && *place <= last) layout_.faults.push_back({GroupFault::Kind::order, at});
      last = *place;
      layout_.entries[entry].fields.push_back(next_++);
      if (const GroupDef* inner = group.members.group(at)) read_group(*inner);
    }
  }

  const Message& message_;
  const fix::Dictionary& dictionary_;
  const fix::MessageDef* body_;
  std::size_t next_ = 0;
  Layout layout_;
};

}  // namespace

Layout layout_of(const Message& message, const fix::Dictionary& dictionary) {
  return Reader(message, dictionary).read();
}

}  // namespace fixdrill::conformance
