#!/usr/bin/env bash
# Installs what the build needs and the machine lacks, from Debian 12's packages.
# usage: cmake/setup.sh [--dev]     --dev adds clang, clang-format and clang-tidy
set -euo pipefail

packages=(
  g++ cmake ninja-build ccache pkg-config git ca-certificates python3 python3-venv python3-jsonschema python3-yaml
  libcurl4-openssl-dev libssl-dev zlib1g-dev libbrotli-dev nlohmann-json3-dev libyaml-dev libre2-dev
  libcli11-dev libspdlog-dev libfmt-dev libcpp-httplib-dev libtomlplusplus-dev libpugixml-dev libmimalloc-dev
  catch2
)
case "${1:-}" in
  "") ;;
  --dev) packages+=(clang-14 clang-format-14 clang-tidy-14) ;;
  *) sed -n '2,3s/^# //p' "$0" >&2; exit 64 ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "setup: no Debian packages here; the build needs the equivalents of: ${packages[*]}" >&2
  exit 0
fi

installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' "${packages[@]}" 2>/dev/null |
  sed -n 's/^.i *//p' || true)
missing=()
for package in "${packages[@]}"; do
  grep -qxF -- "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "setup: needs root or sudo to install: ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "setup: installing ${missing[*]}" >&2
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
"${apt[@]}" update >&2
"${apt[@]}" install -y --no-install-recommends "${missing[@]}" >&2 </dev/null
