// What a lane pays for a recorded message, and how fast rows reach the file: the recorder against
// bare prepared inserts of the same rows in one transaction of the same file.
#include <SQLiteCpp/SQLiteCpp.h>
#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/text.h"
#include "record/mask.h"
#include "record/recorder.h"
#include "record/row_writer.h"
#include "record/schema.h"

namespace fixdrill::record {
namespace {

constexpr int kRows = 200'000;

std::string execution_report() {
  return pipe_to_soh(
      "8=FIX.4.4|9=243|35=8|34=1017|49=EXCH|52=20261122-06:00:00.123|56=BRK1|6=10.05|11=ORD-000417|"
      "14=100|17=E-0000417|20=0|31=10.05|32=100|37=O-0000417|38=100|39=2|40=2|44=10.05|54=1|55="
      "MSFT|"
      "59=0|60=20261122-06:00:00.122|150=F|151=0|453=1|448=TRADER1|447=D|452=11|10=123|");
}

MessageRow row_of(std::int64_t id, std::int64_t connection) {
  MessageRow row;
  row.id = id;
  row.connection_id = connection;
  row.stream_offset = static_cast<std::uint64_t>(id) * 266;
  row.time = {id, id};
  row.msg_type = "8";
  row.seq = id;
  row.raw = execution_report();
  return row;
}

std::vector<MessageRow> rows() {
  std::vector<MessageRow> all;
  for (int i = 1; i <= kRows; ++i) all.push_back(row_of(i, 0));
  return all;
}

std::string fresh_path() {
  std::string path = std::filesystem::temp_directory_path() / "fixdrill-bench.db";
  for (const char* end : {"", "-wal", "-shm"})
    std::filesystem::remove(std::string(path).append(end));
  return path;
}

void recorder(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    std::vector<MessageRow> all = rows();
    auto recorder = create_recording(fresh_path(), {}, {});
    state.ResumeTiming();
    for (MessageRow& row : all) (*recorder)->message(std::move(row));
    ScenarioResult end;
    end.id = 1;
    if (!(*recorder)->scenario(end)) state.SkipWithError("not recorded");
    state.PauseTiming();
    recorder->reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(recorder)->Unit(benchmark::kMillisecond)->UseRealTime();

void bare_inserts(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const std::vector<MessageRow> all = rows();
    SQLite::Database database(fresh_path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(kHeaderPragmas);
    database.exec(kLivePragmas);
    database.exec(kTables);
    RowWriter insert(database);
    state.ResumeTiming();
    SQLite::Transaction transaction(database);
    for (const MessageRow& row : all) insert(row);
    transaction.commit();
  }
  state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(bare_inserts)->Unit(benchmark::kMillisecond)->UseRealTime();

void cost_for_the_lane(benchmark::State& state) {
  auto recorder = create_recording(fresh_path(), {}, {});
  const std::string raw = execution_report();
  const std::string msg_type = "8";
  for (auto _ : state) {
    MessageRow row;
    row.id = (*recorder)->next_message_id();
    row.msg_type = msg_type;
    row.raw = raw;
    (*recorder)->message(std::move(row));
  }
}
BENCHMARK(cost_for_the_lane)->Iterations(100'000);

void masking(benchmark::State& state) {
  const Masker masker({}, {"hunter2"});
  const std::string raw = execution_report();
  for (auto _ : state) {
    bool masked = false;
    benchmark::DoNotOptimize(masker.mask(raw, masked));
  }
}
BENCHMARK(masking);

}  // namespace
}  // namespace fixdrill::record

BENCHMARK_MAIN();
