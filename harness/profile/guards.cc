#include <algorithm>
#include <fmt/format.h>

#include "base/text.h"
#include "profile/hosts.h"
#include "profile/profile.h"

namespace fixdrill::profile {

namespace {

Status refuse(const Span& span, const std::string& message) {
  return guard_error(render({Severity::error, span, message}));
}

std::string target_text(const Session& session) {
  bool v6 = session.host.find(':') != std::string::npos && session.host.front() != '[';
  return fmt::format("{}{}{}:{}", v6 ? "[" : "", session.host, v6 ? "]" : "", session.port);
}

bool allowed(const Profile& profile, std::string_view host, std::uint16_t port) {
  return std::any_of(profile.allow.begin(), profile.allow.end(), [&](const std::string& entry) {
    auto target = split_target(entry);
    return target && target->port == port && target->host == plain_host(host);
  });
}

bool denied_host(const DenyList& deny, std::string_view host) {
  return std::any_of(deny.hosts.begin(), deny.hosts.end(),
                     [&](const std::string& pattern) { return host_matches(pattern, host); });
}

bool denied_comp_id(const DenyList& deny, const std::string& comp_id) {
  return std::find(deny.comp_ids.begin(), deny.comp_ids.end(), comp_id) != deny.comp_ids.end();
}

/// What is known to be production is reached in production only.
Status check_denied(const Profile& profile, const Session& session, const DenyList& deny) {
  const auto* environment = environment_name(profile.environment);
  if (denied_host(deny, session.host)) {
    return refuse(session.host_span,
                  fmt::format("{} is a production host, but this profile says environment "
                              "\"{}\"; nothing was sent",
                              session.host, environment));
  }
  for (const auto& comp_id : {session.sender, session.target}) {
    if (!denied_comp_id(deny, comp_id)) continue;
    return refuse(session.span,
                  fmt::format("{} is a production CompID, but this profile says environment "
                              "\"{}\"; nothing was sent",
                              comp_id, environment));
  }
  return {};
}

Status check_allowed(const Profile& profile, const Session& session) {
  if (allowed(profile, session.host, session.port)) return {};
  auto near = did_you_mean(target_text(session), profile.allow);
  return refuse(session.host_span,
                fmt::format("session {} goes to {}, which is not in allow{}; nothing was sent",
                            session.name, target_text(session),
                            near ? " (did you mean " + *near + "?)"
                                 : "; if test orders may go there, add it: allow = [\"" +
                                       target_text(session) + "\"]"));
}

}  // namespace

Status check_target(const Profile& profile, const Session& session, const DenyList& deny) {
  if (profile.environment == Environment::production) {
    if (session.reset_on_logon) {
      return refuse(session.span, fmt::format("session {} resets the sequence numbers "
                                              "(reset_on_logon), which never goes to production; "
                                              "nothing was sent",
                                              session.name));
    }
  } else if (auto status = check_denied(profile, session, deny); !status) {
    return status;
  }
  if (profile.environment != Environment::simulator) return check_allowed(profile, session);
  if (is_loopback(session.host)) return {};
  return refuse(session.host_span,
                fmt::format("session {} goes to {}, but environment \"simulator\" means this "
                            "machine only; nothing was sent",
                            session.name, target_text(session)));
}

Status check_peer(const Profile& profile, const Session& session, const std::string& address,
                  const DenyList& deny) {
  const bool loopback = is_loopback(address);
  if (profile.environment == Environment::simulator) {
    if (loopback) return {};
    return refuse(session.host_span,
                  fmt::format("{} turned out to be {}, but environment \"simulator\" means this "
                              "machine only; nothing was sent",
                              session.host, address));
  }
  if (profile.environment != Environment::production && denied_host(deny, address)) {
    return refuse(session.host_span,
                  fmt::format("{} turned out to be {}, a production host, but this profile says "
                              "environment \"{}\"; nothing was sent",
                              session.host, address, environment_name(profile.environment)));
  }
  // A name that leads to this machine leads on through a tunnel, nobody knows where to.
  if (!loopback || is_loopback(session.host) || allowed(profile, address, session.port)) return {};
  return refuse(session.host_span,
                fmt::format("{0} turned out to be {1} on this machine, perhaps a tunnel; if test "
                            "orders may go there, add it: allow = [\"{1}:{2}\"]; nothing was sent",
                            session.host, address, session.port));
}

}  // namespace fixdrill::profile
