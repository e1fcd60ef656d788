// What a scenario makes up and a recording shows: an id stands for whatever was sent in its place.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fix/dictionary.h"
#include "fix/encoder.h"
#include "fix/message.h"

namespace fixdrill::session {

/// By the text that stands for it: what it was in the recording.
using Learned = std::map<std::string, std::string>;

/// Used from one thread.
class Minted {
 public:
  /// A text that stands for one that is not known yet: "<uid 3>".
  std::string mint(std::string_view what);
  /// The text with everything that is known put in.
  std::string settled(std::string text) const;
  /// Whether `text` can have been `seen`; what that says of those that it holds goes to `learned`.
  bool can_be(const std::string& text, std::string_view seen, Learned& learned) const;
  void learn(const Learned& learned);

 private:
  std::size_t next_token(std::string_view text, std::size_t from, std::string& token) const;

  std::size_t count_ = 0;
  Learned known_;  ///< every text that was made; "" = not known yet
};

/// How a message that was sent differs from the one that a scenario would send.
struct SentFit {
  std::vector<std::string> differences;  ///< "Price(44) is 11, not 10.00"
  Learned learned;

  bool fits() const { return differences.empty(); }
};

/// Fields that the scenario does not give may be there. Times are not compared, what a recording
/// masks neither, nor what every driver fills in itself (8 9 10). Null dictionary: by letters.
SentFit compare_sent(const fix::OutMessage& wanted, const fix::Message& seen,
                     const fix::Dictionary* dictionary, const Minted& minted);

}  // namespace fixdrill::session
