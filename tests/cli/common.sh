# Sourced by the scripts here: a scratch folder with the examples, and a few checks.
set -u
: "${STACKCTL:?path of the binary}" "${STACKCTL_SOURCE_DIR:?root of the source tree}"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$STACKCTL_SOURCE_DIR/examples/exoscale-wordpress" "$scratch/wordpress"
cp -r "$STACKCTL_SOURCE_DIR/examples/quickstart" "$scratch/quickstart"
cd "$scratch" || exit 1
export STACKCTL_STATE_DIR=$scratch/state  # leases: scripts that run side by side do not meet
export AWS_EC2_METADATA_DISABLED=true  # no test asks the machine who it is
failures=0

# run EXIT_CODE ARGUMENTS...: runs stackctl without a terminal; $out and $err hold what it printed.
run() {
  local expected=$1 code
  shift
  "$STACKCTL" "$@" >out.txt 2>err.txt </dev/null
  code=$?
  out=$(cat out.txt) err=$(cat err.txt)
  [ "$code" -eq "$expected" ] && return 0
  fail "stackctl $* exits with $code, not $expected"
}

fail() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$1"
  printf -- '--- stdout\n%s\n--- stderr\n%s\n---\n' "${out-}" "${err-}"
}

# expect TEXT PATTERN: an extended regular expression occurs in one of the lines.
expect() { grep -Eq -- "$2" <<<"$1" || fail "nothing matches: $2"; }
refuse() { ! grep -Eq -- "$2" <<<"$1" || fail "this must not be there: $2"; }

# wait_for FILE PATTERN: until the file has such a line.
wait_for() {
  for _ in $(seq 200); do
    grep -Eq "$2" "$1" 2>/dev/null && return 0
    sleep 0.05
  done
  echo "nothing like '$2' in $1:" && cat "$1"
  exit 1
}

finish() {
  [ "$failures" -eq 0 ] || exit 1
  echo ok
}
