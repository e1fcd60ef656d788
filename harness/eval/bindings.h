// Names and what they stand for, in nested scopes; and what functions may ask of the world.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "eval/value.h"
#include "fix/dictionary.h"

namespace fixdrill::eval {

/// What the functions now(), uid(), seq(), env() draw from. Handed in by the runner.
struct World {
  std::function<Time()> now;
  std::function<std::string(std::string_view field)>
      uid;  ///< field: "ClOrdID" when its value is being made, else ""
  std::function<std::int64_t()> seq;
  std::function<std::optional<std::string>(const std::string&)> env;
};

/// Inner scopes see outer ones. Not thread-safe: a lane's own.
class Bindings {
 public:
  explicit Bindings(const World& world, const Bindings* outer = nullptr)
      : world_(&world), outer_(outer) {}

  const Value* find(std::string_view name) const;
  void set(const std::string& name, Value value) { values_[name] = std::move(value); }
  /// Of this scope and the outer ones, for did-you-mean.
  std::vector<std::string> names() const;
  const World& world() const { return *world_; }

 private:
  const World* world_;
  const Bindings* outer_;
  std::map<std::string, Value, std::less<>> values_;
};

/// Besides the names: the dictionary that field names and value names are looked up in, and the
/// moment of evaluation.
struct Environment {
  const Bindings& names;
  const fix::Dictionary* dictionary = nullptr;  ///< may be null
  /// Value of next_in, OE.next_out, session.role …; empty function = not available.
  std::function<std::optional<Value>(std::string_view path)> session_value;
  /// now() while matching is the time of receipt; otherwise the world's.
  std::optional<Time> received;
  std::string_view field;  ///< name of the field whose value is being made, for uid()
};

/// As a message is to be read: by the dictionary of its own session.
Environment environment_of(const NamedMessage& named, const Environment& environment);

}  // namespace fixdrill::eval
