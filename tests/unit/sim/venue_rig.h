// A simulator on virtual time and the clients that talk to it by hand.
#pragma once

#include <gtest/gtest.h>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "net/loop.h"
#include "record/null_recorder.h"
#include "sim/simulator.h"
#include "support/raw_peer.h"

namespace fixdrill::test {

/// 2027-01-15 08:00:00 UTC.
inline constexpr Time kSimStart{1'800'000'000'000'000'000, 0};

inline std::vector<std::string> spec_paths(const std::vector<std::string>& names) {
  std::vector<std::string> paths;
  for (const auto& name : names) paths.push_back(FIXDRILL_SOURCE_DIR "/fixspecs/" + name + ".xml");
  return paths;
}

inline fix::DictionaryPtr standard_dictionary(const std::vector<std::string>& names) {
  static std::map<std::vector<std::string>, fix::DictionaryPtr> loaded_before;
  fix::DictionaryPtr& known = loaded_before[names];
  if (known) return known;
  auto loaded = fix::Dictionary::load(spec_paths(names));
  EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : loaded.error().text);
  if (loaded) known = *loaded;
  return known;
}

struct VenueRig {
  explicit VenueRig(sim::Config with = {}) : config(std::move(with)) {
    if (config.quotes.empty()) config.quotes = sim::built_in_quotes();
    auto started =
        sim::Simulator::start(config, {*loop, recorder, dictionary_of,
                                       [this](const std::string& text) { notes.push_back(text); },
                                       [](const std::string&) { return std::nullopt; }, paths_of});
    EXPECT_TRUE(started.ok()) << (started.ok() ? "" : started.error().text);
    simulator = std::move(*started);
  }

  /// Connected, not logged on.
  RawPeer& caller(const std::string& comp_id, const std::string& begin_string = "FIX.4.4") {
    peers.push_back(std::make_unique<RawPeer>(*loop, comp_id, "EXCH"));
    RawPeer& peer = *peers.back();
    peer.begin_string = begin_string;
    peer.connects(simulator->port());
    EXPECT_TRUE(peer.accepted());
    return peer;
  }
  /// Logged on; `more`: fields of the Logon.
  RawPeer& client(const std::string& comp_id, const std::string& begin_string = "FIX.4.4",
                  const std::string& more = "") {
    RawPeer& peer = caller(comp_id, begin_string);
    peer.sends("35=A|98=0|108=30|" + more);
    peer.expects("35=A|108=30|56=" + comp_id);
    return peer;
  }
  bool noted(const std::string& part) const {
    for (const auto& note : notes) {
      if (note.find(part) != std::string::npos) return true;
    }
    return false;
  }
  std::string all_notes() const {
    std::string all;
    for (const auto& note : notes) all += note + "\n";
    return all;
  }

  static std::vector<std::string> specs_of(const std::string& begin_string,
                                           const std::string& appl_ver_id) {
    if (begin_string != "FIXT.1.1")
      return {begin_string.substr(0, 3) + begin_string[4] + begin_string[6]};
    return {"FIXT11", appl_ver_id == "7" ? "FIX50" : appl_ver_id == "8" ? "FIX50SP1" : "FIX50SP2"};
  }
  static Result<fix::DictionaryPtr> dictionary_of(const std::string& begin_string,
                                                  const std::string& appl_ver_id) {
    return standard_dictionary(specs_of(begin_string, appl_ver_id));
  }
  static std::vector<std::string> paths_of(const std::string& begin_string,
                                           const std::string& appl_ver_id) {
    return spec_paths(specs_of(begin_string, appl_ver_id));
  }

  sim::Config config;
  std::unique_ptr<net::Loop> loop = net::make_memory_loop(kSimStart);
  record::NullRecorder recorder;
  std::vector<std::string> notes;
  std::unique_ptr<sim::Simulator> simulator;
  std::vector<std::unique_ptr<RawPeer>> peers;
};

}  // namespace fixdrill::test
