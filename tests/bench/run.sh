#!/usr/bin/env bash
# Builds the release preset, measures, and prints the figures as JSON; a table with the budgets and
# with the figures of baseline.json goes to standard error.
# usage: tests/bench/run.sh [--check] [--accept] [--quick]
#   --check   exits with 1 when a budget is missed
#   --accept  the figures become baseline.json
#   --quick   without Terraform and without the largest sizes
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
{
  [ -d build/release ] || cmake --preset release
  cmake --build --preset release --target bench stackctl
} >&2
exec python3 -B tests/bench/figures.py "$@"
