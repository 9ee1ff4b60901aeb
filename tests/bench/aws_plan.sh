#!/usr/bin/env bash
# What a plan costs beside many objects that the stack owns on AWS: a figure, no verdict.
# usage: tests/bench/aws_plan.sh [SERVERS]
# A network and SERVERS servers (60 unless given), each with its group, two rules and a disk, are made
# on the AWS that AWS_ENDPOINT_URL names, which is best an emulator, and planned again; then they go.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
stackctl=${STACKCTL:-$root/build/dev/bin/stackctl}
servers=${1:-60}
: "${AWS_ENDPOINT_URL:?names no AWS to make $servers servers on}"

folder=$(mktemp -d)
stack=$folder/stack.yaml
trap '"$stackctl" destroy --clean "$stack" --yes | tail -1; rm -rf "$folder"' EXIT
cat >"$stack" <<YAML
stack: bench
provider: aws
providers:
  aws: {}
resources:
  net:
    kind: network
    cidr: 10.0.0.0/16
  group:
    kind: security_group
    count: $servers
    description: One server
    network: \${net}
    ingress:
      - {port: 22, from: 10.0.0.0/8}
      - {port: 80, from: 0.0.0.0/0}
  server:
    kind: instance
    count: $servers
    image: amazon-linux-2023
    size: tiny
    public_address: false
    networks: ["\${net}"]
    security_groups: ["\${group[count.index]}"]
  disk:
    kind: volume
    count: $servers
    size: 10
    attached_to: \${server[count.index]}
YAML
"$stackctl" apply "$stack" --yes | grep -E '^(Apply complete|Error)'
for _ in 1 2 3; do
  began=$(date +%s%N)
  "$stackctl" plan "$stack"
  echo "$(((($(date +%s%N)) - began) / 1000000)) ms in all"
done
