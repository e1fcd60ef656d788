#include "options.h"

#include <cstdlib>
#include <iostream>

namespace counterparty {
namespace {

[[noreturn]] void refuse(const std::string& program, const std::string& why,
                         const Options& options) {
  std::cerr << program << ": " << why << "\noptions:";
  for (const auto& option : options) {
    std::cerr << " --" << option.first;
    if (option.second != "no") std::cerr << " (" << option.second << ")";
  }
  std::cerr << std::endl;
  std::exit(2);
}

}  // namespace

void read_options(int argc, char** argv, Options& options) {
  const Options defaults = options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto option = options.find(word.compare(0, 2, "--") == 0 ? word.substr(2) : "");
    if (option == options.end()) refuse(argv[0], "unknown option '" + word + "'", defaults);
    if (defaults.at(option->first) == "no") {
      option->second = "yes";
    } else if (++i < argc) {
      option->second = argv[i];
    } else {
      refuse(argv[0], word + " needs a value", defaults);
    }
  }
}

}  // namespace counterparty
