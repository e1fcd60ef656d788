// Framing with checksum and the field index of an ExecutionReport with a group, against
// FIX::Message of QuickFIX on the same bytes; and its validation by the dictionary.
#include <benchmark/benchmark.h>
#include <string>

#include "base/text.h"
#include "fix/encoder.h"
#include "fix/framer.h"
#include "fix/message.h"
#include "fix/validate.h"
#include "quickfix_parse.h"

namespace fixdrill::fix {
namespace {

constexpr std::size_t kReportBytes = 266;

std::string execution_report() {
  return seal("FIX.4.4",
              pipe_to_soh("35=8|34=1017|49=EXCH|52=20261122-06:00:00.123|56=BRK1|"
                          "11=ORD-17|14=100|17=E-0017|31=10.05|32=100|37=O-0000417|"
                          "38=100|39=2|40=2|6=10.05|54=1|55=MSFT|59=0|60=20261122-06:00:00.122|"
                          "150=F|151=0|453=2|448=TRADER1|447=D|452=11|448=FIRM9|447=D|452=1|"));
}

void frame_and_index(benchmark::State& state) {
  const std::string bytes = execution_report();
  if (bytes.size() != kReportBytes) state.SkipWithError("the message is not 266 bytes long");
  Framer framer;
  for (auto _ : state) {
    framer.feed(bytes);
    const auto frame = framer.next();
    const Message message{std::string(frame->bytes)};
    benchmark::DoNotOptimize(message.msg_type().size());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(frame_and_index);

void validate_report(benchmark::State& state) {
  const auto dictionary = Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
  if (!dictionary) return state.SkipWithError(dictionary.error().text.c_str());
  const Message message(execution_report());
  if (!validate(message, **dictionary).empty()) state.SkipWithError("the message is not valid");
  for (auto _ : state) benchmark::DoNotOptimize(validate(message, **dictionary).size());
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(validate_report);

void quickfix_message(benchmark::State& state) {
  const std::string bytes = execution_report();
  for (auto _ : state) benchmark::DoNotOptimize(quickfix_parse(bytes));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(quickfix_message);

}  // namespace
}  // namespace fixdrill::fix

BENCHMARK_MAIN();
