// Every message of every version is accepted; hostile ones are bounded.
#include "base/limits.h"
#include "fix/data_fields.h"
#include "unit/fix/validating.h"

namespace fixdrill::fix {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  while (times-- > 0) out += text;
  return out;
}

TEST(ValidateLimits, GivesNoMoreFindingsThanAskedFor) {
  const std::string many = order(repeat("58=x|", 9000));
  for (const std::size_t most : {0u, 1u, 2u, 100u}) {
    const Message message(seal("FIX.4.4", pipe_to_soh(many)));
    EXPECT_EQ(validate(message, *spec("FIX44"), {true, most}).size(), most);
  }
  EXPECT_EQ(validate(Message(pipe_to_soh("35=D|")), *spec("FIX44"), {true, 3}).size(), 3u);
  EXPECT_EQ(told(validate(Message(pipe_to_soh("35=D|58=|")), *spec("FIX44"), {true, 2})),
            "4 58 Tag specified without a value: Text(58)\n"
            "1 8 Required tag missing: BeginString(8)\n");
}

TEST(ValidateLimits, TooManyFieldsAreOneFinding) {
  const std::string many = order(repeat("9001=x|", limits::kFieldsPerMessage));
  EXPECT_EQ(found_in("FIX44", many), "0 0 The message has more than 10000 fields\n");
}

TEST(ValidateLimits, HugeCountsAreCountsLikeAnyOther) {
  EXPECT_EQ(
      parties("453=2147483648|448=A|"),
      "16 453 Incorrect NumInGroup count for repeating group: NoPartyIDs(453)=2147483648, but "
      "1 entry follows\n");
  EXPECT_EQ(parties("453=99999999999999999999999|448=A|"),
            "16 453 Incorrect NumInGroup count for repeating group: "
            "NoPartyIDs(453)=99999999999999999999999, but 1 entry follows\n");
  EXPECT_EQ(parties("453=-1|448=A|"),
            "6 453 Incorrect data format for value: NoPartyIDs(453)=-1\n");
}

TEST(ValidateLimits, LongGroupsAndEveryNestingAreRead) {
  EXPECT_EQ(parties("453=4000|" + repeat("448=A|447=D|", 4000)), "");
  EXPECT_EQ(parties("453=2000|" + repeat("448=A|447=D|802=1|523=x|", 2000)), "");
  const std::string count_alone = "453=2000|" + repeat("448=A|802=1|", 2000);
  const Message message(seal("FIX.4.4", pipe_to_soh(order(count_alone))));
  EXPECT_EQ(validate(message, *spec("FIX44")).size(), 100u);
}

// Any byte of good messages spoilt: no crash, no more than asked for.
TEST(ValidateLimits, SurvivesAnySpoiltByte) {
  const std::string good = seal(
      "FIX.4.4", pipe_to_soh(order("453=2|448=A|447=D|802=1|523=x|448=B|58=x|354=3|355=a|b|")));
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : {'\x01', '=', '9', '0', '-', '\0', '\xff'}) {
      std::string spoilt = good;
      spoilt[at] = byte;
      const auto findings = validate(Message(spoilt), *spec("FIX44"));
      EXPECT_LE(findings.size(), 100u);
      for (const Finding& found : findings)
        EXPECT_EQ(found.text.find('\x01'), std::string::npos) << soh_to_pipe(spoilt);
    }
  }
}

/// Writes a message of the dictionary: only what is required, or all there is.
class Writer {
 public:
  Writer(const Dictionary& dictionary, std::string msg_type, bool all)
      : dictionary_(dictionary), msg_type_(std::move(msg_type)), all_(all) {}

  Message message() {
    put(dictionary_.header());
    put(dictionary_.message(msg_type_)->members);
    put(dictionary_.trailer());
    return Message(pipe_to_soh(out_));
  }

 private:
  void put(const MemberSet& members) {
    for (const int tag : members.order) {
      if (!all_ && members.required.count(tag) == 0 && tag != needed_) continue;
      const GroupDef* group = members.group(tag);
      out_ += fmt::format("{}={}|", tag, group ? entries(tag) : value(tag));
      for (int i = 0; group && std::to_string(i) != entries(tag); ++i) entry(*group);
      if (!all_ && length_tag_of_data(tag) == 0) needed_ = data_tag_of_length(tag);
    }
  }
  void entry(const GroupDef& group) {
    const std::string delimiter = fmt::format("{}=", group.delimiter);
    const std::size_t before = out_.size();
    put(group.members);
    if (out_.compare(before, delimiter.size(), delimiter) != 0)
      out_.insert(before, delimiter + value(group.delimiter) + "|");
  }
  // NoSides(552) and the like have codes.
  std::string entries(int tag) const {
    const FieldDef& field = *dictionary_.field(tag);
    return field.values.empty() ? "2" : field.values.front().code;
  }
  std::string value(int tag) const {
    if (tag == 35) return msg_type_;
    if (data_tag_of_length(tag) != 0) return "3";
    const FieldDef& field = *dictionary_.field(tag);
    if (!field.values.empty()) return field.values.front().code;
    switch (field.kind) {
      case ValueClass::text:
        return field.type == "MONTHYEAR" ? "202611" : "X";
      case ValueClass::integer:
      case ValueClass::group_count:
      case ValueClass::character:
        return "1";
      case ValueClass::decimal:
        return "-10.5";
      case ValueClass::boolean:
        return "Y";
      case ValueClass::timestamp:
        return "20261122-06:00:00";
      case ValueClass::date:
        return "20261122";
      case ValueClass::time:
        return "06:00:00";
      case ValueClass::data:
        return "a|b";
    }
    return "";
  }

  const Dictionary& dictionary_;
  std::string msg_type_;
  bool all_;
  int needed_ = 0;  ///< data field behind a length that was written
  std::string out_;
};

TEST(ValidateLimits, AcceptsEveryMessageOfEveryVersion) {
  std::size_t messages = 0;
  for (const char* version : {"FIX40", "FIX41", "FIX42", "FIX43", "FIX44", "FIXT11+FIX50",
                              "FIXT11+FIX50SP1", "FIXT11+FIX50SP2"}) {
    const DictionaryPtr dictionary = spec(version);
    for (const std::string& name : dictionary->message_names()) {
      const std::string type = dictionary->message_named(name)->msg_type;
      for (const bool all : {false, true}) {
        const Message message = Writer(*dictionary, type, all).message();
        ASSERT_EQ(told(validate(message, *dictionary, {false, 5})), "")
            << version << ' ' << name << ' ' << soh_to_pipe(message.bytes());
        ++messages;
      }
    }
  }
  EXPECT_GT(messages, 1000u);
}

}  // namespace
}  // namespace fixdrill::fix
