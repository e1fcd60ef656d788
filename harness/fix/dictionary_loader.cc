#include "fix/dictionary_loader.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::fix {

Span DictionaryLoader::span_of(const Element& element) {
  const std::ptrdiff_t at = element.node.offset_debug();
  const std::size_t begin = at < 0 ? 0 : static_cast<std::size_t>(at);
  return {&element.file->source, begin, begin + std::string_view(element.node.name()).size()};
}

Error DictionaryLoader::fault(const Element& element, std::string message) {
  return to_error({Severity::error, span_of(element), std::move(message)});
}

Result<std::string> DictionaryLoader::attribute(const Element& element, const char* name) {
  const std::string_view value = element.node.attribute(name).value();
  if (value.empty())
    return fault(element, fmt::format("<{}> has no '{}'", element.node.name(), name));
  return std::string(value);
}

bool DictionaryLoader::is_required(const Element& element) {
  return std::string_view(element.node.attribute("required").value()) == "Y";
}

Status DictionaryLoader::add(const std::string& path, std::string text) {
  if (text.size() > limits::kDictionaryFile)
    return input_error(fmt::format("{}: error: the file has {} bytes, the limit is {}", path,
                                   text.size(), limits::kDictionaryFile));
  if (to_lower(path).ends_with(".csv")) return add_csv(path, std::move(text));
  return add_xml(path, std::move(text));
}

Status DictionaryLoader::add_xml(const std::string& path, std::string text) {
  xml_files_.push_back(std::make_unique<XmlFile>(XmlFile{SourceFile(path, std::move(text)), {}}));
  XmlFile& file = *xml_files_.back();
  const std::string& xml = file.source.text();
  const pugi::xml_parse_result parsed = file.document.load_buffer(
      xml.data(), xml.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  // Before anything else: a document type may say things that this reader would not see.
  for (const pugi::xml_node node : file.document) {
    if (node.type() != pugi::node_doctype) continue;
    const std::size_t at = xml.find("<!DOCTYPE");
    return to_error({Severity::error, {&file.source, at, at + 9}, "<!DOCTYPE is refused"});
  }
  if (!parsed) {
    const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return to_error({Severity::error,
                     {&file.source, at, at},
                     fmt::format("this is no well-formed XML: {}", parsed.description())});
  }
  const Element root{&file, file.document.child("fix")};
  if (!root.node)
    return to_error({Severity::error, {&file.source, 0, 0}, "no <fix> element: no dictionary"});
  if (Status status = read_version(root); !status) return status;
  if (Status status = read_fields({&file, root.node.child("fields")}); !status) return status;
  collect(root);
  return {};
}

Status DictionaryLoader::add_csv(const std::string& path, std::string text) {
  csv_files_.push_back(std::make_unique<SourceFile>(path, std::move(text)));
  auto rows = read_overlay(*csv_files_.back());
  if (!rows) return rows.error();
  for (OverlayRow& row : *rows) {
    if (Status status = define(row.field, row.tag_span); !status) return status;
    rows_.push_back(std::move(row));
  }
  return {};
}

// FIXT 1.1 gives the session layer only: the application's version is what people know.
Status DictionaryLoader::read_version(const Element& root) {
  const std::string_view type = root.node.attribute("type").as_string("FIX");
  const std::string_view pack = root.node.attribute("servicepack").value();
  const auto major = root.node.attribute("major"), minor = root.node.attribute("minor");
  if (!major || !minor) {
    version_in_file_ = dictionary_->version_;
    if (version_in_file_.empty()) return fault(root, "<fix> has no 'major' and 'minor'");
    return {};
  }
  version_in_file_ = fmt::format("{} {}.{}", type, major.value(), minor.value());
  if (!pack.empty() && pack != "0") version_in_file_ += fmt::format(" SP{}", pack);
  std::string& version = dictionary_->version_;
  if (version.empty() || version.starts_with("FIXT")) version = version_in_file_;
  return {};
}

Status DictionaryLoader::read_fields(const Element& fields) {
  for (const pugi::xml_node node : fields.node.children("field")) {
    if (Status status = read_field({fields.file, node}); !status) return status;
  }
  return {};
}

Status DictionaryLoader::read_field(const Element& element) {
  const auto number = attribute(element, "number");
  if (!number) return number.error();
  auto name = attribute(element, "name");
  if (!name) return name.error();
  const auto tag = parse_size(*number);
  if (!tag || *tag == 0 || number->size() > limits::kTagDigits)
    return fault(element, fmt::format("'{}' is no tag", *number));
  FieldDef field{static_cast<int>(*tag),
                 std::move(*name),
                 element.node.attribute("type").as_string("STRING"),
                 ValueClass::text,
                 {}};
  for (const pugi::xml_node node : element.node.children("value")) {
    auto code = attribute({element.file, node}, "enum");
    if (!code) return code.error();
    field.values.push_back({std::move(*code), node.attribute("description").value()});
  }
  return define(std::move(field), span_of(element));
}

// New, or what a later file says about a known tag: its name and type win, its values are added.
Status DictionaryLoader::define(FieldDef field, const Span& span) {
  FieldDef& known = dictionary_->fields_[field.tag];
  if (field.name.empty()) field.name = known.name;
  if (field.type.empty()) field.type = known.type.empty() ? "STRING" : known.type;
  if (field.name.empty())
    return to_error({Severity::error, span, fmt::format("tag {} has no name", field.tag)});
  auto& tags = dictionary_->tags_by_name_;
  if (const auto at = tags.find(field.name); at != tags.end() && at->second != field.tag)
    return to_error({Severity::error, span,
                     fmt::format("{} is the name of tag {} already", field.name, at->second)});
  if (known.tag != 0) tags.erase(known.name);
  tags[field.name] = field.tag;
  field.kind = value_class(field.type, version_in_file_);
  std::swap(known.values, field.values);
  for (EnumValue& value : known.values) {
    const auto old = std::find_if(field.values.begin(), field.values.end(),
                                  [&value](const EnumValue& v) { return v.code == value.code; });
    if (old == field.values.end())
      field.values.push_back(std::move(value));
    else
      *old = std::move(value);
  }
  known = std::move(field);
  return {};
}

void DictionaryLoader::collect(const Element& root) {
  const auto in = [&root](pugi::xml_node node) { return Element{root.file, node}; };
  for (const pugi::xml_node node : root.node.children("header")) headers_.push_back(in(node));
  for (const pugi::xml_node node : root.node.children("trailer")) trailers_.push_back(in(node));
  for (const pugi::xml_node node : root.node.child("messages").children("message"))
    messages_.push_back(in(node));
  for (const pugi::xml_node node : root.node.child("components").children("component"))
    components_[node.attribute("name").value()].push_back(in(node));
}

}  // namespace fixdrill::fix
