// Scenario text to values, patterns and messages, in a world that stands still.
#pragma once

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "eval/build.h"
#include "eval/expression.h"
#include "eval/pattern.h"
#include "fix/value.h"
#include "syntax/parser.h"

namespace fixdrill::eval {

inline fix::DictionaryPtr dictionary_of(const std::string& version) {
  static std::map<std::string, fix::DictionaryPtr> loaded;
  fix::DictionaryPtr& dictionary = loaded[version];
  if (!dictionary) {
    auto read = fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/" + version + ".xml"});
    EXPECT_TRUE(read) << (read ? "" : read.error().text);
    if (read) dictionary = *read;
  }
  return dictionary;
}

/// Now is 2026-11-22 10:00:00.123456789 UTC.
class DrillLab : public testing::Test {
 protected:
  static constexpr std::string_view kNow = "20261122-10:00:00.123456789";

  explicit DrillLab(const std::string& version = "FIX44") : dictionary_(dictionary_of(version)) {
    world_.now = [] { return moment(std::string(kNow)); };
    world_.uid = [](std::string_view field) {
      return field == "ClOrdID" ? std::string("ORDER1") : std::string("UID1");
    };
    world_.seq = [this] { return ++last_seq_; };
    world_.env = [](const std::string& name) {
      return name == "HOME_DESK" ? std::optional<std::string>("LDN") : std::nullopt;
    };
  }

  static Time moment(const std::string& text) {
    const std::int64_t ns = fix::parse_utc_timestamp(text).value_or(0);
    return {ns, ns};
  }

  static fix::Message wire(const std::string& text) { return fix::Message(pipe_to_soh(text)); }

  /// A message that an earlier step named.
  void named(const std::string& name, const std::string& text, const std::string& when = "") {
    names_.set(name, NamedMessage{std::make_shared<const fix::Message>(pipe_to_soh(text)),
                                  when.empty() ? world_.now() : moment(when)});
  }

  Environment environment() const {
    Environment environment{names_, dictionary_.get(), {}, {}, {}};
    environment.session_value = [](std::string_view name) -> std::optional<Value> {
      if (name == "next_in") return fix::Decimal(4);
      if (name == "session.role") return std::string("acceptor");
      return std::nullopt;
    };
    return environment;
  }

  /// The one step of a scenario that holds nothing else. Line 2, after two blanks.
  const syntax::Step& step(const std::string& text) {
    const auto source =
        std::make_shared<const SourceFile>("a.drill", "scenario \"a\" {\n  " + text + "\n}\n");
    trees_.push_back(std::make_unique<syntax::Parsed>(syntax::parse(source)));
    const syntax::Parsed& parsed = *trees_.back();
    if (has_errors(parsed.diagnostics)) throw std::runtime_error(render(parsed.diagnostics));
    return parsed.file.scenarios.at(0).block.steps.at(0);
  }

  const syntax::Expr& expr(const std::string& text) {
    return *std::get<syntax::Check>(step("check " + text).action).condition;
  }

  /// The value as text, or the error.
  std::string eval(const std::string& text) {
    const Result<Value> value = evaluate(expr(text), environment());
    return value ? to_text(*value) : value.error().text;
  }

  /// The sentence of the error, without place and line.
  std::string error_of(const std::string& text) { return sentence(eval(text)); }

  static std::string sentence(const std::string& rendered) {
    constexpr std::string_view kMark = "error: ";
    const std::size_t at = rendered.find(kMark);
    if (at == std::string::npos) return "no error: " + rendered;
    const std::size_t begin = at + kMark.size();
    return rendered.substr(begin, rendered.find('\n', begin) - begin);
  }

  Result<Pattern> make_pattern(const std::string& message) {
    const syntax::Expect& expect = std::get<syntax::Expect>(step("expect " + message).action);
    return Pattern::make(expect.message, environment());
  }

  Pattern pattern(const std::string& message) {
    Result<Pattern> made = make_pattern(message);
    if (!made) throw std::runtime_error(made.error().text);
    return std::move(*made);
  }

  std::string pattern_error(const std::string& message) {
    const Result<Pattern> made = make_pattern(message);
    return made ? "no error" : made.error().text;
  }

  Result<fix::OutMessage> make_message(const std::string& message,
                                       const BuildOptions& options = {}) {
    const syntax::Send& send = std::get<syntax::Send>(step("send " + message).action);
    return build(send.message, environment(), options);
  }

  /// "D: 55=MSFT|54=1|", or the error.
  std::string sent(const std::string& message, const BuildOptions& options = {}) {
    const Result<fix::OutMessage> made = make_message(message, options);
    if (!made) return made.error().text;
    std::string text = made->msg_type + ": ";
    for (const fix::Field& field : made->fields)
      text += std::to_string(field.tag) + "=" + field.value + "|";
    return text;
  }

  World world_;
  std::int64_t last_seq_ = 0;
  Bindings names_{world_};
  fix::DictionaryPtr dictionary_;
  std::vector<std::unique_ptr<syntax::Parsed>> trees_;
};

}  // namespace fixdrill::eval
