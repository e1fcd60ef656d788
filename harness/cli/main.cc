// The fixdrill program: finds the command and hands it the rest.

#include <cstdlib>
#include <exception>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

#include "base/text.h"
#include "cli/command.h"

namespace fixdrill::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = {
      {"init", "", "Write a profile (fixdrill.toml) and a first scenario in this folder",
       "  fixdrill init\n  fixdrill run", command_init},
      {"new", "", "Draft scenarios from a log or a recording",
       "  fixdrill new --from gateway.log -o draft.drill\n  fixdrill new --from runs/2026-11-28.db "
       "--order A-17",
       command_new},
      {"run", "[PATH..]", "Replay scenario files or folders against the endpoints of a profile",
       "  fixdrill run -p cert.toml --var symbol=TEST1 scenarios/orders\n  fixdrill run --sim -j 4 "
       "--report-junit junit.xml\n  fixdrill run --against runs/2026-11-28.db scenarios/orders",
       command_run},
      {"conformance", "",
       "Run the standard FIX session cases against an acceptor, or an initiator that calls",
       "  fixdrill conformance -p gateway.toml --json coverage.json\n  fixdrill conformance -p "
       "gateway.toml --listen 5001 --id 4.a,4.b",
       command_conformance},
      {"sim", "[FILE]", "Serve as an exchange: order book, quotes and rules of a simulator file",
       "  fixdrill sim\n  fixdrill sim --port 0 exchange.toml\n  fixdrill sim --call "
       "127.0.0.1:5001 --sender BRK1 --target EXCH",
       command_sim},
      {"check", "[PATH..]", "Find mistakes in scenario files without connecting anywhere",
       "  fixdrill check\n  fixdrill check -p cert.toml scenarios/orders", command_check},
      {"fmt", "[PATH..]", "Lay scenario files out the one standard way",
       "  fixdrill fmt scenarios\n  fixdrill fmt --check scenarios", command_fmt},
      {"list", "[PATH..]",
       "Tell which scenarios there are: ids, titles, tags, requirements, sessions",
       "  fixdrill list -t smoke,-slow scenarios\n  fixdrill list --last-failed --json",
       command_list},
      {"show", "[INPUT..]", "Decode recordings, logs, captures: names, times, verdicts",
       "  fixdrill show --scenario OE-001 runs/2026-11-22T06-00-00.db\n  tail -f gateway.log | "
       "fixdrill show",
       command_show},
      {"ladder", "[INPUT..]", "Draw a conversation as a ladder: a scenario, an order, or all",
       "  fixdrill ladder --scenario OE-001 runs/2026-11-22T06-00-00.db\n  fixdrill ladder --order "
       "087 gateway.log",
       command_ladder},
      {"grep", "EXPR [INPUT..]", "Find messages by what their fields hold, inside groups too",
       "  fixdrill grep '35=8 and 39 in (2,4)' gateway.log\n  fixdrill grep -C 2 'ExecType = "
       "Rejected and NoPartyIDs[PartyRole=12].PartyID = X' runs/a.db",
       command_grep},
      {"orders", "[INPUT..]", "Follow every order: states, quantities, latencies, broken rules",
       "  fixdrill orders --order 087 FIX.4.4-BRK1-EXCH.messages.log\n  fixdrill orders "
       "--violations "
       "--check runs/2026-11-22T06-00-00.db",
       command_orders},
      {"gaps", "[INPUT..]",
       "Sequence numbers: what was asked again, what came for it, what is missing",
       "  fixdrill gaps FIX.4.4-BRK1-EXCH.messages.log\n  fixdrill gaps --json --session OE "
       "runs/2026-11-22T06-00-00.db",
       command_gaps},
      {"diff", "A B", "Tell what changed between two recordings or logs, and what it means",
       "  fixdrill diff runs/release-7.1.db runs/release-7.2.db\n  fixdrill diff --us BRK1 --rules "
       "venue.rules before.log after.log",
       command_diff},
      {"approve", "FINGERPRINT [A B]", "Accept a finding of 'diff', with a reason",
       "  fixdrill approve 3f9a1c22aa before.log after.log --reason 'announced in notice 12'\n  "
       "fixdrill approve 3f9a1c22aa --reason 'ticket open' --as known-defect --until 2027-01-31",
       command_approve},
      {"learn-noise", "A1 A2", "Propose rules for 'diff' from two runs of the same release",
       "  fixdrill learn-noise runs/first.db runs/again.db > venue.rules\n  fixdrill learn-noise "
       "--rules venue.rules monday.log tuesday.log",
       command_learn_noise},
      {"report", "RECORDING", "Make a report of a run again from its recording",
       "  fixdrill report -v runs/2026-11-22T06-00-00.db\n  fixdrill report --junit junit.xml "
       "--json report.json runs/2026-11-22T06-00-00.db",
       command_report},
      {"runs", "[FOLDER]", "Tell which recordings there are: when, outcome, labels, counts",
       "  fixdrill runs\n  fixdrill runs --release 3.1 --json runs", command_runs},
      {"verify", "RECORDING..", "Prove that recordings are whole and as they were sealed",
       "  fixdrill verify runs/2026-11-22T06-00-00.db\n  fixdrill verify runs/*.db",
       command_verify},
      {"query", "[RECORDING] [SQL]", "Ask a recording in SQL, with functions that know FIX",
       "  fixdrill query --name verdicts\n  fixdrill query runs/2026-11-22T06-00-00.db \"SELECT "
       "fix(raw, 'ClOrdID') FROM message\"",
       command_query},
      {"import", "def|log|pcap PATH..",
       "Make scenarios of QuickFIX acceptance files, recordings of logs and captures",
       "  fixdrill import log gateway.log venue.log.gz -o runs/before.db --release 1.4\n  fixdrill "
       "import def definitions/fix44 -o scenarios/acceptance",
       command_import},
      {"export", "[INPUT..]", "Write recordings, logs, captures as a text log that import reads",
       "  fixdrill export runs/before.db -o before.log\n  fixdrill export --session OE "
       "runs/before.db | grep 35=8\n  fixdrill export --canonical runs/before.db -o before.txt",
       command_export},
  };
  return kCommands;
}

const Command* find_command(std::string_view name) {
  for (const Command& command : commands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

int exit_code(const Error& error) {
  switch (error.kind) {
    case ErrorKind::input:
      return 2;
    case ErrorKind::environment:
      return 3;
    case ErrorKind::nothing:
      return 4;
    case ErrorKind::guard:
      return 5;
  }
  return 2;
}

int fail(const Error& error) {
  const bool placed = error.text.find(": error: ") != std::string::npos;
  std::cerr << (placed ? "" : "fixdrill: error: ") << error.text << '\n';
  return exit_code(error);
}

namespace {

void print_usage(std::ostream& out) {
  out << "fixdrill replays FIX scenarios against an endpoint, checks every response and records "
         "every byte.\n\n"
         "usage: fixdrill COMMAND [OPTIONS] [ARGUMENTS]\n\n";
  for (const Command& command : commands())
    out << fmt::format("  {:<11} {}\n", command.name, command.summary);
  out << "\n'fixdrill COMMAND --help' shows its options and examples. 'fixdrill --version' tells "
         "the version.\n\n"
         "examples:\n  fixdrill init\n  fixdrill run scenarios/orders\n";
}

int unknown_command(const std::string& name) {
  std::vector<std::string> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const auto near = did_you_mean(name, names);
  return fail(input_error(fmt::format("unknown command '{}'{}; 'fixdrill --help' lists them", name,
                                      near ? fmt::format("; did you mean {}?", *near) : "")));
}

int dispatch(std::vector<std::string> arguments) {
  if (arguments.empty()) {
    print_usage(std::cerr);
    return 2;
  }
  const std::string name = arguments.front();
  arguments.erase(arguments.begin());
  if (name == "--help" || name == "-h" || name == "help") {
    const Command* about = arguments.empty() ? nullptr : find_command(arguments.front());
    if (about) return about->main(*about, {"--help"}, {});
    print_usage(std::cout);
    return 0;
  }
  if (name == "--version") {
    std::cout << "fixdrill " FIXDRILL_VERSION "\n";
    return 0;
  }
  const Command* command = find_command(name);
  if (!command) return unknown_command(name);
  const Terminal terminal{isatty(STDOUT_FILENO) != 0, isatty(STDERR_FILENO) != 0,
                          std::getenv("CI") != nullptr};
  return command->main(*command, arguments, terminal);
}

}  // namespace
}  // namespace fixdrill::cli

int main(int argc, char** argv) {
  try {
    return fixdrill::cli::dispatch({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "fixdrill: internal error: " << error.what()
              << "; please report it with the command you typed\n";
    return 3;
  }
}
