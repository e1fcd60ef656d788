#include "profile/session_table.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <map>

#include "base/text.h"
#include "profile/worker.h"

namespace fixdrill::profile {

namespace {

constexpr std::int64_t kLongestHeartbeat = 86'400;

struct NamedTag {
  int tag;
  const char* name;
};

/// What the session writes itself, into every message.
constexpr std::array<NamedTag, 8> kOwnTags = {{{8, "BeginString"},
                                               {9, "BodyLength"},
                                               {10, "CheckSum"},
                                               {34, "MsgSeqNum"},
                                               {35, "MsgType"},
                                               {49, "SenderCompID"},
                                               {52, "SendingTime"},
                                               {56, "TargetCompID"}}};

/// What a literal would give away.
constexpr std::array<NamedTag, 3> kSecretTags = {
    {{96, "RawData"}, {554, "Password"}, {925, "NewPassword"}}};

struct OwnKey {
  int tag;
  const char* advice;
};

/// Fields of the Logon that have a key of their own.
constexpr std::array<OwnKey, 4> kLogonKeys = {
    {{108, "HeartBtInt(108) has a key of its own: heartbeat = 30"},
     {141, "ResetSeqNumFlag(141) has a key of its own: reset_on_logon = true"},
     {553, "Username(553) has a key of its own: username = \"...\""},
     {1137, "DefaultApplVerID(1137) has a key of its own: appl_ver_id = \"9\""}}};

std::string table_name(const std::string& session, std::string_view sub = "") {
  return fmt::format("[session.{}{}{}]", session, sub.empty() ? "" : ".", sub);
}

/// Reads one session table; the members hold what its parts share.
class SessionReader {
 public:
  SessionReader(const Entry& entry, Diagnostics& out)
      : table_(entry.value, table_name(entry.key), entry.span, out), out_(out) {
    session_.name = entry.key;
    session_.span = session_.host_span = entry.span;
  }

  Session read() {
    if (!is_name(session_.name)) {
      table_.error(session_.span,
                   "the name of a session holds letters, digits and '_', no digit first");
    }
    read_endpoint();
    read_identity();
    read_behaviour();
    read_credentials();
    read_dictionary();
    read_fields();
    table_.finish();
    return std::move(session_);
  }

 private:
  void read_endpoint() {
    if (const Value* host = table_.text("host", session_.host)) {
      refuse_worker(*host, out_);
      session_.host_span = host->span;
      if (session_.host.find_first_of("/ ") != std::string::npos) {
        table_.error(host->span, "host is a name or an address, without port, scheme or blanks");
      }
    }
    std::int64_t port = 0;
    table_.integer("port", {0, 65535}, port);
    session_.port = static_cast<std::uint16_t>(port);
    table_.not_yet("tls",
                   "tls is not supported yet: this session would be in plain text; put a "
                   "TLS tunnel (stunnel) before the venue and connect to that");
  }

  void read_identity() {
    read_version(table_, session_.begin_string, session_.appl_ver_id);
    table_.require("sender", "write sender = \"...\", SenderCompID(49) of what we send");
    table_.require("target", "write target = \"...\", TargetCompID(56) of what we send");
    read_worker_text("sender", session_.sender);
    read_worker_text("target", session_.target);
    table_.choice<bool>("role", {{"initiator", false}, {"acceptor", true}}, session_.acceptor);
  }

  /// A text that {worker} may stand in.
  void read_worker_text(const char* key, std::string& out) {
    if (const Value* value = table_.text(key, out)) check_worker(*value, out_);
  }

  void read_validate() {
    std::string word;
    const Value* value = table_.choice<std::string>(
        "validate", {{"report", "report"}, {"fail", "fail"}, {"reject", "reject"}}, word);
    if (!value) return;
    if (word == "reject") {
      session_.validate = Validate::reject;
    } else {
      table_.error(value->span,
                   fmt::format("validate = \"{}\" is not supported yet; \"reject\" has the "
                               "engine check whole messages and answer with a Reject",
                               word));
    }
  }

  void read_behaviour() {
    std::int64_t heartbeat = session_.heartbeat;
    table_.integer("heartbeat", {0, kLongestHeartbeat}, heartbeat);
    session_.heartbeat = static_cast<int>(heartbeat);
    table_.boolean("reset_on_logon", session_.reset_on_logon);
    read_validate();
    table_.choice<StoreKind>("store", {{"file", StoreKind::file}, {"memory", StoreKind::memory}},
                             session_.store);
    if (const Value* pattern = table_.text("clordid", session_.clordid))
      refuse_worker(*pattern, out_);
  }

  void read_credentials() {
    read_worker_text("username", session_.username);
    if (const Value* password = table_.any("password")) {
      session_.password = read_secret("password", *password, out_);
    }
    const Value* mask = table_.of_kind("mask", Value::Kind::list);
    if (!mask) return;
    for (const Value& item : mask->items) {
      auto tag =
          parse_tag(item.kind == Value::Kind::integer ? std::to_string(item.integer) : item.text);
      if (tag)
        session_.mask.push_back(*tag);
      else
        table_.error(item.span, "mask is a list of tags, as in mask = [1400, 58]");
    }
  }

  void read_dictionary() {
    const Value* value = table_.any("dictionary");
    if (!value) return;
    if (value->kind == Value::Kind::text) return add_dictionary(*value);
    if (value->kind != Value::Kind::list) {
      return table_.error(value->span, "dictionary is a list, as in dictionary = [\"FIX44\"]");
    }
    for (const Value& item : value->items) add_dictionary(item);
  }

  void add_dictionary(const Value& item) {
    if (item.kind != Value::Kind::text || item.text.empty()) {
      return table_.error(item.span,
                          "a dictionary is a name (\"FIX44\") or the path of an overlay");
    }
    std::filesystem::path path(item.text);
    bool is_path = path.extension() == ".xml" || path.extension() == ".csv" ||
                   item.text.find('/') != std::string::npos;
    if (is_path && path.is_relative()) {
      path = std::filesystem::path(item.span.file->path()).parent_path() / path;
    }
    session_.dictionary.push_back(is_path ? path.string() : item.text);
  }

  void read_fields() {
    if (const Value* header = table_.of_kind("header", Value::Kind::table)) {
      for (const Entry& entry : header->entries) add_header(entry);
    }
    if (const Value* logon = table_.of_kind("logon", Value::Kind::table)) {
      for (const Entry& entry : logon->entries) add_logon(entry);
    }
    if (const Value* defaults = table_.of_kind("defaults", Value::Kind::table)) {
      for (const Entry& entry : defaults->entries) add_defaults(entry);
    }
  }

  void add_header(const Entry& entry) {
    auto tag = foreign_tag(entry, "header");
    auto value = scalar(entry, out_);
    if (!tag || !value || !is_plain(entry, *value)) return;
    check_worker(entry.value, out_);
    session_.header.push_back({*tag, *value, entry.span});
  }

  /// Session messages have these fields too, where no scenario is at hand to evaluate anything.
  bool is_plain(const Entry& entry, const std::string& value) {
    if (value.find("${") == std::string::npos) return true;
    table_.error(entry.value.span,
                 "expressions in header and logon fields are not supported yet; write the value");
    return false;
  }

  void add_logon(const Entry& entry) {
    auto tag = foreign_tag(entry, "logon");
    auto value = scalar(entry, out_);
    refuse_worker(entry.value, out_);
    if (!tag || !value) return;
    for (const OwnKey& own : kLogonKeys) {
      if (own.tag == *tag) return table_.error(entry.span, own.advice);
    }
    if (*value != "!" && !refuse_secret(entry, *tag, *value)) return;
    if (!is_plain(entry, *value)) return;
    session_.logon.push_back({*tag, *value, entry.span});
  }

  /// False (and an error) for a password written out.
  bool refuse_secret(const Entry& entry, int tag, const std::string& value) {
    for (const NamedTag& secret : kSecretTags) {
      if (secret.tag != tag || value.find("${") != std::string::npos) continue;
      table_.error(entry.value.span,
                   fmt::format("{}({}) is a secret and never written into a profile; "
                               "password = {{ env = \"...\" }} gives Password(554)",
                               secret.name, tag));
      return false;
    }
    return true;
  }

  /// The tag that a key names, unless the session writes it itself.
  std::optional<int> foreign_tag(const Entry& entry, const char* sub) {
    auto tag = parse_tag(entry.key);
    if (!tag) {
      table_.error(entry.span,
                   fmt::format("{} names fields by tag, as in \"142\" = \"US,IL\"; '{}' is no tag",
                               table_name(session_.name, sub), printable(entry.key)));
      return std::nullopt;
    }
    for (const NamedTag& own : kOwnTags) {
      if (own.tag != *tag) continue;
      table_.error(entry.span, fmt::format("{}({}) is written by the session itself; take it out",
                                           own.name, own.tag));
      return std::nullopt;
    }
    return tag;
  }

  void add_defaults(const Entry& message) {
    if (message.value.kind != Value::Kind::table) {
      return table_.error(message.span,
                          fmt::format("defaults are a table for each message, as in {}",
                                      table_name(session_.name, "defaults.NewOrderSingle")));
    }
    auto& fields = session_.defaults[message.key];
    for (const Entry& entry : message.value.entries) {
      auto value = scalar(entry, out_);
      refuse_worker(entry.value, out_);
      if (value && may_be_default(entry)) fields.push_back({entry.key, *value, entry.span});
    }
  }

  // What changes a session or marks tests is said where it is meant.
  bool may_be_default(const Entry& entry) {
    for (const auto& [tag, name] :
         {NamedTag{141, "ResetSeqNumFlag"}, NamedTag{464, "TestMessageIndicator"}}) {
      if (entry.key != std::to_string(tag) && fold_name(entry.key) != fold_name(name)) continue;
      table_.error(entry.span, fmt::format("{}({}) is never a default", name, tag));
      return false;
    }
    return true;
  }

  TableReader table_;
  Diagnostics& out_;
  Session session_;
};

}  // namespace

Session read_session(const Entry& entry, Diagnostics& out) {
  return SessionReader(entry, out).read();
}

void read_version(TableReader& table, std::string& begin_string, std::string& appl_ver_id) {
  table.require("begin_string", "write begin_string = \"FIX.4.4\"");
  table.choice<std::string>("begin_string",
                            {{"FIX.4.0", "FIX.4.0"},
                             {"FIX.4.1", "FIX.4.1"},
                             {"FIX.4.2", "FIX.4.2"},
                             {"FIX.4.3", "FIX.4.3"},
                             {"FIX.4.4", "FIX.4.4"},
                             {"FIXT.1.1", "FIXT.1.1"}},
                            begin_string);
  const Value* version =
      table.choice<std::string>("appl_ver_id", {{"7", "7"}, {"8", "8"}, {"9", "9"}}, appl_ver_id);
  if (begin_string == "FIXT.1.1") {
    table.require("appl_ver_id", "write \"7\" for FIX 5.0, \"8\" for 5.0 SP1 or \"9\" for 5.0 SP2");
  } else if (version && !begin_string.empty()) {
    table.error(version->span, "appl_ver_id belongs to FIXT.1.1; " + begin_string +
                                   " has no DefaultApplVerID(1137)");
  }
}

std::optional<SecretRef> read_secret(const std::string& what, const Value& value,
                                     Diagnostics& out) {
  auto bad = [&](const Span& span, const std::string& message) {
    out.push_back({Severity::error, span, message});
    return std::nullopt;
  };
  if (value.kind != Value::Kind::table) {
    return bad(value.span, fmt::format("{0} is a secret and never written into a profile; say "
                                       "where it is: {0} = {{ env = \"NAME\" }}, {{ file = "
                                       "\"PATH\" }} or {{ prompt = \"QUESTION\" }}",
                                       what));
  }
  const std::map<std::string, SecretRef::Source> sources = {{"env", SecretRef::Source::env},
                                                            {"file", SecretRef::Source::file},
                                                            {"prompt", SecretRef::Source::prompt}};
  if (value.entries.size() != 1 || !sources.count(value.entries[0].key) ||
      value.entries[0].value.kind != Value::Kind::text || value.entries[0].value.text.empty()) {
    return bad(value.span, fmt::format("{} has one of env = \"NAME\", file = \"PATH\" and prompt = "
                                       "\"QUESTION\"",
                                       what));
  }
  const Entry& place = value.entries[0];
  return SecretRef{sources.at(place.key), place.value.text, place.value.span};
}

}  // namespace fixdrill::profile
