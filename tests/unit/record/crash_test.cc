// What survives the death of the process and a file that cannot grow.
#include <functional>
#include <random>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "recording_fixture.h"

namespace fixdrill::record {
namespace {

/// A forked process that records; what it writes to the pipe is what it was promised.
class Child {
 public:
  explicit Child(const std::function<int(int pipe)>& work) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::close(ends[0]);
      ::_exit(work(ends[1]));
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Child() { ::close(pipe_); }

  /// Reads until `acknowledged` scenarios were told, or the end.
  void wait_for(std::size_t acknowledged) {
    while (lines() < acknowledged && read_some()) {
    }
  }
  void kill() { ::kill(pid_, SIGKILL); }
  int wait() {
    while (read_some()) {
    }
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return status;
  }
  const std::string& output() const { return output_; }
  std::size_t lines() const {
    return static_cast<std::size_t>(std::count(output_.begin(), output_.end(), '\n'));
  }

 private:
  bool read_some() {
    char buffer[256];
    const ssize_t got = ::read(pipe_, buffer, sizeof buffer);
    if (got > 0) output_.append(buffer, static_cast<std::size_t>(got));
    return got > 0;
  }

  pid_t pid_ = 0;
  int pipe_ = -1;
  std::string output_;
};

constexpr int kMessagesPerScenario = 20;

void tell(int pipe, const std::string& line) {
  const std::string text = line + "\n";
  if (::write(pipe, text.data(), text.size()) < 0) ::_exit(99);
}

/// Records scenario after scenario and tells each that was acknowledged; ends at the first failure,
/// telling it.
int record_until_it_fails(const std::string& path, int pipe) {
  RecordedTalk talk(path);
  for (;;) {
    for (int i = 0; i < kMessagesPerScenario; ++i) talk.sends("35=D|58=" + std::string(300, 'x'));
    const Status kept = talk.recorder().scenario(talk.scenario("OE-001"));
    if (!kept) {
      tell(pipe, kept.error().text);
      return 3;
    }
    tell(pipe, "kept");
  }
}

void expect_kept(const std::string& path, std::size_t acknowledged) {
  const Result<Recording> read = read_recording(path);
  ASSERT_TRUE(read.ok()) << read.error().text;
  EXPECT_FALSE(read->sealed);
  EXPECT_GE(read->result.scenarios.size(), acknowledged);
  EXPECT_GE(read->messages.size(), acknowledged * kMessagesPerScenario);
}

TEST(Crash, KillAtAnyInstantLosesNothingAcknowledged) {
  const TempFolder folder;
  std::mt19937 random(20261122);
  for (int instant = 0; instant < 100; ++instant) {
    SCOPED_TRACE(instant);
    const std::string path = folder.file(std::to_string(instant) + ".db");
    Child child([&](int pipe) { return record_until_it_fails(path, pipe); });
    child.wait_for(1 + random() % 8);
    volatile unsigned spin = random() % 2'000'000;
    while (spin > 0) spin = spin - 1;
    child.kill();
    const int status = child.wait();
    EXPECT_TRUE(WIFSIGNALED(status));
    expect_kept(path, child.lines());
    std::filesystem::remove(path);
  }
}

void limit_files(std::size_t bytes) {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit limit{bytes, bytes};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(98);
}

TEST(Crash, AFullFileIsToldAndKeepsWhatWasAcknowledged) {
  for (const std::size_t limit : {300'000, 417'000, 1'000'003}) {
    SCOPED_TRACE(limit);
    const TempFolder folder;
    const std::string path = folder.file("a.db");
    Child child([&](int pipe) {
      limit_files(limit);
      return record_until_it_fails(path, pipe);
    });
    const int status = child.wait();
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 3);
    EXPECT_TRUE(child.output().ends_with(
        "cannot write the recording " + path +
        ": disk I/O error; free space or choose another folder with --db\n"))
        << child.output();
    EXPECT_GT(child.lines(), 1u);
    expect_kept(path, child.lines() - 1);
  }
}

TEST(Crash, AFullFileWhileSealing) {
  const TempFolder folder;
  const std::string path = folder.file("a.db");
  Child child([&](int pipe) {
    RecordedTalk talk(path);
    for (int i = 0; i < kMessagesPerScenario; ++i) talk.sends("35=D|58=" + std::string(300, 'x'));
    if (!talk.recorder().scenario(talk.scenario("OE-001"))) return 97;
    tell(pipe, "kept");
    limit_files(std::filesystem::file_size(path + "-wal"));
    const Status sealed = talk.recorder().seal({});
    if (!sealed) tell(pipe, sealed.error().text);
    return sealed ? 0 : 3;
  });
  const int status = child.wait();
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 3);
  EXPECT_EQ(child.output(),
            "kept\ncannot write the recording " + path +
                ": disk I/O error; free space or choose another folder with --db\n");
  expect_kept(path, 1);
}

}  // namespace
}  // namespace fixdrill::record
