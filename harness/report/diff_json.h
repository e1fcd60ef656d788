// fixdrill diff --json: the comparison for programs; README.md of harness/diff has every key.
#pragma once

#include <string>

#include "report/diff_text.h"

namespace fixdrill::report {

/// A whole document that ends with a line end; valid UTF-8 whatever the messages held.
std::string diff_json(const diff::Comparison& comparison, const diff::Judgement& judgement,
                      const DiffOptions& options);

}  // namespace fixdrill::report
