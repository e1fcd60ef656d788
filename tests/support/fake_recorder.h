// A record::Recorder in memory: what the program would have put into the file, for tests to read.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "record/recorder.h"

namespace fixdrill::test {

class FakeRecorder final : public record::Recorder {
 public:
  struct Connection {
    std::int64_t id = 0;
    record::ConnectionRow row;
    bool closed = false;
    std::string reason;
  };

  const std::string& path() const override { return path_; }
  const std::string& uuid() const override { return uuid_; }
  std::int64_t next_message_id() override { return ++message_id_; }
  std::int64_t next_id() override { return ++id_; }

  void artifact(record::ArtifactRow row) override { artifacts.push_back(std::move(row)); }
  std::int64_t session(record::SessionRow row) override {
    sessions.push_back(std::move(row));
    return next_id();
  }
  std::int64_t connection(record::ConnectionRow row) override {
    connections.push_back({next_id(), std::move(row), false, ""});
    return connections.back().id;
  }
  void connection_closed(std::int64_t id, Time, std::string reason) override {
    for (auto& connection : connections) {
      if (connection.id != id) continue;
      connection.closed = true;
      connection.reason = reason;
    }
  }
  void message(record::MessageRow row) override { messages.push_back(std::move(row)); }
  void io(record::IoRow row) override { ios.push_back(std::move(row)); }
  void source(record::SourceRow row) override { sources.push_back(std::move(row)); }
  void sighting(record::SightingRow row) override { sightings.push_back(std::move(row)); }
  void event(record::EventRow row) override { events.push_back(std::move(row)); }
  Status scenario(const record::ScenarioResult&) override { return scenario_status; }
  Status seal(const record::RunResult&) override { return {}; }
  Status failure() const override { return {}; }

  /// The stream of one direction, rebuilt from the rows; "gap" when they do not join.
  std::string stream(std::int64_t connection, record::Direction direction) const {
    std::map<std::uint64_t, std::string> pieces;
    for (const auto& row : messages) {
      if (row.connection_id == connection && row.direction == direction)
        pieces.emplace(row.stream_offset, row.raw);
    }
    std::string out;
    for (const auto& [offset, raw] : pieces) {
      if (offset != out.size()) return "gap";
      out += raw;
    }
    return out;
  }

  /// Whether an event of this kind says `text` somewhere.
  bool has_event(const std::string& kind, const std::string& text) const {
    for (const auto& row : events) {
      if (row.kind == kind && row.text.find(text) != std::string::npos) return true;
    }
    return false;
  }

  Status scenario_status;  ///< what scenario() answers
  std::vector<record::ArtifactRow> artifacts;
  std::vector<record::SessionRow> sessions;
  std::vector<Connection> connections;
  std::vector<record::MessageRow> messages;
  std::vector<record::IoRow> ios;
  std::vector<record::EventRow> events;
  std::vector<record::SourceRow> sources;
  std::vector<record::SightingRow> sightings;

 private:
  std::string path_ = "memory.db";
  std::string uuid_ = "00000000-0000-4000-8000-000000000000";
  std::int64_t message_id_ = 0;
  std::int64_t id_ = 0;
};

}  // namespace fixdrill::test
