// A recorded conversation that a run judges instead of holding one: `run --against`.
#pragma once

#include <boost/program_options.hpp>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "profile/profile.h"
#include "run/suite.h"
#include "session/playback.h"

namespace fixdrill::cli {

/// Adds --against and --session.
void add_against_options(boost::program_options::options_description& options);

class Against {
 public:
  /// What --against names; null without it. Input error: it cannot be read, holds no message, or
  /// stands beside an option that is for connections.
  static Result<std::unique_ptr<Against>> from(const boost::program_options::variables_map& values);

  const std::string& path() const { return path_; }
  session::Playback& playback() const { return *playback_; }

  /// Gives every session that the suite declares the identities that were recorded: of the session
  /// that --session names for it, of its name or its CompIDs, else of the only one there is. Input
  /// error: none fits, or several do.
  Status aim(profile::Profile& profile, const run::Suite& suite) const;
  /// Secrets of scenarios are whatever was sent in their place.
  std::map<std::string, std::string> secrets(const run::Suite& suite) const;

 private:
  Against() = default;

  Result<const session::Playback::Session*> recorded(const syntax::Session& declared) const;
  std::string list() const;

  std::string path_;
  std::unique_ptr<session::Playback> playback_;
  std::map<std::string, std::string>
      named_;  ///< by session of the scenarios: that of the recording
};

}  // namespace fixdrill::cli
