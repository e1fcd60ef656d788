// One client of the simulator that says anything, on virtual time, beside one that behaves.
//
// The input: a mode, a version ('0' FIX.4.0 … '4' FIX.4.4, '7' to '9' FIXT.1.1 with that
// DefaultApplVerID), a digit whose bits switch validation (1) and cancel on disconnect (2); then
//   n  bytes as they are, without a Logon
//   r  bytes as they are, behind a Logon
//   s  behind a Logon, lines: `35=…` gets header, BodyLength and CheckSum; `!35=…` only the latter
//      two; `@7` lets 70 s pass; `^` closes and logs on again
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/text.h"
#include "fix/encoder.h"
#include "fix/framer.h"
#include "fix/value.h"
#include "net/loop.h"
#include "record/null_recorder.h"
#include "sim/simulator.h"

using namespace fixdrill;

namespace {

constexpr Time kStart{1'800'000'000'000'000'000, 0};
constexpr auto kTurn = std::chrono::milliseconds(1);

void require(bool holds) {
  if (!holds) std::abort();
}

/// Loading takes longer than thousands of executions.
Result<fix::DictionaryPtr> dictionary(const std::string& begin_string, const std::string& appl) {
  static std::map<std::string, fix::DictionaryPtr> loaded;
  fix::DictionaryPtr& known = loaded[begin_string + appl];
  if (known) return known;
  const std::string folder = FIXDRILL_SOURCE_DIR "/fixspecs/";
  std::vector<std::string> paths;
  if (begin_string == "FIXT.1.1") {
    paths = {folder + "FIXT11.xml", folder + (appl == "7"   ? "FIX50.xml"
                                              : appl == "8" ? "FIX50SP1.xml"
                                                            : "FIX50SP2.xml")};
  } else {
    paths = {folder + "FIX" + begin_string[4] + begin_string[6] + ".xml"};
  }
  auto fresh = fix::Dictionary::load(paths);
  if (fresh) known = *fresh;
  return fresh;
}

/// A client whose incoming stream must be whole messages.
class Peer final : public net::ByteSink {
 public:
  Peer(net::Loop& loop, std::string name, char version) : loop_(loop), name_(std::move(name)) {
    const bool fixt = version >= '7' && version <= '9';
    begin_string_ = fixt ? "FIXT.1.1" : "FIX.4.4";
    if (version >= '0' && version <= '4') begin_string_.back() = version;
    if (fixt) appl_ver_id_ = std::string("1137=") + version + kSoh;
  }

  void connects(std::uint16_t port) {
    framer_ = fix::Framer();
    connection_ = loop_.connect({"127.0.0.1", port}, *this);
    turn();
  }
  void closes() { connection_.reset(); }
  void logs_on() {
    number_ = 1;
    const bool resets = begin_string_ != "FIX.4.0";
    sends(pipe_to_soh(resets ? "35=A|98=0|108=30|141=Y|" : "35=A|98=0|108=30|") + appl_ver_id_);
  }
  /// Puts the header in behind the first field.
  void sends(const std::string& text) {
    const std::size_t type_end = std::min(text.find(kSoh), text.size() - 1) + 1;
    const std::string header =
        pipe_to_soh("49=" + name_ + "|56=EXCH|34=" + std::to_string(number_++) +
                    "|52=" + fix::utc_timestamp(loop_.now().wall_ns, 0) + "|");
    seals(text.substr(0, type_end) + header + text.substr(type_end));
  }
  void seals(const std::string& body) { writes(fix::seal(begin_string_, body)); }
  void writes(std::string_view bytes) {
    connection_->write(bytes);
    turn();
  }
  void turn(Duration time = kTurn) {
    loop_.run_until([] { return false; }, loop_.now() + time);
  }
  bool heard(std::string_view part) const { return last_.find(part) != std::string::npos; }

  void on_connected(const net::Endpoint&, const net::Endpoint&, Time) override {}
  void on_bytes(std::string_view bytes, Time) override {
    framer_.feed(bytes);
    while (const auto frame = framer_.next()) {
      require(frame->kind == fix::Frame::Kind::message);
      last_ = frame->bytes;
    }
    require(framer_.rest().empty());
  }
  void on_closed(net::CloseReason, const std::string&, Time) override {}

 private:
  net::Loop& loop_;
  std::string name_;
  std::string begin_string_;
  std::string appl_ver_id_;
  int number_ = 1;
  fix::Framer framer_;
  std::string last_;
  net::ConnectionPtr connection_;
};

void say(Peer& peer, std::uint16_t port, std::string_view line) {
  if (line.empty()) return;
  switch (line.front()) {
    case '!':
      return peer.seals(std::string(line.substr(1)) + kSoh);
    case '@':
      return peer.turn(std::chrono::seconds(10) * (line.size() > 1 ? line[1] & 15 : 1));
    case '^':
      peer.closes();
      peer.connects(port);
      return peer.logs_on();
    default:
      return peer.sends(std::string(line) + kSoh);
  }
}

void talk(Peer& peer, std::uint16_t port, std::string_view input) {
  const char mode = input.front();
  input.remove_prefix(3);
  peer.connects(port);
  if (mode != 'n') peer.logs_on();
  if (mode != 's') return peer.writes(input);
  for (const std::string_view line : split(input, '\n')) say(peer, port, line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (size < 3) return 0;
  const auto loop = net::make_memory_loop(kStart);
  record::NullRecorder recorder;
  sim::Config config;
  config.quotes = sim::built_in_quotes();
  config.checks = input[2] & 1 ? sim::Checks::dictionary : sim::Checks::none;
  config.cancel_on_disconnect = input[2] & 2;
  const auto note = [](const std::string& text) { require(printable(text) == text); };
  auto simulator = sim::Simulator::start(config, {*loop, recorder, dictionary, note});
  const std::uint16_t port = (*simulator)->port();
  Peer hostile(*loop, "BAD", input[1]);
  talk(hostile, port, input);
  Peer good(*loop, "GOOD", '4');
  good.connects(port);
  good.logs_on();
  good.sends(pipe_to_soh("35=1|112=HERE|"));
  require(good.heard("112=HERE"));
  (*simulator)->stop();
  return 0;
}
