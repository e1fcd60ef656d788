#include "flow/chains.h"

#include <string_view>

#include "flow/ids.h"

namespace fixdrill::flow {

namespace {

constexpr std::uint32_t operator""_type(const char* text, std::size_t size) {
  return size == 1 ? static_cast<std::uint32_t>(text[0])
                   : static_cast<std::uint32_t>(text[0] << 8 | text[1]);
}

// What a message of this type is about; the other ids it carries only mention things.
bool is_about(std::uint32_t type, int tag) {
  const int space = id_space(tag);
  switch (type) {
    case "D"_type:
    case "F"_type:
    case "G"_type:
    case "H"_type:
    case "8"_type:
    case "9"_type:
    case "Q"_type:
    case "AB"_type:
    case "AC"_type:
      return space == 11 || space == 37;
    case "E"_type:
    case "K"_type:
    case "L"_type:
    case "M"_type:
    case "N"_type:
      return space == 66 || space == 390 || (type == "E"_type && tag == 11);
    case "J"_type:
    case "P"_type:
    case "AS"_type:
    case "AT"_type:
      return space == 70 || space == 755;
    case "q"_type:
    case "r"_type:
      return tag == 11 || (type == "r"_type && tag == 37);
    case "AF"_type:
      return space == 584;
    case "AJ"_type:
      return space == 117 || space == 131 || space == 693 || tag == 11;
    case "R"_type:
    case "S"_type:
    case "Z"_type:
    case "a"_type:
    case "b"_type:
    case "i"_type:
    case "AG"_type:
    case "AI"_type:
      return space == 117 || space == 131 || space == 693;
    case "AE"_type:
    case "AR"_type:
      return space == 571 || space == 818 || space == 1003;
    case "X"_type:
    case "W"_type:
      return space == 262;
    default:
      return space != 0 && space != 17 && space != 278 && space != 527 && space != 583;
  }
}

// Inside a group a tag comes again, for something else: only the first counts.
bool seen_before(const fix::Message& message, std::size_t index) {
  return *message.index_of(message[index].tag) != index;
}

}  // namespace

std::size_t Chains::add(std::int64_t session, record::Direction direction,
                        const fix::Message& message) {
  const auto n = static_cast<std::uint32_t>(parents_.size());
  parents_.push_back(n);
  const std::string_view type = message.msg_type();
  in_flow_.push_back(!message.is_admin());
  if (type == "3" || type == "j") {
    const auto refused = by_number_.refused_by(session, direction, message);
    const int space = reject_space(message.value(372));
    const std::string_view id = message.value(379);
    if (refused && in_flow_[*refused]) {
      unite(*refused, n);
      in_flow_[n] = true;
    } else if (type == "j" && !is_placeholder(space, id)) {
      link_id(n, id_key(session, space, id));
    }
  } else if (in_flow_[n]) {
    link_ids(n, session, message);
  }
  by_number_.put(session, direction, message, n);
  return n;
}

std::size_t Chains::flow_of(std::size_t n) const {
  return in_flow_[n] ? root(static_cast<std::uint32_t>(n)) : kNone;
}

std::vector<std::vector<std::size_t>> Chains::flows() const {
  std::vector<std::vector<std::size_t>> flows;
  std::vector<std::uint32_t> place(size());
  for (std::size_t n = 0; n < size(); ++n) {
    const std::size_t first = flow_of(n);
    if (first == kNone) continue;
    if (first == n) {
      place[n] = static_cast<std::uint32_t>(flows.size());
      flows.emplace_back();
    }
    flows[place[first]].push_back(n);
  }
  return flows;
}

void Chains::link_ids(std::uint32_t n, std::int64_t session, const fix::Message& message) {
  const std::uint32_t type = type_code(message.msg_type());
  for (std::size_t i = 0; i < message.size(); ++i) {
    const fix::FieldView field = message[i];
    if (!is_about(type, field.tag)) continue;
    const int space = id_space(field.tag);
    const bool every_order = type == "E"_type && space == 11;
    if (is_placeholder(space, field.value) || (!every_order && seen_before(message, i))) continue;
    link_id(n, id_key(session, space, field.value));
  }
}

void Chains::link_id(std::uint32_t n, std::uint64_t key) {
  const auto [at, added] = by_id_.try_emplace(key, n);
  if (!added) unite(at->second, n);
}

void Chains::unite(std::uint32_t a, std::uint32_t b) {
  a = root(a);
  b = root(b);
  if (a < b) {
    parents_[b] = a;
  } else {
    parents_[a] = b;
  }
}

std::uint32_t Chains::root(std::uint32_t n) const {
  while (parents_[n] != n) {
    parents_[n] = parents_[parents_[n]];
    n = parents_[n];
  }
  return n;
}

}  // namespace fixdrill::flow
