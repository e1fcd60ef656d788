#include "diff/reuse.h"

#include <algorithm>

namespace fixdrill::diff {

void Reuse::message(std::uint32_t n, const fix::Message& message) {
  const Entry& entry = side_.entries[n];
  n_ = n;
  scope_ = mix(entry.part, static_cast<std::uint64_t>(day_number(message.value(52)).value_or(0)));
  // A PossResend(97) may name an order that is known.
  new_order_ = message.msg_type() == "D" && message.value(97) != "Y";
  if (new_order_) ++orders_;
  cl_ord_id_ = order_id_ = kNone;
}

void Reuse::id(int tag, const Id& id) {
  if (id.added) {
    uses_[{tag, side_.entries[n_].direction}].push_back({mix(id.key, scope_), n_});
    known_.push_back({n_, orders_, new_order_ && tag == 11});
  } else if (new_order_ && tag == 11) {
    used_again(tag, known_[id.alias].n);
  }
  if (tag == 11) cl_ord_id_ = id.alias;
  if (tag == 37 && !id.added) order_id_ = id.alias;
  if (cl_ord_id_ == kNone || order_id_ == kNone || (tag != 11 && tag != 37)) return;
  const Known& order = known_[cl_ord_id_];
  const Known& answered = known_[order_id_];
  if (order.of_order && answered.orders < order.orders) used_again(37, answered.n);
}

void Reuse::used_again(int tag, std::uint32_t first) {
  Format& format = side_.ids[{tag, side_.entries[n_].direction}];
  if (format.repeat <= n_) return;
  format.first = first;
  format.repeat = n_;
}

void Reuse::finish() {
  for (auto& [of, uses] : uses_) {
    std::sort(uses.begin(), uses.end(), [](const Use& x, const Use& y) {
      return std::pair(x.key, x.n) < std::pair(y.key, y.n);
    });
    Format& format = side_.ids[of];
    for (std::size_t i = 1; i < uses.size(); ++i) {
      if (uses[i].key != uses[i - 1].key || format.repeat <= uses[i].n) continue;
      format.first = uses[i - 1].n;
      format.repeat = uses[i].n;
    }
  }
}

}  // namespace fixdrill::diff
