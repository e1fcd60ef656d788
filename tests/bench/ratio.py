#!/usr/bin/env python3
"""Two benchmarks of one Google Benchmark program, interleaved: medians and how many times as fast the first is.

    ratio.py PROGRAM OURS THEIRS [--repetitions 9] [--cpu 0]
"""
import argparse
import json
import subprocess
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "ours", "theirs"):
        parser.add_argument(name)
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--cpu", default="0", help="as taskset -c takes it")
    options = parser.parse_args()
    out = subprocess.run(
        ["taskset", "-c", options.cpu, options.program, f"--benchmark_filter=^({options.ours}|{options.theirs})(/|$)",
         f"--benchmark_repetitions={options.repetitions}", "--benchmark_enable_random_interleaving=true",
         "--benchmark_report_aggregates_only=true", "--benchmark_format=json"],
        check=True, capture_output=True, text=True).stdout
    rates = {}
    for run in json.loads(out)["benchmarks"]:
        if run["aggregate_name"] == "median":
            rates[run["run_name"].split("/")[0]] = run["items_per_second"]
    for name in (options.ours, options.theirs):
        print(f"{name:<28}{rates[name]:>12,.0f} /s")
    print(f"{'ratio':<28}{rates[options.ours] / rates[options.theirs]:>12.2f}")


if __name__ == "__main__":
    sys.exit(main())
