// Builds a Dictionary from files in order: fields are read at once, members when all files are in,
// so that a later file may add to a component of an earlier one.
#pragma once

#include <map>
#include <memory>
#include <pugixml.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/source.h"
#include "fix/dictionary.h"
#include "fix/overlay.h"

namespace fixdrill::fix {

/// One use each: add() every file, then finish().
class DictionaryLoader {
 public:
  /// CSV by the ending of its path, else XML.
  Status add(const std::string& path, std::string text);
  Result<DictionaryPtr> finish();

 private:
  struct XmlFile {
    SourceFile source;
    pugi::xml_document document;
  };
  /// An element and the file it stands in: errors point there.
  struct Element {
    const XmlFile* file = nullptr;
    pugi::xml_node node;
  };
  /// Where an expansion stands, for its limits.
  struct Nesting {
    std::size_t groups = 0;
    std::size_t components = 0;
  };

  Status add_xml(const std::string& path, std::string text);
  Status add_csv(const std::string& path, std::string text);
  Status read_version(const Element& root);
  Status read_fields(const Element& fields);
  Status read_field(const Element& field);
  Status define(FieldDef field, const Span& span);
  void collect(const Element& root);

  Status expand_messages();
  Status expand_message(const Element& element);
  Status apply(const OverlayRow& row);
  Status expand(const Element& parent, MemberSet& into, Nesting nesting);
  Status expand_member(const Element& element, MemberSet& into, Nesting nesting);
  Status expand_group(const Element& element, MemberSet& into, Nesting nesting);
  Status expand_component(const Element& element, MemberSet& into, Nesting nesting);
  Result<const MemberSet*> component(const Element& use, Nesting nesting);
  Result<int> tag_named(const Element& use) const;

  static Span span_of(const Element& element);
  static Error fault(const Element& element, std::string message);
  static Result<std::string> attribute(const Element& element, const char* name);
  static bool is_required(const Element& element);

  std::vector<std::unique_ptr<XmlFile>> xml_files_;
  std::vector<std::unique_ptr<SourceFile>> csv_files_;
  std::vector<Element> headers_, trailers_, messages_;
  std::map<std::string, std::vector<Element>, std::less<>> components_;
  std::map<std::string, MemberSet> expanded_;  ///< components that are done
  std::set<std::string> expanding_;            ///< components that are being done: a cycle
  std::vector<OverlayRow> rows_;
  std::string version_in_file_;
  std::shared_ptr<Dictionary> dictionary_ = std::make_shared<Dictionary>();
};

/// PRICE -> decimal; a type that is not known is text.
ValueClass value_class(std::string_view type, std::string_view version);

}  // namespace fixdrill::fix
