// Runs one scenario, step by step: setup, its block, teardown, and what was left over.
#pragma once

#include <memory>
#include <optional>
#include <string>

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

  void run_block(const syntax::Block& block, const std::string& name);
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

  Failure send_bytes(Current& current, const std::string& bytes);
  Failure sent(Current& current, const Result<session::Sent>& sent, const syntax::Message* message);
  Failure wait_for(Current& current, const Open& open, Duration limit, bool anywhere);
  Failure taken(Current& current, const Open& open, const session::Event& event);
  Failure sync(Channel& channel, const Span& span, Duration limit);
  Failure violated(Channel*& channel) const;
  Failure leftovers(Channel& channel, const Span& span);
  void note_optionals();
  void check_leftovers(const syntax::Scenario& scenario);
  void finish(Current& current, Failure failure);
  void add_failure(const Span& span, record::Verdict verdict);

  Result<Open> make_open(const Current& current, const syntax::Message& message);
  Result<Duration> limit_of(const std::optional<syntax::DurationSpec>& spec,
                            const Current& current) const;
  eval::Environment environment(const Channel* channel) const;
  bool wait_until(const std::function<bool()>& done, Time deadline);
  void declare(const syntax::File& file);

  const RunConfig& config_;
  net::Loop& loop_;
  Sessions& sessions_;
  UidSource& uids_;
  eval::World world_;
  const profile::Session* uid_profile_ = nullptr;
  std::unique_ptr<eval::Bindings> names_;
  record::ScenarioResult result_;
  bool failed_ = false;
};

}  // namespace fixdrill::run
