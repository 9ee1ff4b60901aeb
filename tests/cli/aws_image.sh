#!/usr/bin/env bash
# The life of images that are built on AWS, on moto's server or on what AWS_ENDPOINT_URL names: what
# uses one moves to the next, and the old one goes with its snapshot. With an accident at each write
# (SIGKILL before or after the work is done, a lost answer) the next run goes on where it was. Nothing
# runs on the machines there, so boto3 powers the builders off. A sample of the writes; all of them with
# STACKCTL_AWS_KILL=all (some minutes).
# Skipped where moto and boto3 are not at hand (STACKCTL_PYTHON names another Python that has them).
. "$(dirname "$0")/common.sh"
tests=$STACKCTL_SOURCE_DIR/tests
python=${STACKCTL_PYTHON:-python3}

# This script runs once more, with a cloud that has one image, and somebody with boto3.
if [ -z "${STACKCTL_BY_HAND-}" ]; then
  if ! "$python" -c 'import boto3, moto.server' 2>/dev/null; then
    echo "skipped: no moto with its server, or no boto3"
    exit 77
  fi
  export MOTO_AMIS_PATH=$tests/aws/images.json
  "$tests/aws/with_moto.py" "$tests/cli/aws_image.sh"
  exit
fi

cat >stack.yaml <<'END_OF_STACK'
stack: bakery
provider: aws
providers: {aws: {}}
variables:
  text: {default: one}
resources:
  base:
    kind: image
    description: What all of them boot from
    build:
      image: debian-12
      user_data: |
        #!/bin/sh
        echo ${var.text} >/etc/motd
        poweroff
  web: {kind: instance, image: "${base}", size: micro, disk: 20}
  pool: {kind: instance_pool, image: "${base}", size: micro, count: 1, disk: 20, update: {wait: running}}
END_OF_STACK

ask() { "$python" -c '
import json, sys, urllib.request
with urllib.request.urlopen(sys.argv[1], sys.argv[2].encode() if sys.argv[2:] else None) as reply:
    answer = json.load(reply)
print(*answer if isinstance(answer, list) else [answer], sep="\n")' "$@"; }
# moto is slow to count the addresses of machines that are gone as free.
shape() { ask "$STACKCTL_BY_HAND/shape" '{}' | grep -v '^ec2 Subnets'; }
arm() { ask "$meddler/arm/$1"; }
# call SERVICE METHOD ARGUMENTS
call() { ask "$STACKCTL_BY_HAND/" "{\"service\": \"$1\", \"method\": \"$2\", \"arguments\": $3}"; }

exec 3< <(exec python3 "$tests/cli/meddling_proxy.py" "$AWS_ENDPOINT_URL" client.pid)
proxy=$!
trap 'kill $proxy; rm -rf "$scratch"' EXIT
read -r port <&3
meddler=http://127.0.0.1:$port
export AWS_ENDPOINT_URL=$meddler
shape >before.txt

ask "$STACKCTL_BY_HAND/power_off" '{}' >/dev/null
run 0 apply stack.yaml --yes
run 0 plan stack.yaml
expect "$out" 'No changes'
shape >whole.txt
expect "$(cat whole.txt)" '"Name": "bakery-base"'
expect "$(grep 'Instances' whole.txt)" '"HttpTokens": "required"'
refuse "$(grep 'Instances' whole.txt)" 'builder'

# Another text is another image, for all that use it; the old one goes with what is on its disk.
old=$(call ec2 describe_images '{"Owners": ["self"]}' | grep -Eo "ami-[0-9a-f]{17}" | head -1)
run 0 apply stack.yaml --var text=two --yes
run 0 plan stack.yaml --var text=two
expect "$out" 'No changes'
out=$(call ec2 describe_images '{"Owners": ["self"]}')
refuse "$out" "$old"
new=$(grep -Eo 'ami-[0-9a-f]{17}' <<<"$out" | head -1)
out=$(call ec2 describe_launch_template_versions '{"Versions": ["$Latest"]}')
expect "$out" "$new"
out=$(call ec2 describe_snapshots '{"Filters": [{"Name": "description", "Values": ["Created by CreateImage*"]}]}' |
  grep -o SnapshotId | wc -l)
expect "$out" '^1$'

# A protected instance is protected by AWS as well, until the file says that it may go.
sed 's/^  web: {/&protect: true, /' stack.yaml >protected.yaml
sed 's/^  web: {/&protect: false, /' stack.yaml >free.yaml
run 0 apply protected.yaml --var text=two --yes
out=$(call ec2 describe_instances '{"Filters": [{"Name": "tag:stackctl:address", "Values": ["web"]},
  {"Name": "instance-state-name", "Values": ["running"]}]}')
web=$(grep -Eo '\bi-[0-9a-f]{17}' <<<"$out" | head -1)
out=$(call ec2 describe_instance_attribute "{\"InstanceId\": \"$web\", \"Attribute\": \"disableApiTermination\"}")
expect "$out" "'Value': True"
run 1 destroy stack.yaml --clean --yes
expect "$err" 'it is protected'
run 0 destroy free.yaml --clean --yes
expect "$out" 'Nothing of stack bakery is left'
out=$(diff before.txt <(shape)) || fail 'the account is not as it was before'

# disturbed WRITE MOMENT ARGUMENTS...: runs stackctl with an accident; whoever lives must succeed.
disturbed() {
  local write=$1 moment=$2 code seen
  shift 2
  arm "$write/$moment" >/dev/null
  {
    bash -c 'echo $$ >client.pid; exec "$@"' - "$STACKCTL" "$@" >out.txt 2>err.txt </dev/null
    code=$?
  } 2>/dev/null  # the shell's report of the death
  out=$(cat out.txt) err=$(cat err.txt)
  seen=$(arm 0/never)
  if [ "$seen" -lt "$write" ]; then return 1; fi
  cases=$((cases + 1))
  case $moment-$code in
    before-137 | after-137 | un*-0) ;;
    *) fail "$moment $write: stackctl $* exits with $code" ;;
  esac
}

cases=0
accidents=(after:2:4 unanswered:4:7)
[ "${STACKCTL_AWS_KILL-}" != all ] || accidents=({before,after,unheard,unanswered}:1:1)
for accident in "${accidents[@]}"; do
  IFS=: read -r moment first step <<<"$accident"
  for write in $(seq "$first" "$step" 30); do
    ask "$STACKCTL_BY_HAND/reset" '{}' >/dev/null
    more=no
    disturbed "$write" "$moment" apply stack.yaml --yes && more=yes
    run 0 apply stack.yaml --yes
    run 0 plan stack.yaml --detailed-exitcode
    out=$(diff whole.txt <(shape)) || fail "$moment $write: not as undisturbed"
    disturbed "$write" "$moment" destroy stack.yaml --yes && more=yes
    run 0 destroy stack.yaml --clean --yes
    # AWS takes snapshots along with their image; moto has to be told, and a dead client tells nothing.
    out=$(diff before.txt <(shape | grep -v 'Created by CreateImage')) ||
      fail "$moment $write: something is left"
    [ $more = yes ] && [ $failures -eq 0 ] || break
  done
done
echo "$cases accidents"
[ $cases -ge ${#accidents[@]} ] || fail 'too few accidents'
finish
