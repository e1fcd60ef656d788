#include "record/row_queue.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>

namespace fixdrill::record {
namespace {

Row message(std::int64_t id, std::size_t bytes = 0) {
  MessageRow row;
  row.id = id;
  row.raw.assign(bytes, 'x');
  return row;
}

std::int64_t id_of(const Row& row) { return std::get<MessageRow>(row).id; }

std::size_t take_one_batch(RowQueue& queue) {
  std::vector<Row> batch;
  while (batch.empty()) queue.take(batch);
  queue.done(batch.size());
  return batch.size();
}

TEST(RowQueue, WeighsRowsByTheirTexts) {
  EXPECT_EQ(weight(message(1, 1000)), weight(message(1)) + 1000);
  EXPECT_EQ(weight(ArtifactRow{"k", "n", std::string(70, 'x')}), weight(IoRow{}) + 70);
}

TEST(RowQueue, NeverHoldsMoreThanItsLimitAndLosesNothing) {
  const std::size_t limit = 10 * weight(message(0, 100));
  RowQueue queue(limit);
  std::thread lane([&] {
    for (int i = 1; i <= 20'000; ++i) queue.push(message(i, 100));
    queue.close();
  });
  std::int64_t last = 0;
  std::vector<Row> batch;
  while (queue.take(batch)) {
    for (const Row& row : batch) EXPECT_EQ(id_of(row), ++last);
    queue.done(batch.size());
    batch.clear();
  }
  lane.join();
  EXPECT_EQ(last, 20'000);
  EXPECT_LE(queue.high_water(), limit);
  EXPECT_GE(queue.high_water(), weight(message(0, 100)));
}

TEST(RowQueue, ARowHeavierThanTheLimitPassesAlone) {
  RowQueue queue(1000);
  queue.push(message(1, 5000));
  EXPECT_EQ(take_one_batch(queue), 1u);
  EXPECT_GT(queue.high_water(), 5000u);
}

TEST(RowQueue, FlushWaitsForItsRow) {
  RowQueue queue(1 << 20);
  std::atomic<bool> flushed = false;
  std::thread lane([&] {
    queue.push(message(1));
    queue.flush(queue.push(message(2)));
    flushed = true;
  });
  std::vector<Row> batch;
  std::size_t seen = 0;
  while (seen < 2) {
    queue.take(batch);
    seen += batch.size();
    EXPECT_FALSE(flushed);
    if (seen < 2) queue.done(batch.size());
    if (seen < 2) batch.clear();
  }
  queue.done(batch.size());
  lane.join();
  EXPECT_TRUE(flushed);
}

TEST(RowQueue, ClosedAndEmptyIsTheEnd) {
  RowQueue queue(1 << 20);
  queue.push(message(1));
  queue.close();
  std::vector<Row> batch;
  EXPECT_TRUE(queue.take(batch));
  EXPECT_EQ(batch.size(), 1u);
  batch.clear();
  EXPECT_FALSE(queue.take(batch));
}

TEST(BatchQueue, HandsOverEveryRowInOrder) {
  constexpr std::int64_t kRows = 10'000;
  BatchQueue queue(4096);
  std::thread lane([&queue] {
    for (std::int64_t id = 1; id <= kRows; ++id) {
      MessageRow row;
      row.id = id;
      row.raw.assign(static_cast<std::size_t>(id % 300), 'x');
      queue.push(std::move(row));
    }
    queue.close();
  });
  std::int64_t last = 0;
  bool in_order = true;
  for (auto batch = queue.take(); !batch.empty(); batch = queue.take()) {
    for (const Row& row : batch) {
      const auto& message = std::get<MessageRow>(row);
      in_order = in_order && message.id == last + 1 &&
                 message.raw.size() == static_cast<std::size_t>(message.id % 300);
      last = message.id;
    }
  }
  lane.join();
  EXPECT_TRUE(in_order);
  EXPECT_EQ(last, kRows);
  EXPECT_GE(queue.high_water(), 4096u);
}

TEST(BatchQueue, ARowOfAnotherKindTakesAUsedPlace) {
  BatchQueue queue(1);  // each row is a batch
  std::thread lane([&queue] {
    for (int round = 0; round < 4; ++round) {
      queue.push(MessageRow());
      queue.push(EventRow{{}, "note", 0, 0, "text"});
    }
    queue.push(IoRow());
    queue.close();
  });
  std::string kinds;
  for (auto batch = queue.take(); !batch.empty(); batch = queue.take())
    for (const Row& row : batch) kinds += fmt::format("{}", row.index());
  lane.join();
  EXPECT_EQ(kinds, "020202021");
}

TEST(BatchQueue, ClosedAndEmptyIsTheEnd) {
  BatchQueue queue(4096);
  queue.close();
  EXPECT_TRUE(queue.take().empty());
}

}  // namespace
}  // namespace fixdrill::record
