#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "base/text.h"
#include "report/gaps.h"

namespace fixdrill::report {

using Json = nlohmann::ordered_json;
using flow::FieldDifference;
using flow::Gap;
using flow::GapKind;
using flow::Recovery;
using flow::SequenceNote;
using flow::SequenceStream;

namespace {

constexpr int kVersion = 1;

const char* kind_name(GapKind kind) {
  switch (kind) {
    case GapKind::jump:
      return "jump";
    case GapKind::asked:
      return "asked";
    case GapKind::unasked:
      break;
  }
  return "unasked";
}

Json difference_json(const FieldDifference& one) {
  Json out = {{"tag", one.tag}, {"nth", one.nth}};
  if (one.was) out["was"] = printable(*one.was);
  if (one.is) out["is"] = printable(*one.is);
  return out;
}

Json recovery_json(std::int64_t from, const Recovery& recovery) {
  Json out = {{"from", from},
              {"to", recovery.to},
              {"how", recovery.filled ? "gap-filled" : "sent-again"},
              {"message", recovery.message}};
  if (recovery.original != 0) out["original"] = recovery.original;
  Json types = Json::object();
  for (const auto& [type, count] : recovery.types) types[printable(type)] = count;
  if (!types.empty()) out["msg_types"] = std::move(types);
  if (recovery.session_message) out["session_message"] = true;
  if (recovery.differs_somewhere) out["differs_somewhere"] = true;
  Json differences = Json::array();
  for (const FieldDifference& one : recovery.differences)
    differences.push_back(difference_json(one));
  if (!differences.empty()) out["differences"] = std::move(differences);
  return out;
}

Json gap_json(const Gap& gap) {
  Json out = {{"kind", kind_name(gap.kind)},
              {"from", gap.from},
              {"to", gap.to},
              {"message", gap.message},
              {"msg_type", printable(gap.msg_type)},
              {"time_ns", std::to_string(gap.time.wall_ns)},
              {"verdict", gap.wrong() ? "wrong" : "ok"},
              {"requests", gap.requests}};
  Json recovered = Json::array();
  for (const auto& [from, recovery] : gap.recovered)
    recovered.push_back(recovery_json(from, recovery));
  out["recovered"] = std::move(recovered);
  Json missing = Json::array();
  for (const auto& [from, to] : gap.missing()) missing.push_back({{"from", from}, {"to", to}});
  out["missing"] = std::move(missing);
  if (gap.reset_by != 0) out["reset_by"] = gap.reset_by;
  return out;
}

Json note_json(const SequenceNote& note) {
  return {{"message", note.message},
          {"time_ns", std::to_string(note.time.wall_ns)},
          {"fault", note.fault},
          {"text", printable(note.text)}};
}

Json stream_json(const SequenceStream& stream, const record::SessionRow* row) {
  Json out = {{"session", row ? printable(row->alias) : ""},
              {"direction", stream.direction == record::Direction::out ? "out" : "in"},
              {"first", stream.first},
              {"last", stream.last},
              {"messages", stream.messages},
              {"again", stream.again},
              {"verdict", stream.wrong() ? "wrong" : "ok"}};
  Json gaps = Json::array();
  for (const Gap& gap : stream.gaps) gaps.push_back(gap_json(gap));
  out["gaps"] = std::move(gaps);
  Json notes = Json::array();
  for (const SequenceNote& note : stream.notes) notes.push_back(note_json(note));
  out["notes"] = std::move(notes);
  return out;
}

}  // namespace

void gaps_json(const StreamList& streams, const record::MessageSource& source, std::ostream& out) {
  Json all = Json::array();
  for (const SequenceStream* stream : streams)
    all.push_back(stream_json(*stream, source.session(stream->session_id)));
  const Json document = {
      {"format", "fixdrill-gaps"}, {"version", kVersion}, {"streams", std::move(all)}};
  out << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace fixdrill::report
