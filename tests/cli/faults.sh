#!/usr/bin/env bash
# Faults on the command line: a run gets through them, and one that is killed is continued by the next.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml
state=wordpress/.stack.yaml.simulated.json

run 1 apply $stack --yes --fault 429:5%
expect "$err" 'error: --fault needs --simulate'
run 1 apply $stack --simulate --yes --fault lost-replies:2
expect "$err" "unknown fault 'lost-replies'"
expect "$err" "did you mean 'lost-reply'"
run 1 apply $stack --simulate --yes --fault 429
expect "$err" "the fault '429' does not say when it strikes"
[ ! -e $state ] || fail "a refused run leaves a cloud"

# Enough that every step meets some; equal seeds are equal runs.
for turn in one two; do
  rm -f $state
  run 0 apply $stack --simulate --yes --stats --fault 429:5%,503:5%,lost-reply:2,slow:2% --seed 7
  expect "$err" '^faults 429:5%,503:5%,lost-reply:2,slow:2% with seed 7; the same again: --seed 7$'
  expect "$out" '^Apply complete! Resources: 10 added, 0 changed, 0 destroyed\.$'
  sed 's/[0-9.]* ms//g' out.txt >"$turn.txt"
done
expect "$out" 'retr'
run 0 plan $stack --simulate --detailed-exitcode
expect "$out" '^No changes\.'
refuse "$err" 'faults'
run 0 destroy $stack --simulate --clean --yes --fault 503:20%
grep -E 'added|elapsed|after' one.txt >a.txt
grep -E 'added|elapsed|after' two.txt >b.txt
cmp a.txt b.txt || fail "equal seeds give different runs"

# An operation that fails: the report says which, and the next run mends it.
rm -f $state
run 1 apply $stack --simulate --yes --fault failed-operation:1
expect "$err" '[a-z/-]+ \(exoscale\.[a-z_]+\): [a-z-]+: the operation ended in failure'
expect "$err" '  exoscale ch-gva-2: .*\(operation [0-9a-f-]{36}\)'
run 0 apply $stack --simulate --yes
run 0 plan $stack --simulate --detailed-exitcode

# Killed before and after the work, at a call in the beginning and at one in the middle.
for fault in crash-before@1 crash-after@1 crash-before@6 crash-after@6; do
  rm -f $state
  "$STACKCTL" apply $stack --simulate --yes --fault $fault >out.txt 2>err.txt </dev/null
  code=$?
  out=$(cat out.txt) err=$(cat err.txt)
  [ $code -eq 137 ] || fail "$fault: exits with $code, not killed"
  [ "$(stat -c %a $state)" = 600 ] || fail "$fault: no saved cloud, or others can read it"
  refuse "$out" 'Apply complete'
  run 0 apply $stack --simulate --yes
  run 0 plan $stack --simulate --detailed-exitcode
  expect "$out" '^No changes\.'
  run 0 show $stack --simulate --quiet
  [ "$(wc -l <<<"$out")" -eq 10 ] || fail "$fault: show lists something else than 10 objects"
done

# Over HTTP: lost answers are connections that end.
run 1 simulate exoscale --fault crash-after@1
expect "$err" 'a server cannot let its clients crash: crash-after@1'
expect "$err" "'apply --simulate' can"
"$STACKCTL" simulate exoscale --speed max --listen 127.0.0.1:0 --seed 3 \
  --fault 503:5%,lost-reply:3,lost-request:2 >server.txt 2>server_err.txt </dev/null &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$scratch"' EXIT
wait_for server.txt EXOSCALE_ZONE
. ./server.txt
run 0 apply $stack --yes --stats
expect "$out" '^Apply complete! Resources: 10 added, 0 changed, 0 destroyed\.$'
expect "$(cat server_err.txt)" '^faults 503:5%,lost-reply:3,lost-request:2 with seed 3'
run 0 plan $stack --detailed-exitcode
run 0 destroy $stack --clean --yes
expect "$out" '^Nothing of stack wordpress is left'
finish
