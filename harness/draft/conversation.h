// The application messages of a source with the flows that they make: what scenarios are drafted
// from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fix/dictionary.h"
#include "record/message_source.h"

namespace fixdrill::draft {

/// One message of the conversation.
struct Spoken {
  std::size_t session = 0;  ///< index into Conversation::sessions
  bool sent = false;        ///< by the side whose scenario is drafted
  bool late = false;        ///< a session's copy, PossDupFlag(43)=Y, of one that was not seen
  Time time;
  std::string bytes;
};

struct Party {
  record::SessionRow row;
  fix::DictionaryPtr dictionary;  ///< may be null
};

/// Messages by index, in order.
using Flow = std::vector<std::size_t>;

struct Conversation {
  std::string source;
  std::vector<Party> sessions;  ///< one for each pair of counterparties
  std::vector<Spoken> messages;
  std::vector<Flow> flows;                   ///< in the order of their first messages
  std::map<std::size_t, std::string> notes;  ///< by message: what a reader must know, in a line
  std::size_t session_messages = 0;          ///< 35 = A, 0 to 5, and copies with PossDupFlag(43)=Y
  std::size_t unreadable = 0;  ///< bytes that are no message, or one that no step can name

  bool acceptor(const Spoken& one) const { return sessions[one.session].row.role == "acceptor"; }
};

/// Orders of ours that need each other are one flow (together.h). Input error: nothing readable in
/// the source.
Result<Conversation> read_conversation(record::MessageSource& source,
                                       const record::DictionaryOf& dictionaries);

}  // namespace fixdrill::draft
