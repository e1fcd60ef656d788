// Expected failures as values: a Result holds what was asked for or an Error that is ready to
// print.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace fixdrill {

/// Decides the exit code of a run that it ends (README.md): input 2, environment 3, nothing
/// selected 4, guard 5.
enum class ErrorKind { input, environment, nothing, guard };

/// `text` is for the user as it stands: what was wrong and what to do; with `path:line:col: error:
/// ` and a caret line where a file is to blame.
struct Error {
  ErrorKind kind = ErrorKind::input;
  std::string text;
};

inline Error input_error(std::string text) { return {ErrorKind::input, std::move(text)}; }
inline Error environment_error(std::string text) {
  return {ErrorKind::environment, std::move(text)};
}
inline Error nothing_error(std::string text) { return {ErrorKind::nothing, std::move(text)}; }
inline Error guard_error(std::string text) { return {ErrorKind::guard, std::move(text)}; }

/// A T or an Error. Reading the side that is not there is a programming error
/// (std::bad_variant_access).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return held_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() { return std::get<0>(held_); }
  const T& value() const { return std::get<0>(held_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(held_); }

 private:
  std::variant<T, Error> held_;
};

/// Success, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), ok_(false) {}

  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  const Error& error() const { return error_; }

 private:
  Error error_;
  bool ok_ = true;
};

using Status = Result<void>;

}  // namespace fixdrill
