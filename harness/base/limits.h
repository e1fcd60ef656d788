// Every limit of the program in one place; scenarios/README.md tells them to users.
#pragma once

#include <chrono>
#include <cstddef>

namespace fixdrill::limits {

using namespace std::chrono_literals;

inline constexpr std::size_t kMessageBytes = 8u << 20;
inline constexpr std::size_t kFieldsPerMessage = 10'000;
inline constexpr std::size_t kGroupNesting = 16;
inline constexpr std::size_t kTagDigits = 9;
inline constexpr std::size_t kBodyLengthDigits = 9;
inline constexpr std::size_t kMsgSeqNumDigits = 18;
inline constexpr long long kEngineMsgSeqNum = 2147483647;
inline constexpr std::size_t kJunkBytes = 4u << 10;  ///< before a valid `8=`; then "garbled"
inline constexpr std::size_t kPreLogonBytes = 8u << 10;
inline constexpr auto kPreLogonTime = 10s;
inline constexpr std::size_t kPreLogonConnections = 64;
inline constexpr std::size_t kReceiveBuffer = 8u << 20;
inline constexpr std::size_t kSendQueue = 64u << 20;
inline constexpr auto kSendStall = 30s;
inline constexpr std::size_t kResendPerTurn = 1'000;
inline constexpr std::size_t kIdenticalResends = 3;
inline constexpr std::size_t kScenarioFile = 4u << 20;
inline constexpr std::size_t kIncludeDepth = 16;
inline constexpr std::size_t kNestingDepth = 200;  ///< blocks, expressions
inline constexpr std::size_t kCallDepth = 500;     ///< blocks and calls inside each other
inline constexpr std::size_t kRegexMemory = 8u << 20;
inline constexpr std::size_t kDictionaryFile = 32u << 20;
inline constexpr std::size_t kComponentDepth = 32;
inline constexpr std::size_t kSimSessions = 10'000;
inline constexpr std::size_t kSimOpenOrders = 1'000'000;
inline constexpr std::size_t kSimEndedOrders = 100'000;    ///< remembered after their end
inline constexpr std::size_t kSimReplaces = 1'000;         ///< of one order
inline constexpr std::size_t kSimOrderBytes = 256u << 20;  ///< of text, of all remembered orders
inline constexpr std::size_t kSimHeldReports = 10'000;     ///< for a client that is away
inline constexpr std::size_t kSimHeldBytes = 4u << 20;     ///< of those reports
inline constexpr std::size_t kSimStoreEntries = 100'000;   ///< of one store of the rules
inline constexpr std::size_t kSimStoreBytes = 64u << 20;   ///< of one store of the rules
inline constexpr std::size_t kSimRuleSteps = 10'000;       ///< of rules, for one message
inline constexpr std::size_t kSimWaitingReplies = 10'000;  ///< `reply after`, of one client
inline constexpr std::size_t kAttachment = 16u << 20;      ///< bytes of a file of `attach`
inline constexpr auto kExecTime = 60s;
inline constexpr std::size_t kExecOutput = 1u << 20;   ///< bytes kept of stdout, and of stderr
inline constexpr std::size_t kSutLogBlock = 1u << 20;  ///< of the log of `confirm`, read at once
inline constexpr std::size_t kSutLogLine = 64u << 10;  ///< of it, looked at as one line
inline constexpr unsigned kLanes = 64;
inline constexpr std::size_t kRepeats = 10'000;
inline constexpr std::size_t kUntilFail = 1'000;  ///< repeats of --until-fail without --repeat
inline constexpr std::size_t kRepeatedCases = 100'000;  ///< of one run, all repeats together

}  // namespace fixdrill::limits
