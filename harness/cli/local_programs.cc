#include "cli/local_programs.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <mutex>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "base/limits.h"

extern char** environ;

namespace fixdrill::cli {

using run::ProgramEnd;

namespace {

constexpr int kBlocksATurn = 16;  ///< of 64 KiB: somebody else may write without end

/// A file descriptor that is closed with it.
class Handle {
 public:
  Handle() = default;
  explicit Handle(int number) : number_(number) {}
  Handle(Handle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Handle() { reset(); }

  int get() const { return number_; }
  void reset() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Pipe() {
    int ends[2] = {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    read = Handle(ends[0]);
    write = Handle(ends[1]);
  }
  Handle read;
  Handle write;
};

/// What the child starts with; see posix_spawn(3).
class Setting {
 public:
  Setting(const std::string& folder, int out, int err) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str());
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t ignored;
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    sigaddset(&ignored, SIGXFSZ);
    posix_spawnattr_setsigdefault(&attributes_, &ignored);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Setting() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

std::vector<char*> environment_without(const std::set<std::string>& hidden) {
  std::vector<char*> kept;
  for (char** variable = environ; *variable; ++variable) {
    const std::string_view text = *variable;
    if (!hidden.contains(std::string(text.substr(0, text.find('='))))) kept.push_back(*variable);
  }
  kept.push_back(nullptr);
  return kept;
}

/// How a process and what it writes are followed.
struct Ends {
  Handle ended;  ///< readable when the process has ended
  Handle out;
  Handle err;
};

/// Follows one process to its end in a thread of its own.
class Process final : public run::Program {
 public:
  Process(pid_t pid, Ends ends, std::function<void()> wake)
      : pid_(pid),
        ends_(std::move(ends)),
        wake_(std::move(wake)),
        follower_([this] { follow(); }) {}
  ~Process() override {
    {
      const std::lock_guard lock(mutex_);
      if (!end_) kill(-pid_, SIGKILL);
    }
    if (follower_.joinable()) follower_.join();
  }

  std::optional<ProgramEnd> end() const override {
    const std::lock_guard lock(mutex_);
    return end_;
  }

  void wait(std::chrono::milliseconds limit) {
    pollfd ended{ends_.ended.get(), POLLIN, 0};
    if (poll(&ended, 1, static_cast<int>(limit.count())) == 1) follower_.join();
  }

 private:
  // Until the process itself has ended: what it leaves in the background may hold the pipes open.
  void follow() {
    ProgramEnd end;
    for (bool running = true; running;) {
      std::array<pollfd, 3> ready = {{{ends_.ended.get(), POLLIN, 0},
                                      {ends_.out.get(), POLLIN, 0},
                                      {ends_.err.get(), POLLIN, 0}}};
      if (poll(ready.data(), ready.size(), -1) < 0) continue;
      running = ready[0].revents == 0;
      take(ends_.out, end.out, end.cut);
      take(ends_.err, end.err, end.cut);
    }
    int status = 0;
    const std::unique_lock lock(mutex_);
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
    end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end.status = WIFSIGNALED(status) ? 128 + end.signal : WEXITSTATUS(status);
    end_ = std::move(end);
    wake_();
  }

  // What is there now; more than the limit is read and dropped, so that the program goes on.
  static void take(Handle& from, std::string& into, bool& cut) {
    std::array<char, 64 << 10> block;
    for (int i = 0; i < kBlocksATurn && from.get() >= 0; ++i) {
      const ssize_t length = read(from.get(), block.data(), block.size());
      if (length == 0) return from.reset();
      if (length < 0) return;
      const std::size_t room = limits::kExecOutput - into.size();
      const auto size = static_cast<std::size_t>(length);
      into.append(block.data(), std::min(room, size));
      cut = cut || size > room;
    }
  }

  const pid_t pid_;
  Ends ends_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::optional<ProgramEnd> end_;
  std::thread follower_;
};

Error cannot_start(const std::string& program, int why) {
  const bool missing = why == ENOENT;
  return environment_error(fmt::format(
      "cannot start {}: {}{}", program, std::strerror(why),
      missing && program.find('/') == std::string::npos ? "; it is in no folder of PATH" : ""));
}

}  // namespace

Result<std::unique_ptr<run::Program>> LocalPrograms::start(const std::vector<std::string>& argv,
                                                           std::function<void()> wake) {
  Pipe out;
  Pipe err;
  if (out.read.get() < 0 || err.read.get() < 0) return cannot_start(argv[0], errno);
  for (const Pipe* pipe : {&out, &err}) fcntl(pipe->read.get(), F_SETFL, O_NONBLOCK);
  const Setting setting(options_.folder, out.write.get(), err.write.get());
  std::vector<char*> words;
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  pid_t pid = 0;
  const int why = posix_spawnp(&pid, words[0], setting.actions(), setting.attributes(),
                               words.data(), environment_without(options_.hidden).data());
  if (why != 0) return cannot_start(argv[0], why);
  Handle ended(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
  if (ended.get() < 0) {
    const int reason = errno;
    kill(-pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    return cannot_start(argv[0], reason);
  }
  auto process = std::make_unique<Process>(
      pid, Ends{std::move(ended), std::move(out.read), std::move(err.read)}, std::move(wake));
  if (options_.at_once)
    process->wait(std::chrono::duration_cast<std::chrono::milliseconds>(limits::kExecTime));
  return std::unique_ptr<run::Program>(std::move(process));
}

}  // namespace fixdrill::cli
