// Which fields may hold any byte, SOH too, and which field says how long they are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fixdrill::fix {

struct DataFieldPair {
  std::uint16_t length;
  std::uint16_t data;
};

/// FIX 4.0 to 5.0 SP2, fields of type DATA and XMLDATA. The data tag follows its length tag except
/// for Signature(89).
inline constexpr DataFieldPair kDataFields[] = {
    {90, 91},     {93, 89},     {95, 96},     {212, 213},   {348, 349},   {350, 351},
    {352, 353},   {354, 355},   {356, 357},   {358, 359},   {360, 361},   {362, 363},
    {364, 365},   {445, 446},   {618, 619},   {621, 622},   {1184, 1185}, {1277, 1278},
    {1280, 1281}, {1282, 1283}, {1397, 1398}, {1401, 1402}, {1403, 1404}, {1468, 1469},
};

using DataFieldTable = std::array<std::uint16_t, 1470>;

/// The other field of each pair by one of them: one look-up a field, because the index loop asks
/// for every tag of a message.
constexpr DataFieldTable data_field_table(std::uint16_t DataFieldPair::*by,
                                          std::uint16_t DataFieldPair::*other) {
  DataFieldTable table{};
  for (const DataFieldPair& pair : kDataFields) table[pair.*by] = pair.*other;
  return table;
}
inline constexpr DataFieldTable kDataTagOfLength =
    data_field_table(&DataFieldPair::length, &DataFieldPair::data);
inline constexpr DataFieldTable kLengthTagOfData =
    data_field_table(&DataFieldPair::data, &DataFieldPair::length);

/// The data field that `tag` gives the length of: 95 -> 96. 0: `tag` is no length field.
inline int data_tag_of_length(int tag) {
  const auto index = static_cast<std::size_t>(tag);
  return index < kDataTagOfLength.size() ? kDataTagOfLength[index] : 0;
}

/// The length field of a data field: 96 -> 95. 0: `tag` is no data field.
inline int length_tag_of_data(int tag) {
  const auto index = static_cast<std::size_t>(tag);
  return index < kLengthTagOfData.size() ? kLengthTagOfData[index] : 0;
}

/// The data field `tag` begins at `rest`. True when `length` bytes are there and SOH stands behind
/// them, or the message ends.
bool data_fits(std::string_view rest, std::string_view length);

}  // namespace fixdrill::fix
