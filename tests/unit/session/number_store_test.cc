// The number store: what survives, what is refused, what is forgotten.
#include "session/number_store.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/session_rig.h"

namespace fixdrill::session {
namespace {

class NumberStoreTest : public ::testing::Test {
 protected:
  NumberStoreTest() {
    char name[] = "/tmp/fixdrill-numbers-XXXXXX";
    folder = ::mkdtemp(name);
    path = folder + "/OE.numbers";
  }
  ~NumberStoreTest() override { std::filesystem::remove_all(folder); }

  std::unique_ptr<NumberStore> open(const StoreBounds& bounds = {}) {
    auto store = NumberStore::open(path, bounds);
    EXPECT_TRUE(store.ok()) << (store.ok() ? "" : store.error().text);
    return store.ok() ? std::move(*store) : nullptr;
  }
  std::string open_error() {
    auto store = NumberStore::open(path);
    return store.ok() ? "" : store.error().text;
  }
  void append(const std::string& bytes) {
    std::ofstream(path, std::ios::app | std::ios::binary) << bytes;
  }

  static test::SessionRig rig_in(const std::string& store_folder) {
    test::SessionRig rig(net::make_memory_loop(test::kStart));
    rig.profile.path = "/somewhere/cert.toml";
    rig.config.sender = "A/B";
    rig.config.target = "X Y";
    rig.config.store = profile::StoreKind::file;
    rig.store_folder = store_folder;
    return rig;
  }

  std::string folder;
  std::string path;
};

TEST_F(NumberStoreTest, StartsAtOneAndRunsOn) {
  {
    auto store = open();
    EXPECT_EQ(store->next_sender(), 1);
    EXPECT_EQ(store->next_target(), 1);
    store->set(1, "first\nline\x01");
    store->set_next_sender(2);
    store->set_next_target(7);
  }
  auto store = open();
  EXPECT_EQ(store->next_sender(), 2);
  EXPECT_EQ(store->next_target(), 7);
  EXPECT_EQ(store->get(1, 5), (std::vector<std::string>{"first\nline\x01"}));
}

TEST_F(NumberStoreTest, ASecondRunIsRefused) {
  auto store = open();
  EXPECT_EQ(open_error(), "locked number store: another fixdrill run uses it: " + path);
  store.reset();
  EXPECT_EQ(open_error(), "");
}

TEST_F(NumberStoreTest, ATornTailIsIgnored) {
  for (const char* tail :
       {"o 9", "o", "m 3 10\nabc", "m 3", "m 3 3\nabc", "x\n", "o 0\n", "o -1\n"}) {
    std::filesystem::remove(path);
    { open()->set_next_sender(5); }
    append(tail);
    EXPECT_EQ(open()->next_sender(), 5) << tail;
    { open()->set_next_sender(6); }
    EXPECT_EQ(open()->next_sender(), 6) << tail;
    EXPECT_TRUE(open()->get(1, 9).empty()) << tail;
  }
}

TEST_F(NumberStoreTest, SurvivesKillNine) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    auto store = NumberStore::open(path);
    for (int i = 1; i <= 100; ++i) {
      (*store)->set(i, "message " + std::to_string(i));
      (*store)->set_next_sender(i + 1);
    }
    (void)!::write(ready[1], "x", 1);
    for (;;) ::pause();
  }
  char byte;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
  auto store = open();
  EXPECT_EQ(store->next_sender(), 101);
  EXPECT_EQ(store->get(1, 100).size(), 100u);
}

TEST_F(NumberStoreTest, ResetForgetsAll) {
  {
    auto store = open();
    store->set(1, "a");
    store->set_next_sender(2);
    store->set_next_target(5);
    store->reset();
    EXPECT_TRUE(store->get(1, 9).empty());
  }
  auto store = open();
  EXPECT_EQ(store->next_sender(), 1);
  EXPECT_EQ(store->next_target(), 1);
  EXPECT_TRUE(store->get(1, 9).empty());
}

TEST_F(NumberStoreTest, ForgetsTheOldestFirst) {
  auto store = NumberStore::in_memory({3, 1000});
  for (int i = 1; i <= 5; ++i) store->set(i, "x");
  EXPECT_EQ(store->first_kept(1), 3);
  store = NumberStore::in_memory({100, 10});
  for (int i = 1; i <= 5; ++i) store->set(i, "four");
  EXPECT_EQ(store->first_kept(1), 4);
}

TEST_F(NumberStoreTest, GivesARangeInOrder) {
  auto store = NumberStore::in_memory();
  for (int i : {4, 2, 9}) store->set(i, std::to_string(i));
  EXPECT_EQ(store->get(2, 8), (std::vector<std::string>{"2", "4"}));
  EXPECT_EQ(*store->find(9), "9");
  EXPECT_EQ(store->find(3), nullptr);
  EXPECT_EQ(store->first_kept(10), 0);
}

TEST_F(NumberStoreTest, TheFileIsCompacted) {
  const StoreBounds small{10, 10'000};
  {
    auto store = open(small);
    for (int i = 1; i <= 5000; ++i) {
      store->set(i, std::string(1000, 'x'));
      store->set_next_sender(i + 1);
    }
  }
  EXPECT_LT(std::filesystem::file_size(path), 3u << 20);
  auto store = open(small);
  EXPECT_EQ(store->next_sender(), 5001);
  EXPECT_EQ(store->first_kept(1), 4991);
}

TEST_F(NumberStoreTest, ForeignFilesAreLeftAlone) {
  append("something else\n");
  EXPECT_EQ(open_error(), path + " is not a number store; move it away, or name another folder");
}

TEST_F(NumberStoreTest, ItsFilesArePrivateAndWellNamed) {
  test::SessionRig rig = rig_in("stores");
  EXPECT_EQ(number_store_path("stores", rig.profile, rig.config),
            "stores/cert.OE.A%2FB-X%20Y.numbers");
  rig.store_folder = folder + "/deep";
  auto store = open_number_store(rig.context());
  ASSERT_TRUE(store.ok());
  const auto mode =
      std::filesystem::status(folder + "/deep/cert.OE.A%2FB-X%20Y.numbers").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(NumberStoreTest, SessionsOfOneRunWithOneIdentityShareIt) {
  for (const auto kind : {profile::StoreKind::file, profile::StoreKind::memory}) {
    test::SessionRig rig = rig_in(folder);
    rig.config.store = kind;
    auto first = open_number_store(rig.context());
    auto second = open_number_store(rig.context());
    ASSERT_TRUE(first.ok() && second.ok());
    (*first)->set_next_sender(9);
    EXPECT_EQ((*second)->next_sender(), 9);
  }
}

TEST_F(NumberStoreTest, NumbersRunOnFromFileToFileOfARunWhicheverTheStore) {
  for (const auto kind : {profile::StoreKind::file, profile::StoreKind::memory}) {
    test::SessionRig rig = rig_in(folder);
    rig.config.store = kind;
    (*open_number_store(rig.context()))->set_next_sender(9);  // and nobody holds it any more
    EXPECT_EQ((*open_number_store(rig.context()))->next_sender(), 9);
  }
}

TEST_F(NumberStoreTest, MemoryOfAnotherRunIsAnother) {
  test::SessionRig one = rig_in(folder);
  test::SessionRig two = rig_in(folder);
  one.config.store = two.config.store = profile::StoreKind::memory;
  auto first = open_number_store(one.context());
  auto second = open_number_store(two.context());
  (*first)->set_next_sender(9);
  EXPECT_EQ((*second)->next_sender(), 1);
}

}  // namespace
}  // namespace fixdrill::session
