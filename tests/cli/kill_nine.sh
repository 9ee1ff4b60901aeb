#!/usr/bin/env bash
# The WordPress example over HTTP, killed with SIGKILL at every write of apply and of destroy, before
# the cloud gets it and after the work is done: the next run finishes it, and nothing is there twice.
# STACKCTL_KILL_IMAGES=built: with images that it builds. That takes a quarter of an hour, since a
# run that finds a half-made image waits for what may be under way, in real time.
. "$(dirname "$0")/common.sh"
. "$STACKCTL_SOURCE_DIR/tests/cli/http_cloud.sh"
stack=../wordpress/stack.yaml
with=(--var "web_template=Linux Ubuntu 24.04 LTS 64-bit"
  --var "db_template=Linux Debian 12 (Bookworm) 64-bit")
[ "${STACKCTL_KILL_IMAGES-}" != built ] || with=()
can_validate() { false; }  # other scripts do; a third party in between would only be slow

# killed COMMAND...: runs stackctl; whether it was killed.
killed() {
  local code
  {
    bash -c 'echo $$ >client.pid; exec "$@"' - "$STACKCTL" "$@" >out.txt 2>err.txt </dev/null
    code=$?
  } 2>/dev/null  # the shell's report of the death
  out=$(cat out.txt) err=$(cat err.txt)
  [ $code -eq 137 ] && return 0
  [ $code -eq 0 ] || fail "stackctl $* exits with $code instead of being killed"
  return 1
}

arm() { python3 -c 'import sys, urllib.request as it; print(it.urlopen(sys.argv[1]).read().decode())' \
  "$killer/arm/$1"; }

# shape: what is there, without ids and the random names of pool members.
shape() {
  second_client inventory | sed -E 's/[0-9a-f]{8}-[0-9a-f-]{27}//; s/ pool-[0-9a-z-]+/ pool-member/' |
    sort
}

# deaths MOMENT: one case for each write, until a run has fewer writes than that.
deaths() {
  mkdir "$1" && cd "$1" || exit 1
  start_cloud
  exec 3< <(exec python3 "$STACKCTL_SOURCE_DIR/tests/cli/meddling_proxy.py" \
    "${EXOSCALE_API_ENDPOINT%/v2}" client.pid)
  proxy_of_deaths=$!
  read -r port <&3
  killer=http://127.0.0.1:$port
  export EXOSCALE_API_ENDPOINT=$killer/v2
  shape >before.txt
  run 0 apply $stack "${with[@]}" --yes
  shape >whole.txt
  run 0 destroy $stack "${with[@]}" --clean --yes
  local write=0 in_apply=0 in_destroy=0 more=yes
  while [ $more = yes ] && [ $failures -eq 0 ]; do
    more=no write=$((write + 1))
    arm "$write/$1" >/dev/null
    killed apply $stack "${with[@]}" --yes && in_apply=$((in_apply + 1)) more=yes
    arm 0/never >/dev/null
    run 0 apply $stack "${with[@]}" --yes
    run 0 plan $stack "${with[@]}" --detailed-exitcode
    shape >now.txt
    cmp -s whole.txt now.txt || fail "after write $write: $(diff whole.txt now.txt)"
    arm "$write/$1" >/dev/null
    killed destroy $stack "${with[@]}" --yes && in_destroy=$((in_destroy + 1)) more=yes
    arm 0/never >/dev/null
    run 0 destroy $stack "${with[@]}" --clean --yes
    expect "$out" '^Nothing of stack wordpress is left'
    shape >now.txt
    cmp -s before.txt now.txt || fail "after write $write: $(diff before.txt now.txt)"
  done
  kill "$proxy_of_deaths"
  [ $in_apply -gt 5 ] && [ $in_destroy -gt 5 ] || fail "only $in_apply and $in_destroy deaths"
  echo "killed $1 the work: $in_apply times in apply, $in_destroy times in destroy"
  finish
}

(deaths before) >deaths-before.txt 2>&1 &
before=$!
(deaths after) >deaths-after.txt 2>&1
after=$?
wait $before
before=$?
cat deaths-before.txt deaths-after.txt
[ $before -eq 0 ] && [ $after -eq 0 ]
