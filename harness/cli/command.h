// The commands of the program, one file each, and what they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fixdrill::cli {

/// What a command works with; the libraries below get it handed in.
struct Terminal {
  bool stdout_is_terminal = false;
  bool stderr_is_terminal = false;
  bool ci = false;  ///< CI is set in the environment
};

struct Command {
  std::string_view name;
  std::string_view arguments;  ///< of the usage line: "[PATH..]"
  std::string_view summary;    ///< one line
  std::string_view examples;   ///< two, one a line
  int (*main)(const Command& self, const std::vector<std::string>& arguments,
              const Terminal& terminal);
};

const std::vector<Command>& commands();
const Command* find_command(std::string_view name);

int command_run(const Command& self, const std::vector<std::string>& arguments,
                const Terminal& terminal);
int command_check(const Command& self, const std::vector<std::string>& arguments,
                  const Terminal& terminal);
int command_fmt(const Command& self, const std::vector<std::string>& arguments,
                const Terminal& terminal);
int command_list(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);
int command_new(const Command& self, const std::vector<std::string>& arguments,
                const Terminal& terminal);
int command_show(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);
int command_grep(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);
int command_ladder(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal);
int command_diff(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);
int command_approve(const Command& self, const std::vector<std::string>& arguments,
                    const Terminal& terminal);
int command_learn_noise(const Command& self, const std::vector<std::string>& arguments,
                        const Terminal& terminal);
int command_conformance(const Command& self, const std::vector<std::string>& arguments,
                        const Terminal& terminal);
int command_orders(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal);
int command_gaps(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);
int command_sim(const Command& self, const std::vector<std::string>& arguments,
                const Terminal& terminal);
int command_report(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal);
int command_verify(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal);
int command_query(const Command& self, const std::vector<std::string>& arguments,
                  const Terminal& terminal);
int command_runs(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);
int command_import(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal);
int command_export(const Command& self, const std::vector<std::string>& arguments,
                   const Terminal& terminal);
int command_init(const Command& self, const std::vector<std::string>& arguments,
                 const Terminal& terminal);

/// Exit code of an error: input 2, environment 3, nothing selected 4, guard 5.
int exit_code(const Error& error);
/// Prints it to stderr, "fixdrill: error: …" unless the text names its place itself; gives the exit
/// code.
int fail(const Error& error);

}  // namespace fixdrill::cli
