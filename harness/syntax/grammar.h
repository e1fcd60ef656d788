// The recursive descent over one file. Internal to the folder: parser.h is the way in.
//
// Every function that returns an optional, a null pointer or false has reported why. Which
// construct recovers where: fields at the next `|` or line, steps at the next line, items at the
// next item.
#pragma once

#include <optional>
#include <string_view>

#include "syntax/cursor.h"
#include "syntax/tree.h"

namespace fixdrill::syntax {

/// What ends a text that is not in quotes, besides the end of the line and ` #`.
struct TextEnd {
  std::string_view characters;
  bool tests = false;  ///< ` -> name` and ` +- 0.01` end it too
};

class Grammar {
 public:
  Grammar(Cursor& cursor, File& file) : c_(cursor), file_(file) {}

  void file();

 private:
  // parse_value.cc
  std::optional<Value> value(const TextEnd& end);
  std::optional<Value> string();
  std::optional<Value> plain_text(const TextEnd& end);
  std::optional<Value> number_or_expression();
  std::optional<Value> whole_number(std::string_view what);
  bool interpolation(Value& value);
  bool escape(std::string& text);
  bool ends_text(const TextEnd& end, std::size_t begin) const;
  bool at_test_suffix() const;
  std::optional<std::vector<Value>> value_set();
  std::optional<Regex> regex();
  std::optional<Name> name(std::string_view what);
  std::optional<DurationSpec> duration();
  std::optional<Duration> duration_literal();

  // parse_expression.cc
  ExprPtr expression();
  ExprPtr binary(int level);
  ExprPtr unary();
  ExprPtr primary();
  ExprPtr number();
  ExprPtr call_or_path();
  ExprPtr call(Name function);
  std::optional<Path> path();
  std::optional<Index> path_index();
  ExprPtr make(std::size_t begin, decltype(Expr::node) node) const;

  // parse_field.cc
  std::optional<std::vector<Field>> fields();
  std::optional<Field> field();
  std::optional<FieldTest> field_test();
  std::optional<FieldTest> equality();
  ExprPtr width();
  std::optional<FieldTest> comparison(Compare op, std::size_t length);
  std::optional<FieldTest> regex_test(bool negated);
  std::optional<FieldTest> in_test(bool negated);
  std::optional<FieldTest> word_test();
  std::optional<Place> place();
  std::optional<FieldRef> field_ref();
  std::optional<Index> place_index();
  std::optional<int> tag();
  bool at_index() const;
  bool is_own_brace(std::size_t open, std::size_t begin) const;
  std::nullopt_t not_closed(std::size_t open, const char* message);
  bool at_field_end();
  bool at_step_word();
  bool at_step_word_on_next_line();
  void skip_field();

  // parse_group.cc
  std::optional<FieldTest> group(GroupTest::Mode mode);
  std::optional<FieldTest> each_entry();
  std::optional<GroupTest::Member> group_member();
  std::optional<GroupTest::Loop> group_loop();

  // parse_message.cc
  std::optional<Message> message(bool expecting);
  bool modifiers(Message& message);
  bool modifier(Message& message, std::string_view word);
  std::optional<Ignoring> ignoring();
  bool message_type(Message& message);
  bool set_once(bool already, std::string_view word);
  std::optional<Times> times();
  std::optional<Until> until();

  // parse_shape.cc
  bool shapes(Message& message);
  bool shape_part(Shape& shape);
  bool bad_or_no(Shape& shape, bool bad);
  bool fault(Shape& shape, std::string_view word);
  bool split(Shape& shape);
  bool at_number();

  // parse_pasted.cc
  bool at_pasted();
  bool pasted(Message& message, bool expecting);
  Value pasted_value(std::size_t begin, std::size_t end);
  Value pasted_bytes(std::size_t begin, std::size_t end);

  // parse_step.cc
  std::optional<Block> block();
  std::optional<Step> step();
  std::optional<Action> action(std::string_view word);
  std::optional<Action> send();
  std::optional<Action> send_bytes();
  std::optional<Action> expect();
  std::optional<Action> disconnect();
  std::optional<Action> let();
  std::optional<Action> log();
  std::optional<Action> logon();
  bool logon_modifier(Logon& logon, std::string_view word);
  std::optional<std::optional<DurationSpec>> optional_within();
  std::optional<Action> unknown_step(std::string_view word);
  void skip_step();
  bool at_item_word();

  // parse_wire.cc
  std::optional<Action> set();
  std::optional<Action> set_auto();
  std::optional<Action> drop_next();
  std::optional<Action> lose_state();

  // parse_control.cc
  std::optional<Action> control(std::string_view word);
  std::optional<Action> unordered();
  std::optional<Action> either();
  std::optional<Action> if_step();
  std::optional<Block> else_block();
  std::optional<Action> repeat();
  std::optional<Action> for_each();
  std::optional<Action> call_step();
  bool arguments(ProcCall& call);
  std::optional<Action> skip();
  std::optional<Action> xfail();
  bool because(std::optional<Value>& reason);
  // parse_people.cc
  std::optional<Action> prompt(PromptKind kind);
  bool prompt_modifier(Prompt& prompt, std::string_view word);
  std::optional<Action> exec(std::size_t keyword);

  // parse_file.cc
  bool item(std::string_view word);
  bool drill();
  bool include();
  bool param();
  bool secret();
  bool session();
  bool session_options(Session& session);
  bool name_list(std::vector<Name>& names);
  bool setup(std::optional<Block>& into, std::string_view word);
  bool annotation();
  bool scenario();
  void skip_item();
  bool end_of_line();

  // parse_simulator.cc
  bool simulator();
  bool simulator_items(Simulator& simulator);
  bool store(Simulator& simulator);
  bool rule(Simulator& simulator);
  bool rule_match(Simulator::Rule& rule);
  std::optional<Action> rule_step(std::string_view word);
  std::optional<Action> reply();
  std::optional<Action> put();

  // parse_table.cc
  bool table();
  bool table_rows(Table& table);
  bool at_row();
  bool table_columns(Table& table);
  std::optional<Table::Row> table_row(std::size_t columns);

  // parse_proc.cc
  bool proc();
  bool parameters(Proc& proc);

  /// Refuses nesting that would exhaust the stack; lives as long as the level.
  class Level;

  Cursor& c_;
  File& file_;
  std::size_t depth_ = 0;
  std::optional<std::size_t> not_closed_at_;  ///< where reading stopped inside something open
  std::vector<Annotation> annotations_;       ///< of the scenario to come
};

class Grammar::Level {
 public:
  explicit Level(Grammar& grammar);
  ~Level() { --grammar_.depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  bool ok() const { return ok_; }

 private:
  Grammar& grammar_;
  bool ok_;
};

}  // namespace fixdrill::syntax
