// Profiles as texts, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>
#include <memory>
#include <ostream>
#include <string>

#include "profile/profile.h"

namespace fixdrill::profile {

inline SourcePtr source(std::string text, std::string path = "fixdrill.toml") {
  return std::make_shared<SourceFile>(std::move(path), std::move(text));
}

/// The error text of a profile that is wrong.
inline std::string error_of(const std::string& text) {
  auto loaded = load(source(text));
  if (loaded.ok()) return "no error";
  EXPECT_EQ(loaded.error().kind, ErrorKind::input);
  return loaded.error().text;
}

/// A profile with one session OE to `host`:9876.
inline Profile profile_to(const std::string& host, const std::string& environment,
                          const std::string& allow = "", const std::string& lines = "") {
  auto loaded = load(source("environment = \"" + environment + "\"\nallow = [" + allow +
                            "]\n[session.OE]\nhost = \"" + host +
                            "\"\nport = 9876\nbegin_string = \"FIX.4.4\"\nsender = \"BRK1\"\n"
                            "target = \"EXCH\"\n" +
                            lines));
  EXPECT_TRUE(loaded.ok()) << loaded.error().text;
  return *loaded;
}

/// One mistake and what is said about it.
struct Case {
  const char* name;
  const char* profile;
  const char* error;

  friend std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.name; }
};

class ProfileError : public testing::TestWithParam<Case> {};

}  // namespace fixdrill::profile
