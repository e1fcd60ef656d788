// Runs one scenario, step by step: setup, its block, teardown, and what was left over.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "eval/bindings.h"
#include "net/loop.h"
#include "record/result.h"
#include "run/attachment.h"
#include "run/channel.h"
#include "run/failure.h"
#include "run/runner.h"
#include "run/sessions.h"
#include "run/uid.h"
#include "syntax/tree.h"

namespace fixdrill::run {

class ScenarioRunner {
 public:
  ScenarioRunner(const RunConfig& config, net::Loop& loop, Sessions& sessions, UidSource& uids);

  record::ScenarioResult run(const syntax::File& file, const Case& planned);

 private:
  using Failure = std::optional<record::Verdict>;

  /// A step in progress: what it will be recorded as, and the session it is about.
  struct Current {
    const syntax::Step* step = nullptr;
    Channel* channel = nullptr;
    record::StepResult result;
    Time started;
    std::size_t slot = 0;  ///< where the result goes
  };

  // What a group of expectations that are open at once is made of; each in the file of its step.
  class Slots;
  struct Arm;
  struct Arms;
  struct Repetition;

  void begin(const syntax::File& file, const Case& planned);
  void run_block(const syntax::Block& block, const std::string& name, bool last);
  bool run_steps(const syntax::Block& block, std::size_t first = 0);
  void end_block(const syntax::Block& block, bool complete);
  bool run_step(const syntax::Step& step);
  Current start(const syntax::Step& step);
  Current start(const Span& span);
  Channel* channel_of(const syntax::Step& step) const;
  Failure bring_up(Current& current);
  Failure log_on(Channel& channel, const Span& span);
  Failure bring_up_others(const Channel& first, const Span& span);
  Failure act(Current& current);
  Failure act(Current&, const syntax::Send&);
  Failure act(Current&, const syntax::SendRaw&);
  Failure act(Current&, const syntax::SendBytes&);
  Failure act(Current&, const syntax::Expect&);
  Failure act(Current&, const syntax::ExpectNo&);
  Failure act(Current&, const syntax::ExpectNothing&);
  Failure act(Current&, const syntax::ExpectDisconnect&);
  Failure act(Current&, const syntax::Await&);
  Failure other_role(const Current& current) const;
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
  Failure act(Current&, const syntax::Unordered&);
  Failure act(Current&, const syntax::Either&);
  Failure act(Current&, const syntax::If&);
  Failure act(Current&, const syntax::Repeat&);
  Failure act(Current&, const syntax::ForEach&);
  Failure act(Current&, const syntax::ProcCall&);
  Failure act(Current&, const syntax::Skip&);
  Failure act(Current&, const syntax::Xfail&);

  // unordered.cc
  Failure add_slots(const syntax::Block& block, Slots& slots);
  Failure add_slot(const syntax::Step& step, Slots& slots);
  Failure unmet(const Current& current, const Slots& slots, Duration limit) const;
  Failure unplaced(const Slots& slots, const Channel& channel, const Routed& routed) const;
  void keep_placed(const Slots& slots);

  // either.cc
  Failure open_arms(const syntax::Either& either, Arms& arms);
  Failure open_arm(const syntax::Step& step, Arm& arm);
  void choose_arm(Arms& arms);
  Failure no_arm(const Current& current, const Arms& arms) const;
  Failure arms_unmet(const Current& current, const Arms& arms) const;

  // repeated.cc
  Failure repeated(Current& current, const Open& open, const syntax::Message& message,
                   Manner manner);
  Result<Repetition> repetition_of(const Current& current, const syntax::Message& message);
  using SeenValues = std::map<std::string, std::int64_t, std::less<>>;  ///< and in which event
  Failure not_distinct(const Repetition& repetition, const syntax::Message& message,
                       const session::Event& event, SeenValues& seen) const;

  // control.cc
  void run_nested(const syntax::Block& block, std::size_t first = 0);
  Failure bind_arguments(const Current& current, const syntax::ProcCall& call,
                         const syntax::Proc& proc, eval::Bindings& scope);
  Failure end_with(Current& current, record::Outcome outcome, const std::string& rule,
                   const syntax::ExprPtr& condition, const std::optional<syntax::Value>& because);
  void say_where(record::Verdict& verdict) const;
  bool foretold(const Case& planned, const std::vector<profile::Foretold>& table,
                record::Outcome outcome);
  void settle_xfail(bool torn_down);
  void settle_skip();
  Failure act(Current&, const syntax::Mute&);
  Failure act(Current&, const syntax::Unmute&);
  Failure act(Current&, const syntax::RuleStep&);

  // wire_steps.cc
  Failure act(Current&, const syntax::SetAuto&);
  Failure act(Current&, const syntax::DropNext&);
  Failure act(Current&, const syntax::LoseState&);
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
  Failure act(Current&, const syntax::Prompt&);
  Failure act(Current&, const syntax::Exec&);

  // people.cc; `why` gains why there is no answer
  struct Prompted;
  using MaybeAnswer = std::optional<record::Answer>;
  Result<Prompted> prompted(Current& current, const syntax::Prompt& prompt);
  MaybeAnswer from_sheet(Prompted& asked, std::vector<std::string>& why);
  MaybeAnswer from_playback(const Prompted& asked);
  MaybeAnswer from_terminal(Prompted& asked, std::vector<std::string>& why);
  MaybeAnswer interview(Prompted& asked, std::vector<std::string>& why);
  MaybeAnswer too_late(Prompted& asked, std::vector<std::string>& why);
  std::set<const Channel*> closed_lines() const;
  void tell_closed_lines(std::set<const Channel*>& told) const;
  Failure unanswered(const Current& current, const syntax::Prompt& prompt,
                     const std::string& why) const;
  Failure answered(Current& current, Prompted& asked, record::Answer answer);
  void keep(const Attachment& file, record::Answer& answer);

  // log_check.cc
  Failure check_log(Current& current, const syntax::Prompt& prompt, const std::string& question);

  // exec.cc
  std::optional<ProgramEnd> end_of(const Program& program, Time started);
  Failure ended(Current& current, const syntax::Exec& exec, const std::string& command,
                const ProgramEnd& end);

  Failure send_bytes(Current& current, const std::string& bytes);
  Failure sent(Current& current, const Result<session::Sent>& sent, const syntax::Message* message);
  // judged.cc
  void mint_ids();
  void begin_playback(const Case& planned);
  void settle_names();
  Time before_next_sent(Time deadline) const;
  Time silent_until(const Current& current, Duration limit);
  Failure not_run(const Current& current, const syntax::Exec& exec);

  Failure not_sent(const Channel& channel, const Span& span, const std::string& rule,
                   const Error& error) const;
  Failure wait_for(Current& current, const Open& open, Duration limit, Manner manner);
  Failure taken(Current& current, const Open& open, const session::Event& event);
  void note_match(Current& current, const Open& open, const session::Event& event);
  FailedStep failed_step(const Channel& channel, const Open& open) const;
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
  eval::Environment environment(const Channel* channel, const eval::Bindings& names) const;
  std::optional<eval::Value> session_value(const Channel* channel, std::string_view path) const;
  void wait_until(const std::function<bool()>& done, Time deadline);
  Status declare_names(const syntax::File& file);
  Status declare_row(const Case& planned);
  Status declare_ignore(const syntax::Message& message);
  Error unknown_in_profile(const syntax::Message& message, const Channel& channel) const;

  const RunConfig& config_;
  net::Loop& loop_;
  Sessions& sessions_;
  UidSource& uids_;
  eval::World world_;
  const profile::Session* uid_profile_ = nullptr;
  const syntax::File* file_ = nullptr;
  std::set<std::string> come_up_;               ///< sessions that connect with the first of them
  std::unique_ptr<eval::Bindings> file_names_;  ///< params and secrets
  std::unique_ptr<eval::Bindings> scenario_names_;  ///< what its steps name
  eval::Bindings* names_ = nullptr;                 ///< where steps of the moment look and name
  std::vector<eval::Bindings*> callers_;            ///< names_ of the calls in progress, but this
  Channel* default_channel_ = nullptr;              ///< of a proc that is called on a session
  std::int64_t parent_ = 0;                         ///< the step whose block runs
  /// The loops and calls in progress, the innermost last: "in round 2 of 'repeat'".
  struct Around {
    const syntax::Step* step = nullptr;
    std::string what;
  };
  std::vector<Around> around_;
  std::size_t depth_ = 0;  ///< how many blocks are around
  record::ScenarioResult result_;
  bool failed_ = false;
  std::optional<record::Outcome> ended_;  ///< why the rest of the block is left out
  bool expected_fail_ = false;
  std::map<std::string, std::size_t> asked_;  ///< how often, by the text of the prompt
  std::size_t prompts_ = 0;
  std::uint64_t log_began_ = 0;  ///< size of the log of the system under test at the beginning
  bool cut_short_ = false;  ///< a wait that Stop ended: nobody knows how the step would have gone
};

}  // namespace fixdrill::run
