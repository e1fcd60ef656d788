// A recorder that keeps nothing: what a simulator has that nobody asked to record.
#pragma once

#include <atomic>
#include <string>

#include "record/recorder.h"

namespace fixdrill::record {

class NullRecorder final : public Recorder {
 public:
  bool keeps() const override { return false; }
  const std::string& path() const override { return none_; }
  const std::string& uuid() const override { return none_; }
  std::int64_t next_message_id() override { return ++ids_; }
  std::int64_t next_id() override { return ++ids_; }
  void artifact(ArtifactRow) override {}
  std::int64_t session(SessionRow) override { return next_id(); }
  std::int64_t connection(ConnectionRow) override { return next_id(); }
  void connection_closed(std::int64_t, Time, std::string) override {}
  void message(MessageRow) override {}
  void io(IoRow) override {}
  void source(SourceRow) override {}
  void sighting(SightingRow) override {}
  void event(EventRow) override {}
  Status scenario(const ScenarioResult&) override { return {}; }
  Status seal(const RunResult&) override { return {}; }
  Status failure() const override { return {}; }

 private:
  const std::string none_;
  std::atomic<std::int64_t> ids_ = 0;
};

}  // namespace fixdrill::record
