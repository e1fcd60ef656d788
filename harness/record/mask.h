// Masks secrets, once, where a message enters the recording.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "record/result.h"

namespace fixdrill::record {

/// `*` of equal length over: 554, 925, 96 on Logon, 1402, 1404, 89, the profile's tags (58 only on
/// Logon, where some venues sign), and every known secret value wherever it appears; values shorter
/// than four characters only where they are a whole field value. Immutable: any thread may use it.
class Masker {
 public:
  Masker() = default;
  Masker(std::set<int> more_tags, std::vector<std::string> secret_values);

  /// The bytes with secrets masked; `masked` says whether any were. Also masks tags and values in
  /// garbled bytes.
  std::string mask(std::string_view bytes, bool& masked) const;
  /// The same for text about messages.
  std::string mask(std::string_view text) const;
  /// Every text of a result, before anybody shows or stores it.
  void mask(ScenarioResult& result) const;

 private:
  bool is_secret(int tag, std::string_view bytes) const;
  void mask_tags(std::string_view bytes, std::string& out, bool& masked) const;
  void mask_values(std::string_view bytes, std::string& out, bool& masked) const;
  void mask_field(FieldRow& row) const;

  std::set<int> tags_;
  std::vector<std::string> values_;
};

}  // namespace fixdrill::record
