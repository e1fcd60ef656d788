// --compare of the commands that take acceptance files.
#pragma once

#include <boost/program_options.hpp>

#include "base/result.h"
#include "import/def_expect.h"

namespace fixdrill::cli {

/// `meaning` unless the option says `text`. Input error: it says something else.
Result<imports::Compare> compare_option(const boost::program_options::variables_map& values);

}  // namespace fixdrill::cli
