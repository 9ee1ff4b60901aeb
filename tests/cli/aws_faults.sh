#!/usr/bin/env bash
# The AWS example on an AWS in bad weather: what was written shows seconds later, or cannot be used
# yet; a fifth of all calls are throttled, break down, or are done without an answer. Apply succeeds,
# a plan is quiet, and after destroy --clean boto3 finds the account as it was. That takes aws-lab: its
# program is named by STACKCTL_AWS_LAB, and STACKCTL_PYTHON has moto and boto3.
# usage: aws_faults.sh [FAULTS LAB_OPTION...]   one weather; without any argument all that are known
if [ -z "${STACKCTL_AWS_LAB-}" ]; then
  echo "skipped: no aws-lab"
  exit 77
fi
if [ $# -eq 0 ]; then
  "$0" '{"clear": true}' --seed 1 --speed 1/20 --lag reads || exit
  "$0" '{"clear": true}' --seed 2 --speed 1/20 --lag all || exit
  for seed in 3 4 5; do
    "$0" "{\"rate\": 0.2, \"seed\": $seed, \"kinds\": [\"throttle\", \"drop-after\", \"500\"]}" \
      --seed $seed --speed 1/60 --lag all || exit
  done
  exit
fi
lab_options=("${@:2}")
. "$(dirname "$0")/aws_common.sh"
portal

before=$(inventory)
ask "$AWS_ENDPOINT_URL/_lab/faults" "$1"
run 0 apply "$stack" --yes
is_quiet "$stack"
run 0 destroy "$stack" --clean --yes
expect "$out" '^Nothing of stack portal is left'
ask "$AWS_ENDPOINT_URL/_lab/faults" '{"clear": true}'
is_as_before
finish
