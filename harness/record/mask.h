// Masks secrets, once, where a message enters the recording (reliability.md section 4).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fixdrill::record {

/// `*` of equal length over: 554, 925, 96 on Logon, 1402, 1404, 89, the profile's tags, and every
/// known secret value wherever it appears.
class Masker {
 public:
  Masker() = default;
  Masker(std::set<int> more_tags, std::vector<std::string> secret_values);

  /// The bytes with secrets masked; `masked` says whether any were. Also masks tags and values in
  /// garbled bytes.
  std::string mask(std::string_view bytes, bool& masked) const;

 private:
  std::set<int> tags_;
  std::vector<std::string> values_;
};

}  // namespace fixdrill::record
