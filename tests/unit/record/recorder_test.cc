#include "record/recorder.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <random>
#include <sys/stat.h>
#include <thread>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

std::string streams_of(const Recording& recording, std::int64_t connection, Direction direction) {
  std::map<std::uint64_t, std::string> pieces;
  for (const MessageRow& row : recording.messages) {
    if (row.connection_id == connection && row.direction == direction)
      pieces[row.stream_offset] = row.raw;
  }
  std::string stream;
  for (const auto& [offset, bytes] : pieces) {
    EXPECT_EQ(offset, stream.size());
    stream += bytes;
  }
  return stream;
}

TEST(Recorder, MessagesAreReadBackAsTheyWere) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  MessageRow row;
  row.id = talk.recorder().next_message_id();
  row.connection_id = talk.connection();
  row.session_id = talk.session();
  row.direction = Direction::out;
  row.stream_offset = 7;
  row.time = {11, 22};
  row.kind = MessageKind::garbled;
  row.msg_type = "D";
  row.seq = 4;
  row.poss_dup = true;
  row.masked = true;
  row.sum_ok = false;
  row.raw = std::string("8=\0\xFF\x01", 5);
  talk.recorder().message(row);
  talk.recorder().connection_closed(talk.connection(), {99, 1}, "peer closed");
  talk.recorder().event({{33, 44}, "guard", talk.session(), 0, "withheld"});
  talk.recorder().artifact({"scenario", "limit.drill", "scenario \"a\""});
  talk.recorder().artifact({"scenario", "limit.drill", "scenario \"a\""});
  ASSERT_TRUE(talk.recorder().seal({}).ok());

  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->uuid, talk.recorder().uuid());
  EXPECT_EQ(read->suite, "scenarios/orders");
  EXPECT_EQ(read->target, "sim.toml");
  ASSERT_EQ(read->messages.size(), 1u);
  const MessageRow& got = read->messages[0];
  EXPECT_EQ(got.id, 1);
  EXPECT_EQ(got.direction, Direction::out);
  EXPECT_EQ(got.stream_offset, 7u);
  EXPECT_EQ(got.time.wall_ns, 11);
  EXPECT_EQ(got.time.mono_ns, 22);
  EXPECT_EQ(got.kind, MessageKind::garbled);
  EXPECT_EQ(got.msg_type, "D");
  EXPECT_EQ(got.seq, 4);
  EXPECT_TRUE(got.poss_dup);
  EXPECT_TRUE(got.masked);
  EXPECT_FALSE(got.sum_ok);
  EXPECT_EQ(got.raw, row.raw);
  ASSERT_EQ(read->sessions.size(), 1u);
  EXPECT_EQ(read->sessions[0].row.alias, "OE");
  EXPECT_EQ(read->sessions[0].row.capture_level, "wire");
  ASSERT_EQ(read->connections.size(), 1u);
  EXPECT_EQ(read->connections[0].row.remote, "127.0.0.1:9876");
  EXPECT_EQ(read->connections[0].closed_ns, 99);
  EXPECT_EQ(read->connections[0].close_reason, "peer closed");
  ASSERT_EQ(read->events.size(), 1u);
  EXPECT_EQ(read->events[0].text, "withheld");
  ASSERT_EQ(read->artifacts.size(), 1u);
  EXPECT_EQ(read->artifacts[0].data, "scenario \"a\"");
}

TEST(Recorder, TheWholeResultTreeIsReadBack) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  const std::int64_t order = talk.sends("35=D|");
  ScenarioResult scenario = talk.scenario("OE-001", Outcome::fail);
  scenario.exit_code = 1;
  scenario.elapsed_ns = 610'000'000;
  scenario.attempt = 3;
  scenario.warnings = {"first", "second"};
  StepResult step;
  step.id = talk.recorder().next_id();
  step.session = "OE";
  step.file = "limit.drill";
  step.line = 16;
  step.begin = 100;
  step.end = 140;
  step.text = "expect ExecutionReport {";
  step.outcome = Outcome::fail;
  step.round_trip_ns = 38'000'000;
  Verdict verdict;
  verdict.rule = "expect";
  verdict.outcome = Outcome::fail;
  verdict.location = "limit.drill:16:3";
  verdict.message = "differs";
  verdict.source = "16 | x\n   | ^";
  verdict.fields = {{false, "OrderQty(38)", "150", "100"}, {true, "Price(44)", "10", "10"}};
  verdict.not_checked = 12;
  verdict.details = {"also open here", ""};
  verdict.messages = {{order, "candidate", "OrdStatus(39) differs"}, {order, "candidate", "again"}};
  step.verdicts = {verdict};
  StepResult inner = step;
  inner.id = talk.recorder().next_id();
  inner.parent = step.id;
  inner.verdicts.clear();
  inner.answer = Answer{"attach", "screenshot", "a.png", "ann", "terminal", 77, "abc"};
  scenario.steps = {step, inner};
  ASSERT_TRUE(talk.recorder().scenario(scenario).ok());
  RunResult run;
  run.exit_code = 1;
  run.ended_ns = 5;
  run.interrupted = true;
  ASSERT_TRUE(talk.recorder().seal(run).ok());

  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_TRUE(read->sealed);
  EXPECT_EQ(read->outcome, "FAIL");
  EXPECT_TRUE(read->result.interrupted);
  EXPECT_EQ(read->result.recording, path);
  ASSERT_EQ(read->result.scenarios.size(), 1u);
  const ScenarioResult& got = read->result.scenarios[0];
  EXPECT_EQ(got.case_id, "OE-001");
  EXPECT_EQ(got.title, scenario.title);
  EXPECT_EQ(got.line, 7u);
  EXPECT_EQ(got.attempt, 3u);
  EXPECT_EQ(got.outcome, Outcome::fail);
  EXPECT_EQ(got.elapsed_ns, 610'000'000);
  EXPECT_EQ(got.warnings, scenario.warnings);
  ASSERT_EQ(got.steps.size(), 2u);
  EXPECT_EQ(got.steps[1].parent, step.id);
  EXPECT_FALSE(got.steps[0].answer);
  ASSERT_TRUE(got.steps[1].answer);
  const Answer& answer = *got.steps[1].answer;
  EXPECT_EQ(answer.kind + answer.question + answer.text, "attachscreenshota.png");
  EXPECT_EQ(answer.who + answer.source + answer.sha256, "annterminalabc");
  EXPECT_EQ(answer.at_ns, 77);
  EXPECT_EQ(got.steps[0].session, "OE");
  EXPECT_EQ(got.steps[0].begin, 100u);
  EXPECT_EQ(got.steps[0].end, 140u);
  EXPECT_EQ(got.steps[0].round_trip_ns, 38'000'000);
  ASSERT_EQ(got.steps[0].verdicts.size(), 1u);
  const Verdict& judged = got.steps[0].verdicts[0];
  EXPECT_EQ(judged.source, verdict.source);
  EXPECT_EQ(judged.not_checked, 12u);
  EXPECT_EQ(judged.details, verdict.details);
  ASSERT_EQ(judged.fields.size(), 2u);
  EXPECT_FALSE(judged.fields[0].ok);
  EXPECT_EQ(judged.fields[0].received, "100");
  ASSERT_EQ(judged.messages.size(), 2u);
  EXPECT_EQ(judged.messages[1].note, "again");
}

TEST(Recorder, RowsRebuildEveryStream) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  std::mt19937 random(7);
  std::string sent[4][2];
  std::int64_t connections[4] = {};
  {
    RecordedTalk talk(path);
    Recorder& recorder = talk.recorder();
    for (std::int64_t& id : connections) id = recorder.connection({talk.session(), {}, "", ""});
    std::vector<std::thread> lanes;
    for (int lane = 0; lane < 4; ++lane) {
      lanes.emplace_back([&, lane, seed = random()] {
        std::mt19937 dice(seed);
        for (int i = 0; i < 2000; ++i) {
          const int direction = static_cast<int>(dice() % 2);
          std::string& stream = sent[lane][direction];
          MessageRow row;
          row.id = recorder.next_message_id();
          row.connection_id = connections[lane];
          row.direction = static_cast<Direction>(direction);
          row.stream_offset = stream.size();
          row.kind = static_cast<MessageKind>(dice() % 4);
          row.raw.assign(1 + dice() % 300, static_cast<char>(dice()));
          stream += row.raw;
          recorder.message(std::move(row));
        }
      });
    }
    for (std::thread& lane : lanes) lane.join();
    ASSERT_TRUE(recorder.seal({}).ok());
  }
  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  ASSERT_EQ(read->messages.size(), 8000u);
  for (int lane = 0; lane < 4; ++lane) {
    for (const Direction direction : {Direction::in, Direction::out}) {
      EXPECT_EQ(streams_of(*read, connections[lane], direction),
                sent[lane][static_cast<int>(direction)]);
    }
  }
}

TEST(Recorder, AcknowledgedMeansCommitted) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  for (int i = 0; i < 100; ++i) talk.sends("35=D|");
  ASSERT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  const Result<Recording> read = read_recording(folder.file("a.db"));
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->messages.size(), 100u);
  EXPECT_EQ(read->result.scenarios.size(), 1u);
  EXPECT_FALSE(read->sealed);
  EXPECT_EQ(read->outcome, "");
}

TEST(Recorder, RowsReachTheFileWithoutTheEndOfAScenario) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  talk.sends("35=D|");
  std::size_t rows = 0;
  while (rows == 0) {
    const Result<Recording> read = read_recording(folder.file("a.db"));
    ASSERT_TRUE(read.ok()) << read.error().text;
    rows = read->messages.size();
  }
  EXPECT_EQ(rows, 1u);
}

TEST(Recorder, NobodyElseMayReadTheFile) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  for (const char* name : {"a.db", "a.db-wal"}) {
    struct stat info = {};
    ASSERT_EQ(::stat(folder.file(name).c_str(), &info), 0) << name;
    EXPECT_EQ(info.st_mode & 0777, 0600u) << name;
  }
}

TEST(Recorder, MakesTheFoldersOfItsPath) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("runs/today/a.db"));
  EXPECT_TRUE(std::filesystem::exists(folder.file("runs/today/a.db")));
}

TEST(Recorder, WillNotOverwrite) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  std::ofstream(path) << "mine";
  const auto refused = create_recording(path, {}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, ErrorKind::environment);
  EXPECT_EQ(refused.error().text, "cannot create the recording " + path +
                                      ": it exists already; choose another place with --db");
  EXPECT_EQ(bytes_of(path), "mine");
}

TEST(Recorder, SaysWhyItCannotCreate) {
  const TempFolder folder;
  std::ofstream(folder.file("file")) << "mine";
  const std::string path = folder.file("file") + "/a.db";
  const auto refused = create_recording(path, {}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().text, "cannot create the recording " + path +
                                      ": Not a directory; choose another place with --db");
}

TEST(Recorder, AFailureIsToldAndBlocksNobody) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  RecordedTalk talk(path);
  ASSERT_TRUE(talk.recorder().scenario(talk.scenario("OE-001")).ok());
  MessageRow twice;
  twice.id = talk.sends("35=D|");
  talk.recorder().message(twice);
  const Status told = talk.recorder().scenario(talk.scenario("OE-002"));
  ASSERT_FALSE(told.ok());
  EXPECT_EQ(told.error().kind, ErrorKind::environment);
  EXPECT_EQ(told.error().text,
            "cannot write the recording " + path + ": UNIQUE constraint failed: message.id");
  for (int i = 0; i < 200; ++i) {
    MessageRow row;
    row.raw.assign(1 << 20, 'x');
    talk.recorder().message(std::move(row));
  }
  EXPECT_EQ(talk.recorder().seal({}).error().text, told.error().text);
  EXPECT_EQ(talk.recorder().failure().error().text, told.error().text);
  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  ASSERT_EQ(read->result.scenarios.size(), 1u);
  EXPECT_EQ(read->result.scenarios[0].case_id, "OE-001");
}

TEST(Recorder, SealingFindsRowsThatPointNowhere) {
  const TempFolder folder;
  RecordedTalk talk(folder.file("a.db"));
  MessageRow row;
  row.id = talk.recorder().next_message_id();
  row.connection_id = 4711;
  talk.recorder().message(row);
  const Status sealed = talk.recorder().seal({});
  ASSERT_FALSE(sealed.ok());
  EXPECT_EQ(sealed.error().text,
            "cannot write the recording " + folder.file("a.db") +
                ": a row of message points to a row of connection that is not there");
}

}  // namespace
}  // namespace fixdrill::record
