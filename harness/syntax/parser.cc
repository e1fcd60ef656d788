#include "syntax/parser.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "base/limits.h"
#include "syntax/csv_table.h"
#include "syntax/grammar.h"

namespace fixdrill::syntax {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void append_items(File& to, File& from) {
  append(to.params, from.params);
  append(to.secrets, from.secrets);
  append(to.ignores, from.ignores);
  append(to.sessions, from.sessions);
  append(to.tables, from.tables);
  append(to.procs, from.procs);
  append(to.simulators, from.simulators);
  append(to.execs, from.execs);
  append(to.scenarios, from.scenarios);
}

/// One parse with everything it includes.
class Reader {
 public:
  /// Null: no file is looked for, and nothing is said of that.
  explicit Reader(const IncludeReader* read_include) : read_include_(read_include) {}

  File read(const SourcePtr& source);
  std::vector<Diagnostic> diagnostics;

 private:
  void read_includes(File& file, std::vector<Diagnostic>& found);
  void read_tables(File& file, std::vector<Diagnostic>& found);
  void read_one(const Include& include, File& all, std::vector<Diagnostic>& found);
  void add_block(const char* word, std::optional<Block>& to, std::optional<Block>& from,
                 std::vector<Diagnostic>& found);

  const IncludeReader* read_include_;
  std::vector<SourcePtr> open_;    ///< from the first file to the one being read
  std::vector<std::string> done_;  ///< paths of files read
};

File Reader::read(const SourcePtr& source) {
  File file;
  file.source = source;
  if (source->text().size() > limits::kScenarioFile) {
    diagnostics.push_back(
        {Severity::error,
         {source.get(), 0, 0},
         fmt::format("the file is larger than {} MiB", limits::kScenarioFile >> 20)});
    return file;
  }
  Cursor cursor(source);
  Grammar(cursor, file).file();
  file.comments = std::move(cursor.comments);
  file.tokens = std::move(cursor.tokens);
  open_.push_back(source);
  if (read_include_) {
    read_tables(file, cursor.diagnostics);
    read_includes(file, cursor.diagnostics);
  }
  open_.pop_back();
  done_.push_back(source->path());
  append(diagnostics, cursor.diagnostics);
  return file;
}

void Reader::read_tables(File& file, std::vector<Diagnostic>& found) {
  for (Table& table : file.tables) {
    if (table.path.empty()) continue;
    const auto source = *read_include_ ? (*read_include_)(table.path, *file.source)
                                       : Result<SourcePtr>(input_error("no file can be read here"));
    if (!source) {
      found.push_back({Severity::error, table.path_span, source.error().text});
      continue;
    }
    file.included.push_back(*source);
    read_csv(*source, table, found);
  }
}

// Items of included files come first, in order.
void Reader::read_includes(File& file, std::vector<Diagnostic>& found) {
  if (file.includes.empty()) return;
  File all;
  for (const Include& include : file.includes) read_one(include, all, found);
  append_items(all, file);
  add_block("setup", all.setup, file.setup, found);
  add_block("teardown", all.teardown, file.teardown, found);
  append(all.included, file.included);
  file.included = std::move(all.included);
  file.params.clear();
  file.secrets.clear();
  file.ignores.clear();
  file.sessions.clear();
  file.tables.clear();
  file.procs.clear();
  file.simulators.clear();
  file.execs.clear();
  file.scenarios.clear();
  append_items(file, all);
  file.setup = std::move(all.setup);
  file.teardown = std::move(all.teardown);
}

void Reader::add_block(const char* word, std::optional<Block>& to, std::optional<Block>& from,
                       std::vector<Diagnostic>& found) {
  if (!from) return;
  if (to)
    found.push_back({Severity::error,
                     {from->span.file, from->span.begin, from->span.begin + 1},
                     fmt::format("a second '{}'; a file and what it includes have one", word)});
  else
    to = std::move(from);
}

void Reader::read_one(const Include& include, File& all, std::vector<Diagnostic>& found) {
  const auto refuse = [&](std::string why) {
    found.push_back({Severity::error, include.path_span, std::move(why)});
  };
  if (!*read_include_) return refuse("'include' is not possible here");
  if (open_.size() > limits::kIncludeDepth)
    return refuse(fmt::format("includes are nested more than {} deep", limits::kIncludeDepth));
  const auto source = (*read_include_)(include.path, *open_.back());
  if (!source) return refuse(source.error().text);
  const std::string& path = source.value()->path();
  const auto same_file = [&](const SourcePtr& open) { return open->path() == path; };
  if (std::any_of(open_.begin(), open_.end(), same_file))
    return refuse(fmt::format("'{}' includes itself", include.path));
  if (std::find(done_.begin(), done_.end(), path) != done_.end()) return;
  File file = read(source.value());
  all.included.push_back(source.value());
  append(all.included, file.included);
  append_items(all, file);
  add_block("setup", all.setup, file.setup, found);
  add_block("teardown", all.teardown, file.teardown, found);
}

}  // namespace

namespace {

Parsed parsed_by(Reader reader, const SourcePtr& source) {
  Parsed parsed;
  parsed.file = reader.read(source);
  parsed.diagnostics = std::move(reader.diagnostics);
  return parsed;
}

}  // namespace

Parsed parse(SourcePtr source, const IncludeReader& read_include) {
  return parsed_by(Reader(&read_include), source);
}

Parsed parse_alone(SourcePtr source) { return parsed_by(Reader(nullptr), source); }

Parsed parse(SourcePtr source) { return parse(std::move(source), nullptr); }

std::string Scenario::annotation(const std::string& name) const {
  for (const Annotation& annotation : annotations) {
    if (annotation.name.text == name) return annotation.text;
  }
  return "";
}

const Scenario* File::scenario_at(std::size_t line) const {
  const Scenario* best = nullptr;
  for (const Scenario& scenario : scenarios) {
    if (scenario.span.file != source.get()) continue;
    const std::size_t first = source->position(scenario.span.begin).line;
    const std::size_t last = source->position(scenario.span.end).line;
    if (first <= line && line <= last) best = &scenario;
  }
  return best;
}

const Table* File::table(std::string_view name) const {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const Table& table) { return table.name.text == name; });
  return found == tables.end() ? nullptr : &*found;
}

const Proc* File::proc(std::string_view name) const {
  const auto found = std::find_if(procs.begin(), procs.end(),
                                  [&](const Proc& proc) { return proc.name.text == name; });
  return found == procs.end() ? nullptr : &*found;
}

}  // namespace fixdrill::syntax
