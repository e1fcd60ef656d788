#include "cli/project.h"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/text.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDenyFile = "/etc/fixdrill/deny.toml";

// Switches the terminal's echo off for its lifetime.
class NoEcho {
 public:
  NoEcho() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~NoEcho() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

Result<std::string> read_secret_file(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0)
    return input_error(fmt::format("cannot read the secret file {}", path));
  if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return input_error(
        fmt::format("the secret file {} can be read by others; run: chmod 600 {}", path, path));
  }
  auto source = run::read_source(path, limits::kPreLogonBytes);
  if (!source) return source.error();
  return std::string(trim((*source)->text()));
}

Result<std::string> prompt_secret(const std::string& question) {
  std::cerr << question << ": " << std::flush;
  const NoEcho silent;
  std::string answer;
  if (!std::getline(std::cin, answer)) return input_error("no answer to: " + question);
  std::cerr << '\n';
  return answer;
}

std::string shipped(const std::string& what) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "fixdrill" / what;
  if (!error && fs::exists(installed, error)) return installed.string();
  return (fs::path(FIXDRILL_SOURCE_FOLDER) / what).string();
}

}  // namespace

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? std::optional<std::string>(value) : std::nullopt;
}

std::optional<std::string> find_profile() {
  std::error_code error;
  for (fs::path folder = fs::current_path(error); !folder.empty(); folder = folder.parent_path()) {
    const fs::path candidate = folder / "fixdrill.toml";
    if (fs::exists(candidate, error)) {
      const fs::path near = fs::relative(candidate, error);
      return error ? candidate.string() : near.string();
    }
    if (folder == folder.root_path()) break;
  }
  return std::nullopt;
}

Result<profile::Profile> load_profile(const std::optional<std::string>& named) {
  const std::optional<std::string> path = named ? named : find_profile();
  if (!path) {
    return input_error(
        "no profile: there is no fixdrill.toml here or above; 'fixdrill init' writes one, "
        "'-p FILE' names another");
  }
  auto source = run::read_source(*path, limits::kScenarioFile);
  if (!source) return source.error();
  return profile::load(*source);
}

std::string project_root(const std::optional<std::string>& profile_path) {
  const fs::path folder = fs::path(profile_path.value_or("")).parent_path();
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path there = fs::weakly_canonical(folder.empty() ? here : folder, error);
  // A profile below this folder (scenarios/local.toml) does not narrow the project to its own
  // folder.
  const auto [end, at] = std::mismatch(here.begin(), here.end(), there.begin(), there.end());
  return (end == here.end() ? here : there).string();
}

std::string spec_folder() { return shipped("fixspecs"); }
std::string pack_folder() { return shipped("scenarios/session"); }

Result<profile::DenyList> deny_list() {
  profile::DenyList all = profile::built_in_deny_list();
  std::error_code error;
  if (!fs::exists(kDenyFile, error)) return all;
  auto source = run::read_source(kDenyFile, limits::kScenarioFile);
  if (!source) return source.error();
  auto local = profile::load_deny_list(*source);
  if (!local) return local.error();
  all.hosts.insert(all.hosts.end(), local->hosts.begin(), local->hosts.end());
  all.comp_ids.insert(all.comp_ids.end(), local->comp_ids.begin(), local->comp_ids.end());
  return all;
}

profile::SecretSources secret_sources(bool may_prompt) {
  profile::SecretSources sources;
  sources.env = environment_variable;
  sources.file = read_secret_file;
  if (may_prompt) sources.prompt = prompt_secret;
  return sources;
}

Result<report::ColourChoice> colour_choice(const std::string& option, const Terminal& terminal) {
  if (option != "auto" && option != "always" && option != "never") {
    return input_error(fmt::format("--color {}: say auto, always or never", option));
  }
  const auto set = [](const char* name) {
    const auto value = environment_variable(name);
    return value && !value->empty() && *value != "0";
  };
  report::ColourChoice choice;
  choice.option = option;
  choice.no_color = !environment_variable("NO_COLOR").value_or("").empty();
  choice.force = set("CLICOLOR_FORCE") || set("FORCE_COLOR");
  choice.dumb = environment_variable("TERM").value_or("") == "dumb";
  choice.terminal = terminal.stdout_is_terminal;
  return choice;
}

}  // namespace fixdrill::cli
