// The result of a run as one plain tree: written by the runner, read by every report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fixdrill::record {

enum class Outcome { pass, fail, error, skip, xfail, xpass, unresolved };

/// PASS FAIL ERROR …
const char* outcome_name(Outcome outcome);

/// One line of a field table. Texts are ready to show: "5 Replaced".
struct FieldRow {
  bool ok = true;
  std::string field;  ///< "ExecType(150)", "NoPartyIDs(453)[2].PartyID(448)"
  std::string expected;
  std::string received;  ///< "(absent)" when it is not there
};

/// A value in a scenario file that could be another one, so that what came would fit: for
/// `run --update`. In memory only.
struct Offer {
  std::string location;   ///< "scenarios/orders/replace.drill:16:7", of the field
  std::string field;      ///< "OrdStatus(39)"; "" = of the whole message
  std::string file;       ///< path
  std::size_t begin = 0;  ///< bytes [begin, end) in the file: the value
  std::size_t end = 0;
  std::string text;     ///< what to put there
  std::string refusal;  ///< why it must not be put there; "" = it may
};

/// One message beside a verdict, by its id in the recording.
struct MessageRef {
  std::int64_t id = 0;  ///< message.id
  std::string role;     ///< sent, matched, candidate, open
  std::string note;     ///< why it was passed over
};

/// What a step found wrong (or, for `matched` rows, right).
struct Verdict {
  std::string
      rule;  ///< expect, forbid, limit, closed, garbled, unexpected, check, guard, connect …
  Outcome outcome = Outcome::pass;
  std::string location;  ///< "scenarios/orders/replace.drill:16:7"
  std::string message;   ///< one sentence: "ExecutionReport on OE differs in 2 of 6 fields"
  std::string source;    ///< the line with its number and carets, two lines
  std::vector<FieldRow> fields;
  std::vector<Offer> offers;  ///< one for each row that is not ok
  std::size_t not_checked = 0;
  std::vector<std::string>
      details;  ///< further lines: open elsewhere, nearest candidates, raw messages
  std::vector<MessageRef> messages;
};

/// What a person answered to a prompt of the scenario.
struct Answer {
  std::string kind;      ///< instruct, confirm, ask, attach
  std::string question;  ///< as it was shown
  std::string text;      ///< "done" of an instruct, the file of an attach
  std::string who;
  std::string source;      ///< terminal, file, default; log: `who` is the log, `text` its line
  std::int64_t at_ns = 0;  ///< wall
  std::string sha256;      ///< of an attach: artifact.sha256; else ""
};

struct StepResult {
  std::int64_t id = 0;  ///< step_exec.id
  std::int64_t parent = 0;
  std::string session;
  std::string file;
  std::size_t line = 0;
  std::size_t begin = 0;  ///< bytes [begin, end) in the file
  std::size_t end = 0;
  std::string text;  ///< first line of the step
  Outcome outcome = Outcome::pass;
  std::int64_t started_ns = 0;  ///< wall
  std::int64_t ended_ns = 0;
  std::int64_t round_trip_ns = 0;  ///< from the last message sent on the session to the one that
                                   ///< this step consumed; 0 = none
  std::vector<Verdict> verdicts;
  std::optional<Answer> answer;
};

struct ScenarioResult {
  std::int64_t id = 0;  ///< scenario_exec.id
  std::string case_id;  ///< @id; of a row of a table "DC-010/buy-limit"
  std::string title;
  std::string path;
  std::size_t line = 0;
  std::size_t attempt = 1;  ///< from 1: a run may repeat itself
  Outcome outcome = Outcome::pass;
  std::int64_t started_ns = 0;
  std::int64_t ended_ns = 0;
  std::int64_t elapsed_ns = 0;  ///< monotonic
  int exit_code = 0;            ///< what this scenario alone would end with: 0, 1, 3, 4, 5
  std::vector<StepResult> steps;
  std::vector<std::string> warnings;
};

struct RunResult {
  std::string uuid;
  std::string recording;  ///< path
  std::int64_t started_ns = 0;
  std::int64_t ended_ns = 0;
  std::int64_t elapsed_ns = 0;
  bool interrupted = false;
  bool ended = true;  ///< false: read from a recording that was not sealed
  int exit_code = 0;
  std::vector<ScenarioResult> scenarios;  ///< in the order of the files
};

}  // namespace fixdrill::record
