#include "import/def_file.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <utility>

#include "base/limits.h"
#include "base/text.h"

namespace fixdrill::imports {

namespace {

using Kind = DefLine::Kind;

constexpr std::size_t kTimeSize = 17;  // YYYYMMDD-HH:MM:SS
constexpr std::size_t kOffsetDigits = 9;
constexpr std::string_view kTime = "<TIME";
constexpr std::string_view kFile = "<FILE:";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<int> tag_of(std::string_view text) {
  const auto number = parse_size(text);
  const bool fits = number && *number > 0 && text.size() <= limits::kTagDigits && text[0] != '0';
  return fits ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

// What a scenario can name behind `35=`.
bool is_type(const DefValue& value) {
  const std::string text = value.text();
  return value.literal() && !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < '\x7f' && c != '|' && c != '$';
         });
}

/// Reads the lines of one file; everything that is wrong is told, each line once.
class Reader {
 public:
  Reader(SourcePtr source, const FileReader& read_file)
      : source_(*source), read_file_(read_file), parsed_{{std::move(source), {}}, {}} {}

  DefParsed read() {
    const std::string& text = source_.text();
    bool acts = false;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t line_end = std::min(text.find('\n', begin), text.size());
      std::size_t end = line_end;
      while (end > begin && text[end - 1] == '\r') --end;
      line({&source_, begin, end});
      acts = acts || (parsed_.file.lines.back().kind != Kind::blank &&
                      parsed_.file.lines.back().kind != Kind::comment);
      begin = line_end + 1;
    }
    if (!acts && parsed_.diagnostics.empty())
      error({&source_, 0, 0}, "there is no action in this file; one is iCONNECT, say");
    return std::move(parsed_);
  }

 private:
  void error(const Span& span, std::string message) {
    parsed_.diagnostics.push_back({Severity::error, span, std::move(message)});
  }

  Span part(std::size_t begin, std::size_t end) const { return {&source_, begin, end}; }

  void line(const Span& span) {
    DefLine line;
    line.span = span;
    const std::string_view text = span.text();
    if (trim(text).empty()) {
      line.kind = Kind::blank;
    } else if (trim(text)[0] == '#') {
      line.kind = Kind::comment;
    } else if (!action(line, text)) {
      line.kind = Kind::comment;
      line.span = part(span.begin, span.begin);
    }
    parsed_.file.lines.push_back(std::move(line));
  }

  // False: it was told what is wrong.
  bool action(DefLine& line, std::string_view text) {
    const Span& span = line.span;
    if (text[0] == 'R') {
      error(part(span.begin, span.begin + 1),
            "an R line is a syntax error to the original runner too; to expect a message write E");
      return false;
    }
    const bool message = text[0] == 'I' || text[0] == 'E';
    if (!message && text[0] != 'i' && text[0] != 'e') return unknown(span);
    const auto rest = client(line, text.substr(1));
    if (!rest) return false;
    const std::size_t begin = span.end - rest->size();
    if (message) {
      line.kind = text[0] == 'I' ? Kind::send : Kind::expect;
      return fields(line, begin) && connected(line);
    }
    const bool ours = text[0] == 'i';
    if (*rest == "CONNECT")
      line.kind = ours ? Kind::connect : Kind::accept;
    else if (*rest == "DISCONNECT")
      line.kind = ours ? Kind::disconnect : Kind::closed;
    else
      return unknown(span);
    return connected(line);
  }

  bool unknown(const Span& span) {
    error(span,
          "no such action; a line is iCONNECT, iDISCONNECT, eCONNECT, eDISCONNECT, I or E "
          "with a message, or a comment (#)");
    return false;
  }

  // Without `2,` it is client 1. Gives what follows.
  std::optional<std::string_view> client(DefLine& line, std::string_view text) {
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits])) ++digits;
    if (digits == 0 || digits == text.size() || text[digits] != ',') return text;
    if (digits > 1) {
      error(part(line.span.begin + 1, line.span.begin + 1 + digits),
            "the number of a client is one digit");
      return std::nullopt;
    }
    line.client = text[0] - '0';
    return text.substr(2);
  }

  // Nobody sends, waits or leaves without a connection, or connects with one.
  bool connected(const DefLine& line) {
    bool& up = up_[line.client];
    const bool opens = line.kind == Kind::connect || line.kind == Kind::accept;
    if (opens == up) {
      const Span word =
          part(line.span.begin, line.is_message() ? line.span.begin + 1 : line.span.end);
      error(word, opens ? fmt::format("client {} is connected already", line.client)
                        : fmt::format("client {} is not connected here; {} comes before",
                                      line.client, connect_text(line.client)));
      up = true;
      return false;
    }
    up = opens || line.is_message();
    return true;
  }

  static std::string connect_text(int client) {
    return client == 1 ? "iCONNECT" : fmt::format("i{},CONNECT", client);
  }

  bool fields(DefLine& line, std::size_t begin) {
    const std::size_t end = line.span.end;
    const std::string_view text = std::string_view(source_.text()).substr(begin, end - begin);
    if (trim(text).empty()) {
      error(line.span, "a message stands behind this letter, on its line");
      return false;
    }
    const char separator = text.find(kSoh) == std::string_view::npos ? '|' : kSoh;
    bool good = true;
    for (std::size_t at = begin; at < end;) {
      const std::size_t stop = std::min(source_.text().find(separator, at), end);
      good = field(line, part(at, stop)) && good;
      at = stop + 1;
    }
    if (!good || line.kind == Kind::send) return good;
    return expected(line);
  }

  // What is expected can only be a message.
  bool expected(const DefLine& line) {
    for (const DefField& field : line.fields) {
      if (field.tag != 0) continue;
      error(field.span, "this is no field: no message has it; a field is TAG=VALUE");
      return false;
    }
    const DefField* type = line.field(35);
    if (type && is_type(type->value)) return true;
    if (type)
      error(type->span, "a MsgType(35) to expect is visible characters without '|' and '$'");
    else
      error(line.span, "the message that is expected has no MsgType(35)");
    return false;
  }

  bool field(DefLine& line, const Span& span) {
    const std::string_view text = span.text();
    const std::size_t equals = text.find('=');
    const auto tag =
        equals == std::string_view::npos ? std::nullopt : tag_of(text.substr(0, equals));
    DefField made{tag.value_or(0), {}, span};
    const bool good = value(part(tag ? span.begin + equals + 1 : span.begin, span.end), made.value);
    line.fields.push_back(std::move(made));
    return good;
  }

  bool value(const Span& span, DefValue& into) {
    std::string_view rest = span.text();
    const auto letters = [&](std::string_view text) {
      if (into.pieces.empty() || into.pieces.back().seconds) into.pieces.push_back({});
      into.pieces.back().text += text;
    };
    while (!rest.empty()) {
      const std::size_t at = std::min({rest.find(kTime), rest.find(kFile), rest.size()});
      if (at > 0) letters(rest.substr(0, at));
      rest.remove_prefix(at);
      if (rest.empty()) break;
      const std::size_t begin = span.end - rest.size();
      const std::size_t close = rest.find('>');
      const Span word = part(begin, close == std::string_view::npos ? span.end : begin + close + 1);
      const std::string_view inner = rest.substr(0, word.text().size());
      rest.remove_prefix(inner.size());
      if (inner.starts_with(kFile)) {
        const auto text = file(word);
        if (!text) return false;
        letters(*text);
      } else {
        const auto seconds = offset(word);
        if (!seconds) return false;
        into.pieces.push_back({"", *seconds});
      }
    }
    return true;
  }

  std::optional<long> offset(const Span& word) {
    std::string_view text = word.text();
    text.remove_prefix(kTime.size());
    if (text == ">") return 0;
    const bool closed = text.ends_with('>');
    const bool sign = text.starts_with('+') || text.starts_with('-');
    const auto number = closed && sign && text.size() <= kOffsetDigits + 2
                            ? parse_size(text.substr(1, text.size() - 2))
                            : std::nullopt;
    if (number) return text[0] == '-' ? -static_cast<long>(*number) : static_cast<long>(*number);
    error(word, "a time is <TIME>, <TIME+n> or <TIME-n>, n in seconds");
    return std::nullopt;
  }

  std::optional<std::string> file(const Span& word) {
    std::string_view text = word.text();
    if (!text.ends_with('>')) {
      error(word, "'>' is missing behind the path");
      return std::nullopt;
    }
    text.remove_prefix(kFile.size());
    text.remove_suffix(1);
    auto read = read_file_(std::string(text));
    if (read) return std::move(*read);
    error(word, read.error().text);
    return std::nullopt;
  }

  const SourceFile& source_;
  const FileReader& read_file_;
  DefParsed parsed_;
  std::map<int, bool> up_;
};

}  // namespace

bool DefValue::literal() const {
  return std::none_of(pieces.begin(), pieces.end(),
                      [](const Piece& p) { return p.seconds.has_value(); });
}

bool DefValue::is_time() const { return pieces.size() == 1 && pieces.front().seconds.has_value(); }

std::string DefValue::text() const {
  std::string text;
  for (const Piece& piece : pieces) text += piece.text;
  return text;
}

std::size_t DefValue::size() const {
  std::size_t size = 0;
  for (const Piece& piece : pieces) size += piece.seconds ? kTimeSize : piece.text.size();
  return size;
}

const DefField* DefLine::field(int tag) const {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [tag](const DefField& f) { return f.tag == tag; });
  return found == fields.end() ? nullptr : &*found;
}

std::string DefLine::text(int tag) const {
  const DefField* found = field(tag);
  return found && found->value.literal() ? found->value.text() : "";
}

DefParsed parse_def(SourcePtr source, const FileReader& read_file) {
  return Reader(std::move(source), read_file).read();
}

}  // namespace fixdrill::imports
