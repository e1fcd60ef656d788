// A scenario file as tests write it, parsed.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "syntax/parser.h"

namespace fixdrill::syntax::testing {

inline SourcePtr source(std::string text) {
  return std::make_shared<const SourceFile>("t.drill", std::move(text));
}

/// The file; "" of errors() is what most tests want.
inline Parsed parsed(std::string text) { return parse(source(std::move(text))); }

inline std::string errors(std::string text) { return render(parsed(std::move(text)).diagnostics); }

/// One step inside a scenario of its own, on line 3.
inline std::string in_scenario(const std::string& step) {
  return "session OE initiator\nscenario \"s\" {\n" + step + "\n}\n";
}

inline std::string step_errors(const std::string& step) { return errors(in_scenario(step)); }

/// The only step; the parse must have been clean.
struct OneStep {
  explicit OneStep(const std::string& text) : all(parsed(in_scenario(text))) {}
  bool clean() const {
    return all.diagnostics.empty() && all.file.scenarios.size() == 1 &&
           all.file.scenarios[0].block.steps.size() == 1;
  }
  const Step& step() const { return all.file.scenarios.at(0).block.steps.at(0); }
  template <class T>
  const T& as() const {
    return std::get<T>(step().action);
  }
  Parsed all;
};

}  // namespace fixdrill::syntax::testing
