#include "flow/merged_source.h"

#include "base/text.h"

namespace fixdrill::flow {

using record::MessageView;
using record::SessionRow;

MergedSource::MergedSource(Sources sources) {
  std::vector<std::string> names;
  for (auto& source : sources) {
    names.push_back(source->name());
    inputs_.emplace_back().source = std::move(source);
  }
  name_ = join(names, ", ");
}

const SessionRow* MergedSource::session(std::int64_t id) const {
  const auto index = static_cast<std::size_t>(id - 1);
  return id > 0 && index < sessions_.size() ? sessions_[index] : nullptr;
}

Result<const MessageView*> MergedSource::next() {
  Input* first = nullptr;
  for (Input& input : inputs_) {
    if (Status filled = fill(input); !filled) return filled.error();
    if (input.head != nullptr && (first == nullptr || input.wall_ns < first->wall_ns))
      first = &input;
  }
  return first == nullptr ? nullptr : give(*first);
}

// One that is at its end is asked again: it may be growing.
Status MergedSource::fill(Input& input) {
  if (input.head != nullptr) return {};
  Result<const MessageView*> next = input.source->next();
  if (!next) return next.error();
  input.head = *next;
  if (input.head != nullptr && input.head->time.wall_ns != 0)
    input.wall_ns = input.head->time.wall_ns;
  return {};
}

const MessageView* MergedSource::give(Input& input) {
  const std::int64_t id = view_.id + 1;
  view_ = *input.head;
  view_.id = id;
  view_.session_id = session_id(input, view_.session_id);
  view_.connection_id = connection_id(input, view_.connection_id);
  input.head = nullptr;
  return &view_;
}

std::int64_t MergedSource::session_id(Input& input, std::int64_t id) {
  if (id == 0) return 0;
  std::int64_t& merged = input.sessions[id];
  if (merged != 0) return merged;
  const SessionRow* row = input.source->session(id);
  if (row == nullptr) return 0;
  std::int64_t& known = known_[{row->alias, row->begin_string, row->sender, row->target}];
  if (known == 0) {
    sessions_.push_back(row);
    known = static_cast<std::int64_t>(sessions_.size());
  }
  return merged = known;
}

std::int64_t MergedSource::connection_id(Input& input, std::int64_t id) {
  if (id == 0) return 0;
  std::int64_t& merged = input.connections[id];
  if (merged == 0) merged = ++connections_;
  return merged;
}

}  // namespace fixdrill::flow
