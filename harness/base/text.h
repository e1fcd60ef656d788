// Small text services that several folders share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace fixdrill {

inline constexpr char kSoh = '\x01';

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string to_lower(std::string_view text);

/// Lower-case letters and digits only: names of values are looked up ignoring case and `_ - blank`.
std::string fold_name(std::string_view text);

/// `35=D|55=MSFT|` -> the same with SOH; the reverse for showing.
std::string pipe_to_soh(std::string_view text);
std::string soh_to_pipe(std::string_view bytes);

/// For people: SOH as `|`, other control bytes as `\x..` (a tab stays), invalid UTF-8 as U+FFFD,
/// terminal escapes, bidi controls, U+FFFE and U+FFFF visible. What it gives, XML may hold.
std::string printable(std::string_view bytes);
/// The same of every line; line ends stay.
std::string printable_lines(std::string_view text);

/// A time that passed, for people: "5 s", "1.20 s", "38 ms", "0.41 ms".
std::string elapsed_text(Duration duration);

/// A number without sign or blanks that fits; nothing else.
std::optional<std::size_t> parse_size(std::string_view text);

/// The candidate nearest to `word` by edit distance, folded as `fold_name`, when it is near enough
/// to be a slip.
std::optional<std::string> did_you_mean(std::string_view word,
                                        const std::vector<std::string>& candidates);

}  // namespace fixdrill
