#!/usr/bin/env bash
# The AWS example on an AWS in bad weather: what was written shows seconds later, or cannot be used
# yet; a fifth of all calls are throttled, break down, or are done without an answer. Apply succeeds,
# a plan is quiet, and after destroy --clean boto3 finds the account as it was. That takes aws-lab: its
# program is named by STACKCTL_AWS_LAB, and STACKCTL_PYTHON has moto and boto3.
. "$(dirname "$0")/common.sh"
stack=$STACKCTL_SOURCE_DIR/examples/aws-portal/stack.yaml
python=${STACKCTL_PYTHON:-python3}
if [ -z "${STACKCTL_AWS_LAB-}" ]; then
  echo "skipped: no aws-lab"
  exit 77
fi
export STACKCTL_VAR_public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIdPGs7u3zA8DvrrvAYDDL4ofjLuSo2mCf2WBqdwmUei x"
export STACKCTL_VAR_db_password=nobodys-secret-of-tests

faults() { "$python" -c '
import sys, urllib.request
urllib.request.urlopen(sys.argv[1] + "/_lab/faults", sys.argv[2].encode()).read()' "$AWS_ENDPOINT_URL" "$1"; }
inventory() { "$python" -c '
import os, sys
sys.path.insert(0, os.environ["STACKCTL_SOURCE_DIR"] + "/tests/aws")
from with_moto import ByHand
print("\n".join(ByHand(os.environ["AWS_ENDPOINT_URL"]).inventory()))'; }

# weather SEED FAULTS OPTIONS...
weather() {
  local seed=$1 faults=$2 port before
  shift 2
  port=$("$python" -c 'import socket
with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1])')
  "$python" "$STACKCTL_AWS_LAB" up --port "$port" --seed "$seed" --state-dir lab "$@" || exit 1
  trap 'cd "$scratch" && "$python" "$STACKCTL_AWS_LAB" down --state-dir lab; rm -rf "$scratch"' EXIT
  eval "$("$python" "$STACKCTL_AWS_LAB" env --state-dir lab)"
  before=$(inventory)
  faults "$faults"
  run 0 apply "$stack" --yes
  run 0 plan "$stack" --detailed-exitcode
  run 0 destroy "$stack" --clean --yes
  expect "$out" 'Nothing of stack portal is left'
  faults '{"clear": true}'
  out=$(diff <(echo "$before") <(inventory)) || fail 'the account is not as it was before'
  "$python" "$STACKCTL_AWS_LAB" down --state-dir lab
  trap 'rm -rf "$scratch"' EXIT
}

weather 1 '{"clear": true}' --speed 1/20 --lag reads
weather 2 '{"clear": true}' --speed 1/20 --lag all
for seed in 3 4 5; do
  weather $seed "{\"rate\": 0.2, \"seed\": $seed, \"kinds\": [\"throttle\", \"drop-after\", \"500\"]}" --speed 1/60 --lag all
done
finish
