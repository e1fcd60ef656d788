// fixdrill import log|pcap: logs and captures into a recording.
#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

namespace fixdrill::cli {

void add_conversation_options(boost::program_options::options_description& options);

/// Imports `paths` and tells what was read; gives the exit code.
int import_conversation(const boost::program_options::variables_map& values,
                        std::vector<std::string> paths);

}  // namespace fixdrill::cli
