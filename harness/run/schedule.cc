#include "run/schedule.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "profile/hosts.h"
#include "profile/worker.h"

namespace fixdrill::run {

namespace {

// What two lanes must not use at once. Every name of this machine is the same place.
std::string identity(const syntax::Session& declared, const profile::Session& session) {
  const std::string host =
      profile::is_loopback(session.host) ? "localhost" : profile::plain_host(session.host);
  const std::string endpoint = host + ":" + std::to_string(session.port);
  if (declared.role == syntax::Role::acceptor && session.port != 0) return "listen " + endpoint;
  return endpoint + "/" + session.sender + "/" + session.target;
}

// Who uses one identity: in which lanes, from which files.
struct Users {
  std::set<unsigned> lanes;
  std::vector<std::size_t> files;
};

using Identities = std::map<std::string, Users>;

void add_users(Identities& identities, const profile::Profile& profile, const Plan& plan,
               unsigned lane) {
  for (std::size_t i = 0; i < plan.files.size(); ++i) {
    for (const syntax::Session& declared : plan.files[i].file->sessions) {
      const profile::Session* session = profile.session(declared.name.text);
      if (!session) continue;
      Users& users = identities[identity(declared, *session)];
      users.lanes.insert(lane);
      users.files.push_back(i);
    }
  }
}

// Sets of files that grow together.
class Sets {
 public:
  explicit Sets(std::size_t size) : root_(size) { std::iota(root_.begin(), root_.end(), 0); }
  std::size_t find(std::size_t i) const {
    while (root_[i] != i) i = root_[i];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t root_a = find(a);
    const std::size_t root_b = find(b);
    root_[std::max(root_a, root_b)] = std::min(root_a, root_b);
  }

 private:
  std::vector<std::size_t> root_;
};

}  // namespace

std::vector<Unit> plan_units(const profile::Profile& profile, const Plan& plan, unsigned lanes) {
  Identities identities;
  for (unsigned lane = 1; lane <= lanes; ++lane)
    add_users(identities, profile::for_worker(profile, lane), plan, lane);
  Sets sets(plan.files.size());
  for (const auto& [name, users] : identities) {
    // What only one lane can be, it is in one file after another.
    if (users.lanes.size() == 1) continue;
    for (const std::size_t file : users.files) sets.join(users.files.front(), file);
  }
  std::map<std::size_t, Unit> by_root;
  for (std::size_t i = 0; i < plan.files.size(); ++i) {
    Unit& unit = by_root[lanes == 1 ? 0 : sets.find(i)];
    unit.files.push_back(i);
    unit.cases += plan.files[i].cases.size();
  }
  std::vector<Unit> units;
  for (auto& [root, unit] : by_root) units.push_back(std::move(unit));
  std::stable_sort(units.begin(), units.end(),
                   [](const Unit& a, const Unit& b) { return a.cases > b.cases; });
  return units;
}

}  // namespace fixdrill::run
