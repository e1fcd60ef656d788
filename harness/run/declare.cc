// What a scenario starts with: params, secrets, the cells of its row, what is ignored.

#include <fmt/format.h>
#include <utility>

#include "eval/expression.h"
#include "eval/names.h"
#include "run/scenario_runner.h"

namespace fixdrill::run {

Status ScenarioRunner::declare_names(const syntax::File& file) {
  for (const syntax::Param& param : file.params) {
    const auto given = config_.variables.find(param.name.text);
    if (given != config_.variables.end()) {
      file_names_->set(param.name.text, given->second);
    } else if (param.value) {
      auto value = eval::fill(*param.value, environment(nullptr));
      if (!value) return value.error();
      file_names_->set(param.name.text, std::move(*value));
    }
  }
  for (const syntax::Secret& secret : file.secrets) {
    const auto given = config_.secrets.find(secret.name.text);
    if (given != config_.secrets.end()) file_names_->set(secret.name.text, given->second);
  }
  return {};
}

// The cells of its row, by the columns' names.
Status ScenarioRunner::declare_row(const Case& planned) {
  const syntax::Table* table = planned.table;
  if (!table) return {};
  const syntax::Table::Row& row = table->rows[planned.row - 1];
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    auto value = eval::fill(row.cells[i], environment(nullptr, *file_names_));
    if (!value) return value.error();
    names_->set(table->columns[i].text, std::move(*value));
  }
  return {};
}

Error ScenarioRunner::unknown_in_profile(const syntax::Message& message,
                                         const Channel& channel) const {
  const std::string why = eval::unknown_message(message.type.text, channel.dictionary.get());
  return input_error(fmt::format("'ignore' of the profile {}: {}", config_.profile.path, why));
}

// Holds for every session of the file whose version has such a message; one must.
Status ScenarioRunner::declare_ignore(const syntax::Message& message) {
  Status unknown;
  bool declared = false;
  for (Channel* channel : sessions_.of_file()) {
    if (const auto type = eval::resolve_type(message, environment(channel)); !type) {
      const bool written = message.type.span.file != nullptr;
      if (unknown && written) unknown = type.error();
      if (unknown && !written) unknown = unknown_in_profile(message, *channel);
      continue;
    }
    auto pattern = eval::Pattern::make(message, environment(channel));
    if (!pattern) return pattern.error();
    channel->ignore({message.span, std::move(*pattern), {}, {}});
    declared = true;
  }
  return declared ? Status() : unknown;
}

}  // namespace fixdrill::run
