// QuickFIX's own parser behind a plain function: its headers need C++14.
#pragma once

#include <cstddef>
#include <string>

/// What a user of FIX::Message does with received bytes: length and sum checked, no dictionary.
/// Returns the size of MsgType(35), so that nothing is optimised away.
std::size_t quickfix_parse(const std::string& bytes);
