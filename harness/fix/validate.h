#pragma once
#include <cstddef>
#include <string>
#include <vector>
#include "fix/dictionary.h"
#include "fix/message.h"
namespace fixdrill::fix {
enum class RejectReason { invalid_tag_number = 0, required_tag_missing = 1, tag_not_defined_for_type = 2, value_incorrect = 5, invalid_msg_type = 11 };
struct Finding { RejectReason reason; int tag; std::string text; };
struct ValidateOptions { bool user_tags = true; std::size_t most = 100; };
std::vector<Finding> validate(const Message& message, const Dictionary& dictionary, const ValidateOptions& options = {});
}
