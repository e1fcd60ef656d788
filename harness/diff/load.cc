#include <algorithm>
#include <utility>

#include "diff/flow_reader.h"
#include "diff/renames.h"
#include "diff/side.h"
#include "flow/chains.h"

namespace fixdrill::diff {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

/// Fills a side from its source: first the messages, then what they say as flows.
class Loader {
 public:
  Loader(Side& side, const Rules& rules, const Origins& origins)
      : side_(side), rules_(rules), origins_(origins) {}

  void rename() { renames_ = Renames(rules_.renamings()); }

  Status read(record::MessageSource& source) {
    side_.name = source.name();
    while (true) {
      const auto next = source.next();
      if (!next) return next.error();
      if (!*next) break;
      take(source, **next);
    }
    cut_flows();
    FlowReader reader(side_, rules_);
    for (Flow& flow : side_.flows) {
      reader.read(flow);
      find_origin(flow);
    }
    reader.finish();
    return {};
  }

 private:
  struct Place {
    std::uint16_t session = 0;
    std::uint16_t part = 0;
  };

  // A run over several files has a row of one session for each.
  Place place_of(const record::MessageSource& source, std::int64_t id) {
    const auto known = places_.find(id);
    if (known != places_.end()) return known->second;
    const record::SessionRow* found = source.session(id);
    const record::SessionRow row = found ? *found : record::SessionRow();
    std::size_t index = 0;
    while (index < side_.sessions.size() && !same_session(side_.sessions[index], row)) ++index;
    if (index == side_.sessions.size()) {
      side_.sessions.push_back(row);
      side_.traffic.emplace_back();
    }
    const Place place{static_cast<std::uint16_t>(index),
                      static_cast<std::uint16_t>(places_.size())};
    places_.emplace(id, place);
    return place;
  }

  static bool same_session(const record::SessionRow& a, const record::SessionRow& b) {
    return a.alias == b.alias && a.begin_string == b.begin_string && a.sender == b.sender &&
           a.target == b.target;
  }

  void take(const record::MessageSource& source, const MessageView& view) {
    if (view.kind == MessageKind::junk || (view.kind != MessageKind::fix && view.session_id == 0)) {
      ++side_.unreadable;
      return;
    }
    const Place place = place_of(source, view.session_id);
    Traffic& traffic = side_.traffic[place.session];
    if (view.kind != MessageKind::fix) {
      ++side_.unreadable;
      traffic.unreadable(view);
      return;
    }
    ++side_.messages;
    if (view.time.wall_ns != 0) {
      if (side_.first_ns == 0) side_.first_ns = view.time.wall_ns;
      side_.last_ns = view.time.wall_ns;
    }
    fix::Message message{std::string(view.raw)};
    if (auto renamed = renames_.apply(message)) message = fix::Message(std::move(*renamed));
    if (message.is_admin()) traffic.session_message(view, message);
    if (traffic.repeats(view, message)) return;
    // By the row: another run of the counterparty may count its ids from the start.
    chains_.add(view.session_id, view.direction, message);
    keep(view, place, message);
  }

  void keep(const MessageView& view, Place place, const fix::Message& message) {
    Entry entry;
    entry.raw = side_.bytes.keep(message.bytes());
    entry.id = view.id;
    entry.wall_ns = view.time.wall_ns;
    entry.mono_ns = view.time.mono_ns;
    entry.session = place.session;
    entry.part = place.part;
    entry.direction = view.direction;
    entry.type = type_of(message.msg_type(), view.direction);
    entry.content = content(message, view.direction);
    entry.ignored = ignored_;
    side_.entries.push_back(entry);
    auto& counted = types_[entry.type];
    if (!counted) counted = &side_.messages_by_type[std::string(message.msg_type())];
    ++*counted;
    names_nothing_.push_back(!has_id_);
  }

  // The hash of what is compared; ids and clocks are measured on the way.
  std::uint64_t content(const fix::Message& message, Direction direction) {
    const Context context = context_of(message);
    std::uint64_t hash = 0;
    has_id_ = false;
    ignored_ = 0;
    for (std::size_t i = 0; i < message.size(); ++i) {
      const fix::FieldView field = message[i];
      const Treatment treatment = rules_.treatment(field.tag, context.msg_type, field.value);
      ++values_[static_cast<std::size_t>(treatment)];
      if (treatment == Treatment::ignore) {
        ignored_ =
            mix(mix(ignored_, static_cast<std::uint64_t>(field.tag)), hash_text(field.value));
        continue;
      }
      std::string_view value = canonical(treatment, field.value, context, scratch_);
      if (treatment == Treatment::id && id_key(message, field) == 0) value = field.value;
      has_id_ = has_id_ || (treatment == Treatment::id && value.empty());
      if (treatment == Treatment::clock) note_clock(field, direction, message);
      hash = mix(mix(hash, static_cast<std::uint64_t>(field.tag)), hash_text(value));
    }
    return hash;
  }

  void note_clock(const fix::FieldView& field, Direction direction, const fix::Message& message) {
    Format& format = clock(field.tag, direction);
    ++format.values;
    const std::size_t point = field.value.rfind('.');
    ++format.digits[point == std::string_view::npos
                        ? 0
                        : static_cast<unsigned>(field.value.size() - point - 1)];
    // Both are UTCTimestamps, so as texts of one length they sort as times.
    if (field.tag != 60) return;
    const std::string_view sent = message.value(52);
    const std::size_t size = std::min(sent.size(), field.value.size());
    if (size >= 17 && field.value.substr(0, size) > sent.substr(0, size)) ++format.late;
  }

  Format& clock(int tag, Direction direction) {
    if (tag != last_clock_.first || direction != last_direction_ || !last_clock_.second) {
      last_clock_ = {tag, &side_.clocks[{tag, direction}]};
      last_direction_ = direction;
    }
    return *last_clock_.second;
  }

  // Messages that name nothing (News, status of a market, a Reject of session traffic) are one flow
  // a session, direction and type: alone they could be told apart by their place only.
  std::uint32_t root_of(std::uint32_t n, const std::vector<std::uint32_t>& sizes) {
    const std::size_t root = chains_.flow_of(n);
    const Entry& entry = side_.entries[n];
    if (root == flow::Chains::kNone && entry.type != reject_in_ && entry.type != reject_out_)
      return kNone;
    if (root != flow::Chains::kNone && (sizes[root] != 1 || !names_nothing_[n]))
      return static_cast<std::uint32_t>(root);
    const std::uint64_t stream = mix(entry.type, entry.session);
    return streams_.try_emplace(stream, n).first->second;
  }

  void cut_flows() {
    const auto count = static_cast<std::uint32_t>(side_.entries.size());
    std::vector<std::uint32_t> sizes(count);
    for (std::uint32_t n = 0; n < count; ++n) {
      const std::size_t root = chains_.flow_of(n);
      if (root != flow::Chains::kNone) ++sizes[root];
    }
    std::vector<std::uint32_t> flow_of(count, kNone);
    std::vector<std::uint32_t> flow_of_root(count, kNone);
    for (std::uint32_t n = 0; n < count; ++n) {
      const std::uint32_t root = root_of(n, sizes);
      if (root == kNone) continue;
      std::uint32_t& flow = flow_of_root[root];
      if (flow == kNone) {
        flow = static_cast<std::uint32_t>(side_.flows.size());
        side_.flows.emplace_back();
        side_.flows.back().session = side_.entries[n].session;
      }
      flow_of[n] = flow;
      ++side_.flows[flow].end;
    }
    std::uint32_t at = 0;
    for (Flow& flow : side_.flows) {
      flow.begin = at;
      at += flow.end;
      flow.end = flow.begin;
    }
    side_.order.resize(at);
    for (std::uint32_t n = 0; n < count; ++n) {
      if (flow_of[n] != kNone) side_.order[side_.flows[flow_of[n]].end++] = n;
    }
    chains_ = {};
  }

  void find_origin(Flow& flow) {
    if (origins_.empty()) return;
    for (const std::uint32_t n : side_.members(flow)) {
      const auto at = origins_.find(side_.entries[n].id);
      if (at == origins_.end()) continue;
      flow.origin = static_cast<std::uint32_t>(side_.origins.size());
      side_.origins.push_back(at->second);
      return;
    }
  }

 public:
  void finish() {
    for (std::size_t i = 0; i < std::size(values_); ++i) {
      if (values_[i] != 0) side_.values[static_cast<Treatment>(i)] = values_[i];
    }
    side_.renamed = renames_.used();
  }

 private:
  Side& side_;
  const Rules& rules_;
  const Origins& origins_;
  Renames renames_;
  flow::Chains chains_;
  std::unordered_map<std::int64_t, Place> places_;  ///< by id of the row
  std::unordered_map<std::uint64_t, std::uint32_t> streams_;
  std::unordered_map<std::uint32_t, std::uint64_t*> types_;
  std::vector<bool> names_nothing_;
  const std::uint32_t reject_in_ = type_of("3", Direction::in);
  const std::uint32_t reject_out_ = type_of("3", Direction::out);
  std::uint64_t values_[static_cast<std::size_t>(Treatment::ignore) + 1] = {};
  std::pair<int, Format*> last_clock_;
  Direction last_direction_ = Direction::in;
  std::string scratch_;
  std::uint64_t ignored_ = 0;
  bool has_id_ = false;
};

}  // namespace

std::uint32_t type_of(std::string_view msg_type, Direction direction) {
  return static_cast<std::uint32_t>(mix(hash_text(msg_type), direction == Direction::in ? 0 : 1));
}

Result<Side> load(Which which, record::MessageSource& source, const Rules& rules,
                  const Origins& origins) {
  Side side;
  Loader loader(side, rules, origins);
  if (which == Which::a) loader.rename();
  if (Status read = loader.read(source); !read) return read.error();
  loader.finish();
  return side;
}

}  // namespace fixdrill::diff
