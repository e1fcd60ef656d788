// What `diff`, `approve`, `learn-noise` and `export --canonical` have in common: sides, rules,
// approvals.
#pragma once

#include <boost/program_options.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/input.h"
#include "diff/approvals.h"
#include "diff/compare.h"

namespace fixdrill::cli {

/// Where approvals are looked for, and written, unless told otherwise.
inline constexpr const char* kApprovals = "diff-approvals.txt";

void add_comparison_options(boost::program_options::options_description& options);

/// A comparison and what the recordings say of themselves.
struct Compared {
  diff::Comparison comparison;
  std::string label_a;  ///< "release 7.1, change CR-12"
  std::string label_b;
  std::string release_b;
};

/// `sides` are two paths, or labels of recordings (`release:7.1`). Input error: a bad rules file, a
/// side that cannot be read or holds no message.
Result<Compared> compare_sides(const std::vector<std::string>& sides,
                               const boost::program_options::variables_map& values);

/// One side, opened.
struct Opened {
  std::unique_ptr<record::MessageSource> source;
  record::DictionaryOf dictionary;
  diff::Origins origins;
  std::string label;
  std::string release;
};

/// A path, or the label of a recording. Input error: it cannot be read.
Result<Opened> open_side(const std::string& side, const InputOptions& options);

void add_rules_option(boost::program_options::options_description& options);
/// The default rules below those of `--rules`. Input error: a bad rules file.
Result<diff::Rules> read_rules(const boost::program_options::variables_map& values);

/// The file of `--approvals`; the one of that name here when there is one; else none.
Result<std::vector<diff::Approval>> read_approvals_file(
    const boost::program_options::variables_map& values);

/// The newest standard dictionary: for the names in rules files.
Result<fix::DictionaryPtr> dictionary_for_names();

/// YYYY-MM-DD, UTC.
std::string date_of_today();

}  // namespace fixdrill::cli
