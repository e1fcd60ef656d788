#include <cerrno>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <system_error>

#include "profile/profile.h"

namespace fixdrill::profile {

namespace {

Error at(const SecretRef& ref, const Error& error) {
  return {error.kind, render({Severity::error, ref.span, error.text})};
}

Result<std::string> from_env(const SecretRef& ref, const SecretSources& sources) {
  auto value = sources.env ? sources.env(ref.name) : std::nullopt;
  if (value) return *value;
  return input_error(fmt::format(
      "environment variable {} is not set; it holds a secret of this profile", ref.name));
}

Result<std::string> from_file(const SecretRef& ref, const SecretSources& sources) {
  if (!sources.file) return input_error("secrets from files cannot be read here");
  std::filesystem::path path(ref.name);
  if (path.is_relative() && ref.span.file) {
    path = std::filesystem::path(ref.span.file->path()).parent_path() / path;
  }
  return sources.file(path.string());
}

Result<std::string> from_prompt(const SecretRef& ref, const SecretSources& sources) {
  if (sources.prompt) return sources.prompt(ref.name);
  return input_error("there is nobody to ask for this secret; give it as env or file");
}

Result<std::string> fetch(const SecretRef& ref, const SecretSources& sources) {
  switch (ref.source) {
    case SecretRef::Source::env:
      return from_env(ref, sources);
    case SecretRef::Source::file:
      return from_file(ref, sources);
    case SecretRef::Source::prompt:
      return from_prompt(ref, sources);
  }
  return input_error("");
}

}  // namespace

Result<std::string> resolve(const SecretRef& ref, const SecretSources& sources) {
  auto value = fetch(ref, sources);
  if (!value) return at(ref, value.error());
  if (value->empty()) return at(ref, input_error("this secret is empty"));
  return value;
}

Result<std::string> read_secret_file(const std::string& path) {
  struct stat info {};
  std::ifstream file(path, std::ios::binary);
  if (stat(path.c_str(), &info) != 0 || !file) {
    return input_error(fmt::format("cannot read {}: {}", path,
                                   std::generic_category().message(errno ? errno : EIO)));
  }
  if (!S_ISREG(info.st_mode)) return input_error(path + " is not a file");
  if (info.st_mode & (S_IRWXG | S_IRWXO)) {
    return input_error(
        fmt::format("{0} can be read or changed by others; type: chmod 600 {0}", path));
  }
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!text.empty() && text.back() == '\n') text.pop_back();
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return text;
}

}  // namespace fixdrill::profile
