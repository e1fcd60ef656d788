// What a run connects to: sessions, parameters, limits. Read from fixdrill.toml (README.md).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "base/time.h"
#include "fix/dictionary.h"

namespace fixdrill::profile {

enum class Environment { simulator, certification, uat, production };
/// What is held against the dictionary: nothing, or whole messages, by the engine, which answers
/// with a Reject.
enum class Validate { none, reject };
enum class StoreKind { file, memory };

const char* environment_name(Environment environment);

/// Where a secret comes from; the value itself is never in the file.
struct SecretRef {
  enum class Source { env, file, prompt };
  Source source{};
  std::string name;  ///< variable, path, or what the prompt asks
  Span span;
};

struct HeaderField {
  int tag = 0;
  std::string value;
  Span span;
};

/// Default of one body field: sent when the scenario's message does not give it.
struct DefaultField {
  std::string field;  ///< tag or name
  std::string value;  ///< may hold ${expr}
  Span span;
};

struct LogonField {
  int tag = 0;
  std::string value;  ///< "!" removes an engine default
  Span span;
};

/// sender, target, username and header values may hold {worker} until for_worker (worker.h).
struct Session {
  Span span;
  std::string name;
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;       ///< acceptors: 0 = the system chooses
  bool port_of_worker = false;  ///< the first worker has `port`, each further one the next
  std::string begin_string;
  std::string appl_ver_id;  ///< DefaultApplVerID(1137) for FIXT.1.1: 7 to 9
  std::string sender;
  std::string target;
  bool acceptor = false;        ///< role: ours, in a session that scenarios declare `any`
  int heartbeat = 30;           ///< seconds
  bool reset_on_logon = false;  ///< 141=Y
  Validate validate = Validate::none;
  StoreKind store = StoreKind::file;
  std::string username;               ///< 553
  std::optional<SecretRef> password;  ///< 554
  /// Names of fixspecs ("FIX44") or paths of overlays, which the file gives relative to itself.
  std::vector<std::string> dictionary;
  std::string clordid;  ///< pattern of what uid() makes for ClOrdID
  std::vector<HeaderField> header;
  std::map<std::string, std::vector<DefaultField>> defaults;  ///< by message name or MsgType
  std::vector<LogonField> logon;
  std::vector<int> mask;  ///< venue tags that hold secrets
  Span host_span;         ///< of `host`, else of the session
};

/// Caps of guard 3, checked in the transport before a byte leaves. 0 in a file means: none may
/// leave.
struct Limits {
  std::int64_t max_order_qty = 10'000;
  std::int64_t max_notional = 10'000'000;
  int orders_per_run = 1'000;
  int messages_per_second = 100;
  std::vector<std::string> symbols;  ///< empty = any
  std::vector<std::string> raised;   ///< lines that differ from the defaults, recorded
};

struct Param {
  std::string name;
  std::string value;
  Span span;
};

/// What the profile says of scenarios with this id, or of the row of a table that has it.
struct Foretold {
  std::string id;      ///< "14.k", "14.k/early"
  std::string reason;  ///< never empty
  Span span;           ///< of both
};

struct Profile {
  SourcePtr source;  ///< keeps spans alive; null for the built-in one
  std::string path;
  Environment environment{};
  std::vector<std::string> allow;  ///< "host:port"
  bool keep_run = false;           ///< keep = "run": one session for all files of a run
  bool leftovers_warn = false;  ///< leftovers = "warn": unconsumed messages warn instead of failing
  std::vector<Param> params;
  std::map<std::string, SecretRef>
      secrets;  ///< [secret] NAME = { env = … }: for `secret NAME` of scenarios
  std::vector<Session> sessions;
  std::vector<Foretold> xfails;  ///< [xfail]: expected to fail
  std::vector<Foretold> skips;   ///< [skip]: not to be run
  Limits limits;
  Duration within = std::chrono::seconds(5);
  std::vector<std::string> ignore;  ///< message names

  const Session* session(const std::string& name) const;
};

/// Parses and checks everything that needs no network. Errors carry path:line:col and a caret.
Result<Profile> load(SourcePtr source);

/// Gives the value of a secret: environment, file (mode 0600) or prompt. Handed in by cli.
struct SecretSources {
  std::function<std::optional<std::string>(const std::string& name)> env;
  std::function<Result<std::string>(const std::string& path)>
      file;  ///< refuses a file that others can read
  std::function<Result<std::string>(const std::string& question)> prompt;
};
/// Never empty. Paths are relative to the profile. The error points to the reference.
Result<std::string> resolve(const SecretRef& ref, const SecretSources& sources);
/// What a file holds, without its last line end; refused when group or others may read it.
Result<std::string> read_secret_file(const std::string& path);

/// Hosts and CompIDs that are refused outside `production`.
struct DenyList {
  std::vector<std::string> hosts;  ///< exact or "*.example.com"
  std::vector<std::string> comp_ids;
};
/// Published production hosts, built in.
DenyList built_in_deny_list();
/// /etc/fixdrill/deny.toml: `hosts = [..]`, `comp_ids = [..]`.
Result<DenyList> load_deny_list(SourcePtr source);
/// The deny list in a file; an empty one when there is no such file. Refused unless user `owner`
/// (0: root) has it and nobody else may write it.
Result<DenyList> read_deny_file(const std::string& path, unsigned owner = 0);

/// Guards 1 and 2 (scenarios/README.md, Guards) for a session that connects, before it does: a
/// guard error names what and why.
Status check_target(const Profile& profile, const Session& session, const DenyList& deny);
/// Guard 2 against the peer that a connection really has, before a byte is sent. `address` is
/// numeric.
Status check_peer(const Profile& profile, const Session& session, const std::string& address,
                  const DenyList& deny = {});

}  // namespace fixdrill::profile
