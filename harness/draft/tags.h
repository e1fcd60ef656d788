// What fields are to a draft, by their tags.
#pragma once

namespace fixdrill::draft {

/// Written by the session, in every message.
bool is_of_session(int tag);
/// PossDupFlag(43), PossResend(97), OrigSendingTime(122): what a message says of itself.
bool is_of_copy(int tag);
/// Who sent it and who is meant, beyond the CompIDs; an answer has them turned round.
bool is_routing(int tag);
/// Counts and lists of all that the venue holds for us, not only of one flow:
/// TotalAffectedOrders(533) and its like.
bool is_of_whole_book(int tag);
/// RawData(96) and its like, with their lengths.
bool is_data(int tag);

}  // namespace fixdrill::draft
