// Options of the counterparty programs: `--name value` pairs and `--flag`s.
#pragma once

#include <map>
#include <string>

namespace counterparty {

/// Every option that a program takes, with its default. A default of "no" makes it a flag, which
/// takes no value and becomes "yes".
using Options = std::map<std::string, std::string>;

/// Fills `options` from the command line. On an unknown option, or one without its value, prints
/// what the program takes to stderr and ends it with code 2.
void read_options(int argc, char** argv, Options& options);

}  // namespace counterparty
