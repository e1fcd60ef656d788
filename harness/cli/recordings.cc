#include "cli/recordings.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <utility>

#include "base/text.h"
#include "cli/project.h"
#include "record/message_reader.h"

namespace fixdrill::cli {

namespace fs = std::filesystem;

namespace {

using Label = std::string record::RecordingHead::*;

const record::RecordingHead* newest(const Recordings& recordings, Label label,
                                    const std::string& value) {
  for (const record::RecordingHead& head : recordings.found) {
    if (head.sealed && !value.empty() && head.*label == value) return &head;
  }
  return nullptr;
}

/// "releases 3.1, 3.0" or "".
std::string labels_text(const Recordings& recordings, Label label, const char* what) {
  std::vector<std::string> labels;
  for (const record::RecordingHead& head : recordings.found) {
    const std::string& value = head.*label;
    if (value.empty() || std::find(labels.begin(), labels.end(), value) != labels.end()) continue;
    labels.push_back(printable(value));
  }
  return labels.empty() ? "" : fmt::format("{} {}", what, join(labels, ", "));
}

Error none_called(const std::string& name, const std::string& folder,
                  const Recordings& recordings) {
  std::vector<std::string> known;
  for (const std::string& text :
       {labels_text(recordings, &record::RecordingHead::release, "releases"),
        labels_text(recordings, &record::RecordingHead::change, "changes")}) {
    if (!text.empty()) known.push_back(text);
  }
  return input_error(fmt::format(
      "no file and no sealed recording in {} is called {}; {}", printable(folder), printable(name),
      known.empty() ? "none there has a label: give one with run --release"
                    : fmt::format("there are {}", join(known, "; "))));
}

}  // namespace

Result<Recordings> recordings_in(const std::string& folder) {
  std::error_code error;
  Recordings recordings;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string path = entry.path().string();
    if (!entry.is_regular_file() || !record::is_recording(path)) continue;
    auto head = record::read_head(path);
    if (head)
      recordings.found.push_back(std::move(*head));
    else
      recordings.unread.push_back(head.error().text);
  }
  if (error)
    return input_error(fmt::format("cannot read {}: {}", printable(folder), error.message()));
  std::sort(recordings.found.begin(), recordings.found.end(), [](const auto& a, const auto& b) {
    return std::tie(b.started_ns, b.path) < std::tie(a.started_ns, a.path);
  });
  std::sort(recordings.unread.begin(), recordings.unread.end());
  return recordings;
}

Result<std::string> find_recording(const std::string& name, const std::string& folder) {
  std::error_code error;
  if (fs::exists(name, error)) return name;
  const bool by_release = name.starts_with("release:");
  const bool by_change = name.starts_with("change:");
  if (!fs::is_directory(folder, error)) {
    return input_error(fmt::format("no such file: {}; and no folder {} with recordings",
                                   printable(name), printable(folder)));
  }
  const auto recordings = recordings_in(folder);
  if (!recordings) return recordings.error();
  const std::string value = by_release || by_change ? name.substr(name.find(':') + 1) : name;
  const record::RecordingHead* found = nullptr;
  if (!by_change) found = newest(*recordings, &record::RecordingHead::release, value);
  if (!found && !by_release) found = newest(*recordings, &record::RecordingHead::change, value);
  if (!found) return none_called(name, folder, *recordings);
  return found->path;
}

Result<std::string> labelled_path(const std::string& name) {
  if (!name.starts_with("release:") && !name.starts_with("change:")) return name;
  return find_recording(name, kRecordings);
}

Result<std::vector<std::string>> labelled_paths(std::vector<std::string> names) {
  for (std::string& name : names) {
    auto path = labelled_path(name);
    if (!path) return path.error();
    name = std::move(*path);
  }
  return names;
}

Result<std::string> newest_recording(const std::string& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) {
    const auto recordings = recordings_in(folder);
    if (!recordings) return recordings.error();
    if (!recordings->found.empty()) return recordings->found.front().path;
  }
  return input_error(fmt::format("no recording in {}; run something first, or name a recording",
                                 printable(folder)));
}

}  // namespace fixdrill::cli
