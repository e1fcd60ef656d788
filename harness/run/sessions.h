// The sessions of one lane: made from the profile, brought up when first used, closed when a file
// or the run ends (rule 10 of the language).
#pragma once

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

  Channel* find(const std::string& alias);
  Channel* only();  ///< the one session of the file; null when there are several
  const std::vector<Channel*>& of_file() const { return of_file_; }
  const profile::Session& profile_of(const Channel& channel) const;

  /// Connects and logs on, within the limit, and waits for it.
  Status log_on(Channel& channel, Duration limit);
  /// Starts a connection and waits until it stands (`logged_on`: until the logon is through).
  Status connect(Channel& channel, Duration limit, bool logged_on);
  Status accept(Channel& channel, Duration limit);
  Status logon(Channel& channel, Duration limit);
  Status log_out(Channel& channel, Duration limit);
  /// Ends the connection; but for `half`, returns when it is down.
  void disconnect(Channel& channel, session::CloseKind kind);

  /// After a failure: sessions that were used are closed, the next scenario reconnects.
  void close_used(bool failed);
  bool forbidden_came() const;

 private:
  struct Slot;
  Status make(const syntax::Session& declared);
  void close(Slot& slot);
  bool wait_until_down(Channel& channel, Duration limit);

  const RunConfig& config_;
  net::Loop& loop_;
  std::shared_ptr<session::Guard> guard_;
  std::map<std::string, std::unique_ptr<Slot>> slots_;
  std::vector<Channel*> of_file_;
};

}  // namespace fixdrill::run
