#!/usr/bin/env bash
# The AWS example on moto's server, with an accident at a write of apply and at one of destroy: SIGKILL
# before the cloud gets it ("before") or after the work is done ("after"), the connection closed before
# the work ("unheard") or after it ("unanswered"). Whoever lives goes on, the next run finishes what
# the dead began; then a plan is quiet, nothing is there twice, and boto3 finds all as after an
# undisturbed run. A sample of the writes; all of them with STACKCTL_AWS_KILL=all (a quarter of an hour).
# Skipped where moto and boto3 are not at hand (STACKCTL_PYTHON names another Python that has them).
. "$(dirname "$0")/common.sh"
tests=$STACKCTL_SOURCE_DIR/tests
stack=$STACKCTL_SOURCE_DIR/examples/aws-portal/stack.yaml
python=${STACKCTL_PYTHON:-python3}

# This script runs itself again, with a cloud, for some of the accidents: "MOMENT:FIRST:STEP"...
if [ -z "${STACKCTL_BY_HAND-}" ]; then
  if ! "$python" -c 'import boto3, moto.server' 2>/dev/null; then
    echo "skipped: no moto with its server, or no boto3"
    exit 77
  fi
  unset AWS_ENDPOINT_URL
  # A few images: reading the thousand others would take most of the time.
  export MOTO_AMIS_PATH=$tests/aws/images.json
  some=(before:3:26 unanswered:11:26) others=(after:5:26 unheard:17:26)
  [ "${STACKCTL_AWS_KILL-}" != all ] || some=({before,unanswered}:1:1) others=({after,unheard}:1:1)
  "$tests/aws/with_moto.py" "$tests/cli/aws_kill.sh" "${some[@]}" >some.txt 2>&1 &
  "$tests/aws/with_moto.py" "$tests/cli/aws_kill.sh" "${others[@]}" >others.txt 2>&1
  others=$?
  wait $!
  some=$?
  cat some.txt others.txt
  [ $some -eq 0 ] && [ $others -eq 0 ]
  exit
fi

ask() { "$python" -c '
import json, sys, urllib.request
with urllib.request.urlopen(sys.argv[1], sys.argv[2].encode() if sys.argv[2:] else None) as reply:
    answer = json.load(reply)
print("\n".join(answer) if isinstance(answer, list) else answer)' "$@"; }
shape() { ask "$STACKCTL_BY_HAND/shape" '{}'; }
arm() { ask "$meddler/arm/$1"; }

# disturbed WRITE MOMENT ARGUMENTS...: runs stackctl with an accident; whoever lives must succeed.
disturbed() {
  local write=$1 moment=$2 code seen
  shift 2
  arm "$write/$moment" >seen.txt
  {
    bash -c 'echo $$ >client.pid; exec "$@"' - "$STACKCTL" "$@" >out.txt 2>err.txt </dev/null
    code=$?
  } 2>/dev/null  # the shell's report of the death
  out=$(cat out.txt) err=$(cat err.txt)
  seen=$(arm 0/never)
  if [ "$seen" -lt "$write" ]; then return; fi
  cases=$((cases + 1))
  case $moment-$code in
    before-137 | after-137 | un*-0) ;;
    *) fail "$moment $write: stackctl $* exits with $code" ;;
  esac
}

# like EXPECTED: what boto3 finds has the shape in that file.
like() {
  shape >now.txt
  cmp -s "$1" now.txt || fail "$where: not as undisturbed:
$(diff <(sed 's/, /\n/g' "$1") <(sed 's/, /\n/g' now.txt) | head -40)"
}

accident() {
  local moment=$1 write=$2 before=$failures
  where="$moment $write"
  # moto never forgets machines that are gone.
  [ $((write % 12)) -ne 0 ] || ask "$STACKCTL_BY_HAND/reset" '{}' >/dev/null
  disturbed "$write" "$moment" apply "$stack" --yes
  case $moment in before | after) run 0 apply "$stack" --yes ;; esac
  run 0 plan "$stack" --detailed-exitcode
  like whole.txt
  disturbed "$write" "$moment" destroy "$stack" --yes
  run 0 destroy "$stack" --clean --yes
  expect "$out" '^Nothing of stack portal is left'
  like before.txt
  [ "$failures" -eq "$before" ] || broken=$((broken + 1))
}

export STACKCTL_VAR_public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIdPGs7u3zA8DvrrvAYDDL4ofjLuSo2mCf2WBqdwmUei x"
export STACKCTL_VAR_db_password=nobodys-secret-of-tests
exec 3< <(exec python3 "$tests/cli/meddling_proxy.py" "$AWS_ENDPOINT_URL" client.pid)
proxy=$!
trap 'kill $proxy; rm -rf "$scratch"' EXIT
read -r port <&3
meddler=http://127.0.0.1:$port
export AWS_ENDPOINT_URL=$meddler

shape >before.txt
arm 0/never >/dev/null
run 0 apply "$stack" --yes
writes=$(arm 0/never)
shape >whole.txt
run 0 destroy "$stack" --clean --yes
in_destroy=$(arm 0/never)
where=undisturbed
like before.txt
[ "$writes" -ge "$in_destroy" ] || writes=$in_destroy
cases=0 broken=0
for accident in "$@"; do
  IFS=: read -r moment first step <<<"$accident"
  for write in $(seq "$first" "$step" "$writes"); do accident "$moment" "$write"; done
done
echo "$*: $cases accidents, $broken of $writes writes went wrong"
finish
