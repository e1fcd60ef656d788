// fixdrill query: SQL over a recording.

#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <optional>

#include "base/text.h"
#include "cli/options.h"
#include "cli/project.h"
#include "cli/recordings.h"
#include "record/message_reader.h"
#include "record/named_queries.h"
#include "report/sql_rows.h"
#include "run/dictionaries.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

po::options_description query_options() {
  po::options_description options("options");
  auto add = options.add_options();
  add("name,n", po::value<std::string>()->value_name("NAME"), "a query that comes with fixdrill");
  add("list", "which those are");
  add("sql", "the SQL of --name instead of its rows");
  add("csv", "comma-separated values instead of the table");
  add("json", "a JSON array instead of the table");
  return options;
}

/// What to run on which recording.
struct Asked {
  std::string recording;
  std::string sql;
};

int list() {
  for (const record::NamedQuery& query : record::named_queries())
    std::cout << fmt::format("{:<13} {}\n", query.name, query.about);
  return 0;
}

Result<std::string> sql_named(const std::string& name) {
  std::vector<std::string> names;
  for (const record::NamedQuery& query : record::named_queries()) {
    if (query.name == name) return std::string(query.sql);
    names.emplace_back(query.name);
  }
  const auto near = did_you_mean(name, names);
  return input_error(fmt::format("no query is called {}{}; 'fixdrill query --list' shows them",
                                 printable(name),
                                 near ? fmt::format("; did you mean {}?", *near) : ""));
}

/// [RECORDING] [SQL]: of one argument, a recording is what a file or label is called.
Result<Asked> asked_for(const po::variables_map& values) {
  auto arguments = value_or<std::vector<std::string>>(values, "paths", {});
  Asked asked;
  if (values.count("name")) {
    const auto sql = sql_named(values["name"].as<std::string>());
    if (!sql) return sql.error();
    asked.sql = *sql;
  } else if (!arguments.empty()) {
    asked.sql = arguments.back();
    arguments.pop_back();
  }
  if (asked.sql.empty() || arguments.size() > 1) {
    return input_error(
        "query takes a recording and a query in quotes, or --name; 'fixdrill query --help' shows"
        " how");
  }
  if (asked.sql.find(' ') == std::string::npos && record::is_recording(asked.sql)) {
    return input_error(
        fmt::format("{} is a recording; what is asked of it? 'fixdrill query {} "
                    "--name conversation', or SQL in quotes",
                    printable(asked.sql), printable(asked.sql)));
  }
  const auto path = arguments.empty() ? newest_recording(kRecordings)
                                      : find_recording(arguments.front(), kRecordings);
  if (!path) return path.error();
  asked.recording = *path;
  return asked;
}

record::DictionaryOf standard_dictionaries(run::Dictionaries& dictionaries) {
  return [&dictionaries](const record::SessionRow& row) -> fix::DictionaryPtr {
    profile::Session session;
    session.begin_string = row.begin_string;
    session.appl_ver_id = row.appl_ver;
    const auto dictionary = dictionaries.for_session(session);
    return dictionary ? *dictionary : nullptr;
  };
}

report::RowFormat format_of(const po::variables_map& values) {
  if (values.count("json")) return report::RowFormat::json;
  return values.count("csv") ? report::RowFormat::csv : report::RowFormat::table;
}

}  // namespace

int command_query(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, query_options());
  if (parsed.leave) return *parsed.leave;
  if (parsed.values.count("list")) return list();
  if (parsed.values.count("name") && parsed.values.count("sql")) {
    const auto sql = sql_named(parsed.values["name"].as<std::string>());
    if (!sql) return fail(sql.error());
    std::cout << *sql << ";\n";
    return 0;
  }
  const auto asked = asked_for(parsed.values);
  if (!asked) return fail(asked.error());
  run::Dictionaries dictionaries(spec_folder());
  const auto printer = report::row_printer(format_of(parsed.values), std::cout);
  const Status ran =
      record::run_sql(asked->recording, asked->sql, standard_dictionaries(dictionaries), *printer);
  printer->finish();
  std::cout << std::flush;
  if (!ran) return fail(ran.error());
  return std::cout ? 0 : fail(environment_error("cannot write to standard output"));
}

}  // namespace fixdrill::cli
