#include "diff/finding.h"

#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "diff/labels.h"
#include "fix/value.h"
#include "record/sha256.h"

namespace fixdrill::diff {

using record::Direction;

namespace {

bool is_reject(const Subject& subject, const std::string& state) {
  const std::string& type = subject.msg_type;
  return type == "3" || type == "j" || type == "9" || type == "Y" || type == "AG" ||
         state.find("39=8") != std::string::npos || state.find("150=8") != std::string::npos;
}

bool number(const std::string& text) { return fix::Decimal::parse(text).has_value(); }

Severity of_field(const Subject& subject, const Delta& delta, const fix::Dictionary& dictionary) {
  const int tag = delta.path.empty() ? 0 : delta.path.back();
  if (delta.kind == Kind::field_removed)
    return is_required(dictionary, subject.msg_type, delta.path) ? Severity::breaking
                                                                 : Severity::suspect;
  if (tag == 39 || tag == 150) return Severity::breaking;
  // A number where a word was, or a word where a number was: parsers break.
  const bool other_type = number(delta.before) != number(delta.after) && !delta.after.empty();
  return other_type && subject.direction == Direction::in ? Severity::breaking : Severity::suspect;
}

}  // namespace

const char* severity_name(Severity severity) {
  switch (severity) {
    case Severity::breaking:
      return "BREAKING";
    case Severity::suspect:
      return "SUSPECT";
    case Severity::benign:
      return "BENIGN";
    case Severity::latency:
      return "LATENCY";
    case Severity::noise:
      return "NOISE";
  }
  return "";
}

const char* kind_name(Kind kind) {
  switch (kind) {
    case Kind::message_missing:
      return "message missing";
    case Kind::message_extra:
      return "message extra";
    case Kind::message_moved:
      return "message elsewhere";
    case Kind::flow_missing:
      return "flow missing";
    case Kind::flow_extra:
      return "flow extra";
    case Kind::field_removed:
      return "field removed";
    case Kind::field_added:
      return "field added";
    case Kind::value_changed:
      return "value changed";
    case Kind::value_written:
      return "value written differently";
    case Kind::wording_changed:
      return "wording changed";
    case Kind::refers_elsewhere:
      return "refers to another";
    case Kind::order_changed:
      return "field order changed";
    case Kind::entry_removed:
      return "group entry removed";
    case Kind::entry_added:
      return "group entry added";
    case Kind::entries_moved:
      return "group entries moved";
    case Kind::id_format:
      return "identifier format changed";
    case Kind::id_reuse:
      return "identifier uniqueness changed";
    case Kind::clock_precision:
      return "precision changed";
    case Kind::clock_order:
      return "time order changed";
    case Kind::session_count:
      return "session traffic changed";
    case Kind::session_missing:
      return "session missing";
    case Kind::session_extra:
      return "session extra";
    case Kind::slower:
      return "slower";
    case Kind::faster:
      return "faster";
  }
  return "";
}

Severity severity(const Subject& subject, const Delta& delta, const fix::Dictionary& dictionary) {
  switch (delta.kind) {
    case Kind::session_missing:
      return Severity::breaking;
    case Kind::message_missing:
    case Kind::flow_missing:
    case Kind::entry_removed:
      return subject.direction == Direction::in ? Severity::breaking : Severity::suspect;
    case Kind::message_extra:
    case Kind::flow_extra:
      return subject.direction == Direction::in && is_reject(subject, delta.after)
                 ? Severity::breaking
                 : Severity::suspect;
    case Kind::field_removed:
    case Kind::value_changed:
      return of_field(subject, delta, dictionary);
    case Kind::message_moved:
    case Kind::refers_elsewhere:
    case Kind::entry_added:
    case Kind::id_format:
    case Kind::id_reuse:
    case Kind::clock_precision:
    case Kind::clock_order:
    case Kind::session_count:
    case Kind::session_extra:
      return Severity::suspect;
    case Kind::field_added:
    case Kind::value_written:
    case Kind::wording_changed:
    case Kind::order_changed:
    case Kind::entries_moved:
      return Severity::benign;
    case Kind::slower:
    case Kind::faster:
      return Severity::latency;
  }
  return Severity::suspect;
}

std::string fingerprint(const Subject& subject, const Delta& delta) {
  std::string path;
  for (const int tag : delta.path) path += fmt::format("/{}", tag);
  const std::string_view direction = subject.direction == Direction::in ? "in" : "out";
  return record::sha256(fmt::format("{}\n{}\n{}\n{}\n{}\n{}", kind_name(delta.kind), direction,
                                    subject.msg_type, path, delta.before, delta.after))
      .substr(0, 10);
}

Sighting* Findings::add(const Subject& subject, const Delta& delta,
                        const fix::Dictionary& dictionary, const Sighting& where) {
  return add(severity(subject, delta, dictionary), subject, delta, dictionary, where);
}

Sighting* Findings::add(Severity severity, const Subject& subject, const Delta& delta,
                        const fix::Dictionary& dictionary, const Sighting& where) {
  const auto [at, fresh] = clusters_.try_emplace(
      Key(severity, delta.kind, subject.direction, subject.msg_type, delta.path));
  Cluster& cluster = at->second;
  if (fresh) {
    Finding& finding = cluster.finding;
    finding.severity = severity;
    finding.kind = delta.kind;
    finding.subject = subject;
    finding.tags = delta.path;
    finding.message =
        subject.msg_type.empty() ? "" : printable(dictionary.message_label(subject.msg_type));
    finding.place = path_label(dictionary, delta.path);
    finding.remark = remark(dictionary, subject, delta);
    finding.fingerprint = fingerprint(subject, {delta.kind, delta.path, "*", "*"});
  }
  ++cluster.finding.count;
  const auto known = cluster.variants.find({delta.before, delta.after});
  if (known == cluster.variants.end() && cluster.variants.size() >= kVariants) {
    ++cluster.finding.other_variants;
    return nullptr;
  }
  Variant& variant = known != cluster.variants.end()
                         ? known->second
                         : cluster.variants[{delta.before, delta.after}];
  if (variant.count++ == 0) {
    variant.before = value_label(dictionary, delta, delta.before);
    variant.after = value_label(dictionary, delta, delta.after);
    variant.fingerprint = fingerprint(subject, delta);
  }
  if (variant.examples.size() >= kExamples) return nullptr;
  return &variant.examples.emplace_back(where);
}

void Findings::merge(Findings&& other) {
  for (auto& [key, cluster] : other.clusters_) {
    const auto [at, fresh] = clusters_.try_emplace(key, std::move(cluster));
    if (fresh) continue;
    Cluster& mine = at->second;
    mine.finding.count += cluster.finding.count;
    mine.finding.other_variants += cluster.finding.other_variants;
    for (auto& [values, variant] : cluster.variants) {
      const auto [place, added] = mine.variants.try_emplace(values, variant);
      if (added) continue;
      place->second.count += variant.count;
      for (const Sighting& where : variant.examples) {
        if (place->second.examples.size() < kExamples) place->second.examples.push_back(where);
      }
    }
  }
  other.clusters_.clear();
}

void Findings::each(const std::function<void(const Place&)>& visit) {
  for (auto& [key, cluster] : clusters_) {
    for (auto& [values, variant] : cluster.variants)
      visit({cluster.finding, variant, values.first, values.second});
  }
}

std::vector<Finding> Findings::take() {
  std::vector<Finding> findings;
  for (auto& [key, cluster] : clusters_) {
    Finding& finding = cluster.finding;
    for (auto& [values, variant] : cluster.variants) finding.variants.push_back(std::move(variant));
    std::stable_sort(finding.variants.begin(), finding.variants.end(),
                     [](const Variant& x, const Variant& y) { return x.count > y.count; });
    findings.push_back(std::move(finding));
  }
  clusters_.clear();
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& x, const Finding& y) {
    return std::pair(x.severity, y.count) < std::pair(y.severity, x.count);
  });
  return findings;
}

}  // namespace fixdrill::diff
