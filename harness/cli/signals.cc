#include "cli/signals.h"

#include <signal.h>
#include <unistd.h>

namespace fixdrill::cli {

namespace {

// Ends the waiter; nobody else sends it.
constexpr int kFarewell = SIGUSR2;

sigset_t awaited() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, kFarewell);
  return set;
}

void wait_for_signals(run::Stop& stop) {
  const sigset_t set = awaited();
  for (int count = 0;;) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0 || signal == kFarewell) return;
    if (++count > 1) _exit(128 + signal);
    stop.request(signal);
  }
}

}  // namespace

Signals::Signals(run::Stop& stop) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  const sigset_t set = awaited();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  waiter_ = std::thread([&stop] { wait_for_signals(stop); });
}

Signals::~Signals() {
  pthread_kill(waiter_.native_handle(), kFarewell);
  waiter_.join();
}

}  // namespace fixdrill::cli
