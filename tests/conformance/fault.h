// One thing that a session layer does not do as the standard demands.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "conformance/ruling.h"
#include "conformance/state.h"
#include "fix/message.h"

namespace fixdrill::conformance {

/// What a ruling is about.
struct Occasion {
  const fix::Message* message = nullptr;  ///< null: the clock, the operator or the application
  const State& state;
};

using Spoil = std::function<void(Ruling&, const Occasion&)>;

struct Fault {
  std::string rule = "";  ///< the rule of rules.h that is spoilt; "*": each; "": none
  /// What becomes of its rulings; null: the rule is left out.
  Spoil spoil = nullptr;
  /// What is set up otherwise; null: nothing. Then no rule is spoilt.
  std::function<void(Settings&)> setting = nullptr;

  bool leaves_out(const std::string& id) const { return !spoil && !setting && id == rule; }
  void apply(const std::string& id, Ruling& ruling, const Occasion& occasion) const {
    if (spoil && (id == rule || rule == "*")) spoil(ruling, occasion);
  }
};

// ---- ways to spoil a ruling
/// Messages of this type are not said; "": none is.
Spoil mutes(const std::string& type = "");
Spoil drops_field(int tag);
/// Where the field is said.
Spoil alters(int tag, const std::string& value);
/// Where the field is a number.
Spoil adds(int tag, int difference);
Spoil says_twice();
Spoil says_also(const fix::OutMessage& message);
Spoil says_instead(const fix::OutMessage& message);
Spoil counts();
Spoil does_not_count();
Spoil stays_connected();
Spoil hangs_up();
/// As if nothing was wrong with the message: the rules of its contents have their say.
Spoil processes();
Spoil both(const Spoil& first, const Spoil& second);
/// Only of rulings about such messages.
Spoil when(std::function<bool(const Occasion&)> holds, const Spoil& then);

}  // namespace fixdrill::conformance
