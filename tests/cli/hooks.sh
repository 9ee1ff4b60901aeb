#!/usr/bin/env bash
# Commands of the user's that go with the life of a resource: hooks and kind exec.
. "$(dirname "$0")/common.sh"

mkdir project
cat >project/stack.yaml <<'YAML'
stack: hooked
provider: exoscale
variables:
  token: {default: very-hidden, secret: true}
resources:
  group:
    kind: address
    hooks:
      after_create:
        command: [./note.sh, made]
        environment: {ID: "${group.id}", TOKEN: "${var.token}"}
      before_delete:
        command: [./note.sh, leaving]
        environment: {ID: "${group.id}", TOKEN: "${var.token}"}
  seed:
    kind: exec
    of: ${group}
    events: [create, delete]
    command: ./note.sh seeded && test -e ready
    environment: {ID: "${group.id}", TOKEN: "${var.token}"}
  after:
    kind: security_group
    depends_on: [seed]
YAML
cat >project/note.sh <<'SH'
#!/bin/sh
echo "$1 $ID" >>log.txt
echo "token $TOKEN" >&2
SH
chmod +x project/note.sh
stack=project/stack.yaml

run 0 plan $stack --simulate
expect "$out" '^Plan: 2 to add, 0 to change, 0 to destroy, 2 commands to run\.$'
expect "$out" '> group +after_create +\./note\.sh made$'
expect "$out" '> group +seed +\./note\.sh seeded && test -e ready$'
[ ! -e project/log.txt ] || fail "a plan ran a command"

# The second one fails: what needs it is skipped, and both are owed.
run 1 apply $stack --simulate --yes
expect "$out" '^group \(after_create\): Command complete'
expect "$out" '^group \(seed\): Command failed'
expect "$err" "command 'sh' failed with exit status 1"
expect "$err" 'token \(secret\)'
expect "$err" 'after'
refuse "$out$err" 'very-hidden'
refuse "$out" '^after: Creating'
[ "$(cut -d' ' -f1 project/log.txt | tr '\n' ' ')" = "made seeded " ] || fail "$(cat project/log.txt)"

run 0 plan $stack --simulate
expect "$out" '^Plan: 1 to add, 0 to change, 0 to destroy, 2 commands to run\.$'
expect "$out" 'an earlier run did not get it done'

touch project/ready
rm project/log.txt
run 0 apply $stack --simulate --yes
expect "$out" '^Apply complete! Resources: 1 added, 0 changed, 0 destroyed, 2 commands run\.$'
grep -Eq '^made [0-9a-f-]{36}$' project/log.txt || fail "no id: $(cat project/log.txt)"

rm project/log.txt
run 0 apply $stack --simulate --yes
expect "$out" '^No changes\.'
[ ! -e project/log.txt ] || fail "a command was run for nothing"

run 0 destroy $stack --simulate --yes
expect "$out" '^Destroy complete! Resources: 2 destroyed, 2 commands run\.$'
[ "$(grep -Ec '^(leaving|seeded) [0-9a-f-]{36}$' project/log.txt)" -eq 2 ] ||
  fail "not told before it goes: $(cat project/log.txt)"
refuse "$out$err" 'very-hidden'
finish
