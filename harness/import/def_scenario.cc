#include "import/def_scenario.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "base/text.h"
#include "import/def_numbers.h"
#include "import/def_send.h"
#include "import/def_text.h"

namespace fixdrill::imports {

namespace {

using Kind = DefLine::Kind;

constexpr std::size_t kWidth = 118;
constexpr std::size_t kLongestTitle = 160;
/// How long the original runner waits for the peer to come or go.
constexpr const char* kPeerLimit = "within 10s";

/// Text of a scenario that grows line by line, with where each line comes from.
class Lines {
 public:
  explicit Lines(bool one_line) : one_line_(one_line) {}

  void put(std::size_t from, const std::string& text) {
    (text_ += text) += '\n';
    from_.push_back(from);
  }

  void put(std::size_t from, const std::string& label, const StepText& step) {
    const std::string head = fmt::format("  {}{}", label, step.head);
    const std::vector<std::string> rows = rows_of(step);
    if (rows.empty()) return put(from, head);
    const std::string whole = fmt::format("{} {{ {} }}", head, join(rows, " | "));
    if (one_line_ || (rows.size() == 1 && whole.size() <= kWidth)) return put(from, whole);
    put(from, head + " {");
    for (const std::string& row : rows) put(from, "    " + row);
    put(from, "  }");
  }

  /// At most one, and none at the edge of a block.
  void put_blank(std::size_t from) {
    if (!text_.ends_with("{\n") && !text_.ends_with("\n\n")) put(from, "");
  }

  void drop_blank() {
    while (text_.ends_with("\n\n")) {
      text_.pop_back();
      from_.pop_back();
    }
  }

  std::string text() { return std::move(text_); }
  std::vector<std::size_t> from() { return std::move(from_); }

 private:
  static std::vector<std::string> rows_of(const StepText& step) {
    std::vector<std::string> rows;
    for (const std::vector<std::string>& group : step.block) {
      std::string row;
      for (const std::string& item : group) {
        if (!row.empty() && row.size() + item.size() + 7 > kWidth) {
          rows.push_back(std::move(row));
          row.clear();
        }
        row += (row.empty() ? "" : " | ") + item;
      }
      if (!row.empty()) rows.push_back(std::move(row));
    }
    return rows;
  }

  const bool one_line_;
  std::string text_;
  std::vector<std::size_t> from_;
};

// Its name without folder and ending.
std::string stem_of(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return plain_line(name.substr(0, name.rfind('.')));
}

std::string comment_text(const DefLine& line) {
  std::string_view text = trim(line.span.text());
  while (text.starts_with('#')) text.remove_prefix(1);
  return plain_line(trim(text));
}

/// Writes one file.
class Writer {
 public:
  Writer(const DefFile& file, const DefContext& context)
      : file_(file),
        context_(context),
        connections_(settled(connections(file), context.usual)),
        optional_header_(optional_header(file)),
        lines_(context.one_line) {}

  Result<DefScenario> write() {
    if (Status named = name_sessions(); !named) return named.error();
    std::size_t first = 0;
    while (first < file_.lines.size() && is_remark(first)) ++first;
    head(first);
    for (std::size_t i = first; i < file_.lines.size(); ++i) {
      if (Status written = line(i); !written) return written.error();
    }
    lines_.drop_blank();
    lines_.put(file_.lines.size(), "}");
    return DefScenario{lines_.text(), lines_.from(), std::move(sessions_)};
  }

 private:
  /// A client's session, from one connect to the next.
  struct Client {
    std::size_t session = 0;  ///< into sessions_
    std::optional<long> heartbeat;
  };
  struct Session {
    fix::DictionaryPtr dictionary;
    Numbers numbers;
  };

  bool is_remark(std::size_t index) const {
    const Kind kind = file_.lines[index].kind;
    return kind == Kind::blank || kind == Kind::comment;
  }

  std::size_t number(std::size_t index) const { return index + 1; }

  // A client that comes again with the same identity is the same session.
  Status name_sessions() {
    std::map<std::string, std::size_t> known;
    std::map<std::string, std::size_t> used;
    for (const Connection& connection : connections_) {
      const Identity& id = connection.identity;
      const std::string key = fmt::format("{}\n{}\n{}\n{}\n{}", connection.client, id.begin_string,
                                          id.sender, id.target, connection.accepts);
      if (const auto found = known.find(key); found != known.end()) {
        session_of_[connection.begin] = found->second;
        continue;
      }
      const std::string base = context_.name(id);
      const std::size_t times = ++used[base];
      known[key] = session_of_[connection.begin] = sessions_.size();
      sessions_.push_back(
          {times == 1 ? base : fmt::format("{}_{}", base, times), id, connection.accepts});
      auto dictionary = context_.dictionary(id);
      if (!dictionary) return dictionary.error();
      state_.push_back({std::move(*dictionary), {}});
    }
    return {};
  }

  void head(std::size_t first) {
    lines_.put(1, "drill 1");
    for (const DefSession& session : sessions_)
      lines_.put(1, fmt::format("session {} {} wire", session.name,
                                session.accepts ? "acceptor" : "initiator"));
    lines_.put(1, "");
    const std::size_t before = first == 0 ? 1 : first;
    for (std::size_t i = 0; i < first; ++i) remark(i, "");
    lines_.drop_blank();
    lines_.put(before, "");
    const std::string stem = stem_of(file_.source->path());
    lines_.put(before, "@id " + stem);
    lines_.put(before, fmt::format("scenario {} {{", quoted(title(stem, first))));
  }

  // The name, and what the first comment says: its `@condition`, else its first paragraph.
  std::string title(const std::string& stem, std::size_t first) const {
    std::string told;
    for (std::size_t i = 0; i < first; ++i) {
      if (file_.lines[i].kind == Kind::blank && !told.empty()) break;
      if (file_.lines[i].kind != Kind::comment) continue;
      const std::string text = comment_text(file_.lines[i]);
      constexpr std::string_view kCondition = "@condition ";
      if (text.starts_with(kCondition)) {
        told = trim(std::string_view(text).substr(kCondition.size()));
        break;
      }
      if (text.empty() || text[0] == '@') continue;
      told += (told.empty() ? "" : " ") + text;
    }
    return told.empty() || told.size() > kLongestTitle ? stem : fmt::format("{}: {}", stem, told);
  }

  void remark(std::size_t index, std::string_view indent) {
    const DefLine& line = file_.lines[index];
    if (line.kind == Kind::blank) return lines_.put_blank(number(index));
    lines_.put(number(index), fmt::format("{}{}", indent, trim(plain_line(line.span.text()))));
  }

  Status line(std::size_t index) {
    const DefLine& line = file_.lines[index];
    Client& client = clients_[line.client];
    switch (line.kind) {
      case Kind::blank:
      case Kind::comment:
        remark(index, "  ");
        return {};
      case Kind::connect:
      case Kind::accept:
        client.session = session_of_.at(index);
        begin(index, client);
        put(index, client,
            {line.kind == Kind::connect ? "connect" : fmt::format("accept {}", kPeerLimit), {}});
        return {};
      case Kind::disconnect:
        put(index, client, {"disconnect", {}});
        return {};
      case Kind::closed:
        put(index, client, {fmt::format("expect disconnect {}", kPeerLimit), {}});
        return {};
      case Kind::send:
        return send(index, client);
      case Kind::expect:
        put(index, client,
            expect_step(line, {context_.compare, state_[client.session].dictionary.get(),
                               &optional_header_, client.heartbeat}));
        return {};
    }
    return {};
  }

  // The file says its numbers; what an earlier run left is of no use.
  void begin(std::size_t index, const Client& client) {
    const int number_of_client = file_.lines[index].client;
    for (std::size_t i = index + 1; i < file_.lines.size(); ++i) {
      const DefLine& line = file_.lines[i];
      if (line.client != number_of_client || is_remark(i)) continue;
      if (line.kind == Kind::connect || line.kind == Kind::accept) break;
      if (line.kind != Kind::send) continue;
      set_number(index, client, number_of(line).value_or(1));
      return;
    }
  }

  void set_number(std::size_t index, const Client& client, std::int64_t next) {
    if (next < 1) return;
    put(index, client, {fmt::format("set next_out {}", next), {}});
    state_[client.session].numbers.set(next);
  }

  Status send(std::size_t index, Client& client) {
    const DefLine& line = file_.lines[index];
    Session& session = state_[client.session];
    const auto given = number_of(line);
    if (given && !session.numbers.filled_in(line)) set_number(index, client, *given);
    const auto steps = send_steps(line, sessions_[client.session].identity,
                                  session.dictionary.get(), session.numbers);
    if (steps.empty())
      return to_error(
          {Severity::error, line.span,
           "this message can only be sent as it stands, and then no value may hold '|'"});
    for (const StepText& step : steps) put(index, client, step);
    const std::string heartbeat = line.text(108);
    if (line.text(35) == "A" && heartbeat.size() <= 9) {
      const auto seconds = parse_size(heartbeat);
      client.heartbeat = seconds ? std::optional(static_cast<long>(*seconds)) : std::nullopt;
    }
    return {};
  }

  void put(std::size_t index, const Client& client, const StepText& step) {
    const bool several = sessions_.size() > 1 && !step.head.starts_with("let ");
    const std::string label = several ? sessions_[client.session].name + ": " : "";
    lines_.put(number(index), label, step);
  }

  const DefFile& file_;
  const DefContext& context_;
  const std::vector<Connection> connections_;
  const std::set<int> optional_header_;
  Lines lines_;
  std::vector<DefSession> sessions_;
  std::vector<Session> state_;                     ///< of each of sessions_
  std::map<std::size_t, std::size_t> session_of_;  ///< line that connects -> into sessions_
  std::map<int, Client> clients_;
};

}  // namespace

std::string session_name(const std::string& sender) {
  std::string name;
  for (const char c : sender) {
    const bool fits = std::isalnum(static_cast<unsigned char>(c)) != 0;
    name += fits ? c : '_';
  }
  const bool begins_well = !name.empty() && std::isdigit(static_cast<unsigned char>(name[0])) == 0;
  return begins_well ? name : "S" + name;
}

Result<DefScenario> to_scenario(const DefFile& file, const DefContext& context) {
  return Writer(file, context).write();
}

}  // namespace fixdrill::imports
