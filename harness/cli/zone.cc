#include "cli/zone.h"

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <vector>

#include "base/text.h"

namespace fixdrill::cli {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
const char* const kZones = "/usr/share/zoneinfo/";

// +HH:MM or -HH:MM.
std::optional<std::int64_t> fixed_offset(const std::string& name) {
  const bool shaped = name.size() == 6 && (name[0] == '+' || name[0] == '-') && name[3] == ':';
  if (!shaped) return std::nullopt;
  const auto hours = parse_size(name.substr(1, 2));
  const auto minutes = parse_size(name.substr(4));
  if (!hours || !minutes || *hours > 14 || *minutes > 59) return std::nullopt;
  const auto seconds = static_cast<std::int64_t>(*hours * 60 + *minutes) * 60;
  return (name[0] == '-' ? -seconds : seconds) * kSecond;
}

// The names of zone1970.tab: its third column.
std::vector<std::string> known_zones() {
  std::vector<std::string> names;
  std::ifstream table(std::string(kZones) + "zone1970.tab");
  for (std::string line; std::getline(table, line);) {
    const auto cells = split(line, '\t');
    if (cells.size() > 2 && !line.starts_with('#')) names.emplace_back(cells[2]);
  }
  return names;
}

bool is_zone_file(const std::string& name) {
  const bool inside = !name.empty() && name[0] != '/' && name.find("..") == std::string::npos;
  if (!inside) return false;
  std::ifstream file(kZones + name, std::ios::binary);
  char magic[4] = {};
  return file.read(magic, sizeof magic) && std::string_view(magic, 4) == "TZif";
}

Error no_zone(const std::string& name) {
  if (!std::filesystem::exists(kZones)) {
    return input_error(fmt::format(
        "--tz {}: this machine has no zone files (package tzdata); write an offset from "
        "UTC: +02:00",
        name));
  }
  std::vector<std::string> near;
  // People type the city alone.
  for (const std::string& zone : known_zones()) {
    if (fold_name(zone.substr(zone.rfind('/') + 1)) == fold_name(name)) near.push_back(zone);
  }
  if (near.empty()) {
    if (const auto meant = did_you_mean(name, known_zones())) near.push_back(*meant);
  }
  return input_error(fmt::format(
      "--tz {}: no such zone{}; write one like America/New_York, or an offset from UTC: +02:00",
      name, near.empty() ? "" : fmt::format(", did you mean {}?", near.front())));
}

}  // namespace

Result<flow::ZoneOffset> zone_offset(const std::string& name) {
  if (to_lower(name) == "utc" || name == "Z") return flow::ZoneOffset();
  if (const auto offset = fixed_offset(name))
    return flow::ZoneOffset([ns = *offset](std::int64_t) { return ns; });
  if (!is_zone_file(name)) return no_zone(name);
  ::setenv("TZ", (":" + name).c_str(), 1);
  ::tzset();
  return flow::ZoneOffset([](std::int64_t wall_ns) {
    const std::time_t seconds = wall_ns / kSecond;
    std::tm local{};
    return ::localtime_r(&seconds, &local) == nullptr ? 0 : local.tm_gmtoff * kSecond;
  });
}

}  // namespace fixdrill::cli
