#!/usr/bin/env bash
# Sets up, builds and runs all tests.
# usage: tests/run.sh [--asan | --tidy | --format] [--accept]
#   --asan    with AddressSanitizer and UndefinedBehaviorSanitizer
#   --tidy    compiles all with clang and clang-tidy; runs nothing
#   --format  checks the formatting; builds nothing
#   --accept  golden tests rewrite their files instead of comparing
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=dev
for argument in "$@"; do
  case "$argument" in
    --asan) preset=asan ;;
    --tidy) preset=tidy ;;
    --format) preset=format ;;
    --accept) export STACKCTL_ACCEPT=1 ;;
    *) sed -n '2,7s/^# \{0,1\}//p' tests/run.sh >&2; exit 64 ;;
  esac
done

sources() {
  find include src providers tests examples \( -name '*.h' -o -name '*.cpp' \) -print0
}

case "$preset" in
  tidy | format) bash cmake/setup.sh --dev ;;
  *) bash cmake/setup.sh ;;
esac

if [ "$preset" = format ]; then
  sources | xargs -0 --no-run-if-empty clang-format-14 --dry-run --Werror
  echo "format: all files follow .clang-format"
  exit 0
fi

if [ "$preset" != tidy ]; then
  STACKCTL_PYTHON=${STACKCTL_PYTHON:-$(bash cmake/python.sh)}
  export STACKCTL_PYTHON
fi

cmake --preset "$preset"
cmake --build --preset "$preset"
[ "$preset" = tidy ] || ctest --preset "$preset"
