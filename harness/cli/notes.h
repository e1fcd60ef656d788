// What a program that serves tells whoever watches its standard error.
#pragma once

#include <cstddef>
#include <string>

namespace fixdrill::cli {

/// Never waits: a line that nobody makes room for (a pipe that is not read, a stopped terminal) is
/// left out, and the next line that goes through is preceded by how many were. Otherwise whoever
/// watches, or does not, would stop the exchange for all its clients.
class Notes {
 public:
  explicit Notes(int file) : file_(file) {}

  void put(const std::string& line);  ///< without its line end; one of more than 4 KB is cut

 private:
  int file_;
  std::size_t left_out_ = 0;
};

}  // namespace fixdrill::cli
