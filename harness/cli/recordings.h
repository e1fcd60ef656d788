// Recordings of a folder, and one of them by what it is called.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "record/head.h"

namespace fixdrill::cli {

struct Recordings {
  std::vector<record::RecordingHead> found;  ///< newest first
  std::vector<std::string> unread;           ///< why a file that looks like one is none
};

/// The files of a folder that are SQLite databases; folders in it are left out. Input error: no
/// such folder.
Result<Recordings> recordings_in(const std::string& folder);

/// The path of a recording: `name` itself when there is such a file; "release:NAME" and
/// "change:REF" are the newest sealed one in `folder` with that label, and so is NAME alone, as a
/// release and then as a change. Input error when there is none, with the labels there are.
Result<std::string> find_recording(const std::string& name, const std::string& folder);

/// What a reading command was given, with `release:NAME` and `change:REF` as find_recording() has
/// them in the project's recordings. Any other name is a path.
Result<std::string> labelled_path(const std::string& name);
Result<std::vector<std::string>> labelled_paths(std::vector<std::string> names);

/// The newest one that can be read. Input error when there is none.
Result<std::string> newest_recording(const std::string& folder);

}  // namespace fixdrill::cli
