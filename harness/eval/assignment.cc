#include "eval/assignment.h"

namespace fixdrill::eval {

namespace {

/// Augmenting paths, one member after another (Kuhn's algorithm).
class Assigner {
 public:
  Assigner(const Fits& fits, std::size_t entries) : fits_(fits), owner_(entries) {}

  std::vector<std::optional<std::size_t>> run() {
    for (std::size_t member = 0; member < fits_.size(); ++member) {
      tried_.assign(owner_.size(), false);
      serve(member);
    }
    std::vector<std::optional<std::size_t>> entries(fits_.size());
    for (std::size_t entry = 0; entry < owner_.size(); ++entry) {
      if (owner_[entry]) entries[*owner_[entry]] = entry;
    }
    return entries;
  }

 private:
  bool serve(std::size_t member) {
    for (std::size_t entry = 0; entry < owner_.size(); ++entry) {
      if (!fits_[member][entry] || tried_[entry]) continue;
      tried_[entry] = true;
      if (owner_[entry] && !serve(*owner_[entry])) continue;
      owner_[entry] = member;
      return true;
    }
    return false;
  }

  const Fits& fits_;
  std::vector<std::optional<std::size_t>> owner_;
  std::vector<bool> tried_;
};

}  // namespace

std::vector<std::optional<std::size_t>> assign(const Fits& fits, std::size_t entries) {
  return Assigner(fits, entries).run();
}

}  // namespace fixdrill::eval
