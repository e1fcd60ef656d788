#include "import/importer.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <future>
#include <map>
#include <unordered_set>
#include <utility>

#include "import/byte_reader.h"
#include "import/import_sessions.h"
#include "import/log_header.h"
#include "record/sha256.h"

namespace fixdrill::imports {

using record::Direction;
using record::MessageKind;
using record::MessageView;

namespace {

using Sources = std::vector<std::unique_ptr<ForeignSource>>;

// Of the file as it is, packed or not; "" of standard input, which can be read once only.
std::string digest_of(const std::string& path) {
  if (path == "-") return {};
  const auto reader = open_bytes(path);
  if (!reader) return {};
  record::Sha256 sum;
  std::vector<char> block(256u << 10);
  for (;;) {
    const auto got = (*reader)->read(block.data(), block.size());
    if (!got || *got == 0) return sum.finish();
    sum.add({block.data(), *got});
  }
}

Result<Sources> open_all(const ImportJob& job) {
  Sources sources;
  for (const std::string& path : job.paths) {
    if (path == "-" && job.paths.size() > 1)
      return input_error(
          "standard input can be imported only alone: several sources are read twice, to compare "
          "their clocks");
    auto source = open_foreign(path, job.options);
    if (!source) return source.error();
    sources.push_back(std::move(*source));
  }
  return sources;
}

bool identifies(const MessageView& view) {
  return view.kind == MessageKind::fix && view.session_id != 0;
}

/// A message as the first source that shows it has it.
struct FirstSeen {
  std::size_t source = 0;
  std::int64_t wall_ns = 0;
  bool timed = false;
};

/// Reads all sources once for what their clocks differ by.
class ClockSurvey {
 public:
  explicit ClockSurvey(std::size_t sources) : sightings_(sources), clocks_(sources) {}

  void read(std::size_t number, ForeignSource& source) {
    ClockDifferences differences;
    for (auto next = source.next(); next && *next; next = source.next()) {
      if (!identifies(**next)) continue;
      const MessageView& view = **next;
      const bool timed = !source.by_sending_time() && view.time.wall_ns != 0;
      const auto id = static_cast<std::int64_t>(seen_.size()) + 1;
      const std::int64_t found = sightings_.find_or_add(number, key_of(view.raw), id);
      if (found == 0)
        seen_.push_back({number, view.time.wall_ns, timed});
      else if (timed)
        compare(seen_[static_cast<std::size_t>(found - 1)], view, differences);
    }
    clocks_[number] = differences.offset();
  }

  const std::vector<std::optional<ClockOffset>>& clocks() const { return clocks_; }

 private:
  void compare(const FirstSeen& first, const MessageView& view, ClockDifferences& differences) {
    if (!first.timed) return;
    const auto& clock = clocks_[first.source];
    const std::int64_t first_ns = first.wall_ns - (clock ? clock->offset_ns : 0);
    differences.add(view.direction, view.time.wall_ns - first_ns);
  }

  Sightings sightings_;
  std::vector<FirstSeen> seen_;  ///< by id - 1
  std::vector<std::optional<ClockOffset>> clocks_;
};

/// One source on its way into the recording.
struct Lane {
  ForeignSource* source = nullptr;
  std::int64_t id = 0;         ///< of its row
  std::int64_t offset_ns = 0;  ///< of its clock
  const MessageView* view = nullptr;
  std::int64_t order_ns = 0;  ///< time of the view, never before that of the one before it
  std::optional<Error> error;

  std::int64_t wall_ns() const {
    return view->time.wall_ns == 0 ? 0 : view->time.wall_ns - offset_ns;
  }
  void advance() {
    const auto next = source->next();
    if (!next) error = next.error();
    view = next ? *next : nullptr;
    if (view) order_ns = std::max(order_ns, wall_ns());
  }
};

class Import {
 public:
  Import(const ImportJob& job, record::Recorder& recorder)
      : job_(job), recorder_(recorder), sessions_(recorder), sightings_(job.paths.size()) {}

  void add(ForeignSource& source, const std::optional<ClockOffset>& clock) {
    Lane lane;
    lane.source = &source;
    lane.id = recorder_.next_id();
    lane.offset_ns = clock ? clock->offset_ns : 0;
    lane.advance();
    lanes_.push_back(std::move(lane));
  }

  void run() {
    for (;;) {
      Lane* first = nullptr;
      for (Lane& lane : lanes_) {
        if (lane.view && (!first || lane.order_ns < first->order_ns)) first = &lane;
      }
      if (!first) return;
      take(*first);
      first->advance();
    }
  }

  const std::vector<Lane>& lanes() const { return lanes_; }
  std::uint64_t messages() const { return messages_; }
  std::uint64_t seen_by_more() const { return more_.size(); }
  std::size_t sessions() const { return sessions_.size(); }

 private:
  void take(Lane& lane) {
    const MessageView& view = *lane.view;
    const auto number = static_cast<std::size_t>(&lane - lanes_.data());
    if (lanes_.size() > 1 && identifies(view)) {
      const std::int64_t known = sightings_.find_or_add(number, key_of(view.raw), last_id_ + 1);
      if (known != 0) return sighting(lane, known);
    }
    message(lane, number);
  }

  void sighting(const Lane& lane, std::int64_t message_id) {
    more_.insert(message_id);
    recorder_.sighting({message_id, lane.id, lane.view->number, lane.view->time.wall_ns,
                        masked(lane.source->prefix())});
  }

  void message(const Lane& lane, std::size_t number) {
    const MessageView& view = *lane.view;
    const bool has_header = view.kind == MessageKind::fix || view.kind == MessageKind::partial;
    const LogHeader header = has_header ? read_header(view.raw) : LogHeader();
    const ImportSessions::Place place =
        sessions_.place({number, *lane.source, view, header.msg_type});
    record::MessageRow row;
    row.id = last_id_ = recorder_.next_message_id();
    row.connection_id = place.connection_id;
    row.session_id = place.session_id;
    row.direction = place.direction;
    std::uint64_t& offset = streams_[{place.connection_id, place.direction}];
    row.stream_offset = offset;
    offset += view.raw.size();
    row.time = {lane.wall_ns(), 0};
    row.kind = view.kind;
    row.sum_ok = view.sum_ok;
    row.raw = job_.masker.mask(view.raw, row.masked);
    row.masked = row.masked || view.masked;
    row.source_id = lane.id;
    row.line = view.number;
    row.prefix = masked(lane.source->prefix());
    row.time_source = lane.source->by_sending_time() ? record::TimeSource::fix
                      : lane.source->is_capture()    ? record::TimeSource::pcap
                                                     : record::TimeSource::log;
    if (has_header) ++messages_;
    describe(header, row);
    recorder_.message(std::move(row));
  }

  static void describe(const LogHeader& header, record::MessageRow& row) {
    row.msg_type = header.msg_type;
    row.poss_dup = header.poss_dup == "Y";
    const std::string_view seq = header.seq_num;
    const auto read = std::from_chars(seq.data(), seq.data() + seq.size(), row.seq);
    if (read.ec != std::errc() || read.ptr != seq.data() + seq.size() || row.seq < 0) row.seq = 0;
  }

  std::string masked(std::string_view text) const {
    return text.empty() ? std::string() : job_.masker.mask(text);
  }

  const ImportJob& job_;
  record::Recorder& recorder_;
  ImportSessions sessions_;
  Sightings sightings_;
  std::vector<Lane> lanes_;
  std::map<std::pair<std::int64_t, Direction>, std::uint64_t> streams_;  ///< bytes so far
  std::unordered_set<std::int64_t> more_;  ///< messages that have sightings
  std::int64_t last_id_ = 0;
  std::uint64_t messages_ = 0;
};

record::SourceRow row_of(const ImportedSource& source, const Lane& lane, std::string sha256) {
  record::SourceRow row;
  row.id = lane.id;
  row.path = source.path;
  row.kind = lane.source->is_capture() ? "pcap" : "log";
  row.format = source.report.format;
  row.bytes = source.report.bytes;
  row.explained = source.report.explained;
  row.messages = source.report.messages;
  if (source.clock) {
    row.clock_offset_ns = source.clock->offset_ns;
    row.clock_spread_ns = source.clock->spread_ns;
  }
  row.sha256 = std::move(sha256);
  return row;
}

}  // namespace

Result<ImportResult> import_files(const ImportJob& job, record::Recorder& recorder) {
  auto sources = open_all(job);
  if (!sources) return sources.error();
  std::vector<std::future<std::string>> digests;
  for (const std::string& path : job.paths)
    digests.push_back(std::async(std::launch::async, digest_of, path));
  ClockSurvey survey(job.paths.size());
  if (job.paths.size() > 1) {
    for (std::size_t i = 0; i < sources->size(); ++i) survey.read(i, *(*sources)[i]);
    sources = open_all(job);
    if (!sources) return sources.error();
  }
  Import import(job, recorder);
  for (std::size_t i = 0; i < sources->size(); ++i) import.add(*(*sources)[i], survey.clocks()[i]);
  import.run();
  ImportResult result;
  for (std::size_t i = 0; i < sources->size(); ++i) {
    const Lane& lane = import.lanes()[i];
    result.sources.push_back({job.paths[i], lane.source->report(), survey.clocks()[i], lane.error});
    recorder.source(row_of(result.sources.back(), lane, digests[i].get()));
  }
  result.messages = import.messages();
  result.seen_by_more = import.seen_by_more();
  result.sessions = import.sessions();
  return result;
}

}  // namespace fixdrill::imports
