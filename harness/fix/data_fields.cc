#include "fix/data_fields.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/text.h"

namespace fixdrill::fix {

namespace {

struct Pair {
  std::uint16_t length;
  std::uint16_t data;
};

// FIX 4.0 to 5.0 SP2, fields of type DATA and XMLDATA. The data tag follows its length tag except
// for Signature(89).
constexpr Pair kPairs[] = {
    {90, 91},     {93, 89},     {95, 96},     {212, 213},   {348, 349},   {350, 351},
    {352, 353},   {354, 355},   {356, 357},   {358, 359},   {360, 361},   {362, 363},
    {364, 365},   {445, 446},   {618, 619},   {621, 622},   {1184, 1185}, {1277, 1278},
    {1280, 1281}, {1282, 1283}, {1397, 1398}, {1401, 1402}, {1403, 1404}, {1468, 1469},
};
constexpr std::size_t kTags = 1470;

// One look-up a field: the index loop asks for every tag of a message.
constexpr std::array<std::uint16_t, kTags> kDataOfLength = [] {
  std::array<std::uint16_t, kTags> table{};
  for (const Pair& pair : kPairs) table[pair.length] = pair.data;
  return table;
}();

}  // namespace

int data_tag_of_length(int tag) {
  const auto index = static_cast<std::size_t>(tag);
  return index < kTags ? kDataOfLength[index] : 0;
}

int length_tag_of_data(int tag) {
  for (const Pair& pair : kPairs) {
    if (pair.data == tag) return pair.length;
  }
  return 0;
}

bool data_fits(std::string_view rest, std::string_view length) {
  const auto size = parse_size(length);
  if (!size || *size == 0 || *size > rest.size()) return false;
  return *size == rest.size() || rest[*size] == kSoh;
}

}  // namespace fixdrill::fix
