#include "conversation.h"

#include <gtest/gtest.h>

namespace fixdrill::test {

fix::DictionaryPtr fix44() {
  static const fix::DictionaryPtr kDictionary =
      *fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
  return kDictionary;
}

int Day::order(int quantity) {
  const int number = ++orders_;
  out(fmt::format("35=D|11={}|55=MSFT|54=1|38={}|40=2|44=10.05|59=0|", clord(number), quantity));
  in(report(number, fmt::format("150=0|39=0|38={}|14=0|151={}|6=0|", quantity, quantity)));
  return number;
}

std::string Day::report(int order, const std::string& state) const {
  return fmt::format("35=8|37={}-O{}|11={}|17={}-E{}|55=MSFT|54=1|{}60=20251124-16:00:00.001|",
                     run_, order, clord(order), run_, ++executions_, state);
}

void Day::fill(int order, int quantity) {
  in(report(order,
            fmt::format("150=F|39=2|38={0}|32={0}|31=10.05|14={0}|151=0|6=10.05|", quantity)));
}

void Day::reject(int order, const std::string& text) {
  in(report(order, fmt::format("150=8|39=8|103=1|58={}|14=0|151=0|6=0|", text)));
}

FakeSource Day::source() const {
  FakeSource source;
  int seq[2] = {0, 0};
  for (const auto& [out, body] : lines) {
    const auto end = body.find('|') + 1;
    const std::string text = fmt::format(
        "8=FIX.4.4|9=1|{}34={}|49={}|56={}|52=20251124-16:00:00.000|{}10=000|", body.substr(0, end),
        ++seq[out ? 1 : 0], out ? "BRK1" : "EXCH", out ? "EXCH" : "BRK1", body.substr(end));
    if (out) {
      source.out(text);
    } else {
      source.in(text);
    }
  }
  return source;
}

diff::Comparison comparison(const Day& a, const Day& b, const diff::Rules& rules) {
  FakeSource left = a.source();
  FakeSource right = b.source();
  const auto dictionary = [](const record::SessionRow&) { return fix44(); };
  auto made = diff::compare({left, dictionary, {}}, {right, dictionary, {}}, rules);
  if (!made) {
    ADD_FAILURE() << made.error().text;
    return {};
  }
  return std::move(*made);
}

std::string text_of(const std::vector<diff::Finding>& findings) {
  std::string text;
  for (const diff::Finding& finding : findings) {
    for (const diff::Variant& variant : finding.variants) {
      text += fmt::format("{} {} {}{}{}: {} -> {} x{}\n", diff::severity_name(finding.severity),
                          diff::kind_name(finding.kind), finding.message,
                          finding.place.empty() ? "" : " ", finding.place, variant.before,
                          variant.after, variant.count);
    }
  }
  return text;
}

std::string findings(const Day& a, const Day& b, const diff::Rules& rules) {
  return text_of(comparison(a, b, rules).findings);
}

}  // namespace fixdrill::test
