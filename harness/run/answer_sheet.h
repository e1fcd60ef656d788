// Answers to prompts that were given beforehand: the file of `--answers`.
//
// CSV with the columns scenario, step, answer, who, in any order; `when` may be there too. A
// scenario is named by its id or title, nothing stands for all; a step by the text that it shows,
// or by its number among the prompts that its scenario comes to, from 1.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "record/result.h"

namespace fixdrill::run {

class AnswerSheet {
 public:
  struct Row {
    std::string scenario;
    std::string step;
    std::string answer;
    std::string who;
    Span span;  ///< of the answer
    bool used = false;
  };
  /// A prompt of a scenario that is running.
  struct Prompt {
    std::string id;
    std::string title;
    std::string text;
    std::size_t number = 1;  ///< among the prompts that the scenario came to, from 1
    std::size_t before = 0;  ///< how often the scenario asked the same before
  };

  /// Input error with its place: a column that is missing or unknown, a row without who.
  static Result<std::unique_ptr<AnswerSheet>> read(const SourcePtr& source);

  /// The row for the prompt; a text that is asked again takes the next row with this text. Null:
  /// none. Threads: any.
  const Row* take(const Prompt& prompt);
  /// Warnings about rows that nothing asked for. When the run is over.
  std::vector<Diagnostic> unused() const;
  const std::string& path() const { return source_->path(); }

 private:
  explicit AnswerSheet(SourcePtr source) : source_(std::move(source)) {}

  const SourcePtr source_;
  std::mutex mutex_;
  std::vector<Row> rows_;
};

/// The answers of a run as such a file.
std::string answers_csv(const record::RunResult& result);

}  // namespace fixdrill::run
