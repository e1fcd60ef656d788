#include "cli/notes.h"

#include <climits>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

namespace fixdrill::cli {

namespace {

constexpr std::size_t kLongest = PIPE_BUF - 1;  ///< a pipe with room takes this much at once

bool has_room(int file) {
  pollfd poll{file, POLLOUT, 0};
  return ::poll(&poll, 1, 0) == 1 && (poll.revents & POLLOUT) != 0;
}

bool put_text(int file, const std::string& text) {
  return has_room(file) && ::write(file, text.data(), text.size()) >= 0;
}

}  // namespace

void Notes::put(const std::string& line) {
  if (left_out_ != 0 &&
      put_text(file_, fmt::format("({} lines left out: nobody read them)\n", left_out_)))
    left_out_ = 0;
  if (!put_text(file_, line.substr(0, kLongest) + '\n')) ++left_out_;
}

}  // namespace fixdrill::cli
