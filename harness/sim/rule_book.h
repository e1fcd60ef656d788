// Rules as a file gives them, and which clients they are for.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "syntax/tree.h"

namespace fixdrill::sim {

class Rules;

/// The simulators of one file, checked, with the values of its params. Does not change; may be used
/// from several threads.
struct RuleBook {
  syntax::File file;
  std::map<std::string, std::string> params;

  /// The rules for clients whose Logon names this TargetCompID(56): of the simulator of that name
  /// or, when the file has one only, of that one. Null: the order book alone.
  const syntax::Simulator* for_clients_of(std::string_view comp_id) const;
};
using RuleBookPtr = std::shared_ptr<const RuleBook>;

/// `given` wins over what the file says. Input error: a param without a value.
Result<RuleBookPtr> make_rule_book(syntax::File file, std::map<std::string, std::string> given);

/// Rules for some clients only, in place of the simulator's own: those of a scenario file while it
/// runs. Thread-safe; what it gives out is used from one thread at a time.
class RuleTable {
 public:
  /// SenderCompID(49) and TargetCompID(56) as a client sends them.
  using Client = std::pair<std::string, std::string>;

  void set(const Client& client, std::shared_ptr<Rules> rules);
  void remove(const Client& client);
  /// Null: none of its own.
  std::shared_ptr<Rules> find(const Client& client) const;

 private:
  mutable std::mutex mutex_;
  std::map<Client, std::shared_ptr<Rules>> rules_;
};

}  // namespace fixdrill::sim
