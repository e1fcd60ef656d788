// Who made the ids of a flow, and so how a scenario writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fixdrill::draft {

/// Where an id was seen first.
struct Origin {
  std::size_t message = 0;
  std::string path;  ///< of the field there: "ClOrdID", "NoOrders[2].ClOrdID"
  std::string name;  ///< of the value that a `let` before the message keeps; "" = none
};

/// A piece of a text that is an id.
struct Quote {
  std::size_t at = 0;
  std::size_t size = 0;
  const Origin* origin = nullptr;
};

/// The ids of one flow, by what they name (flow/ids.h) and value.
class Identities {
 public:
  /// Null: not seen before.
  const Origin* find(int tag, std::string_view value) const;
  /// Of any kind: fields such as BusinessRejectRefID(379) do not say which.
  const Origin* find_any(std::string_view value) const;
  /// Those in a text, in order, as whole words. Ids of less than four letters mean nothing there.
  std::vector<Quote> quoted_in(std::string_view text) const;
  void add(int tag, std::string_view value, Origin origin);

 private:
  std::map<std::pair<int, std::string>, Origin, std::less<>> seen_;
};

/// Whether `text` has the id `value` in it, as quoted_in() finds it.
bool quotes(std::string_view text, std::string_view value);
/// Whether a field gives a thing its id, and does not only speak of it: ClOrdID, not OrigClOrdID.
bool is_own_id(int tag);
/// Whether the side that asks gives it, and so a client: not OrderID(37) and its like.
bool is_of_client(int tag);

}  // namespace fixdrill::draft
