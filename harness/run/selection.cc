#include "run/selection.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <utility>

#include "base/text.h"

namespace fixdrill::run {

namespace {

using Names = std::vector<std::string>;
using record::ScenarioResult;

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A recording was made by a command line that may have spelt the path another way.
std::string whole_path(const std::string& path) {
  std::error_code error;
  const auto whole = std::filesystem::absolute(path, error).lexically_normal();
  return error ? path : whole.string();
}

// Where it stands, which may be an included file.
const std::string& path_of(const Case& one) { return one.scenario->keyword.file->path(); }

bool has_text(const Case& one, const std::string& text) {
  const std::string wanted = to_lower(text);
  return to_lower(one.title).find(wanted) != std::string::npos ||
         to_lower(one.id).find(wanted) != std::string::npos;
}

bool on_line(const FilePlan& file, const Case& one, std::size_t line) {
  return file.file->scenario_at(line) == one.scenario;
}

// A title with `${…}` left in it reads differently in every run: there the line decides.
bool is_same(const Case& one, const ScenarioResult& earlier) {
  if (!one.id.empty() || !earlier.case_id.empty()) return one.id == earlier.case_id;
  if (one.title.find("${") == std::string::npos) return one.title == earlier.title;
  const Span& keyword = one.scenario->keyword;
  return keyword.file->position(keyword.begin).line == earlier.line;
}

bool is_among(const Case& one, const std::vector<ScenarioResult>& failed) {
  const std::string path = whole_path(path_of(one));
  return std::any_of(failed.begin(), failed.end(), [&](const ScenarioResult& result) {
    return is_same(one, result) && whole_path(result.path) == path;
  });
}

bool fits_tags(const Case& one, const Selection& selection) {
  const Names tags = tags_of(*one.scenario);
  const auto has = [&](const std::string& tag) { return holds(tags, tag); };
  const auto any = [&](const Names& names) { return std::any_of(names.begin(), names.end(), has); };
  return (selection.tags.empty() || any(selection.tags)) && !any(selection.excluded_tags);
}

bool fits_lines(const FilePlan& file, const Case& one, const Selection& selection) {
  const auto lines = selection.lines.find(file.file->source->path());
  if (lines == selection.lines.end()) return true;
  return std::any_of(lines->second.begin(), lines->second.end(),
                     [&](std::size_t line) { return on_line(file, one, line); });
}

template <class Fits>
bool any_fits(const Names& wanted, Fits&& fits) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), fits);
}

bool fits(const FilePlan& file, const Case& one, const Selection& selection) {
  return fits_tags(one, selection) && fits_lines(file, one, selection) &&
         any_fits(selection.ids, [&](const auto& id) { return has_id(one, id); }) &&
         any_fits(selection.texts, [&](const auto& text) { return has_text(one, text); }) &&
         (!selection.earlier || is_among(one, selection.earlier->failed));
}

// Every name of one kind that the plan has.
template <class NamesOf>
Names all_names(const Plan& plan, NamesOf&& names_of) {
  Names all;
  for (const FilePlan& file : plan.files) {
    for (const Case& one : file.cases) {
      for (std::string& name : names_of(one)) all.push_back(std::move(name));
    }
  }
  return all;
}

// OE-1 for OE-001: as people say it.
std::string without_zeros(const std::string& name) {
  std::string text;
  for (const char c : fold_name(name)) {
    const bool leads = text.empty() || text.back() < '0' || text.back() > '9';
    if (c != '0' || !leads) text += c;
  }
  return text;
}

std::optional<std::string> nearest_name(const std::string& name, const Names& there) {
  const auto same = std::find_if(there.begin(), there.end(), [&](const std::string& one) {
    return without_zeros(one) == without_zeros(name);
  });
  return same == there.end() ? did_you_mean(name, there) : std::optional(*same);
}

Status check_names(const char* kind, const Names& wanted, const Names& there) {
  for (const std::string& name : wanted) {
    if (holds(there, name)) continue;
    const auto near = nearest_name(name, there);
    return nothing_error(fmt::format(
        "nothing selected: no scenario has the {} '{}'{}; 'fixdrill list' shows them", kind,
        printable(name), near ? fmt::format("; did you mean {}?", printable(*near)) : ""));
  }
  return {};
}

std::size_t first_line(const syntax::Scenario& scenario) {
  return scenario.span.file->position(scenario.keyword.begin).line;
}

std::string nearest_text(const FilePlan& file, std::size_t line) {
  std::optional<std::pair<std::size_t, std::size_t>> nearest;  // how far, which line
  for (const Case& one : file.cases) {
    if (path_of(one) != file.file->source->path()) continue;
    const std::size_t first = first_line(*one.scenario);
    const std::pair near(first > line ? first - line : line - first, first);
    if (!nearest || near < *nearest) nearest = near;
  }
  return nearest ? fmt::format("the nearest begins on line {}", nearest->second)
                 : "the file itself has none";
}

Status check_lines(const Plan& plan, const Selection& selection) {
  for (const auto& [path, lines] : selection.lines) {
    const auto file = std::find_if(
        plan.files.begin(), plan.files.end(),
        [&path = path](const FilePlan& one) { return one.file->source->path() == path; });
    const bool empty = file == plan.files.end();
    for (const std::size_t line : lines) {
      if (!empty && file->file->scenario_at(line)) continue;
      return nothing_error(fmt::format("nothing selected: {}:{} is in no scenario; {}",
                                       printable(path), line,
                                       empty ? "the file has none" : nearest_text(*file, line)));
    }
  }
  return {};
}

Names ids_of(const Case& one) {
  Names ids = {one.scenario->annotation("id"), one.id};
  std::erase(ids, "");
  return ids;
}

Status check_asked(const Plan& plan, const Selection& selection) {
  const Names tags = all_names(plan, [](const Case& one) { return tags_of(*one.scenario); });
  if (Status tag = check_names("tag", selection.tags, tags); !tag) return tag;
  if (Status id = check_names("id", selection.ids, all_names(plan, ids_of)); !id) return id;
  return check_lines(plan, selection);
}

std::string near_text(const Plan& plan, const Selection& selection) {
  for (const std::string& text : selection.texts) {
    if (const auto near = nearest_name(text, all_names(plan, ids_of)))
      return fmt::format("; did you mean {}?", printable(*near));
  }
  return "";
}

}  // namespace

std::vector<std::string> tags_of(const syntax::Scenario& scenario) {
  std::string text = scenario.annotation("tags");
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == ',' || c == '\t'; }, ' ');
  Names tags;
  for (const std::string_view tag : split(text, ' ')) {
    if (!tag.empty()) tags.emplace_back(tag);
  }
  return tags;
}

Result<Plan> select(const Plan& plan, const Selection& selection) {
  if (Status there = check_asked(plan, selection); !there) return there.error();
  if (selection.earlier && selection.earlier->failed.empty()) {
    return nothing_error(fmt::format("nothing selected: every scenario passed in {}",
                                     printable(selection.earlier->recording)));
  }
  Plan left;
  for (const FilePlan& file : plan.files) {
    FilePlan some{file.file, {}};
    std::copy_if(file.cases.begin(), file.cases.end(), std::back_inserter(some.cases),
                 [&](const Case& one) { return fits(file, one, selection); });
    if (!some.cases.empty()) left.files.push_back(std::move(some));
  }
  if (!left.files.empty() || plan.files.empty()) return left;
  return nothing_error(fmt::format("nothing selected: none of {} scenarios fits {}{}", plan.cases(),
                                   printable(selection.asked), near_text(plan, selection)));
}

std::vector<std::string> not_found(const Plan& plan, const Earlier& earlier) {
  std::map<std::string, std::vector<const Case*>> files;
  for (const FilePlan& file : plan.files) {
    for (const Case& one : file.cases) files[whole_path(path_of(one))].push_back(&one);
  }
  Names missing;
  for (const ScenarioResult& result : earlier.failed) {
    const auto file = files.find(whole_path(result.path));
    if (file == files.end()) continue;
    const bool there = std::any_of(file->second.begin(), file->second.end(),
                                   [&](const Case* one) { return is_same(*one, result); });
    if (!there) missing.push_back(result.case_id.empty() ? result.title : result.case_id);
  }
  return missing;
}

}  // namespace fixdrill::run
