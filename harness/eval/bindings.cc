#include "eval/bindings.h"

namespace fixdrill::eval {

const Value* Bindings::find(std::string_view name) const {
  for (const Bindings* scope = this; scope; scope = scope->outer_) {
    const auto found = scope->values_.find(name);
    if (found != scope->values_.end()) return &found->second;
  }
  return nullptr;
}

std::vector<std::string> Bindings::names() const {
  std::vector<std::string> all;
  for (const Bindings* scope = this; scope; scope = scope->outer_) {
    for (const auto& [name, value] : scope->values_) all.push_back(name);
  }
  return all;
}

Environment environment_of(const NamedMessage& named, const Environment& environment) {
  Environment own = environment;
  if (named.dictionary) own.dictionary = named.dictionary;
  return own;
}

}  // namespace fixdrill::eval
