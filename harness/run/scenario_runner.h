// Runs one scenario, step by step: setup, its block, teardown, and what was left over.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "eval/bindings.h"
#include "net/loop.h"
#include "record/result.h"
#include "run/channel.h"
#include "run/runner.h"
#include "run/sessions.h"
#include "run/uid.h"
#include "syntax/tree.h"

namespace fixdrill::run {

class ScenarioRunner {
 public:
  ScenarioRunner(const RunConfig& config, net::Loop& loop, Sessions& sessions, UidSource& uids);

  record::ScenarioResult run(const syntax::File& file, const syntax::Scenario& scenario);

 private:
  using Failure = std::optional<record::Verdict>;

  /// A step in progress: what it will be recorded as, and the session it is about.
  struct Current {
    const syntax::Step* step = nullptr;
    Channel* channel = nullptr;
    record::StepResult result;
    Time started;
  };

  void begin(const syntax::File& file, const syntax::Scenario& scenario);
  void run_block(const syntax::Block& block, const std::string& name, bool last);
  void end_block(const syntax::Block& block, bool complete);
  bool run_step(const syntax::Step& step);
  Failure bring_up(Current& current);
  Failure act(Current& current);
  Failure act(Current&, const syntax::Send&);
  Failure act(Current&, const syntax::SendRaw&);
  Failure act(Current&, const syntax::SendBytes&);
  Failure act(Current&, const syntax::Expect&);
  Failure act(Current&, const syntax::ExpectNo&);
  Failure act(Current&, const syntax::ExpectNothing&);
  Failure act(Current&, const syntax::ExpectDisconnect&);
  Failure act(Current&, const syntax::Await&);
  Failure act(Current&, const syntax::Connect&);
  Failure act(Current&, const syntax::Accept&);
  Failure act(Current&, const syntax::Logon&);
  Failure act(Current&, const syntax::Logout&);
  Failure act(Current&, const syntax::Disconnect&);
  Failure act(Current&, const syntax::Sync&);
  Failure act(Current&, const syntax::Wait&);
  Failure act(Current&, const syntax::Forbid&);
  Failure act(Current&, const syntax::Ignore&);
  Failure act(Current&, const syntax::Let&);
  Failure act(Current&, const syntax::Check&);
  Failure act(Current&, const syntax::Set&);
  Failure act(Current&, const syntax::Log&);
  Failure act(Current&, const syntax::Mute&);
  Failure act(Current&, const syntax::Unmute&);

  // wire_steps.cc
  Failure send_shaped(Current& current, const syntax::Message& message,
                      const fix::OutMessage& built);
  Failure wait_for_parts(Current& current, const session::Shape& shape, const session::Sent& sent);
  Failure never_joined() const;
  void unmute_all();

  // logon.cc
  Result<session::LogonFields> logon_fields(const Current& current,
                                            const syntax::Logon& logon) const;
  Failure log_on(Current& current, const syntax::Logon& logon, Duration limit);
  Failure be_refused(Current& current, const syntax::Logon& logon, Duration limit);
  Failure refusal_fits(Current& current, const syntax::Logon& logon);

  Failure send_bytes(Current& current, const std::string& bytes);
  Failure sent(Current& current, const Result<session::Sent>& sent, const syntax::Message* message);
  Failure not_sent(const Channel& channel, const Span& span, const std::string& rule,
                   const Error& error) const;
  Failure wait_for(Current& current, const Open& open, Duration limit, bool anywhere);
  Failure taken(Current& current, const Open& open, const session::Event& event);
  Failure never_up(const Current& current) const;
  Failure sync(Channel& channel, const Span& span, Duration limit);
  Result<Open> heartbeat_to(const Channel& channel, const Span& span, const std::string& id) const;
  Failure violated() const;
  Failure closed_by_guard(const Span& span) const;
  Failure leftovers(Channel& channel, const Span& span);
  void note_optionals();
  void check_leftovers(const syntax::Scenario& scenario);
  void finish(Current& current, Failure failure);
  void add_failure(const Span& span, record::Verdict verdict);

  Result<Open> make_open(const Current& current, const syntax::Message& message);
  Result<Duration> limit_of(const std::optional<syntax::DurationSpec>& spec,
                            const Current& current) const;
  eval::Environment environment(const Channel* channel) const;
  std::optional<std::int64_t> session_number(const Channel* channel, std::string_view path) const;
  void wait_until(const std::function<bool()>& done, Time deadline);
  Status declare_names(const syntax::File& file);
  Status declare_ignore(const syntax::Message& message);
  Error unknown_in_profile(const syntax::Message& message, const Channel& channel) const;

  const RunConfig& config_;
  net::Loop& loop_;
  Sessions& sessions_;
  UidSource& uids_;
  eval::World world_;
  const profile::Session* uid_profile_ = nullptr;
  std::unique_ptr<eval::Bindings> names_;
  record::ScenarioResult result_;
  bool failed_ = false;
  bool cut_short_ = false;  ///< a wait that Stop ended: nobody knows how the step would have gone
};

}  // namespace fixdrill::run
