#include "conformance/session.h"

#include <algorithm>

#include "fix/value.h"

namespace fixdrill::conformance {

namespace {

Settings with_fault(Settings settings, const Fault& fault) {
  if (fault.setting) fault.setting(settings);
  return settings;
}

bool is_replay(const fix::OutMessage& message) {
  return std::any_of(message.fields.begin(), message.fields.end(),
                     [](const fix::Field& field) { return field.tag == 34; });
}

}  // namespace

Session::Session(Settings settings, Fault fault)
    : settings_(with_fault(std::move(settings), fault)),
      fault_(std::move(fault)),
      state_{.settings = settings_} {}

void Session::calls(Line& line, Time now) {
  state_.now = now;
  restart_numbers();
  enter(Phase::waiting, line);
  Ruling ruling{.says = {logon(state_, settings_.heartbeat, true)}, .counts = false};
  fault_.apply("1B.b", ruling, {nullptr, state_});
  carry_out(ruling, nullptr, line);
}

void Session::hears(Line& line, const std::string& bytes, Time now) {
  const fix::Message message(bytes);
  const bool ours = line_ == &line;
  state_.now = now;
  state_.taken = line_ != nullptr && !ours;
  if (ours) state_.last_received = now;
  Judgement found = judge(message, ours);
  fault_.apply(found.id, found.ruling, {&message, state_});
  carry_out(found.ruling, &message, line);
}

void Session::lost(const Line& line, Time now) {
  if (line_ != &line) return;
  line_ = nullptr;
  state_.now = state_.phase_since = now;
  state_.phase = Phase::off;
  state_.gap = 0;
  state_.asked.reset();
  state_.application_down = false;
}

void Session::tick(Time now) {
  if (line_ == nullptr) return;
  state_.now = now;
  for (const ClockRule& rule : clock_rules()) {
    if (fault_.leaves_out(rule.id) || line_ == nullptr) continue;
    Verdict verdict = rule.judge(state_);
    if (!verdict) continue;
    fault_.apply(rule.id, *verdict, {nullptr, state_});
    carry_out(*verdict, nullptr, *line_);
  }
}

void Session::log_out(Time now) {
  if (state_.phase != Phase::active) return;
  state_.now = now;
  Ruling ruling{.says = {{"5", {}}}, .counts = false, .phase = Phase::leaving};
  fault_.apply("12", ruling, {nullptr, state_});
  carry_out(ruling, nullptr, *line_);
}

void Session::submit(const fix::OutMessage& message, Time now) {
  state_.now = now;
  const bool up = state_.phase == Phase::active;
  Ruling ruling{.says = {message}, .counts = false, .queues = !up};
  fault_.apply("16.a", ruling, {nullptr, state_});
  if (ruling.queues) {
    state_.queue.insert(state_.queue.end(), ruling.says.begin(), ruling.says.end());
  } else if (up) {
    carry_out(ruling, nullptr, *line_);
  }
}

Verdict Session::judge_by(Rules rules, const fix::Message& message, std::string& id) const {
  for (const Rule& rule : rules) {
    if (fault_.leaves_out(rule.id)) continue;
    if (Verdict verdict = rule.judge(message, state_)) {
      id = rule.id;
      return verdict;
    }
  }
  return std::nullopt;
}

Session::Judgement Session::judge(const fix::Message& message, bool ours) const {
  Judgement found;
  std::vector<Rules> groups = {garbled_rules()};
  if (!ours || state_.phase == Phase::waiting) {
    groups.push_back(settings_.acceptor ? acceptor_logon_rules() : initiator_logon_rules());
  } else if (state_.phase == Phase::active) {
    groups.insert(groups.end(),
                  {sequence_rules(), content_rules(), admin_rules(), application_rules()});
  } else {
    groups.push_back(leaving_rules());
  }
  for (const Rules& rules : groups) {
    if (Verdict verdict = judge_by(rules, message, found.id))
      return {found.id, std::move(*verdict)};
  }
  return {"", ignored()};
}

void Session::carry_out(const Ruling& ruling, const fix::Message* message, Line& line) {
  if (ruling.resets) restart_numbers();
  if (ruling.heartbeat) state_.heartbeat = *ruling.heartbeat;
  if (ruling.counts) ++state_.next_in;
  if (ruling.expects) state_.next_in = *ruling.expects;
  if (ruling.gap) state_.gap = std::max(state_.gap, *ruling.gap);
  if (ruling.asks) {
    state_.asked = ruling.asks;
    state_.asked_at = state_.now;
    ++state_.tests;
  }
  if (ruling.answered) state_.asked.reset();
  if (message && message->has(11)) state_.orders.emplace(message->value(11));
  const std::vector<fix::OutMessage> says = ruling.says;
  if (ruling.empties_queue) state_.queue.clear();
  for (const fix::OutMessage& each : says) say(each, line);
  if (ruling.phase) enter(*ruling.phase, line);
  if (ruling.hangs_up) line.hang_up();
}

void Session::enter(Phase phase, Line& line) {
  state_.phase = phase;
  state_.phase_since = state_.now;
  if (phase == Phase::waiting || phase == Phase::active) state_.last_received = state_.now;
  line_ = &line;
}

void Session::restart_numbers() {
  state_.next_in = state_.next_out = 1;
  state_.gap = 0;
  state_.sent.clear();
}

void Session::say(const fix::OutMessage& message, Line& line) {
  const std::string time = fix::utc_timestamp(state_.now.wall_ns);
  fix::OutMessage out = message;
  const bool again = is_replay(out);
  for (fix::Field& field : out.fields) {
    if (field.tag == 122 && field.value.empty()) field.value = time;
  }
  const fix::Header header{.begin_string = settings_.begin_string,
                           .sender = settings_.sender,
                           .target = settings_.target,
                           .seq_num = state_.next_out,
                           .sending_time = time,
                           .more = {}};
  if (!again) {
    if (!fix::is_admin_type(out.msg_type)) state_.sent[state_.next_out] = {out, time};
    ++state_.next_out;
  }
  state_.last_sent = state_.now;
  line.write(fix::encode(out, header));
}

}  // namespace fixdrill::conformance
