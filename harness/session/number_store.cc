#include "session/number_store.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <mutex>
#include <sys/file.h>
#include <unistd.h>

#include "base/text.h"

namespace fixdrill::session {

namespace {

constexpr std::string_view kHeader = "fixdrill numbers 1\n";
/// A log shorter than this is not worth compacting.
constexpr std::size_t kCompactFloor = 1u << 20;

std::string number_record(char kind, std::int64_t number) {
  return std::string(1, kind) + " " + std::to_string(number) + "\n";
}

std::string message_record(std::int64_t seq, const std::string& bytes) {
  std::string out = "m " + std::to_string(seq) + " " + std::to_string(bytes.size()) + "\n";
  out += bytes;
  out += '\n';
  return out;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<std::string> read_all(int file, const std::string& path) {
  std::string text;
  char block[1 << 16];
  for (;;) {
    const ssize_t count = ::read(file, block, sizeof block);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0)
      return environment_error("cannot read the number store " + path + ": " + strerror(errno));
    if (count == 0) return text;
    text.append(block, static_cast<std::size_t>(count));
  }
}

std::string file_name_part(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_' || c == '-';
    if (plain) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

}  // namespace

std::unique_ptr<NumberStore> NumberStore::in_memory(const StoreBounds& bounds) {
  return std::unique_ptr<NumberStore>(new NumberStore(bounds));
}

Result<std::unique_ptr<NumberStore>> NumberStore::open(const std::string& path,
                                                       const StoreBounds& bounds) {
  std::unique_ptr<NumberStore> store(new NumberStore(bounds));
  store->path_ = path;
  if (Status locked = store->lock(path); !locked) return locked.error();
  if (Status loaded = store->load(); !loaded) return loaded.error();
  return store;
}

NumberStore::~NumberStore() {
  if (!pending_.empty()) append({});
  if (file_ >= 0) ::close(file_);
  if (lock_ >= 0) ::close(lock_);
}

/// On a file of its own, since compacting replaces the log. The system lets go of it when the
/// process ends, however it ends.
Status NumberStore::lock(const std::string& path) {
  const std::string name = path + ".lock";
  lock_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0)
    return environment_error("cannot write the number store " + path + ": " + strerror(errno));
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK)
    return environment_error("cannot lock the number store " + path + ": " + strerror(errno));
  return environment_error("locked number store: another fixdrill run uses it: " + path);
}

Status NumberStore::load() {
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file_ < 0)
    return environment_error("cannot write the number store " + path_ + ": " + strerror(errno));
  Result<std::string> text = read_all(file_, path_);
  if (!text) return text.error();
  const std::string_view log = *text;
  const bool torn_header = log.size() < kHeader.size() && kHeader.substr(0, log.size()) == log;
  if (!torn_header && log.substr(0, kHeader.size()) != kHeader)
    return environment_error(path_ +
                             " is not a number store; move it away, or name another folder");
  file_bytes_ = torn_header ? 0 : replay(log);
  const bool cut = ::ftruncate(file_, static_cast<off_t>(file_bytes_)) == 0;
  const bool ready = cut && (file_bytes_ > 0 || append(kHeader)) && compact_when_old();
  if (!ready)
    return environment_error("cannot write the number store " + path_ + ": " + strerror(errno));
  return {};
}

/// Where the last whole record ends.
std::size_t NumberStore::replay(std::string_view log) {
  std::size_t at = kHeader.size();
  while (apply(log, at)) {
  }
  return at;
}

/// One record; false when it is torn or none, and then `at` stays.
bool NumberStore::apply(std::string_view log, std::size_t& at) {
  const std::size_t end = log.find('\n', at);
  if (end == std::string_view::npos) return false;
  const auto words = split(log.substr(at, end - at), ' ');
  if (words.size() == 1 && words[0] == "r") {
    clear();
    at = end + 1;
    return true;
  }
  const auto number = words.size() > 1 ? parse_size(words[1]) : std::nullopt;
  if (!number || *number == 0) return false;
  const auto value = static_cast<std::int64_t>(*number);
  if (words.size() == 2 && (words[0] == "o" || words[0] == "i")) {
    (words[0] == "o" ? next_sender_ : next_target_) = value;
    at = end + 1;
    return true;
  }
  const auto length = words.size() == 3 && words[0] == "m" ? parse_size(words[2]) : std::nullopt;
  if (!length || *length >= log.size() || end + 1 + *length >= log.size()) return false;
  if (log[end + 1 + *length] != '\n') return false;
  keep(value, std::string(log.substr(end + 1, *length)));
  at = end + 2 + *length;
  return true;
}

void NumberStore::keep(std::int64_t seq, std::string bytes) {
  std::string& slot = messages_.try_emplace(messages_.end(), seq)->second;
  message_bytes_ += bytes.size() - slot.size();
  slot = std::move(bytes);
  while (messages_.size() > bounds_.messages ||
         (message_bytes_ > bounds_.bytes && messages_.size() > 1)) {
    message_bytes_ -= messages_.begin()->second.size();
    messages_.erase(messages_.begin());
  }
}

void NumberStore::clear() {
  next_sender_ = next_target_ = 1;
  messages_.clear();
  message_bytes_ = 0;
}

bool NumberStore::set_next_sender(std::int64_t number) {
  next_sender_ = number;
  return path_.empty() || append(number_record('o', number));
}

bool NumberStore::set_next_target(std::int64_t number) {
  next_target_ = number;
  return path_.empty() || append(number_record('i', number));
}

bool NumberStore::set(std::int64_t seq, const std::string& bytes) {
  keep(seq, bytes);
  if (!path_.empty()) pending_ += message_record(seq, bytes);
  return true;
}

std::vector<std::string> NumberStore::get(std::int64_t begin, std::int64_t end) const {
  std::vector<std::string> out;
  for (auto it = messages_.lower_bound(begin); it != messages_.end() && it->first <= end; ++it)
    out.push_back(it->second);
  return out;
}

const std::string* NumberStore::find(std::int64_t seq) const {
  const auto it = messages_.find(seq);
  return it == messages_.end() ? nullptr : &it->second;
}

std::int64_t NumberStore::first_kept(std::int64_t seq) const {
  const auto it = messages_.lower_bound(seq);
  return it == messages_.end() ? 0 : it->first;
}

bool NumberStore::reset() {
  clear();
  pending_.clear();
  return path_.empty() || append("r\n");
}

/// One write, so that a kill leaves at most one torn record; what waited goes first.
bool NumberStore::append(std::string_view record) {
  std::string joined;
  if (!pending_.empty()) {
    joined = std::move(pending_);
    pending_.clear();
    joined += record;
    record = joined;
  }
  if (!write_all(file_, record)) return false;
  file_bytes_ += record.size();
  return file_bytes_ < 2 * (bounds_.bytes + kCompactFloor) || compact_when_old();
}

bool NumberStore::compact_when_old() {
  const std::size_t live = message_bytes_ + 32 * messages_.size();
  return file_bytes_ < 2 * live + kCompactFloor || compact();
}

/// Writes what is alive to a new file and puts it in the place of the old one.
bool NumberStore::compact() {
  const std::string fresh = path_ + ".new";
  const int file = ::open(fresh.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return false;
  std::string text(kHeader);
  text += number_record('o', next_sender_) + number_record('i', next_target_);
  for (const auto& [seq, bytes] : messages_) text += message_record(seq, bytes);
  if (!write_all(file, text) || ::rename(fresh.c_str(), path_.c_str()) != 0) {
    ::close(file);
    return false;
  }
  ::close(file_);
  file_ = file;
  file_bytes_ = text.size();
  return true;
}

std::string number_store_path(const std::string& folder, const profile::Profile& profile,
                              const profile::Session& session) {
  const std::string stem = std::filesystem::path(profile.path).stem().string();
  return (std::filesystem::path(folder) /
          (file_name_part(stem) + "." + file_name_part(session.name) + "." +
           file_name_part(session.sender) + "-" + file_name_part(session.target) + ".numbers"))
      .string();
}

namespace {

// Both kinds by path; guarded by one mutex.
struct OpenStores {
  using InMemory = std::map<std::string, std::shared_ptr<NumberStore>>;

  std::mutex mutex;
  std::map<std::string, std::weak_ptr<NumberStore>> files;
  // Stores in memory belong to the run, which its guard stands for.
  std::map<std::weak_ptr<Guard>, InMemory, std::owner_less<>> in_memory;
};

std::shared_ptr<NumberStore> memory_store(OpenStores& open, const std::string& path,
                                          const std::shared_ptr<Guard>& run) {
  std::erase_if(open.in_memory, [](const auto& of_run) { return of_run.first.expired(); });
  std::shared_ptr<NumberStore>& store = open.in_memory[run][path];
  if (!store) store = NumberStore::in_memory();
  return store;
}

Result<std::shared_ptr<NumberStore>> file_store(OpenStores& open, const std::string& path,
                                                const std::string& folder) {
  if (auto shared = open.files[path].lock()) return shared;
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed)
    return environment_error("cannot make the folder of the number stores " + folder + ": " +
                             failed.message());
  auto opened = NumberStore::open(path);
  if (!opened) return opened.error();
  std::shared_ptr<NumberStore> store = std::move(*opened);
  open.files[path] = store;
  return store;
}

}  // namespace

Result<std::shared_ptr<NumberStore>> open_number_store(const Context& context) {
  static OpenStores open;
  const std::string path = number_store_path(context.store_folder, context.profile, context.config);
  const std::lock_guard<std::mutex> lock(open.mutex);
  if (context.config.store == profile::StoreKind::memory)
    return memory_store(open, path, context.guard);
  return file_store(open, path, context.store_folder);
}

}  // namespace fixdrill::session
