// A folder of its own a test, and a recording in it that tests fill in the words of the domain.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "base/text.h"
#include "record/reader.h"
#include "record/recorder.h"

namespace fixdrill::record {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "fixdrill-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// One session with one connection; time goes on 1 ms a message.
class RecordedTalk {
 public:
  explicit RecordedTalk(const std::string& path, const RunRow& run = a_run()) {
    Result<std::unique_ptr<Recorder>> created = create_recording(path, run, now_);
    EXPECT_TRUE(created.ok()) << (created.ok() ? "" : created.error().text);
    if (!created) return;
    recorder_ = std::move(*created);
    session_ = recorder_->session({"OE", "initiator", "FIX.4.4", "BRK1", "EXCH", "", "wire"});
    connection_ = recorder_->connection({session_, now_, "127.0.0.1:40000", "127.0.0.1:9876"});
  }

  static RunRow a_run() {
    return {"scenarios/orders", "sim.toml", "3.1", "CHG-7", 42, {{"os", "Debian 12"}}};
  }

  Recorder& recorder() { return *recorder_; }
  std::int64_t session() const { return session_; }
  std::int64_t connection() const { return connection_; }

  std::int64_t sends(const std::string& piped) { return passes(Direction::out, piped); }
  std::int64_t gets(const std::string& piped) { return passes(Direction::in, piped); }

  std::int64_t passes(Direction direction, const std::string& piped,
                      MessageKind kind = MessageKind::fix) {
    now_ = now_ + std::chrono::milliseconds(1);
    MessageRow row;
    row.id = recorder_->next_message_id();
    row.connection_id = connection_;
    row.session_id = session_;
    row.direction = direction;
    row.stream_offset = offsets_[static_cast<int>(direction)];
    row.time = now_;
    row.kind = kind;
    row.raw = pipe_to_soh(piped);
    offsets_[static_cast<int>(direction)] += row.raw.size();
    const std::int64_t id = row.id;
    recorder_->message(std::move(row));
    return id;
  }

  ScenarioResult scenario(const std::string& case_id, Outcome outcome = Outcome::pass) {
    ScenarioResult result;
    result.id = recorder_->next_id();
    result.case_id = case_id;
    result.title = "Limit buy is acknowledged";
    result.path = "scenarios/orders/limit.drill";
    result.line = 7;
    result.outcome = outcome;
    result.started_ns = now_.wall_ns;
    return result;
  }

 private:
  std::unique_ptr<Recorder> recorder_;
  Time now_{1'790'000'000'000'000'000, 5'000'000'000};
  std::int64_t session_ = 0;
  std::int64_t connection_ = 0;
  std::uint64_t offsets_[2] = {0, 0};
};

}  // namespace fixdrill::record
