// QuickFIX reads the dictionaries that fixdrill ships, all nine files, and judges by them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

#include "unit/engine/peers.h"

namespace fixdrill::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::SizeIs;

struct Version {
  const char* begin_string;
  const char* dictionary;
  const char* application = nullptr;
  const char* appl_ver_id = "9";
};

std::string spec(const char* name) {
  return std::string(FIXDRILL_SOURCE_DIR "/fixspecs/") + name + ".xml";
}

Config config_of(const Version& version) {
  Config config = our_config();
  config.begin_string = version.begin_string;
  config.default_appl_ver_id = version.appl_ver_id;
  config.validation = std::make_unique<Validation>();
  config.validation->dictionary = spec(version.dictionary);
  if (version.application) config.validation->application_dictionary = spec(version.application);
  return config;
}

class ShippedDictionary : public testing::TestWithParam<Version> {};

TEST_P(ShippedDictionary, LoadsAndJudges) {
  const Version& version = GetParam();
  VirtualClock clock;
  Peer peer(config_of(version), clock);
  ASSERT_NE(peer.session, nullptr);
  peer.session->connected();
  peer.session->logon();
  const bool fixt = version.application != nullptr;
  peer.receives(std::string("35=A|34=1|98=0|108=30|") +
                (fixt ? std::string("1137=") + version.appl_ver_id + "|" : ""));
  ASSERT_EQ(peer.story, "on ");
  peer.took.clear();
  peer.receives("35=0|34=2|");
  EXPECT_THAT(peer.took, SizeIs(1));
  const std::string order = peer.receives("35=D|34=3|11=A|");
  EXPECT_THAT(peer.refusals, ElementsAre(Pair(order, HasSubstr("Required tag missing"))));
}

INSTANTIATE_TEST_SUITE_P(AllNine, ShippedDictionary,
                         testing::Values(Version{"FIX.4.0", "FIX40"}, Version{"FIX.4.1", "FIX41"},
                                         Version{"FIX.4.2", "FIX42"}, Version{"FIX.4.3", "FIX43"},
                                         Version{"FIX.4.4", "FIX44"},
                                         Version{"FIXT.1.1", "FIXT11", "FIX50", "7"},
                                         Version{"FIXT.1.1", "FIXT11", "FIX50SP1", "8"},
                                         Version{"FIXT.1.1", "FIXT11", "FIX50SP2", "9"}));

TEST(Dictionaries, AFileThatIsNotThereIsAnError) {
  VirtualClock clock;
  FakeStore store;
  Peer unused(our_config(), clock);
  for (const Version& version :
       {Version{"FIX.4.4", "FIX99"}, Version{"FIXT.1.1", "FIXT11", "FIX99"},
        Version{"FIXT.1.1", "FIXT99", "FIX50SP2"}}) {
    std::string error;
    EXPECT_EQ(Session::create(config_of(version), store, unused, error), nullptr);
    EXPECT_THAT(error, HasSubstr("99.xml"));
  }
}

}  // namespace
}  // namespace fixdrill::engine
