// What a FIX version (and a venue) says about fields, values, messages and groups.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace fixdrill::fix {

struct EnumValue {
  std::string code;
  std::string name;  ///< as the dictionary writes it: LIMIT
};

enum class ValueClass {
  text,
  integer,
  decimal,
  character,
  boolean,
  timestamp,
  date,
  time,
  data,
  group_count
};

struct FieldDef {
  int tag = 0;
  std::string name;
  std::string type;  ///< PRICE, UTCTIMESTAMP …
  ValueClass kind = ValueClass::text;
  std::vector<EnumValue> values;

  const EnumValue* value_by_code(std::string_view code) const;
  /// Ignoring case and `_ - blank`, with the synonyms people type: IOC, FOK, GTC, GTD, Cancelled …
  const EnumValue* value_by_name(std::string_view name) const;
};

struct GroupDef;

/// Members of a message, a group, the header: fields in the order of the dictionary, groups by
/// their count tag.
struct MemberSet {
  std::vector<int> order;  ///< tags, group counts included, each once
  std::set<int> required;
  std::map<int, std::shared_ptr<const GroupDef>> groups;

  bool has(int tag) const { return place(tag).has_value(); }
  /// Index of `tag` in `order`.
  std::optional<std::size_t> place(int tag) const;
  /// Appends `tag` unless it is there.
  void add(int tag);
  const GroupDef* group(int count_tag) const;  ///< null: no group of this level

 private:
  struct Place {
    int tag = 0;
    std::size_t index = 0;
  };
  std::vector<Place> sorted_;  ///< `order` by tag
};

struct GroupDef {
  int count_tag = 0;
  int delimiter = 0;  ///< first field of every entry
  MemberSet members;
};

struct MessageDef {
  std::string name;
  std::string msg_type;
  bool admin = false;
  MemberSet members;  ///< body only
  /// Tags that stand both at the top of the body and in a group of it, sorted: only the tree of a
  /// message tells which is meant.
  std::vector<int> ambiguous;
};

/// Names of any case are one name; looked up without a copy of them.
struct AnyCaseName {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const;
  bool operator()(std::string_view a, std::string_view b) const;
};

struct ExactName {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    return std::hash<std::string_view>()(name);
  }
  bool operator()(std::string_view a, std::string_view b) const { return a == b; }
};

template <class T, class Name = AnyCaseName>
using NameMap = std::unordered_map<std::string, T, Name, Name>;

/// Immutable once loaded; share it between threads as shared_ptr<const Dictionary>.
class Dictionary {
 public:
  /// Files in order: QuickFIX XML, then overlays (XML, or CSV
  /// `tag,name,type,values,messages,required`, see overlay.h). For FIX 5.0 and later give
  /// FIXT11.xml and FIX50SP2.xml. What a later file says about a field, a component, a message is
  /// added to what earlier ones said. A bad file: an error with file:line:col and the line.
  static Result<std::shared_ptr<const Dictionary>> load(const std::vector<std::string>& paths);
  static Result<std::shared_ptr<const Dictionary>> parse(const std::string& path,
                                                         std::string_view text);

  std::string version() const;  ///< "FIX 4.4"
  const FieldDef* field(int tag) const;
  const FieldDef* field(std::string_view name) const;  ///< ignoring case
  const MessageDef* message(std::string_view msg_type) const;
  const MessageDef* message_named(std::string_view name) const;  ///< ignoring case
  const MemberSet& header() const;
  const MemberSet& trailer() const;
  std::vector<std::string> field_names() const;
  std::vector<std::string> message_names() const;

  /// "OrdType(40)"; a tag that is not known: "tag 9001".
  std::string field_label(int tag) const;
  /// "ExecutionReport"; not known: "35=U7".
  std::string message_label(std::string_view msg_type) const;
  /// "2 Limit" for an enumerated field, else the value itself. Value names are shown in CamelCase.
  std::string value_label(int tag, std::string_view value) const;

 private:
  friend class DictionaryLoader;
  std::string version_;
  std::unordered_map<int, FieldDef> fields_;
  NameMap<int> tags_by_name_;
  NameMap<MessageDef, ExactName> messages_;
  NameMap<std::string> types_by_name_;  ///< MsgType
  MemberSet header_;
  MemberSet trailer_;
};

using DictionaryPtr = std::shared_ptr<const Dictionary>;

/// MARKET_IF_TOUCHED -> MarketIfTouched.
std::string camel_name(std::string_view upper_snake);

}  // namespace fixdrill::fix
