// Which cases of a plan are asked for: by tag, id, text, line, or what failed last time.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "record/result.h"
#include "run/plan.h"

namespace fixdrill::run {

/// What an earlier run left to look at again.
struct Earlier {
  std::string recording;                       ///< path
  std::vector<record::ScenarioResult> failed;  ///< that did not pass
};

/// Kinds narrow each other; within one kind any entry selects. An empty kind asks for nothing.
struct Selection {
  std::vector<std::string> tags = {};
  std::vector<std::string> excluded_tags = {};
  std::vector<std::string> ids = {};    ///< exact; the @id of a scenario stands for all its rows
  std::vector<std::string> texts = {};  ///< part of title or id, letter case ignored
  /// By the path of a file: of it only the scenarios that stand on these lines.
  std::map<std::string, std::vector<std::size_t>> lines = {};
  std::optional<Earlier> earlier = {};  ///< a case is there by path and id, without id by its title
  std::string asked = {};  ///< the options as typed, for messages: "--tags smoke,-slow"
};

/// The words of its @tags line, which commas or blanks part.
std::vector<std::string> tags_of(const syntax::Scenario& scenario);

/// What is left of the plan. Error `nothing`: nothing is; or a tag, an id or a line that is asked
/// for is nowhere in the plan, though others are. Says what comes near.
Result<Plan> select(const Plan& plan, const Selection& selection);

/// Those that failed earlier whose file is in the plan and that themselves are not, by id
/// or title: renamed or gone since.
std::vector<std::string> not_found(const Plan& plan, const Earlier& earlier);

}  // namespace fixdrill::run
