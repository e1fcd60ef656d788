// A log or a capture of another program: its messages, and what an import keeps of it besides.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "record/message_source.h"

namespace fixdrill::imports {

/// What was found so far; whole when next() has given null.
struct SourceReport {
  std::string kind;             ///< what the file is, for people: "QuickFIX file log"
  std::string format;           ///< what `--format` takes to read it so again
  std::uint64_t bytes = 0;      ///< read, unpacked
  std::uint64_t explained = 0;  ///< of those: messages and what stands round them on their lines
  std::uint64_t messages = 0;
  std::uint64_t partial = 0;     ///< messages without an end
  std::uint64_t junk = 0;        ///< pieces that are no message
  std::uint64_t wrong_sums = 0;  ///< messages whose BodyLength(9) or CheckSum(10) does not hold
  std::uint64_t by_sending_time = 0;  ///< messages without a time of their own
  std::map<std::string, std::uint64_t, std::less<>> delimiters;  ///< messages by what stood for SOH
  std::vector<std::string> warnings;                             ///< each a sentence for people
};

/// The two ends of a connection, ours first; empty: not known.
struct Endpoints {
  std::string local;
  std::string remote;
};

class ForeignSource : public record::MessageSource {
 public:
  virtual SourceReport report() const = 0;
  /// Of the last view: what stood before it on its line.
  virtual std::string_view prefix() const = 0;
  /// Of the last view: its time is SendingTime(52), for want of a better one.
  virtual bool by_sending_time() const = 0;
  virtual Endpoints endpoints(std::int64_t connection_id) const = 0;
  virtual bool is_capture() const = 0;
};

}  // namespace fixdrill::imports
