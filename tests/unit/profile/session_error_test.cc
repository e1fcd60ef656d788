#include "profile_text.h"

namespace fixdrill::profile {

INSTANTIATE_TEST_SUITE_P(
    Session, ProfileError,
    testing::Values(
        Case{
            "OpenTable", R"(environment = "uat"
[session.OE
host = 1)",
            R"(fixdrill.toml:2:12: error: this is not TOML: in a table header: expected ']', saw '\n'
2 | [session.OE
  |            ^)"},
        Case{"SessionIsNoTable", R"(environment = "uat"
session = 3)",
             R"(fixdrill.toml:2:11: error: session is a table, not a whole number
2 | session = 3
  |           ^)"},
        Case{"SessionIsANumber", R"(environment = "uat"
[session]
OE = 1)",
             R"(fixdrill.toml:3:1: error: a session is a table: [session.NAME]
3 | OE = 1
  | ^^)"},
        Case{
            "SessionLacksEverything", R"(environment = "uat"
[session.OE]
port = 70000)",
            R"(fixdrill.toml:2:10: error: [session.OE] lacks begin_string; write begin_string = "FIX.4.4"
2 | [session.OE]
  |          ^^
fixdrill.toml:2:10: error: [session.OE] lacks sender; write sender = "...", SenderCompID(49) of what we send
2 | [session.OE]
  |          ^^
fixdrill.toml:2:10: error: [session.OE] lacks target; write target = "...", TargetCompID(56) of what we send
2 | [session.OE]
  |          ^^
fixdrill.toml:3:8: error: port is 70000; it must be from 0 to 65535
3 | port = 70000
  |        ^^^^^)"},
        Case{
            "Tls", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
tls = { ca = "x.pem" })",
            R"(fixdrill.toml:6:1: error: tls is not supported yet: this session would be in plain text; put a TLS tunnel (stunnel) before the venue and connect to that
6 | tls = { ca = "x.pem" }
  | ^^^)"},
        Case{
            "Role", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
role = "any")",
            R"(fixdrill.toml:6:8: error: role has no value "any"; it is one of "initiator", "acceptor"
6 | role = "any"
  |        ^^^^^)"},
        Case{
            "MisspelledKey", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
hearbeat = 3)",
            R"(fixdrill.toml:6:1: error: [session.OE] has no key 'hearbeat'; did you mean heartbeat?
6 | hearbeat = 3
  | ^^^^^^^^)"},
        Case{
            "KeyFarFromAll", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
colour = "red")",
            R"(fixdrill.toml:6:1: error: [session.OE] has no key 'colour'; it has host, port, begin_string, appl_ver_id, sender, target, role, heartbeat, reset_on_logon, validate, store, clordid, username, password, mask, dictionary, header, logon, defaults
6 | colour = "red"
  | ^^^^^^)"},
        Case{"NumberInQuotes", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
heartbeat = "30s")",
             R"(fixdrill.toml:6:13: error: heartbeat is a whole number, not a text
6 | heartbeat = "30s"
  |             ^^^^^)"},
        Case{
            "HostWithBlank", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
host = "a:b c")",
            R"(fixdrill.toml:6:8: error: host is a name or an address, without port, scheme or blanks
6 | host = "a:b c"
  |        ^^^^^^^)"},
        Case{"EmptyHost", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
host = "")",
             R"(fixdrill.toml:6:8: error: host is empty; give it a value or leave it out
6 | host = ""
  |        ^^)"},
        Case{
            "VersionWithoutFixt", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
appl_ver_id = "9")",
            R"(fixdrill.toml:6:15: error: appl_ver_id belongs to FIXT.1.1; FIX.4.4 has no DefaultApplVerID(1137)
6 | appl_ver_id = "9"
  |               ^^^)"},
        Case{
            "FixtWithoutVersion", R"(environment = "uat"
[session.OE]
begin_string = "FIXT.1.1"
sender = "A"
target = "B")",
            R"(fixdrill.toml:2:10: error: [session.OE] lacks appl_ver_id; write "7" for FIX 5.0, "8" for 5.0 SP1 or "9" for 5.0 SP2
2 | [session.OE]
  |          ^^)"},
        Case{
            "UnknownBeginString", R"(environment = "uat"
[session.OE]
begin_string = "FIX4.4"
sender = "A"
target = "B")",
            R"(fixdrill.toml:3:16: error: begin_string has no value "FIX4.4"; did you mean "FIX.4.4"?
3 | begin_string = "FIX4.4"
  |                ^^^^^^^^)"},
        Case{
            "ValidateFail", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
validate = "fail")",
            R"(fixdrill.toml:6:12: error: validate = "fail" is not supported yet; "reject" has the engine check whole messages and answer with a Reject
6 | validate = "fail"
  |            ^^^^^^)"},
        Case{
            "UnknownValidate", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
validate = "yes")",
            R"(fixdrill.toml:6:12: error: validate has no value "yes"; it is one of "report", "fail", "reject"
6 | validate = "yes"
  |            ^^^^^)"},
        Case{
            "PasswordWrittenOut", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
password = "hunter2")",
            R"(fixdrill.toml:6:12: error: password is a secret and never written into a profile; say where it is: password = { env = "NAME" }, { file = "PATH" } or { prompt = "QUESTION" }
6 | password = "hunter2"
  |            ^^^^^^^^^)"},
        Case{"MaskIsNoTag", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
mask = ["x"])",
             R"(fixdrill.toml:6:9: error: mask is a list of tags, as in mask = [1400, 58]
6 | mask = ["x"]
  |         ^^^)"},
        Case{"DictionaryIsANumber", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
dictionary = 3)",
             R"(fixdrill.toml:6:14: error: dictionary is a list, as in dictionary = ["FIX44"]
6 | dictionary = 3
  |              ^)"},
        Case{
            "EmptyDictionary", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
dictionary = [""])",
            R"(fixdrill.toml:6:15: error: a dictionary is a name ("FIX44") or the path of an overlay
6 | dictionary = [""]
  |               ^^)"},
        Case{
            "HeaderOfTheSession", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.header]
"34" = "1")",
            R"(fixdrill.toml:7:1: error: MsgSeqNum(34) is written by the session itself; take it out
7 | "34" = "1"
  | ^^^^)"},
        Case{
            "HeaderByName", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.header]
OnBehalfOfCompID = "X")",
            R"(fixdrill.toml:7:1: error: [session.OE.header] names fields by tag, as in "142" = "US,IL"; 'OnBehalfOfCompID' is no tag
7 | OnBehalfOfCompID = "X"
  | ^^^^^^^^^^^^^^^^)"},
        Case{
            "LogonPassword", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.logon]
"554" = "hunter2")",
            R"(fixdrill.toml:7:9: error: Password(554) is a secret and never written into a profile; password = { env = "..." } gives Password(554)
7 | "554" = "hunter2"
  |         ^^^^^^^^^)"},
        Case{
            "HeaderExpression", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.header]
"50" = "${uid()}")",
            R"(fixdrill.toml:7:8: error: expressions in header and logon fields are not supported yet; write the value
7 | "50" = "${uid()}"
  |        ^^^^^^^^^^)"},
        Case{
            "LogonReset", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.logon]
"141" = "Y")",
            R"(fixdrill.toml:7:1: error: ResetSeqNumFlag(141) has a key of its own: reset_on_logon = true
7 | "141" = "Y"
  | ^^^^^)"},
        Case{
            "DefaultsWithoutMessage", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.defaults]
Account = "A1")",
            R"(fixdrill.toml:7:1: error: defaults are a table for each message, as in [session.OE.defaults.NewOrderSingle]
7 | Account = "A1"
  | ^^^^^^^)"},
        Case{"DefaultTestIndicator", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.defaults.NewOrderSingle]
TestMessageIndicator = "Y")",
             R"(fixdrill.toml:7:1: error: TestMessageIndicator(464) is never a default
7 | TestMessageIndicator = "Y"
  | ^^^^^^^^^^^^^^^^^^^^)"},
        Case{"DefaultReset", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.defaults.D]
"141" = true)",
             R"(fixdrill.toml:7:1: error: ResetSeqNumFlag(141) is never a default
7 | "141" = true
  | ^^^^^)"},
        Case{"DefaultIsATable", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session.OE.defaults.D]
Account = { a = 1 })",
             R"(fixdrill.toml:7:11: error: Account is a text or a number, not a table
7 | Account = { a = 1 }
  |           ^^^^^^^^^)"},
        Case{
            "SessionName", R"(environment = "uat"
[session.OE]
begin_string = "FIX.4.4"
sender = "A"
target = "B"
[session."O E"]
begin_string = "FIX.4.4"
sender = "A"
target = "B")",
            R"(fixdrill.toml:6:10: error: the name of a session holds letters, digits and '_', no digit first
6 | [session."O E"]
  |          ^^^^^)"}),
    [](const auto& info) { return info.param.name; });

}  // namespace fixdrill::profile
