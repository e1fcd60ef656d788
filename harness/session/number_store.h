// Next numbers and sent application messages of one session: a locked file, or memory. Engine and
// wire sessions share the file, so that numbers run on between runs.
//
// The file is an append-only log of small records, compacted when most of it is old. A run that is
// killed leaves at most a torn last record, which the next one ignores. Used from one thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "profile/profile.h"
#include "session/session.h"

namespace fixdrill::session {

/// How much is kept for resends; older messages are forgotten first and then filled over.
struct StoreBounds {
  std::size_t messages = 100'000;
  std::size_t bytes = 64u << 20;
};

class NumberStore final : public engine::Store {
 public:
  /// Both numbers 1, kept nowhere.
  static std::unique_ptr<NumberStore> in_memory(const StoreBounds& bounds = {});
  /// Environment error: locked by another run, not readable or writable, not a number store.
  static Result<std::unique_ptr<NumberStore>> open(const std::string& path,
                                                   const StoreBounds& bounds = {});
  ~NumberStore() override;
  NumberStore(const NumberStore&) = delete;
  NumberStore& operator=(const NumberStore&) = delete;

  std::int64_t next_sender() const override { return next_sender_; }
  std::int64_t next_target() const override { return next_target_; }
  bool set_next_sender(std::int64_t number) override;
  bool set_next_target(std::int64_t number) override;
  /// Reaches the file together with the next set_next_sender, in one write.
  bool set(std::int64_t seq, const std::string& bytes) override;
  std::vector<std::string> get(std::int64_t begin, std::int64_t end) const override;
  bool reset() override;

  /// The kept message with this number, or null.
  const std::string* find(std::int64_t seq) const;
  /// The lowest kept number from `seq` on; 0 = none.
  std::int64_t first_kept(std::int64_t seq) const;

 private:
  explicit NumberStore(const StoreBounds& bounds) : bounds_(bounds) {}
  Status lock(const std::string& path);
  Status load();
  std::size_t replay(std::string_view log);
  bool apply(std::string_view log, std::size_t& at);
  void keep(std::int64_t seq, std::string bytes);
  void clear();
  bool append(std::string_view record);
  bool compact_when_old();
  bool compact();

  StoreBounds bounds_;
  std::string path_;  ///< empty = memory
  int lock_ = -1;
  int file_ = -1;
  std::int64_t next_sender_ = 1;
  std::int64_t next_target_ = 1;
  std::map<std::int64_t, std::string> messages_;
  std::size_t message_bytes_ = 0;
  std::string pending_;         ///< records that wait for set_next_sender
  std::size_t file_bytes_ = 0;  ///< length of the log
};

/// `FOLDER/PROFILE.SESSION.SENDER-TARGET.numbers`, letters that a file name should not have as %XX.
std::string number_store_path(const std::string& folder, const profile::Profile& profile,
                              const profile::Session& session);

/// The store that the session's profile asks for. Sessions of one run that have the same identity
/// (engine in one file, wire in the next) share one: in memory as long as the run's guard lives, a
/// file as long as one of them lives. Such sessions belong to one lane, so to one thread.
Result<std::shared_ptr<NumberStore>> open_number_store(const Context& context);

}  // namespace fixdrill::session
