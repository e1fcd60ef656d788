// A source that can be read again from its start: standard input for a command that needs two
// passes.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "record/message_source.h"

namespace fixdrill::flow {

/// Holds every message in memory. Owns its source.
class KeptSource final : public record::MessageSource {
 public:
  explicit KeptSource(std::unique_ptr<record::MessageSource> source) : source_(std::move(source)) {}

  void rewind() { at_ = 0; }

  const std::string& name() const override { return source_->name(); }
  const record::SessionRow* session(std::int64_t id) const override { return source_->session(id); }
  Result<const record::MessageView*> next() override {
    if (at_ < kept_.size()) return &kept_[at_++].view;
    const Result<const record::MessageView*> next = source_->next();
    if (!next || *next == nullptr) return next;
    Kept& made =
        kept_.emplace_back(Kept{**next, std::string((*next)->raw), std::string((*next)->line)});
    made.view.raw = made.raw;
    made.view.line = made.line;
    ++at_;
    return &made.view;
  }

 private:
  struct Kept {
    record::MessageView view;
    std::string raw;
    std::string line;
  };

  std::unique_ptr<record::MessageSource> source_;
  std::deque<Kept> kept_;
  std::size_t at_ = 0;
};

}  // namespace fixdrill::flow
