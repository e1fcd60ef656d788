// The sessions of one lane: made from the profile, brought up when first used, closed when a file
// or the run ends (rule 10 of the language).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/loop.h"
#include "run/channel.h"
#include "run/runner.h"
#include "syntax/tree.h"

namespace fixdrill::run {

class Sessions {
 public:
  Sessions(const RunConfig& config, net::Loop& loop, std::shared_ptr<session::Guard> guard);
  ~Sessions();

  /// Makes what the file declares; acceptors listen from now on.
  Status open_file(const syntax::File& file);
  void close_file();
  void close_run();

  Channel* find(const std::string& alias) const;
  Channel* only();  ///< the one session of the file; null when there are several
  const std::vector<Channel*>& of_file() const { return of_file_; }
  const profile::Session& profile_of(const Channel& channel) const;
  /// Connected, logged on or not.
  static bool is_up(const Channel& channel);

  // Each waits until it is done, at most `limit`. A guard error when a guard closed the connection.
  /// Connects and logs on; an acceptor: until its peer has.
  Status log_on(Channel& channel, Duration limit);
  /// Connects; one that is up stays as it is.
  Status connect(Channel& channel, Duration limit);
  Status accept(Channel& channel, Duration limit);
  /// Sends Logon and waits for the answer, until `limit` after `started`.
  Status logon(Channel& channel, Duration limit, Time started);
  Status log_out(Channel& channel, Duration limit);
  /// Ends the connection; but for `half`, returns when it is down.
  void disconnect(Channel& channel, session::CloseKind kind);

  /// After a failure what came meanwhile is of no use to anybody.
  void forget_arrived();
  /// At the end of a scenario. After a failure (or an interrupt) all that it used are closed, else
  /// wire and fresh sessions.
  void close_used(bool failed);
  /// A forbidden message came, or a guard closed a connection: no use in waiting on.
  bool must_stop() const;

 private:
  struct Slot;
  void close_rivals(const syntax::File& file);
  Status make(const syntax::Session& declared);
  Status open(Slot& slot);
  Result<std::unique_ptr<session::Session>> make_session(const Slot& slot,
                                                         const session::Context& context) const;
  const Channel* listens_there(const profile::Session& place, const Channel& other) const;
  /// Logs out where that is due, and closes. Bounded, whatever the peers do.
  void close(const std::vector<Channel*>& channels);
  void wait_until_down(const std::vector<Channel*>& channels, Duration limit);
  bool wait(const std::function<bool()>& done, Time deadline);
  Error failed(const Channel& channel, std::string text) const;
  static std::string refusal(const Channel& channel);

  const RunConfig& config_;
  net::Loop& loop_;
  std::shared_ptr<session::Guard> guard_;
  std::map<std::string, std::unique_ptr<Slot>> slots_;
  std::vector<Channel*> of_file_;
};

}  // namespace fixdrill::run
