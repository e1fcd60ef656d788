#include "fix/validate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "base/limits.h"
#include "base/text.h"
#include "fix/data_fields.h"
#include "fix/findings.h"
#include "fix/value_format.h"

namespace fixdrill::fix {

namespace {

constexpr int kFirstUserTag = 5000;
constexpr int kBeginString = 8;
constexpr int kBodyLength = 9;
constexpr int kCheckSum = 10;
constexpr int kMsgType = 35;
constexpr std::size_t kUnknown = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kTooMany = kUnknown - 1;

/// Fields that may stand side by side: header, body, trailer, or one entry of a group after the
/// other.
struct Level {
  explicit Level(const MemberSet& of, Level* around = nullptr)
      : members(of), outer(around), seen(of.order.size(), 0) {}

  bool has_seen(std::size_t place) const { return entry != 0 && seen[place] == entry; }
  /// True: it was there already, in this entry.
  bool mark(std::size_t place) { return std::exchange(seen[place], entry) == entry; }

  const MemberSet& members;
  Level* outer;                     ///< null: not in a group
  std::vector<std::uint32_t> seen;  ///< by place: the last entry that had it
  std::uint32_t entry = 1;
};

/// The entries of one group while they are read.
struct Run {
  Run(const GroupDef& of, Level& around) : group(of), level(of.members, &around) {
    level.entry = 0;
  }

  const GroupDef& group;
  Level level;
  std::size_t declared = kUnknown;  ///< entries; kUnknown: no count field, or one that is no count
  std::string_view count;           ///< as it is written
  bool orphan = false;              ///< stands where its count field does not
  std::size_t last = 0;             ///< place of the field before
  bool begun = false;               ///< this entry has its delimiter
  bool told = false;                ///< that an entry begins with another field
};

// The group that has `tag`, at any depth.
const GroupDef* group_with(const MemberSet& members, int tag) {
  for (const auto& [count_tag, group] : members.groups) {
    if (group->members.has(tag)) return group.get();
    if (const GroupDef* inner = group_with(group->members, tag)) return inner;
  }
  return nullptr;
}

// A field of this tag could stand in a level further out and is not there yet.
bool is_awaited(int tag, const Level* level) {
  for (; level != nullptr; level = level->outer) {
    const auto place = level->members.place(tag);
    if (place && !level->has_seen(*place)) return true;
  }
  return false;
}

Finding unknown_type(std::optional<std::string_view> type, const std::string& label) {
  if (!type) return finding(RejectReason::required_tag_missing, kMsgType, label);
  if (type->empty()) return finding(RejectReason::tag_without_value, kMsgType, label);
  return finding(RejectReason::invalid_msg_type, 0, fmt::format("{}={}", label, shown(*type)));
}

/// Walks the fields once. Recursion is as deep as the groups of the dictionary nest.
class Validator {
 public:
  Validator(const Message& message, const Dictionary& dictionary, const MessageDef& definition,
            const ValidateOptions& options)
      : message_(message),
        dictionary_(dictionary),
        user_tags_(options.user_tags),
        findings_(dictionary, options.most),
        sections_{Level(dictionary.header()), Level(definition.members),
                  Level(dictionary.trailer())} {}

  std::vector<Finding> run() {
    while (going()) top_field();
    for (const Section section : kSections) note_missing(section);
    const bool cut_short = message_.size() > limits::kFieldsPerMessage;
    return findings_.take(!findings_.full() && !cut_short);
  }

 private:
  enum Section : std::size_t { header, body, trailer };
  static constexpr Section kSections[] = {header, body, trailer};

  bool going() const { return at_ < message_.size() && !findings_.full(); }

  // The field here if the dictionary knows it. Else it may stand anywhere and is dealt with.
  const FieldDef* known_field() {
    const FieldView field = message_[at_];
    if (field.tag == 0) {
      malformed(field.value);
    } else if (field.tag == kCheckSum && at_ + 1 != message_.size()) {
      findings_.add(RejectReason::tag_out_of_order, kCheckSum);
      early_checksum_ = true;
    } else if (const FieldDef* known = dictionary_.field(field.tag)) {
      return known;
    } else if (field.tag < kFirstUserTag || !user_tags_) {
      findings_.add(
          finding(RejectReason::invalid_tag_number, field.tag, std::to_string(field.tag)));
    } else if (field.value.empty()) {
      findings_.add(RejectReason::tag_without_value, field.tag);
    }
    ++at_;
    return nullptr;
  }

  void malformed(std::string_view part) {
    const std::size_t equals = part.find('=');
    if (at_ >= limits::kFieldsPerMessage) {
      findings_.add(
          {RejectReason::invalid_tag_number, 0,
           fmt::format("The message has more than {} fields", limits::kFieldsPerMessage)});
    } else if (equals != std::string_view::npos) {
      int tag = 0;
      const char* const end = part.data() + equals;
      const auto read = std::from_chars(part.data(), end, tag);
      const bool is_number = read.ec == std::errc() && read.ptr == end;
      findings_.add(finding(RejectReason::invalid_tag_number, is_number ? tag : 0, shown(part)));
    } else {
      broken_value(part);
    }
  }

  // A part without `=` is what an SOH cut off from the value before it: one fault, however many.
  void broken_value(std::string_view part) {
    const FieldView before = at_ == 0 ? FieldView{} : message_[at_ - 1];
    if (before.tag != 0) {
      findings_.add(RejectReason::value_has_soh, before.tag);
    } else if (at_ == 0 || before.value.find('=') != std::string_view::npos) {
      findings_.add(finding(RejectReason::value_has_soh, 0, shown(part)));
    }
  }

  struct Spot {
    Section section;
    std::size_t place;
  };

  std::optional<Spot> spot_of(int tag) const {
    if (section_ != header) {
      if (const auto place = sections_[body].members.place(tag)) return Spot{body, *place};
    }
    for (const Section section : kSections) {
      if (const auto place = sections_[section].members.place(tag)) return Spot{section, *place};
    }
    return std::nullopt;
  }

  std::size_t rank(Section section, std::size_t place) const {
    for (std::size_t before = 0; before < section; ++before)
      place += sections_[before].members.order.size();
    return place;
  }

  void top_field() {
    const FieldDef* const field = known_field();
    if (field == nullptr) return;
    const auto spot = spot_of(field->tag);
    if (!spot) return stray(*field);
    Level& level = sections_[spot->section];
    rank_ = rank(spot->section, spot->place);
    // The section begins anew here, so that a part in the wrong place is told once.
    const bool back = spot->section < std::exchange(section_, spot->section);
    const std::size_t told = findings_.size();
    if (level.mark(spot->place)) {
      findings_.add(RejectReason::tag_repeated, field->tag);
    } else if (back || is_late_msg_type(field->tag)) {
      findings_.add(RejectReason::tag_out_of_order, field->tag);
    }
    take(*field, level, told == findings_.size());
  }

  bool is_late_msg_type(int tag) const {
    if (tag != kMsgType || at_ == 0) return false;
    const int before = message_[at_ - 1].tag;
    return before != kBeginString && before != kBodyLength;
  }

  // In no section. If it belongs to a group, its run is told once and read as entries.
  void stray(const FieldDef& field) {
    const GroupDef* group = nullptr;
    Level* around = &sections_[body];
    for (const Section section : {body, header}) {
      if (group != nullptr) break;
      around = &sections_[section];
      group = group_with(around->members, field.tag);
    }
    if (group == nullptr) {
      findings_.add(RejectReason::tag_not_defined_for_type, field.tag);
      ++at_;
      return;
    }
    findings_.add(RejectReason::tag_not_defined_for_type, field.tag,
                  fmt::format(" outside its group {}", dictionary_.field_label(group->count_tag)));
    Run run(*group, *around);
    run.orphan = true;
    run.told = true;
    entries(run);
  }

  // Takes the field here, with the entries behind it if it counts a group.
  void take(const FieldDef& field, Level& level, bool sound) {
    const std::string_view value = message_[at_].value;
    const bool counts = sound && has_value(field, value);
    ++at_;
    const GroupDef* const group = level.members.group(field.tag);
    if (group == nullptr) return;
    Run run(*group, level);
    if (counts) {
      run.count = value;
      run.declared = parse_size(value).value_or(kTooMany);
    }
    entries(run);
  }

  bool has_value(const FieldDef& field, std::string_view value) {
    const auto shown_value = [value] { return fmt::format("={}", shown(value)); };
    if (value.empty()) {
      findings_.add(RejectReason::tag_without_value, field.tag);
    } else if (!has_format(field, value)) {
      findings_.add(RejectReason::incorrect_data_format, field.tag, shown_value());
    } else if (field.tag != kMsgType && !has_known_codes(field, value)) {
      findings_.add(RejectReason::value_incorrect, field.tag, shown_value());
    } else {
      if (field.kind == ValueClass::data) check_length(field.tag, value);
      return true;
    }
    return false;
  }

  // A data field stands right behind the field with its length (FIX 4.4 volume 1, data fields).
  void check_length(int tag, std::string_view value) {
    const int length_tag = length_tag_of_data(tag);
    if (length_tag == 0) return;
    const FieldView before = at_ == 0 ? FieldView{} : message_[at_ - 1];
    if (before.tag != length_tag) {
      if (!message_.has(length_tag)) return findings_.add_missing(rank_, length_tag);
      return findings_.add(RejectReason::tag_out_of_order, tag);
    }
    const auto length = parse_size(before.value);
    if (length && *length != value.size())
      findings_.add(RejectReason::value_incorrect, length_tag,
                    fmt::format("={}, but {} has {} bytes", *length, dictionary_.field_label(tag),
                                value.size()));
  }

  void entries(Run& run) {
    const std::size_t slot = findings_.size();
    while (going()) {
      const FieldDef* const field = known_field();
      if (field == nullptr) continue;
      const auto place = run.level.members.place(field->tag);
      if (place ? leaves(run, field->tag, *place) : !intrudes(run, field->tag)) break;
      if (place) {
        member(run, *field, *place);
      } else {
        intruder(run, field->tag);
      }
    }
    end_entry(run);
    const std::size_t found = run.level.entry;
    if (run.declared == kUnknown || run.declared == found || findings_.full()) return;
    const int tag = run.group.count_tag;
    findings_.insert(slot, finding(RejectReason::group_count_wrong, tag,
                                   fmt::format("{}={}, but {} {}", dictionary_.field_label(tag),
                                               shown(run.count), found,
                                               found == 1 ? "entry follows" : "entries follow")));
  }

  // A tag of the group and of what is around it, as only overlays have them: ends the group where
  // it would be a fault in it.
  static bool leaves(const Run& run, int tag, std::size_t place) {
    if (!is_awaited(tag, run.level.outer)) return false;
    if (tag == run.group.delimiter && (run.level.entry == 0 || run.begun))
      return run.level.entry >= run.declared;
    return run.level.entry == 0 || run.level.has_seen(place) || place < run.last;
  }

  // No member, but the group goes on right behind it.
  bool intrudes(const Run& run, int tag) const {
    if (at_ + 1 >= message_.size()) return false;
    const int next = message_[at_ + 1].tag;
    if (!run.level.members.has(next)) return false;
    for (const Level* level = run.level.outer; level != nullptr; level = level->outer) {
      if (level->members.group(tag) != nullptr || level->members.has(next)) return false;
    }
    return true;
  }

  void intruder(const Run& run, int tag) {
    const auto mark_in = [tag](Level& level) -> std::optional<bool> {
      const auto place = level.members.place(tag);
      return place ? std::optional(level.mark(*place)) : std::nullopt;
    };
    RejectReason reason = RejectReason::group_out_of_order;
    std::optional<bool> again;
    for (Level* level = run.level.outer; level != nullptr && !again; level = level->outer)
      again = mark_in(*level);
    if (!again) reason = RejectReason::tag_out_of_order;
    for (const Section section : kSections) {
      if (!again) again = mark_in(sections_[section]);
    }
    if (!again) reason = RejectReason::tag_not_defined_for_type;
    if (again.value_or(false)) reason = RejectReason::tag_repeated;
    findings_.add(reason, tag,
                  fmt::format(" among {}", dictionary_.field_label(run.group.count_tag)));
    ++at_;
  }

  void member(Run& run, const FieldDef& field, std::size_t place) {
    const std::size_t told = findings_.size();
    const bool delimiter = field.tag == run.group.delimiter;
    if (begins_entry(run, place, delimiter)) {
      end_entry(run);
      ++run.level.entry;
      run.begun = false;
      if (!delimiter && !std::exchange(run.told, true))
        findings_.add(
            RejectReason::group_out_of_order, field.tag,
            fmt::format(" begins an entry, not {}", dictionary_.field_label(run.group.delimiter)));
    } else if (run.level.has_seen(place)) {
      findings_.add(RejectReason::tag_repeated, field.tag);
    } else if (place < run.last && !delimiter) {
      findings_.add(RejectReason::group_out_of_order, field.tag);
    }
    run.begun |= delimiter;
    run.last = place;
    run.level.mark(place);
    take(field, run.level, told == findings_.size());
  }

  // The delimiter, unless the entry began with another field and has none yet. Or a field again
  // while entries are due: more likely an entry with a wrong beginning than a field too many.
  static bool begins_entry(const Run& run, std::size_t place, bool delimiter) {
    if (run.level.entry == 0) return true;
    if (delimiter) return run.begun;
    return run.level.has_seen(place) && run.level.entry < run.declared &&
           (place != run.last || !run.begun);
  }

  void end_entry(const Run& run) {
    if (run.level.entry == 0 || run.orphan || findings_.full()) return;
    const MemberSet& members = run.level.members;
    for (const int tag : members.required) {
      const bool excused = tag == run.group.delimiter;  // its absence is told as a wrong beginning
      if (excused || run.level.has_seen(*members.place(tag))) continue;
      findings_.add_missing(rank_, tag,
                            fmt::format(" in entry {} of {}", run.level.entry,
                                        dictionary_.field_label(run.group.count_tag)));
    }
  }

  void note_missing(Section section) {
    const Level& level = sections_[section];
    for (const int tag : level.members.required) {
      const std::size_t place = *level.members.place(tag);
      if (level.has_seen(place) || (tag == kCheckSum && early_checksum_)) continue;
      findings_.add_missing(rank(section, place), tag);
    }
  }

  const Message& message_;
  const Dictionary& dictionary_;
  bool user_tags_;
  Findings findings_;
  std::array<Level, 3> sections_;
  Section section_ = header;
  std::size_t at_ = 0;
  std::size_t rank_ = 0;  ///< of the field at the top where we are
  bool early_checksum_ = false;
};

}  // namespace

std::vector<Finding> validate(const Message& message, const Dictionary& dictionary,
                              const ValidateOptions& options) {
  if (options.most == 0) return {};
  const auto type = message.find(kMsgType);
  const MessageDef* const definition = type ? dictionary.message(*type) : nullptr;
  if (definition == nullptr) return {unknown_type(type, dictionary.field_label(kMsgType))};
  return Validator(message, dictionary, *definition, options).run();
}

}  // namespace fixdrill::fix
