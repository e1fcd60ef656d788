#include "sim/sim_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <string>

#include "base/text.h"
#include "profile/session_table.h"
#include "profile/table_reader.h"
#include "sim/order_entry.h"

namespace fixdrill::sim {

namespace {

using profile::Diagnostics;
using profile::TableReader;
using profile::Value;

constexpr std::int64_t kMostQuoted = 1'000'000'000 * kOne;

class SimFileReader {
 public:
  SimFileReader(const SourceFile& source, const Value& root)
      : start_{&source, 0, 0}, root_(root, "a simulator file", start_, out_) {}

  Result<Config> read() {
    if (const Value* sim = root_.of_kind("sim", Value::Kind::table)) read_sim(*sim);
    root_.finish();
    if (config_.quotes.empty()) config_.quotes = built_in_quotes();
    if (out_.empty()) return std::move(config_);
    std::stable_sort(out_.begin(), out_.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return a.span.begin < b.span.begin;
    });
    return input_error(render(out_));
  }

 private:
  void read_sim(const Value& value) {
    TableReader table(value, "[sim]", value.span, out_);
    table.text("listen", config_.listen);
    std::int64_t port = config_.port;
    table.integer("port", {0, 65535}, port);
    config_.port = static_cast<std::uint16_t>(port);
    table.text("comp_id", config_.comp_id);
    table.texts("clients", config_.clients);
    table.text("rules", config_.rules_file);
    table.choice<ApplicationKind>(
        "application",
        {{"exchange", ApplicationKind::exchange}, {"acceptance", ApplicationKind::acceptance}},
        config_.application);
    read_checks(table);
    table.boolean("reset_on_logon", config_.reset_on_logon);
    table.boolean("cancel_on_disconnect", config_.cancel_on_disconnect);
    table.texts("drop_copy", config_.drop_copy);
    if (const Value* quotes = table.of_kind("quote", Value::Kind::list))
      read_list(*quotes, "a quote is a table: [[sim.quote]]", &SimFileReader::read_quote);
    if (const Value* sessions = table.of_kind("session", Value::Kind::list))
      read_list(*sessions, "a session is a table: [[sim.session]]", &SimFileReader::read_session);
    table.finish();
  }

  /// true, false or "engine".
  void read_checks(TableReader& table) {
    const Value* value = table.any("validate");
    if (!value) return;
    if (value->kind == Value::Kind::text) {
      table.choice<Checks>("validate", {{"engine", Checks::engine}}, config_.checks);
      return;
    }
    bool by_dictionary = true;
    table.boolean("validate", by_dictionary);
    config_.checks = by_dictionary ? Checks::dictionary : Checks::none;
  }

  void read_list(const Value& list, const char* advice, void (SimFileReader::*read)(const Value&)) {
    for (const Value& item : list.items) {
      if (item.kind == Value::Kind::table) {
        (this->*read)(item);
      } else {
        root_.error(item.span, advice);
      }
    }
  }

  void read_session(const Value& value) {
    TableReader table(value, "[[sim.session]]", value.span, out_);
    KnownClient client;
    table.require("comp_id", "write comp_id = \"BRK1\", the SenderCompID(49) of its Logon");
    const Value* comp_id = table.text("comp_id", client.comp_id);
    profile::read_version(table, client.begin_string, client.appl_ver_id);
    if (comp_id && !clients_.emplace(client.comp_id, client.begin_string).second)
      table.error(comp_id->span, fmt::format("{} has a session in {} already",
                                             printable(client.comp_id), client.begin_string));
    table.boolean("fields_have_values", client.fields_have_values);
    const Value* have_values = table.any("fields_have_values");
    if (have_values && config_.checks != Checks::engine)
      table.error(have_values->span,
                  "fields_have_values is a rule of the engine: write validate = \"engine\" too");
    table.finish();
    config_.sessions.push_back(std::move(client));
  }

  void read_quote(const Value& value) {
    TableReader table(value, "[[sim.quote]]", value.span, out_);
    Quote quote;
    table.require("symbol", "write symbol = \"MSFT\"");
    table.require("size", "write size = 1000, the quantity it trades at once");
    const Value* symbol = table.text("symbol", quote.symbol);
    if (symbol && !symbols_.insert(quote.symbol).second)
      table.error(symbol->span, printable(quote.symbol) + " has a quote already");
    number(table, "bid", quote.bid);
    number(table, "offer", quote.offer);
    number(table, "size", quote.size);
    if (!table.any("bid") && !table.any("offer"))
      table.error(value.span, "a quote has a bid, an offer or both");
    if (quote.bid != 0 && quote.offer != 0 && quote.bid >= quote.offer)
      table.error(table.any("bid")->span, "the bid must be below the offer");
    table.finish();
    config_.quotes.push_back(std::move(quote));
  }

  /// A number above 0, exact; what is wrong with it is said, and it stays as it is.
  void number(TableReader& table, const char* key, std::int64_t& out) {
    const Value* value = table.any(key);
    if (!value) return;
    const auto text = profile::scalar({key, value->span, *value}, out_);
    if (!text) return;
    const auto read = read_scaled(*text);
    if (read && *read > 0 && *read <= kMostQuoted) {
      out = *read;
    } else {
      table.error(
          value->span,
          fmt::format("{} is a number above 0, at most 1000000000, with up to 8 decimals", key));
    }
  }

  Diagnostics out_;
  Span start_;
  TableReader root_;
  Config config_;
  std::set<std::string> symbols_;
  std::set<std::pair<std::string, std::string>> clients_;  ///< CompID, BeginString
};

}  // namespace

Result<Config> read_sim_file(const SourcePtr& source) {
  auto root = profile::parse_toml(*source);
  if (!root) return root.error();
  return SimFileReader(*source, *root).read();
}

}  // namespace fixdrill::sim
