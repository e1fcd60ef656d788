#!/bin/sh
# Installs the Debian 12 packages that building and testing need, and only those that are missing. Usage: tools/setup.sh
# [FURTHER PACKAGES..]
set -eu
packages="
  g++ cmake ninja-build mold pkg-config git python3 sqlite3 libxml2-utils
  libquickfix-dev libsqlitecpp-dev libsqlite3-dev libboost-dev libboost-program-options-dev libfmt-dev libpugixml-dev
  libre2-dev libtomlplusplus-dev libssl-dev libgtest-dev libgmock-dev libbenchmark-dev
  nlohmann-json3-dev libarchive-dev libpcap-dev tzdata
  clang-format-14 clang-tidy-14 $*"

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "setup: this system has no apt. fixdrill is built on Debian 12; elsewhere install these by hand:" $packages >&2
  exit 2
fi

missing=
for package in $packages; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || state=
  [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "setup: installing$missing" >&2
as_root=
if [ "$(id -u)" != 0 ]; then
  as_root=sudo
  if ! command -v sudo >/dev/null; then
    echo "setup: not root and no sudo. As root: apt-get install$missing" >&2
    exit 2
  fi
fi
$as_root apt-get update -q >&2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing >&2
