#include "run/update.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <tuple>

#include "syntax/parser.h"

namespace fixdrill::run {

namespace {

using record::Offer;
using record::Outcome;

/// A step in a file, however often it ran: path, begin, end.
using StepKey = std::tuple<std::string, std::size_t, std::size_t>;

/// A message that came with other values, and what would make it fit.
struct Wish {
  StepKey step;
  std::string scenario_path;
  const std::vector<Offer>* offers = nullptr;
};

struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;

  auto operator<=>(const Edit&) const = default;
};

StepKey key_of(const record::StepResult& step) { return {step.file, step.begin, step.end}; }

std::vector<Wish> wishes_of(const record::RunResult& result) {
  std::vector<Wish> wishes;
  for (const record::ScenarioResult& scenario : result.scenarios) {
    // Not of a failure that is expected, nor of one that a guard ended.
    if (scenario.outcome != Outcome::fail || scenario.exit_code != 1) continue;
    for (const record::StepResult& step : scenario.steps) {
      for (const record::Verdict& verdict : step.verdicts) {
        if (verdict.outcome == Outcome::fail && !verdict.offers.empty())
          wishes.push_back({key_of(step), scenario.path, &verdict.offers});
      }
    }
  }
  return wishes;
}

std::set<StepKey> passed_in(const record::RunResult& result) {
  std::set<StepKey> passed;
  for (const record::ScenarioResult& scenario : result.scenarios) {
    for (const record::StepResult& step : scenario.steps) {
      if (step.outcome == Outcome::pass) passed.insert(key_of(step));
    }
  }
  return passed;
}

std::set<Edit> edits_of(const Wish& wish) {
  std::set<Edit> edits;
  for (const Offer& offer : *wish.offers) edits.insert({offer.begin, offer.end, offer.text});
  return edits;
}

std::string told(const Offer& offer, const std::string& why) {
  return offer.field.empty() ? fmt::format("{}: {}", offer.location, why)
                             : fmt::format("{}: {}: {}", offer.location, offer.field, why);
}

const syntax::File* file_of(const Plan& plan, const std::string& path) {
  for (const FilePlan& planned : plan.files) {
    if (planned.file->source->path() == path) return planned.file;
  }
  return nullptr;
}

// Whether the changed text reads as the old one but for the tokens that hold a change.
bool reads_alike(const syntax::File& before, const std::string& text, const std::set<Edit>& edits) {
  const auto source = std::make_shared<const SourceFile>(before.source->path(), text);
  const syntax::Parsed after = syntax::parse_alone(source);
  const auto& old_tokens = before.tokens;
  const auto& new_tokens = after.file.tokens;
  if (has_errors(after.diagnostics) || old_tokens.size() != new_tokens.size()) return false;
  for (std::size_t i = 0; i < old_tokens.size(); ++i) {
    const Span& token = old_tokens[i].span;
    const bool changed = std::any_of(edits.begin(), edits.end(), [&](const Edit& edit) {
      return token.begin <= edit.begin && edit.end <= token.end;
    });
    if (!changed && token.text() != new_tokens[i].span.text()) return false;
  }
  return true;
}

std::string with_edits(std::string text, const std::set<Edit>& edits) {
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit)
    text.replace(edit->begin, edit->end - edit->begin, edit->text);
  return text;
}

/// Decides wish after wish; what may be done is gathered by file.
class Updater {
 public:
  Updater(const Plan& plan, const record::RunResult& result)
      : plan_(plan), wishes_(wishes_of(result)), passed_(passed_in(result)) {}

  Update make() {
    for (const Wish& wish : wishes_) {
      if (!refused(wish)) edits_[wish.scenario_path].merge(edits_of(wish));
    }
    for (const FilePlan& planned : plan_.files) add_file(*planned.file);
    return std::move(update_);
  }

 private:
  void keep(std::string text) {
    if (std::find(update_.kept.begin(), update_.kept.end(), text) == update_.kept.end())
      update_.kept.push_back(std::move(text));
  }

  bool refused(const Wish& wish) {
    bool any = false;
    for (const Offer& offer : *wish.offers) {
      if (offer.refusal.empty()) continue;
      keep(told(offer, offer.refusal));
      any = true;
    }
    if (any) return true;
    for (const Offer& offer : *wish.offers) {
      const std::string why = why_kept(wish, offer);
      if (why.empty()) continue;
      keep(told(offer, why));
      any = true;
    }
    return any;
  }

  std::string why_kept(const Wish& wish, const Offer& offer) const {
    if (offer.file != wish.scenario_path || !file_of(plan_, offer.file))
      return "it stands in an included file, which others use too; change it by hand";
    if (const syntax::Proc* proc = proc_at(offer))
      return fmt::format("it stands in the proc '{}', which others call too; change it by hand",
                         proc->name.text);
    if (passed_.contains(wish.step))
      return "the step passed elsewhere in this run with the value it has";
    const bool agreed = std::all_of(wishes_.begin(), wishes_.end(), [&](const Wish& other) {
      return other.step != wish.step || edits_of(other) == edits_of(wish);
    });
    return agreed ? "" : "the step ran several times in this run and other values came each time";
  }

  const syntax::Proc* proc_at(const Offer& offer) const {
    const syntax::File* file = file_of(plan_, offer.file);
    for (std::size_t i = 0; file && i < file->procs.size(); ++i) {
      const syntax::Proc& proc = file->procs[i];
      const bool here = proc.span.file == file->source.get();
      if (here && proc.span.begin <= offer.begin && offer.end <= proc.span.end) return &proc;
    }
    return nullptr;
  }

  // A file that is named twice is one file.
  void add_file(const syntax::File& file) {
    const auto found = edits_.find(file.source->path());
    if (found == edits_.end()) return;
    const std::set<Edit> edits = std::move(found->second);
    edits_.erase(found);
    std::string text = with_edits(file.source->text(), edits);
    if (!reads_alike(file, text, edits))
      return keep(
          fmt::format("{}: the values that came do not fit into the file; change it by hand",
                      file.source->path()));
    update_.files.push_back({file.source, std::move(text), edits.size()});
  }

  const Plan& plan_;
  const std::vector<Wish> wishes_;
  const std::set<StepKey> passed_;
  std::map<std::string, std::set<Edit>> edits_;  ///< by path
  Update update_;
};

}  // namespace

Update update_of(const Plan& plan, const record::RunResult& result) {
  return Updater(plan, result).make();
}

}  // namespace fixdrill::run
