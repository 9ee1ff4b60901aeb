#!/usr/bin/env bash
# The smallest useful stack is small, and lives and dies without a trace.
. "$(dirname "$0")/common.sh"
[ "$(wc -l <quickstart/stack.yaml)" -le 25 ] || fail "the quickstart has more than 25 lines"
cd quickstart || exit 1
run 0 validate
expect "$out" '^Success! stack.yaml is valid'
run 0 apply --simulate -auto-approve
run 0 plan --simulate -detailed-exitcode
run 0 destroy --simulate -y --clean
finish
