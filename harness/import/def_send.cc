#include "import/def_send.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/text.h"
#include "fix/message.h"
#include "import/def_length.h"
#include "import/def_text.h"

namespace fixdrill::imports {

namespace {

using Tags = std::vector<int>;

constexpr std::array kAlways = {49, 56, 34, 52};  // filled in behind 8, 9 and 35, in this order

bool always_there(int tag) {
  return std::find(kAlways.begin(), kAlways.end(), tag) != kAlways.end();
}

bool is_framing(int tag) { return tag == 8 || tag == 9 || tag == 35 || tag == 10; }

Tags tags_of(const DefFields& fields) {
  Tags tags;
  for (const DefField& field : fields) tags.push_back(field.tag);
  return tags;
}

std::size_t count(const Tags& tags, int tag) {
  return static_cast<std::size_t>(std::count(tags.begin(), tags.end(), tag));
}

/// Whether and how a message can be written by name.
class Named {
 public:
  Named(const DefLine& line, const Identity& identity, const fix::Dictionary* dictionary)
      : line_(line), identity_(identity), dictionary_(dictionary), tags_(tags_of(line.fields)) {}

  bool possible() const {
    if (!framed()) return false;
    if (!usual_order() && (repeated() || given_length() || given_checksum())) return false;
    return !given_length() || length_off().has_value();
  }

  StepText step(Numbers& numbers) const {
    const std::string type = message_name(line_.text(35), dictionary_);
    StepText text;
    text.head = fmt::format("send {}", type.empty() ? "Heartbeat" : type);
    std::vector<std::string> header;
    if (type.empty()) header.push_back(item(*line_.field(35)));
    const std::vector<std::string> shapes = shapes_of(numbers, header);
    if (!shapes.empty()) text.head += fmt::format(" with {}", join(shapes, ", "));
    put_header(header);
    text.block.push_back(std::move(header));
    text.block.push_back(body());
    if (given_checksum()) text.block.back().push_back(item(line_.fields.back()));
    count_sent(numbers, !shapes.empty());
    return text;
  }

 private:
  // 8 first, 9 behind it or not at all, 10 last or not at all, 35 once, all of it fields.
  bool framed() const {
    if (tags_.size() < 2 || tags_[0] != 8 || count(tags_, 0) > 0) return false;
    const bool one_each = count(tags_, 8) == 1 && count(tags_, 35) == 1 &&
                          count(tags_, 9) == (given_length() ? 1U : 0U) &&
                          count(tags_, 10) == (given_checksum() ? 1U : 0U);
    const bool numbers_once = std::all_of(kAlways.begin(), kAlways.end(),
                                          [&](int tag) { return count(tags_, tag) <= 1; });
    return one_each && numbers_once && line_.field(8)->value.literal() &&
           line_.field(35)->value.literal();
  }

  bool given_length() const { return tags_.size() > 1 && tags_[1] == 9; }
  bool given_checksum() const { return ends_in_checksum(line_.fields); }

  bool repeated() const { return std::set<int>(tags_.begin(), tags_.end()).size() != tags_.size(); }

  // Of what BodyLength(9) says; empty: it says no number.
  std::optional<std::int64_t> length_off() const {
    const std::string text = line_.text(9);
    const auto given = text.size() <= 9 ? parse_size(text) : std::nullopt;
    if (!given || std::to_string(*given) != text) return std::nullopt;
    return static_cast<std::int64_t>(*given) -
           static_cast<std::int64_t>(right_length(line_.fields));
  }

  // The fields without what frames them: header, body, trailer, each as it stands.
  Tags inner() const {
    Tags inner;
    for (const int tag : tags_) {
      if (tag != 8 && tag != 9 && tag != 10) inner.push_back(tag);
    }
    return inner;
  }

  // As a driver sends these fields.
  Tags driver_order() const {
    const Tags written = inner();
    Tags order = {35};
    for (const int tag : kAlways) {
      if (count(written, tag) > 0) order.push_back(tag);
    }
    const auto add = [&](auto belongs) {
      for (const int tag : written) {
        if (tag != 35 && !always_there(tag) && belongs(tag)) order.push_back(tag);
      }
    };
    add([](int tag) { return fix::is_header_tag(tag); });
    add([](int tag) { return !fix::is_header_tag(tag) && !fix::is_trailer_tag(tag); });
    add([](int tag) { return fix::is_trailer_tag(tag); });
    return order;
  }

  // MsgType, header, body and trailer follow each other; how the header is sorted says nothing
  // unless it is neither as these files have it nor as we do.
  bool usual_order() const {
    const Tags written = inner();
    if (written == driver_order()) return true;
    const auto place = [](int tag) {
      if (tag == 35) return 0;
      if (fix::is_header_tag(tag)) return 1;
      return fix::is_trailer_tag(tag) ? 3 : 2;
    };
    if (!std::is_sorted(written.begin(), written.end(),
                        [&](int a, int b) { return place(a) < place(b); }))
      return false;
    Tags numbered;
    std::copy_if(written.begin(), written.end(), std::back_inserter(numbered), always_there);
    return std::is_sorted(numbered.begin(), numbered.end());
  }

  // The shortest list of tags behind which our own order is the line's.
  std::string order_shape() const {
    Tags wanted = {8, 9};
    const Tags written = inner();
    wanted.insert(wanted.end(), written.begin(), written.end());
    Tags rest = driver_order();
    rest.insert(rest.begin(), {8, 9});
    std::string text = "order";
    for (const int tag : wanted) {
      rest.erase(std::find(rest.begin(), rest.end(), tag));
      fmt::format_to(std::back_inserter(text), " {}", tag);
      const auto done = wanted.size() - rest.size();
      if (std::equal(rest.begin(), rest.end(), wanted.begin() + static_cast<std::ptrdiff_t>(done)))
        break;
    }
    return text;
  }

  // What `with` says; a number that `with` cannot say goes into the header.
  std::vector<std::string> shapes_of(const Numbers& numbers,
                                     std::vector<std::string>& header) const {
    std::vector<std::string> shapes;
    std::int64_t off = given_checksum() ? -1 : 0;
    if (given_length()) off = *length_off();
    if (off != 0) shapes.push_back(fmt::format("bad length {:+}", off));
    if (!usual_order()) shapes.push_back(order_shape());
    const DefField* given = line_.field(34);
    const auto number = number_of(line_);
    if (!given || (number && number == numbers.filled_in(line_))) return shapes;
    if (number)
      shapes.push_back(fmt::format("seqnum {}", *number));
    else
      header.push_back(item(*given));
    return shapes;
  }

  void put_header(std::vector<std::string>& header) const {
    if (line_.text(8) != identity_.begin_string) header.push_back(item(*line_.field(8)));
    for (const int tag : {34, 49, 56, 52}) {
      if (!line_.field(tag)) header.push_back(fmt::format("!{}", field_name(tag, dictionary_)));
    }
    for (const DefField& field : line_.fields) {
      if (fix::is_header_tag(field.tag) && !is_framing(field.tag) && !driver_says(field))
        header.push_back(item(field));
    }
  }

  // It is what the driver fills in, or `with` has said it.
  bool driver_says(const DefField& field) const {
    const auto is = [&](const std::string& own) {
      return field.value.literal() && field.value.text() == own;
    };
    if (field.tag == 34) return true;
    if (field.tag == 49) return is(identity_.sender);
    if (field.tag == 56) return is(identity_.target);
    return field.tag == 52 && field.value.is_time() && *field.value.pieces.front().seconds == 0;
  }

  std::vector<std::string> body() const {
    std::vector<std::string> items;
    for (const DefField& field : line_.fields) {
      if (!fix::is_header_tag(field.tag) && field.tag != 10) items.push_back(item(field));
    }
    return items;
  }

  std::string item(const DefField& field) const {
    return fmt::format("{} = {}", field_name(field.tag, dictionary_),
                       block_value(field, dictionary_));
  }

  // A message of which only CheckSum(10) may be wrong counts when it happens to be right.
  void count_sent(Numbers& numbers, bool shaped) const {
    if (given_checksum() && !shaped) return numbers.lose();
    numbers.sent(line_);
  }

  const DefLine& line_;
  const Identity& identity_;
  const fix::Dictionary* dictionary_;
  const Tags tags_;
};

// `send raw` makes SOH of it.
bool holds_separator(const DefFields& fields) {
  return std::any_of(fields.begin(), fields.end(), [](const DefField& field) {
    return field.value.text().find('|') != std::string::npos;
  });
}

/// The line as it stands; what the original runner would compute is computed.
std::vector<StepText> raw_steps(const DefLine& line, Numbers& numbers) {
  const DefFields& fields = line.fields;
  const bool sealed = fields.front().tag == 8;
  const bool has_length = fields.size() > 1 && fields[1].tag == 9;
  const bool has_sum = ends_in_checksum(fields);
  const bool sums_up = sealed && !has_sum;
  constexpr std::string_view kTime = "${sent_at}";
  std::vector<std::string> parts;
  bool timed = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const DefField& field = fields[i];
    timed = timed || !field.value.literal();
    parts.push_back(line_field(field, sums_up ? kTime : "${now(0)}"));
    if (i == 0 && sealed && !has_length)
      parts.push_back(fmt::format("9={}", filled_in_length(fields)));
  }
  if (holds_separator(fields)) return {};
  numbers.lose();
  std::string text = join(parts, "|") + "|";
  if (!sums_up) return {{fmt::format("send raw {}", text), {}}};
  std::vector<StepText> steps;
  if (timed) steps.push_back({"let sent_at = now(0)", {}});
  steps.push_back({fmt::format("let message = \"{}\"", text), {}});
  steps.push_back({"send raw ${message}10=${checksum(message)}|", {}});
  return steps;
}

}  // namespace

std::vector<StepText> send_steps(const DefLine& line, const Identity& identity,
                                 const fix::Dictionary* dictionary, Numbers& numbers) {
  const Named named(line, identity, dictionary);
  if (named.possible()) return {named.step(numbers)};
  return raw_steps(line, numbers);
}

}  // namespace fixdrill::imports
