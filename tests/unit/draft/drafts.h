// A conversation as a test writes it, and what is drafted from it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

#include "draft/draft.h"
#include "support/fake_source.h"

namespace fixdrill::draft {

class Drafts : public testing::Test {
 protected:
  void ours(const std::string& type, const std::string& body) {
    source.out(message("BRK1", "EXCH", type, body));
    pass();
  }
  void theirs(const std::string& type, const std::string& body) {
    source.in(message("EXCH", "BRK1", type, body));
    pass();
  }
  void order(const std::string& id,
             const std::string& more = "55=MSFT|54=1|38=100|40=2|44=10.25|") {
    ours("D", fmt::format("11={}|{}60=20251124-16:00:00.000|", id, more));
  }
  void report(const std::string& id, const std::string& more) {
    theirs("8",
           fmt::format("37=O-{0}|11={0}|17=E-{0}-{2}|55=MSFT|54=1|{1}60=20251124-16:00:00.000|", id,
                       more, ++reports_));
  }
  /// What follows comes so much later.
  void after(Duration time) { later_ += time; }

  Result<Draft> made(const DraftOptions& options = {}) const {
    test::FakeSource from_the_start = source;
    return draft(from_the_start, dictionary, options);
  }
  /// The whole file; of what cannot be drafted why.
  std::string text(const DraftOptions& options = {}) const {
    const auto draft = made(options);
    return draft ? draft->text : draft.error().text;
  }
  /// The same from the first scenario on.
  std::string drafted(const DraftOptions& options = {}) const {
    const std::string all = text(options);
    const std::size_t sessions = all.find("session ");
    const std::size_t begin = all.find("\n\n", all.find("\nsession "));
    return sessions == std::string::npos || begin == std::string::npos ? all
                                                                       : all.substr(begin + 2);
  }
  std::size_t scenarios() const {
    const auto draft = made();
    return draft ? draft->scenarios : 0;
  }
  std::size_t flows() const {
    const auto draft = made();
    return draft ? draft->flows : 0;
  }
  int count_of(const std::string& part) const {
    const std::string all = drafted();
    int count = 0;
    for (std::size_t at = all.find(part); at != std::string::npos; at = all.find(part, at + 1))
      ++count;
    return count;
  }
  void expect_line(const std::string& part) const { EXPECT_GT(count_of(part), 0) << drafted(); }
  void expect_none(const std::string& part) const { EXPECT_EQ(count_of(part), 0) << drafted(); }

  test::FakeSource source;
  int number = 1;  ///< MsgSeqNum(34) of the next message

 private:
  static fix::DictionaryPtr dictionary(const record::SessionRow&) {
    static const auto loaded = fix::Dictionary::load({FIXDRILL_SOURCE_DIR "/fixspecs/FIX44.xml"});
    return *loaded;
  }
  std::string message(const std::string& sender, const std::string& target, const std::string& type,
                      const std::string& body) {
    return fmt::format("8=FIX.4.4|9=1|35={}|49={}|56={}|34={}|52=20251124-16:00:00|{}10=0|", type,
                       sender, target, number++, body);
  }
  void pass() {
    Time& time = source.messages.back().time;
    time = time + later_;
  }

  int reports_ = 0;
  Duration later_{0};
};

}  // namespace fixdrill::draft
