#!/usr/bin/env bash
# Makes a Python of the tests' own, once: moto's server, which stands in for AWS, and boto3.
# Prints its path. Without a network it says so and prints nothing: the tests that need it are skipped.
# usage: cmake/python.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packages='moto[server]==5.2.1 boto3==1.44.5'
folder=$PWD/build/python

if [ "$(cat "$folder/packages.txt" 2>/dev/null)" != "$packages" ]; then
  log=$PWD/build/python.log
  mkdir -p build
  echo "python: installing $packages (log: $log)" >&2
  rm -rf "$folder"
  # shellcheck disable=SC2086  # it is a list
  if ! { python3 -m venv "$folder" &&
    "$folder/bin/pip" install --quiet --disable-pip-version-check --retries 1 $packages; } >"$log" 2>&1; then
    rm -rf "$folder"
    echo "python: that failed; the tests that need moto will be skipped: $(tail -n 1 "$log")" >&2
    exit 0
  fi
  echo "$packages" >"$folder/packages.txt"
fi
echo "$folder/bin/python"
