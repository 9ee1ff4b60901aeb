#!/usr/bin/env bash
# Two applies of one stack at the same moment: with the lease one works and the other is told who
# does, or waits; without it nothing is there twice. A holder that was killed is in nobody's way.
. "$(dirname "$0")/common.sh"
. "$STACKCTL_SOURCE_DIR/tests/cli/http_cloud.sh"
stack=wordpress/stack.yaml
can_validate() { false; }  # others do that; two clients through one proxy would take turns
STACKCTL_SPEED=40 start_cloud
second_client inventory >before.txt

# start NAME ARGUMENTS...: in the background, printing to NAME.out and NAME.err; $! is the process.
start() {
  local name=$1
  shift
  rm -f "$name.out"  # nobody takes the words of an earlier run for those of this one
  "$STACKCTL" "$@" >"$name.out" 2>"$name.err" </dev/null &
}
# ended NAME PROCESS CODE: waits for it; $out and $err hold what it printed.
ended() {
  local code
  wait "$2"
  code=$?
  out=$(cat "$1.out") err=$(cat "$1.err")
  [ $code -eq "$3" ] || fail "$1 exits with $code, not $3"
}
# nothing_twice: names in the account are those of one stack, each once, but for pool members.
nothing_twice() {
  second_client inventory | grep -v '^/instance ' | awk '{ print $1, $3 }' | sort | uniq -d >twice.txt
  [ ! -s twice.txt ] || fail "there is twice: $(cat twice.txt)"
}

# With the lease: the second is refused, a third waits, and then has nothing to do.
start first apply $stack --yes
first=$!
wait_for first.out 'Creating\.\.\.'
run 1 apply $stack --yes
expect "$err" '^error: stack wordpress is being changed by another run$'
expect "$err" "^  .* on .* \(process $first\), 'apply $stack', since 20.*Z \([0-9]+s\)$"
expect "$err" 'else it expires in ([0-9]+s|1m)$'
expect "$err" '--lock-timeout 5m.*stackctl unlock wordpress/stack.yaml'
[ -z "$out" ] || fail 'who is refused says something on standard output'
run 1 destroy $stack --yes -lock-timeout=100ms
expect "$err" '^warning: waiting up to 0.1s for another run on stack wordpress$'
run 1 apply $stack --yes --json
expect "$out" '"summary":"stack wordpress is being changed by another run"'
run 0 plan $stack  # looks, and takes no lease
run 0 show $stack
start third apply $stack --yes --lock-timeout 5m
third=$!
ended first $first 0
ended third $third 0
expect "$err" '^warning: waiting up to 5m for another run on stack wordpress$'
expect "$out" '^No changes\.'
nothing_twice
[ -z "$(ls "$STACKCTL_STATE_DIR")" ] || fail "leases are left: $(ls "$STACKCTL_STATE_DIR")"
[ "$(stat -c %a "$STACKCTL_STATE_DIR")" = 700 ] || fail 'others may look into the folder of leases'

# A lease can be broken; who holds it is shown first.
run 0 destroy $stack --yes --clean
start first apply $stack --yes
first=$!
wait_for first.out 'Creating\.\.\.'
[ "$(stat -c %a "$STACKCTL_STATE_DIR/wordpress.lease")" = 600 ] || fail 'others may read the lease'
run 1 unlock $stack
expect "$out" "process $first\), 'apply $stack'"
expect "$err" 'nobody is there to say'
run 0 unlock $stack --yes --json
expect "$out" '"broken":true.*"doing":"apply wordpress/stack.yaml".*"type":"unlock"'
run 0 unlock $stack
expect "$out" '^Nobody holds the lease of stack wordpress\.$'

kill -KILL $first
wait $first 2>/dev/null

# A run that was killed holds its lease; the next one takes over at once.
start first apply $stack --yes
first=$!
wait_for first.out 'Creating\.\.\.'
kill -KILL $first
wait $first 2>/dev/null
[ -f "$STACKCTL_STATE_DIR/wordpress.lease" ] || fail 'a killed run gave its lease back?'
run 0 apply $stack --yes
expect "$err" '^warning: the lease of stack wordpress is taken over: the process that held it is gone$'
expect "$err" "process $first\)"
nothing_twice
echo rubbish >"$STACKCTL_STATE_DIR/wordpress.lease"
run 1 apply $stack --yes
expect "$err" 'cannot be understood'
run 0 unlock $stack --force
run 0 destroy $stack --yes --clean
second_client inventory >after.txt
cmp before.txt after.txt || fail "the account is not as it was: $(diff before.txt after.txt)"

# Without the lease: whatever the two do to each other, one more run ends it.
start first apply $stack --yes --lock=false
first=$!
start second apply $stack --yes --no-lock
second=$!
wait $first $second
nothing_twice
run 0 apply $stack --yes
run 0 plan $stack --detailed-exitcode
expect "$out" '^No changes\.'
nothing_twice
[ "$(second_client inventory | grep -c '^/instance ')" -eq 3 ] || fail 'there are not three machines'
run 0 destroy $stack --yes --clean
second_client inventory >after.txt
cmp before.txt after.txt || fail "the account is not as it was: $(diff before.txt after.txt)"

# Simulated runs meet at the file of their cloud.
export STACKCTL_STATE_DIR=$scratch/none/there
run 0 apply $stack --yes --simulate
touch "$scratch/file"
STACKCTL_STATE_DIR=$scratch/file run 1 apply $stack --yes --simulate
expect "$err" 'or work without a lease: --lock=false'
STACKCTL_STATE_DIR='' XDG_STATE_HOME=$scratch/file run 0 apply $stack --yes --simulate
expect "$err" '^warning: cannot make the folder'
expect "$err" 'this run goes on without a lease'
run 1 apply $stack --lock=maybe
expect "$err" "'maybe' is neither true nor false"
finish
