// What a recording says beside its messages: scenarios, verdicts, answers, connections, events.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "flow/moment.h"
#include "record/message_source.h"
#include "record/reader.h"

namespace fixdrill::report {

/// Something that happened between messages, ready to print.
struct Happening {
  std::int64_t wall_ns = 0;
  bool behind = false;          ///< a message of the same moment comes first
  std::int64_t session_id = 0;  ///< 0: of none
  std::int64_t scenario = 0;    ///< scenario_exec.id; 0: of none
  std::vector<std::string> lines;
};

/// Hands them out between the messages of a source.
class HappeningQueue {
 public:
  void add(std::vector<Happening> happenings);
  /// Those that come before this message.
  std::vector<Happening> before(const record::MessageView& view);
  std::vector<Happening> rest();

 private:
  std::deque<Happening> waiting_;
};

struct HappeningOptions {
  bool colour = false;
  flow::ZoneOffset zone{};
};

/// In the order of time. The recording's messages are not looked at.
std::vector<Happening> happenings(const record::Recording& recording,
                                  const HappeningOptions& options);

/// What verdicts say of a message, by its id: `+ sent by limit.drill:9 send NewOrderSingle {`; a
/// message that failed also has the fields that differ.
std::unordered_map<std::int64_t, std::vector<std::string>> beside_messages(
    const record::Recording& recording);

/// "recording 2f6e: scenarios/orders against sim.toml, FAIL", then its sessions.
std::vector<std::string> recording_head(const record::Recording& recording);
/// "session OE: initiator FIX.4.4 BRK -> EXCH"
std::string session_line(const record::SessionRow& row);

}  // namespace fixdrill::report
