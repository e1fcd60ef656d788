// fixdrill import: files of other programs to scenario files and recordings.

#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <iostream>

#include "base/text.h"
#include "cli/def_options.h"
#include "cli/import_conversation.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/replace_file.h"
#include "run/def_reader.h"
#include "run/suite.h"
#include "syntax/formatter.h"
#include "syntax/parser.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;
namespace po = boost::program_options;

namespace {

/// A file to read and the one to write.
struct Job {
  std::string from;
  fs::path to;
};

fs::path drill_name(fs::path path) { return path.replace_extension(".drill"); }

// Files of a folder keep their places below it.
Result<std::vector<Job>> jobs_of(const std::vector<std::string>& paths, const fs::path& out) {
  std::vector<Job> jobs;
  for (const std::string& path : paths) {
    const auto files = run::find_scenarios({path}, {".def"});
    if (!files) return files.error();
    std::error_code error;
    const bool folder = fs::is_directory(path, error);
    if (folder && files->empty()) return input_error(fmt::format("no .def file in {}", path));
    for (const std::string& file : *files) {
      const fs::path name =
          folder ? fs::path(file).lexically_relative(fs::path(path).lexically_normal())
                 : fs::path(file).filename();
      jobs.push_back({file, (out / drill_name(name)).lexically_normal()});
    }
  }
  return jobs;
}

/// Converts one file after another.
class Importer {
 public:
  explicit Importer(imports::Compare compare) : def_(dictionaries_, compare) {}

  /// The scenario, laid out.
  Result<std::string> text_of(const std::string& path) {
    const auto read = def_.read(path, false);
    if (!read) return read.error();
    if (has_errors(read->diagnostics)) return input_error(render(read->diagnostics));
    const auto made = std::make_shared<SourceFile>(path, read->scenario.text);
    const syntax::Parsed parsed = syntax::parse_alone(made);
    if (has_errors(parsed.diagnostics))
      return input_error(
          fmt::format("{}: what was made of it is no scenario; please report this:\n{}", path,
                      render(parsed.diagnostics)));
    return syntax::format(parsed.file);
  }

 private:
  run::Dictionaries dictionaries_{spec_folder()};
  run::DefReader def_;
};

Status write(const fs::path& path, const std::string& text) {
  std::error_code error;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  const int failed = error ? error.value() : replace_file(path.string(), text);
  if (failed == 0) return {};
  return environment_error(
      fmt::format("cannot write {}: {}", path.string(), std::strerror(failed)));
}

Status none_there(const std::vector<Job>& jobs) {
  std::error_code error;
  for (const Job& job : jobs) {
    if (fs::exists(job.to, error))
      return input_error(
          fmt::format("{} is there already; --force overwrites it, -o names another "
                      "folder; nothing was written",
                      job.to.string()));
  }
  return {};
}

// A file that cannot be converted does not keep the others from it.
int import_all(const std::vector<Job>& jobs, imports::Compare compare) {
  Importer importer(compare);
  int worst = 0;
  std::size_t written = 0;
  for (const Job& job : jobs) {
    const auto text = importer.text_of(job.from);
    if (!text) {
      worst = std::max(worst, fail(text.error()));
      continue;
    }
    if (Status done = write(job.to, *text); !done) return fail(done.error());
    std::cout << fmt::format("{} -> {}\n", printable(job.from), printable(job.to.string()));
    ++written;
  }
  std::cout << std::flush;
  std::cerr << fmt::format("{} of {} file{} written\n", written, jobs.size(),
                           jobs.size() == 1 ? "" : "s");
  return worst;
}

}  // namespace

int command_import(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal&) {
  po::options_description options(
      "def: QuickFIX acceptance files become scenarios. A folder's files keep their places below "
      "OUT.\n"
      "log, pcap: logs and captures, packed or not, become one recording OUT. Exit code: 0 when "
      "all\n"
      "was written, 2 when something cannot be read as what it should be, 3 when something cannot "
      "be\n"
      "written.\n"
      "\noptions");
  auto add = options.add_options();
  add("out,o", po::value<std::string>()->value_name("OUT"),
      "def: folder to write to (this one); log, pcap: the recording (in runs, by the time)");
  add("compare", po::value<std::string>()->value_name("HOW"),
      "def: what is expected: meaning (as scenarios do), or text (each field in its place, letter "
      "by "
      "letter)");
  add("force", "def: overwrite what is there");
  add_conversation_options(options);
  const Parsed parsed = parse_options(self, arguments, options);
  if (parsed.leave) return *parsed.leave;
  auto paths = value_or<std::vector<std::string>>(parsed.values, "paths", {});
  const std::string kind = paths.empty() ? "" : paths.front();
  const bool conversation = kind == "log" || kind == "pcap";
  if (kind != "def" && !conversation)
    return fail(input_error(
        "say what is imported and from where: fixdrill import def FILE|FOLDER, log FILE.., pcap "
        "FILE.."));
  paths.erase(paths.begin());
  if (paths.empty())
    return fail(input_error(
        fmt::format("import {} needs a file{}", kind, conversation ? "" : " or a folder")));
  if (conversation) return import_conversation(parsed.values, std::move(paths));
  const auto compare = compare_option(parsed.values);
  if (!compare) return fail(compare.error());
  const auto jobs = jobs_of(paths, value_or<std::string>(parsed.values, "out", "."));
  if (!jobs) return fail(jobs.error());
  if (!parsed.values.count("force")) {
    if (Status free = none_there(*jobs); !free) return fail(free.error());
  }
  return import_all(*jobs, *compare);
}

}  // namespace fixdrill::cli
