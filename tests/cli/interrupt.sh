#!/usr/bin/env bash
# Ctrl-C once finishes what is under way, twice stops at once; the next run goes on from there.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml
trap 'kill "${cloud-}" 2>/dev/null; wait; rm -rf "$scratch"' EXIT

"$STACKCTL" simulate exoscale --listen 127.0.0.1:0 --speed 40 >cloud.txt 2>&1 &
cloud=$!
wait_for cloud.txt EXOSCALE_ZONE
. ./cloud.txt

# interrupted TIMES PATTERN ARGUMENTS...: stops stackctl as soon as it has printed such a line.
interrupted() {
  local times=$1 pattern=$2 code
  shift 2
  "$STACKCTL" "$@" >out.txt 2>err.txt </dev/null &
  local process=$!
  wait_for out.txt "$pattern"
  kill -INT $process
  if [ "$times" -eq 2 ]; then
    wait_for err.txt '^Stopping'
    kill -INT $process
  fi
  wait $process
  code=$?
  out=$(cat out.txt) err=$(cat err.txt)
  [ $code -eq 130 ] || fail "interrupted $times times it exits with $code, not 130"
}

interrupted 1 '^lb: Creating' apply $stack --yes
expect "$err" '^Stopping: what is under way is finished'
expect "$out" '^lb: Creation complete'
expect "$err" '^Not started:'
expect "$err" '^Apply interrupted\.'

interrupted 2 '^web: Creating' apply $stack --yes
expect "$err" '^Stopped in the middle'
expect "$err" '^Apply interrupted\.'

run 0 apply $stack --yes
run 0 plan $stack --detailed-exitcode
run 0 show $stack --quiet
[ "$(wc -l <<<"$out")" -eq 10 ] || fail "show lists something else than 10 objects"
run 0 destroy $stack --yes --clean
finish
