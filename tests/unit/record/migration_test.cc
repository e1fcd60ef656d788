// Recordings as released versions wrote them, one golden file a schema version: they open, hold
// what was written, and hash as they did when they were sealed.
#include <SQLiteCpp/SQLiteCpp.h>

#include "record/message_reader.h"
#include "record/named_queries.h"
#include "record/sql.h"
#include "record/verify.h"
#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

class Migration : public testing::TestWithParam<int> {
 protected:
  std::string path() const {
    return std::string(FIXDRILL_SOURCE_DIR "/tests/unit/record/golden/schema") +
           std::to_string(GetParam()) + ".db";
  }
};

struct NoRows final : SqlRows {
  void columns(const std::vector<std::string>&) override {}
  bool row(const std::vector<SqlValue>&) override { return true; }
};

TEST_P(Migration, HoldsWhatWasWritten) {
  const auto read = read_recording(path());
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_EQ(read->kind, "run");
  EXPECT_EQ(read->release, "3.1");
  EXPECT_EQ(read->outcome, "FAIL");
  EXPECT_EQ(read->messages.size(), 5U);
  EXPECT_EQ(read->messages[0].time_source, TimeSource::user);
  EXPECT_EQ(read->messages[3].kind, MessageKind::junk);
  ASSERT_EQ(read->sessions.size(), 1U);
  EXPECT_EQ(read->sessions[0].row.dictionaries, std::vector<std::string>{});
  ASSERT_EQ(read->result.scenarios.size(), 1U);
  const ScenarioResult& scenario = read->result.scenarios[0];
  EXPECT_EQ(scenario.steps.size(), GetParam() == 1 ? 2U : 3U);
  EXPECT_EQ(scenario.steps[1].verdicts.at(0).fields.at(1).expected, "A PendingNew");
  EXPECT_EQ(scenario.steps.back().answer.has_value(), GetParam() != 1);
}

TEST_P(Migration, ItsMessagesStream) {
  const auto source = open_messages(path());
  ASSERT_TRUE(source.ok()) << source.error().text;
  int messages = 0;
  for (auto next = (*source)->next(); next.ok() && *next; next = (*source)->next()) ++messages;
  EXPECT_EQ(messages, 5);
}

TEST_P(Migration, ItHashesAsWhenItWasSealedAndStaysAsItIs) {
  const std::string before = bytes_of(path());
  const auto verified = verify_recording(path());
  ASSERT_TRUE(verified.ok()) << verified.error().text;
  EXPECT_EQ(verified->version, GetParam());
  EXPECT_EQ(verified->faults, std::vector<std::string>{});
  EXPECT_TRUE(verified->sealed);
  EXPECT_EQ(verified->hash, verified->sealed_hash);
  EXPECT_EQ(bytes_of(path()), before);
}

TEST_P(Migration, EveryNamedQueryRuns) {
  for (const NamedQuery& query : named_queries()) {
    NoRows rows;
    const Status ran = run_sql(
        path(), std::string(query.sql), [](const SessionRow&) { return fix::DictionaryPtr(); },
        rows);
    EXPECT_TRUE(ran.ok()) << query.name << ": " << (ran.ok() ? "" : ran.error().text);
  }
}

INSTANTIATE_TEST_SUITE_P(Schema, Migration, testing::Values(1, 2, 3),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace fixdrill::record
