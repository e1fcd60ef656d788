// What the body of a rule does, step by step. Internal to rules.cc.
#pragma once

#include <cstddef>

#include "sim/rules.h"

namespace fixdrill::sim {

/// What a body works with; everything outlives it.
struct BodyParts {
  const Incoming& incoming;
  const syntax::Simulator& simulator;
  eval::Bindings& names;  ///< what the steps name, and what is named before
  RuleStores& stores;
  RuleHost& host;
};

/// Key of a store among those of all simulators.
std::string store_key(const syntax::Simulator& simulator, const std::string& store);

class RuleBody {
 public:
  explicit RuleBody(const BodyParts& parts) : parts_(parts) {}

  /// Errors carry their place; what was done before them is done.
  Status run(const syntax::Block& block);
  /// It replied, sent, dropped or disconnected.
  bool dealt() const { return dealt_; }

 private:
  Status act(const syntax::Step&, const syntax::Send& step);
  Status act(const syntax::Step&, const syntax::Disconnect& step);
  Status act(const syntax::Step&, const syntax::Mute& step);
  Status act(const syntax::Step&, const syntax::Log& step);
  Status act(const syntax::Step&, const syntax::Let& step);
  Status act(const syntax::Step&, const syntax::If& step);
  Status act(const syntax::Step&, const syntax::Repeat& step);
  Status act(const syntax::Step&, const syntax::ForEach& step);
  Status act(const syntax::Step&, const syntax::RuleStep& step);
  template <class Other>
  Status act(const syntax::Step& step, const Other&);
  Status act(const syntax::Reply& reply);
  Status act(const syntax::Put& put);
  Status act(const syntax::Drop& drop);

  Result<fix::OutMessage> built(const syntax::Message& message);
  eval::Environment environment() const;

  const BodyParts parts_;
  std::size_t steps_ = 0;
  bool dealt_ = false;
};

}  // namespace fixdrill::sim
