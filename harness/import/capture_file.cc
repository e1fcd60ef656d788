#include "import/capture_file.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <pcap/pcap.h>
#include <utility>

#include "import/tcp_packet.h"

namespace fixdrill::imports {

namespace {

// A ByteReader as the FILE that libpcap reads; the FILE owns it.
ssize_t read_cookie(void* cookie, char* into, std::size_t size) {
  const auto got = static_cast<ByteReader*>(cookie)->read(into, size);
  return got ? static_cast<ssize_t>(*got) : -1;
}

int close_cookie(void* cookie) {
  delete static_cast<ByteReader*>(cookie);
  return 0;
}

class PcapFile final : public CaptureFile {
 public:
  PcapFile(pcap_t* pcap, std::string name) : pcap_(pcap), name_(std::move(name)) {}
  PcapFile(const PcapFile&) = delete;
  PcapFile& operator=(const PcapFile&) = delete;
  ~PcapFile() override { pcap_close(pcap_); }

  int link_type() const override { return pcap_datalink(pcap_); }

  Result<bool> next(CapturedPacket& packet) override {
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    const int got = pcap_next_ex(pcap_, &header, &bytes);
    if (got == PCAP_ERROR_BREAK) return false;
    if (got != 1)
      return input_error(fmt::format("{} is damaged or cut: {}; what stands before that was read",
                                     name_, pcap_geterr(pcap_)));
    packet.wall_ns = header->ts.tv_sec * 1'000'000'000LL + header->ts.tv_usec;  // ns: see open
    packet.bytes = {reinterpret_cast<const char*>(bytes), header->caplen};
    packet.cut = header->caplen < header->len;
    return true;
  }

 private:
  pcap_t* pcap_;
  std::string name_;
};

}  // namespace

bool is_capture(std::string_view begin) {
  using namespace std::string_view_literals;
  constexpr std::array<std::string_view, 5> kMagic = {"\xa1\xb2\xc3\xd4"sv, "\xd4\xc3\xb2\xa1"sv,
                                                      "\xa1\xb2\x3c\x4d"sv, "\x4d\x3c\xb2\xa1"sv,
                                                      "\x0a\x0d\x0d\x0a"sv};
  return std::any_of(kMagic.begin(), kMagic.end(),
                     [begin](std::string_view magic) { return begin.starts_with(magic); });
}

Result<std::unique_ptr<CaptureFile>> open_capture(std::unique_ptr<ByteReader> reader,
                                                  const std::string& name) {
  FILE* file = fopencookie(reader.release(), "r", {read_cookie, nullptr, nullptr, close_cookie});
  if (!file) return environment_error(fmt::format("cannot read {}: no memory", name));
  std::array<char, PCAP_ERRBUF_SIZE> why{};
  pcap_t* pcap =
      pcap_fopen_offline_with_tstamp_precision(file, PCAP_TSTAMP_PRECISION_NANO, why.data());
  if (!pcap) {
    fclose(file);
    return input_error(fmt::format("{} is no capture that can be read: {}", name, why.data()));
  }
  auto capture = std::make_unique<PcapFile>(pcap, name);
  if (!is_known_link(capture->link_type()))
    return input_error(fmt::format(
        "{} has packets of link type {}; Ethernet, Linux cooked, raw IP and loopback are read",
        name, pcap_datalink_val_to_description_or_dlt(capture->link_type())));
  return std::unique_ptr<CaptureFile>(std::move(capture));
}

}  // namespace fixdrill::imports
