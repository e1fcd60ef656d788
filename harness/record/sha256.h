// SHA-256, in lower-case hexadecimal digits.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace fixdrill::record {

class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  std::string finish();  ///< last call

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

std::string sha256(std::string_view bytes);

}  // namespace fixdrill::record
