#include "record/row_queue.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fixdrill::record {

namespace {

constexpr auto kTimer = std::chrono::milliseconds(20);
constexpr std::size_t kBatchRows = 500;

std::size_t text_weight(const MessageRow& row) { return row.raw.size() + row.prefix.size(); }
std::size_t text_weight(const EventRow& row) { return row.text.size(); }
std::size_t text_weight(const ArtifactRow& row) { return row.data.size(); }
template <class T>
std::size_t text_weight(const T&) {
  return 0;
}

}  // namespace

std::size_t weight(const Row& row) {
  return sizeof(Row) + std::visit([](const auto& held) { return text_weight(held); }, row);
}

bool RowQueue::writer_has_reason() const {
  return closed_ || wanted_ > done_ || rows_.size() >= kBatchRows || bytes_ >= limit_ / 2;
}

std::uint64_t RowQueue::push(Row row) {
  const std::size_t bytes = weight(row);
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return bytes_ == 0 || bytes_ + bytes <= limit_; });
  const bool half_full_before = bytes_ >= limit_ / 2;
  rows_.push_back(std::move(row));
  bytes_ += bytes;
  high_water_ = std::max(high_water_, bytes_);
  const std::uint64_t ticket = ++pushed_;
  const bool wake = rows_.size() == kBatchRows || (!half_full_before && bytes_ >= limit_ / 2);
  lock.unlock();
  if (wake) work_.notify_one();
  return ticket;
}

void RowQueue::flush(std::uint64_t ticket) {
  std::unique_lock lock(mutex_);
  wanted_ = std::max(wanted_, ticket);
  work_.notify_one();
  progress_.wait(lock, [&] { return done_ >= ticket; });
}

bool RowQueue::take(std::vector<Row>& batch) {
  std::unique_lock lock(mutex_);
  work_.wait_for(lock, kTimer, [&] { return writer_has_reason(); });
  batch.swap(rows_);
  bytes_ = 0;
  const bool more = !closed_ || !batch.empty();
  lock.unlock();
  room_.notify_all();
  return more;
}

void RowQueue::done(std::size_t rows) {
  std::lock_guard lock(mutex_);
  done_ += rows;
  progress_.notify_all();
}

void RowQueue::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  work_.notify_one();
}

std::size_t RowQueue::high_water() const {
  std::lock_guard lock(mutex_);
  return high_water_;
}

void BatchQueue::push(Row&& row) {
  filling_.bytes += weight(row);
  // A string that is moved into another gets the other's memory, to be freed where it was taken.
  if (filling_.used < filling_.rows.size())
    filling_.rows[filling_.used] = std::move(row);
  else
    filling_.rows.push_back(std::move(row));
  ++filling_.used;
  if (filling_.bytes >= limit_) hand_over();
}

void BatchQueue::hand_over() {
  high_water_ = std::max(high_water_, filling_.bytes);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.used == 0; });
  std::swap(filling_, waiting_);
  changed_.notify_all();
}

std::span<const Row> BatchQueue::take() {
  writing_.used = writing_.bytes = 0;
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.used > 0 || closed_; });
  std::swap(writing_, waiting_);
  changed_.notify_all();
  return std::span(writing_.rows).first(writing_.used);
}

void BatchQueue::close() {
  if (filling_.used > 0) hand_over();
  std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

}  // namespace fixdrill::record
