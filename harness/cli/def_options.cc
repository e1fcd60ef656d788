#include "cli/def_options.h"

#include <fmt/format.h>
#include <string>

#include "cli/options.h"

namespace fixdrill::cli {

Result<imports::Compare> compare_option(const boost::program_options::variables_map& values) {
  const auto given = value_or<std::string>(values, "compare", "meaning");
  if (given == "meaning") return imports::Compare::meaning;
  if (given == "text") return imports::Compare::text;
  return input_error(fmt::format("--compare {}: write meaning or text", given));
}

}  // namespace fixdrill::cli
