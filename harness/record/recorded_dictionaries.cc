#include "record/recorded_dictionaries.h"

#include "record/recording_file.h"

namespace fixdrill::record {

Result<std::vector<RecordedDictionary>> read_dictionaries(const std::string& path) {
  auto database = open_recording(path);
  if (!database) return database.error();
  try {
    std::vector<RecordedDictionary> found;
    Rows rows(*database,
              "SELECT sha256, name, data FROM artifact WHERE kind = 'dictionary' ORDER BY id");
    while (rows.next()) found.push_back({rows.text(0), rows.text(1), rows.text(2)});
    return found;
  } catch (const std::exception&) {
    return reading_failed(path);
  }
}

}  // namespace fixdrill::record
