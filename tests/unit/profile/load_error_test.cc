#include "profile_text.h"

namespace fixdrill::profile {

TEST_P(ProfileError, SaysWhatWhereAndWhatToDo) {
  EXPECT_EQ(error_of(GetParam().profile), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Top, ProfileError,
    testing::Values(
        Case{
            "DoubledEquals", R"(environment = "uat"
x = = 1
)",
            R"(fixdrill.toml:2:5: error: this is not TOML: in a value: could not determine value type
2 | x = = 1
  |     ^)"},
        Case{
            "OpenText", R"(environment = "uat"
a = "open
)",
            R"(fixdrill.toml:2:10: error: this is not TOML: in a string: unescaped control characters other than TAB (U+0009) are explicitly prohibited
2 | a = "open
  |          ^)"},
        Case{
            "RepeatedKey", R"(environment = "uat"
keep = "run"
keep = "run"
)",
            R"(fixdrill.toml:3:8: error: this is not TOML: in a key-value pair: cannot redefine existing string 'keep'
3 | keep = "run"
  |        ^)"},
        Case{
            "NoEnvironment", R"()",
            R"(fixdrill.toml:1:1: error: a profile lacks environment; write environment = "simulator", "certification", "uat" or "production"
1 | 
  | ^)"},
        Case{
            "UnknownEnvironment", R"(environment = "live")",
            R"(fixdrill.toml:1:15: error: environment has no value "live"; it is one of "simulator", "certification", "uat", "production"
1 | environment = "live"
  |               ^^^^^^)"},
        Case{
            "MisspelledEnvironment", R"(environment = "simulater")",
            R"(fixdrill.toml:1:15: error: environment has no value "simulater"; did you mean "simulator"?
1 | environment = "simulater"
  |               ^^^^^^^^^^^)"},
        Case{"EnvironmentOfWrongType", R"(environment = 3)",
             R"(fixdrill.toml:1:15: error: environment is a text, not a whole number
1 | environment = 3
  |               ^)"},
        Case{"UnknownKey", R"(environment = "uat"
lmits = 3)",
             R"(fixdrill.toml:2:1: error: a profile has no key 'lmits'; did you mean limits?
2 | lmits = 3
  | ^^^^^)"},
        Case{"AllowIsNoList", R"(environment = "uat"
allow = "a:1")",
             R"(fixdrill.toml:2:9: error: allow is a list, not a text
2 | allow = "a:1"
  |         ^^^^^)"},
        Case{
            "AllowWithoutPort", R"(environment = "uat"
allow = ["cert.example.com"])",
            R"(fixdrill.toml:2:10: error: allow is a list of HOST:PORT, as in "cert.example.com:9876"
2 | allow = ["cert.example.com"]
  |          ^^^^^^^^^^^^^^^^^^)"},
        Case{
            "AllowPortTooLarge", R"(environment = "uat"
allow = ["cert.example.com:65536"])",
            R"(fixdrill.toml:2:10: error: allow is a list of HOST:PORT, as in "cert.example.com:9876"
2 | allow = ["cert.example.com:65536"]
  |          ^^^^^^^^^^^^^^^^^^^^^^^^)"},
        Case{"UnknownKeep", R"(environment = "uat"
keep = "all")",
             R"(fixdrill.toml:2:8: error: keep has no value "all"; it is one of "run", "file"
2 | keep = "all"
  |        ^^^^^)"},
        Case{
            "ParamName", R"(environment = "uat"
[param]
"a-b" = 1)",
            R"(fixdrill.toml:3:1: error: the name of a param holds letters, digits and '_', no digit first
3 | "a-b" = 1
  | ^^^^^)"},
        Case{"ParamIsAList", R"(environment = "uat"
[param]
x = [1])",
             R"(fixdrill.toml:3:5: error: x is a text or a number, not a list
3 | x = [1]
  |     ^^^)"},
        Case{"ControlCharacter", R"(environment = "uat"
[param]
x = "a\u0001b")",
             R"(fixdrill.toml:3:5: error: a value cannot hold control characters
3 | x = "a\u0001b"
  |     ^^^^^^^^^^)"},
        Case{
            "UnquotedDate", R"(environment = "uat"
[param]
day = 2026-11-22)",
            R"(fixdrill.toml:3:7: error: day is a text or a number, not a date or time; write it in quotes
3 | day = 2026-11-22
  |       ^^^^^^^^^^)"},
        Case{
            "SecretWrittenOut", R"(environment = "uat"
[secret]
pw = "hunter2")",
            R"(fixdrill.toml:3:6: error: pw is a secret and never written into a profile; say where it is: pw = { env = "NAME" }, { file = "PATH" } or { prompt = "QUESTION" }
3 | pw = "hunter2"
  |      ^^^^^^^^^)"},
        Case{
            "SecretInTwoPlaces", R"(environment = "uat"
[secret]
pw = { env = "A", file = "B" })",
            R"(fixdrill.toml:3:6: error: pw has one of env = "NAME", file = "PATH" and prompt = "QUESTION"
3 | pw = { env = "A", file = "B" }
  |      ^^^^^^^^^^^^^^^^^^^^^^^^^)"},
        Case{"ForetoldWithoutAReason", R"(environment = "uat"
[xfail]
"2.k" = " "
"2.m" = 3
[skip]
2.o = "why")",
             R"(fixdrill.toml:3:9: error: [xfail] says why of each id, as in "14.k" = "the reason"
3 | "2.k" = " "
  |         ^^^
fixdrill.toml:4:9: error: [xfail] says why of each id, as in "14.k" = "the reason"
4 | "2.m" = 3
  |         ^
fixdrill.toml:6:1: error: [skip]: an id with a dot stands in quotes, as in "14.k" = "the reason"
6 | 2.o = "why"
  | ^)"},
        Case{"NegativeLimit", R"(environment = "uat"
[limits]
max_order_qty = -1)",
             R"(fixdrill.toml:3:17: error: max_order_qty is -1; it must be from 0 to 1000000000000
3 | max_order_qty = -1
  |                 ^^)"},
        Case{
            "UnknownLimit", R"(environment = "uat"
[limits]
max_order_quantity = 1)",
            R"(fixdrill.toml:3:1: error: [limits] has no key 'max_order_quantity'; did you mean max_order_qty?
3 | max_order_quantity = 1
  | ^^^^^^^^^^^^^^^^^^)"},
        Case{"DecimalLimit", R"(environment = "uat"
[limits]
max_order_qty = 1.5)",
             R"(fixdrill.toml:3:17: error: max_order_qty is a whole number, not a decimal number
3 | max_order_qty = 1.5
  |                 ^^^)"},
        Case{"TimeWithoutUnit", R"(environment = "uat"
[defaults]
within = "5")",
             R"(fixdrill.toml:3:10: error: within is a time with a unit: ms, s, min or h, as in "5s"
3 | within = "5"
  |          ^^^)"},
        Case{"TimeAsNumber", R"(environment = "uat"
[defaults]
within = 5)",
             R"(fixdrill.toml:3:10: error: within is a text, not a whole number
3 | within = 5
  |          ^)"},
        Case{"IgnoreHoldsANumber", R"(environment = "uat"
[defaults]
ignore = [1])",
             R"(fixdrill.toml:3:11: error: ignore is a list of texts; this is a whole number
3 | ignore = [1]
  |           ^)"},
        Case{"NonAsciiBefore", R"(environment = "uat"
[limits]
symbols = ["Jörg", 1])",
             R"(fixdrill.toml:3:20: error: symbols is a list of texts; this is a whole number
3 | symbols = ["Jörg", 1]
  |                    ^)"},
        Case{
            "SeveralAtOnce", R"(environment = "live"
keeep = "run"
[limits]
orders_per_run = "many")",
            R"(fixdrill.toml:1:15: error: environment has no value "live"; it is one of "simulator", "certification", "uat", "production"
1 | environment = "live"
  |               ^^^^^^
fixdrill.toml:2:1: error: a profile has no key 'keeep'; did you mean keep?
2 | keeep = "run"
  | ^^^^^
fixdrill.toml:4:18: error: orders_per_run is a whole number, not a text
4 | orders_per_run = "many"
  |                  ^^^^^^)"}),
    [](const auto& info) { return info.param.name; });

}  // namespace fixdrill::profile
