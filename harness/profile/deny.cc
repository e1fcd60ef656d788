#include <cerrno>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <sys/stat.h>
#include <system_error>

#include "profile/profile.h"
#include "profile/table_reader.h"

namespace fixdrill::profile {

// Production FIX gateways as the venues publish them: docs.cdp.coinbase.com (Exchange,
// International Exchange, Prime), developers.binance.com (Spot FIX), docs.deribit.com (FIX).
DenyList built_in_deny_list() {
  return {
      {"fix.exchange.coinbase.com", "fix-ord.exchange.coinbase.com", "fix-md.exchange.coinbase.com",
       "fix-dc.exchange.coinbase.com", "fix.international.coinbase.com", "fix.prime.coinbase.com",
       "fix-us.dma.prime.coinbase.com", "fix-oe.binance.com", "fix-md.binance.com",
       "fix-dc.binance.com", "www.deribit.com"},
      {}};
}

Result<DenyList> load_deny_list(SourcePtr source) {
  auto root = parse_toml(*source);
  if (!root) return root.error();
  Diagnostics out;
  DenyList deny;
  TableReader table(*root, "a deny list", {source.get(), 0, 0}, out);
  table.texts("hosts", deny.hosts);
  table.texts("comp_ids", deny.comp_ids);
  table.finish();
  if (!out.empty()) return input_error(render(out));
  return deny;
}

Result<DenyList> read_deny_file(const std::string& path, unsigned owner) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return DenyList{};
    return environment_error(
        fmt::format("cannot read {}: {}", path, std::generic_category().message(errno)));
  }
  if (info.st_uid != owner || (info.st_mode & (S_IWGRP | S_IWOTH))) {
    return environment_error(fmt::format(
        "{} does not belong to user {} alone, so it guards nothing; correct its owner and mode",
        path, owner));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return environment_error("cannot read " + path);
  std::string text(std::istreambuf_iterator<char>(file), {});
  return load_deny_list(std::make_shared<SourceFile>(path, std::move(text)));
}

}  // namespace fixdrill::profile
