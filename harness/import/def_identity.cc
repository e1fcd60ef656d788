#include "import/def_identity.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fixdrill::imports {

namespace {

using Kind = DefLine::Kind;

// The peer's messages have the CompIDs the other way round.
Identity identity_of(const DefLine& line) {
  const bool ours = line.kind == Kind::send;
  const std::string version = line.text(1137);
  const bool known = version == "7" || version == "8" || version == "9";
  return {line.text(8), line.text(ours ? 49 : 56), line.text(ours ? 56 : 49), known ? version : ""};
}

bool same_session(const Identity& a, const Identity& b) {
  return a.begin_string == b.begin_string && a.sender == b.sender && a.target == b.target;
}

}  // namespace

std::vector<Connection> connections(const DefFile& file) {
  std::vector<Connection> all;
  std::map<int, std::size_t> current;
  std::map<int, bool> has_identity;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const DefLine& line = file.lines[i];
    if (line.kind == Kind::connect || line.kind == Kind::accept) {
      current[line.client] = all.size();
      has_identity[line.client] = false;
      all.push_back({i, line.client, line.kind == Kind::accept, {}, false});
    }
    const auto at = current.find(line.client);
    if (!line.is_message() || at == current.end()) continue;
    Connection& connection = all[at->second];
    const Identity identity = identity_of(line);
    if (!std::exchange(has_identity[line.client], true)) connection.identity = identity;
    if (line.kind == Kind::expect && same_session(identity, connection.identity))
      connection.answered = true;
  }
  return all;
}

std::vector<Connection> settled(std::vector<Connection> all, const std::optional<Identity>& usual) {
  const auto first =
      std::find_if(all.begin(), all.end(), [](const Connection& c) { return c.answered; });
  const std::optional<Identity> other = first != all.end() ? std::optional(first->identity) : usual;
  for (Connection& connection : all) {
    if (!connection.answered && other) connection.identity = *other;
  }
  return all;
}

std::optional<Identity> usual_identity(const std::vector<DefFile>& files) {
  std::vector<std::pair<Identity, int>> counted;
  for (const DefFile& file : files) {
    for (const Connection& connection : connections(file)) {
      if (!connection.answered) continue;
      const auto known = std::find_if(counted.begin(), counted.end(), [&](const auto& entry) {
        return entry.first == connection.identity;
      });
      if (known == counted.end())
        counted.emplace_back(connection.identity, 1);
      else
        ++known->second;
    }
  }
  const auto most =
      std::max_element(counted.begin(), counted.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counted.end() ? std::nullopt : std::optional(most->first);
}

}  // namespace fixdrill::imports
