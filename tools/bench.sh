#!/bin/sh
# Builds the benchmarks and prints their figures beside those of what we compare ourselves with: interleaved, medians.
# Wants a quiet machine. Usage: tools/bench.sh [BUILD_FOLDER]; a folder given is taken as built.
set -eu
cd "$(dirname "$0")/.."
build=${1:-build/release}
[ $# -gt 0 ] || tools/build.sh release -DFIXDRILL_TESTS=ON -DFIXDRILL_BENCH=ON -- \
  fixdrill counterparty bench_client framing_bench recording_bench book_bench

date -u '+%Y-%m-%d %H:%M UTC'
sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 x /'
echo "Linux $(uname -r), load $(cut -d' ' -f1-3 /proc/loadavg)"

printf '\n== Framing, checksum and field index of a 266-byte ExecutionReport; FIX::Message without a dictionary\n'
tests/bench/ratio.py "$build/tests/bench/framing_bench" frame_and_index quickfix_message --repetitions 15

printf '\n== Recording; bare prepared inserts of the same rows in one transaction (both CPUs: the writer is a thread)\n'
tests/bench/ratio.py "$build/tests/bench/recording_bench" recorder bare_inserts --repetitions 5 --cpu "0-$(($(nproc) - 1))"

printf '\n== Order to ExecutionReport over loopback, one outstanding, all processes on CPU 0\n'
tests/bench/round_trip.py "$build"

printf '\n== The simulator: order to acknowledgement, and whole runs against it\n'
tests/bench/simulator.py "$build"

printf '\n== The order book alone\n'
taskset -c 0 "$build/tests/bench/book_bench" --benchmark_repetitions=9 --benchmark_report_aggregates_only=true

printf '\n== fixdrill check of 10,000 files\n'
tests/bench/check.py "$build"

printf '\n== Reading: grep and show of a log and of a recording\n'
tests/bench/reading.py "$build"

printf '\n== Importing and exporting a log\n'
tests/bench/importing.py "$build"

printf '\n== fixdrill diff of 1,000,000 messages against 1,000,000\n'
tests/bench/diff_bench.py "$build/harness/cli/fixdrill"
