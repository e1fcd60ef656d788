#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "net/tcp_stream.h"
#include "net/timer_queue.h"

namespace fixdrill::net {

namespace {

namespace asio = boost::asio;
using Clock = std::chrono::steady_clock;

// Keeps sums of moments in range when a deadline is "never".
constexpr auto kLongestWait = std::chrono::hours(1);

class TcpLoop : public Loop {
 public:
  TcpLoop(Time start, const SendLimits& limits)
      : start_(start), context_{*this, io_, std::make_shared<Mailbox>(io_), limits} {}
  ~TcpLoop() override { context_.mailbox->close(); }

  Time now() const override { return start_ + Duration(Clock::now() - started_); }

  std::unique_ptr<Timer> at(Time when, std::function<void()> action) override {
    return timers_.add(std::max(when, now()), std::move(action));
  }

  Result<std::unique_ptr<Listener>> listen(const Endpoint& at, AcceptSink& sink) override {
    return listen_tcp(context_, at, sink);
  }

  ConnectionPtr connect(const Endpoint& to, ByteSink& sink) override {
    return connect_tcp(context_, to, sink);
  }

  bool run_until(const std::function<bool()>& done, Time deadline) override {
    for (bool last = false;; last = now() >= deadline) {
      if (done()) return true;
      if (interrupted_.exchange(false)) return false;
      if (run_due_timer() || last) {
        io_.poll_one();
        if (last) return done();
      } else {
        io_.run_one_until(clock_time(deadline));
      }
    }
  }

  void interrupt() override {
    interrupted_ = true;
    asio::post(io_, [] {});
  }

 private:
  bool run_due_timer() {
    auto next = timers_.next_mono_ns();
    if (!next || *next > now().mono_ns) return false;
    timers_.take_next()();
    return true;
  }

  /// When to wake up: at the deadline or the next timer, in the terms of the steady clock.
  Clock::time_point clock_time(Time deadline) const {
    auto mono_ns = std::min(deadline.mono_ns, (now() + kLongestWait).mono_ns);
    if (auto next = timers_.next_mono_ns()) mono_ns = std::min(mono_ns, *next);
    return started_ + Duration(mono_ns - start_.mono_ns);
  }

  Time start_;
  Clock::time_point started_ = Clock::now();
  asio::io_context io_{BOOST_ASIO_CONCURRENCY_HINT_1};
  asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(io_);
  std::atomic<bool> interrupted_ = false;
  TimerQueue timers_;
  TcpContext context_;
};

}  // namespace

std::unique_ptr<Loop> make_tcp_loop(Time start, const SendLimits& limits) {
  return std::make_unique<TcpLoop>(start, limits);
}

}  // namespace fixdrill::net
