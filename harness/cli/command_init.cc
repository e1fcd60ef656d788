// fixdrill init: a profile and a first scenario to start from.

#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iostream>

#include "cli/options.h"

namespace fixdrill::cli {

namespace po = boost::program_options;

namespace {

constexpr const char* kProfile =
    R"(# Where fixdrill connects. As it stands: to `fixdrill sim` on this machine. Change host, port and the CompIDs to those
# of your endpoint.
environment = "simulator"        # simulator (this machine only), certification, uat or production
# allow = ["cert.example.com:9876"]   # outside "simulator" every target must be named here

[param]
symbol = "MSFT"

[session.OE]
host = "127.0.0.1"
port = 9876
begin_string = "FIX.4.4"
sender = "BRK1"
target = "EXCH"
heartbeat = 30
reset_on_logon = true            # ResetSeqNumFlag(141)=Y: both sides start at 1
# password = { env = "OE_PW" }   # secrets come from the environment, a file or a prompt

[limits]
max_order_qty = 1000             # checked before a byte leaves

[defaults]
within = "5s"
)";

constexpr const char* kScenario = R"(drill 1

session OE initiator    # host, CompIDs and dictionary: from fixdrill.toml
param symbol = MSFT

@id FIRST-001
scenario "Limit buy is acknowledged" {
  send NewOrderSingle as nos {
    ClOrdID = ${uid()} | Symbol = ${symbol} | Side = Buy | OrderQty = 100
    OrdType = Limit | Price = 10.00 | TransactTime = ${now()}
  }
  expect ExecutionReport as ack within 5s {
    ClOrdID = ${nos.ClOrdID} | ExecType = New | OrdStatus = New | LeavesQty = 100
    OrderID = *
  }
  expect nothing for 500ms
}
)";

// Never over a file that is there.
Status write_new(const std::string& path, const char* text) {
  if (std::filesystem::exists(path))
    return input_error(path + " is here already; nothing was written");
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) return environment_error("cannot write " + path);
  return {};
}

}  // namespace

int command_init(const Command& self, const std::vector<std::string>& arguments, const Terminal&) {
  const Parsed parsed = parse_options(self, arguments, po::options_description("options"));
  if (parsed.leave) return *parsed.leave;
  if (parsed.values.count("paths"))
    return fail(input_error("init takes no path; run it in the folder to start in"));
  for (const char* path : {"fixdrill.toml", "first.drill"}) {
    if (std::filesystem::exists(path)) {
      return fail(input_error(fmt::format("{} is here already; nothing was written", path)));
    }
  }
  if (Status written = write_new("fixdrill.toml", kProfile); !written) return fail(written.error());
  if (Status written = write_new("first.drill", kScenario); !written) return fail(written.error());
  std::cout << "wrote fixdrill.toml and first.drill\n"
               "next:\n"
               "  fixdrill run --sim first.drill     against our simulator\n"
               "  fixdrill run first.drill           against the endpoint in fixdrill.toml\n";
  return 0;
}

}  // namespace fixdrill::cli
