#include "cli/update_files.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <ostream>
#include <string>
#include <sys/stat.h>
#include <vector>

#include "base/limits.h"
#include "base/text.h"
#include "cli/replace_file.h"
#include "report/diff.h"
#include "run/suite.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;

namespace {

constexpr const char* kNew = ".new";

// As a shell takes it for one word that is no option.
std::string shell_word(const std::string& path) {
  const std::string word = path.starts_with('-') ? "./" + path : path;
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::strchr("_./+-@%:,=", c);
  });
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// Of a link the file that it leads to: 'mv' would put a file in the place of the link.
std::string real_path(const std::string& path) {
  std::error_code error;
  if (!fs::is_symlink(path, error)) return path;
  const fs::path real = fs::canonical(path, error);
  return error ? path : real.string();
}

// Somebody may have written to it while the run went on: that must not be lost by 'mv'.
Status check_unchanged(const run::FileUpdate& file, const std::string& path) {
  const auto now = run::read_source(path, limits::kScenarioFile);
  if (!now) return now.error();
  if ((*now)->text() == file.source->text()) return {};
  return environment_error(
      fmt::format("{} was changed while the run went on, so {}{} was not written; run again", path,
                  path, kNew));
}

Status write_new(const run::FileUpdate& file, const std::string& path) {
  if (Status unchanged = check_unchanged(file, path); !unchanged) return unchanged;
  struct stat facts {};
  int failed = ::stat(path.c_str(), &facts) == 0 ? 0 : errno;
  if (failed == 0) failed = replace_file(path + kNew, file.text, facts.st_mode & 07777);
  if (failed == 0) return {};
  return environment_error(fmt::format("cannot write {}{}: {}", path, kNew, std::strerror(failed)));
}

// Line by line: what is masked ends with its line.
void tell_diff(const report::Revision& before, const report::Revision& after,
               const record::Masker& masker, std::ostream& out) {
  const std::string diff = report::unified_diff(before, after);
  for (const std::string_view line : split(diff, '\n'))
    if (!line.empty()) out << masker.mask(line) << '\n';
}

void tell_kept(const run::Update& update, const record::Masker& masker, std::ostream& out) {
  if (update.kept.empty()) return;
  out << "--update leaves as they are, with all of their message:\n";
  for (const std::string& text : update.kept) out << "  " << printable(masker.mask(text)) << '\n';
}

void tell_next(const std::vector<std::string>& written, std::ostream& out) {
  out << "Nothing has changed yet. If what came is right, take it, and run again:\n";
  for (const std::string& path : written)
    out << fmt::format("  mv {} {}\n", shell_word(path + kNew), shell_word(path));
}

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

Status check_update(const boost::program_options::variables_map& values, const Terminal& terminal) {
  if (!values.count("update") || !terminal.ci) return {};
  return input_error(
      "--update is refused where CI is set: somebody must look at the diff, or a wrong answer "
      "becomes what is expected; run it at a desk, and commit what you take");
}

Status write_updates(const run::Update& update, const record::Masker& masker, std::ostream& out) {
  Status all;
  std::vector<std::string> written;
  for (const run::FileUpdate& file : update.files) {
    const std::string path = real_path(file.source->path());
    if (Status wrote = write_new(file, path); !wrote) {
      all = wrote;
      continue;
    }
    written.push_back(path);
    out << fmt::format("--update wrote {}{}: {} changed\n", printable(path), kNew,
                       counted(file.values, "value"));
    tell_diff({printable(path), file.source->text()}, {printable(path + kNew), file.text}, masker,
              out);
  }
  tell_kept(update, masker, out);
  if (!written.empty()) tell_next(written, out);
  if (update.files.empty() && update.kept.empty()) {
    out << "--update: nothing to rewrite; it concerns messages of the expected type that came with "
           "other values\n";
  }
  out.flush();
  return all;
}

}  // namespace fixdrill::cli
