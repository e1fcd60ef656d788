#include "diff/unseen.h"

#include <fmt/format.h>
#include <future>
#include <unordered_map>

#include "base/text.h"

namespace fixdrill::diff {

using record::Direction;

namespace {

// A value that A had less often may be absent from B by chance.
constexpr std::uint64_t kOften = 5;

/// How often messages of a type have a field, and a value of it; no further than kOften.
struct Sought {
  std::string field;  ///< as bytes of a message: SOH, tag, `=`
  std::string value;  ///< the same with the value and SOH
  std::uint64_t fields = 0;
  std::uint64_t values = 0;

  bool found() const { return values >= kOften; }
  void look(std::string_view raw) {
    if (fields < kOften && raw.find(field) != std::string_view::npos) ++fields;
    if (raw.find(value) != std::string_view::npos) ++values;
  }
};

/// Values to be looked up in one side, all in one walk over it.
class Census {
 public:
  void seek(std::uint32_t type, int tag, const std::string& value) {
    sought_[type].try_emplace({tag, value}, Sought{fmt::format("{}{}=", kSoh, tag),
                                                   fmt::format("{0}{1}={2}{0}", kSoh, tag, value)});
  }
  const Sought& of(std::uint32_t type, int tag, const std::string& value) const {
    return sought_.at(type).at({tag, value});
  }

  void count(const Side& side) {
    std::unordered_map<std::uint32_t, std::vector<Sought*>> open;
    for (auto& [type, sought] : sought_) {
      for (auto& [value, one] : sought) open[type].push_back(&one);
    }
    for (const Entry& entry : side.entries) {
      if (open.empty()) return;
      const auto at = open.find(entry.type);
      if (at == open.end()) continue;
      for (Sought* const one : at->second) one->look(entry.raw);
      std::erase_if(at->second, [](const Sought* one) { return one->found(); });
      if (at->second.empty()) open.erase(at);
    }
  }

 private:
  using Values = std::map<std::pair<int, std::string>, Sought>;
  std::unordered_map<std::uint32_t, Values> sought_;
};

/// An enumerated field with one value of it.
struct Value {
  int tag = 0;
  std::string code;
};

// "150=F|39=2" of a message that one side lacks; the value of a field that has another.
std::vector<Value> enumerated(const Finding& finding, const std::string& text,
                              const fix::Dictionary& names) {
  std::vector<Value> values;
  const auto add = [&](int tag, std::string_view code) {
    const fix::FieldDef* const field = names.field(tag);
    const bool one = !code.empty() && code.find(' ') == std::string_view::npos;
    if (one && field && !field->values.empty()) values.push_back({tag, std::string(code)});
  };
  if (finding.kind == Kind::value_changed && !finding.tags.empty()) add(finding.tags.back(), text);
  if (finding.kind != Kind::message_missing && finding.kind != Kind::message_extra) return values;
  for (const std::string_view part : split(text, '|')) {
    const auto equals = part.find('=');
    if (const auto tag = parse_size(part.substr(0, equals)))
      add(static_cast<int>(*tag), part.substr(equals + 1));
  }
  return values;
}

/// The values of all findings, on both sides.
class Unseen {
 public:
  Unseen(Two sides, const fix::Dictionary& names) : sides_(sides), names_(names) {}

  void run(Findings& findings) {
    findings.each([this](const Findings::Place& place) { seek(place); });
    auto other = std::async(std::launch::async, [this] { b_.count(sides_.b); });
    a_.count(sides_.a);
    other.get();
    findings.each([this](const Findings::Place& place) { tell(place); });
  }

 private:
  static std::uint32_t type(const Finding& finding) {
    return type_of(finding.subject.msg_type, finding.subject.direction);
  }

  void seek(const Findings::Place& place) {
    for (const std::string* text : {&place.before, &place.after}) {
      for (const Value& value : enumerated(place.finding, *text, names_)) {
        a_.seek(type(place.finding), value.tag, value.code);
        b_.seek(type(place.finding), value.tag, value.code);
      }
    }
  }

  void tell(const Findings::Place& place) {
    Finding& finding = place.finding;
    const auto unseen = [&](const std::string& text, const Census& other, char side) {
      bool any = false;
      for (const Value& value : enumerated(finding, text, names_)) {
        const Sought& there = other.of(type(finding), value.tag, value.code);
        if (there.values != 0 || there.fields == 0) continue;
        any = any || a_.of(type(finding), value.tag, value.code).found();
        const std::string field =
            finding.tags.empty() ? fmt::format("{} ", names_.field(value.tag)->name) : "";
        place.variant.remark += fmt::format(
            "{}{}{} is not seen on side {} at all", place.variant.remark.empty() ? "" : "; ", field,
            printable(names_.value_label(value.tag, value.code)), side);
      }
      return any;
    };
    const bool removed = unseen(place.before, b_, 'B');
    unseen(place.after, a_, 'A');
    if (removed && finding.subject.direction == Direction::in &&
        finding.severity == Severity::suspect)
      finding.severity = Severity::breaking;
  }

  Two sides_;
  const fix::Dictionary& names_;
  Census a_;
  Census b_;
};

}  // namespace

void note_unseen_values(Two sides, const fix::Dictionary& names, Findings& findings) {
  Unseen(sides, names).run(findings);
}

}  // namespace fixdrill::diff
