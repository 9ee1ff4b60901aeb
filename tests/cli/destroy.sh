#!/usr/bin/env bash
# A rename destroys nothing; destroy says what it will not do, and leaves out what it is told to.
. "$(dirname "$0")/common.sh"

stack() {  # stack NAME PROTECTED: a network, a machine in it, and a group
  cat >stack.yaml <<EOF
stack: shop
provider: exoscale
providers: {exoscale: {zone: ch-gva-2}}
resources:
  lan: {kind: network}
  group: {kind: security_group}
  extra: {kind: network, depends_on: [group]}
  $1:
    kind: instance
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    networks: ["\${lan}"]
    protect: $2
EOF
}

stack web true
run 0 apply stack.yaml --simulate --yes
stack front true
run 0 plan stack.yaml --simulate
expect "$out" "^    ~ front  exoscale.instance  renamed from 'web'$"
expect "$out" '# \(because renamed from .web.\)'
expect "$out" '^Plan: 0 to add, 1 to change, 0 to destroy\.$'
run 0 plan stack.yaml --simulate --json
expect "$out" '"renamed_from":"web"'
run 0 apply stack.yaml --simulate --yes
run 0 plan stack.yaml --simulate --detailed-exitcode

run 1 destroy stack.yaml --simulate --yes
expect "$err" 'front: it is protected, but would be destroyed'
expect "$err" '--exclude-protected'
refuse "$out" 'Destroying'

run 0 destroy stack.yaml --simulate --yes --clean --exclude-protected
expect "$out" '^Kept: front \(exoscale.instance\), it is protected$'
expect "$out" "^Kept: lan \(exoscale.private_network\), 'front', which stays, needs it$"
expect "$out" '^Nothing else of stack shop is left'
refuse "$out" 'front: Destroying|lan: Destroying'
run 0 plan stack.yaml --simulate --detailed-exitcode --exclude group --exclude extra

# What depends_on says holds as well as a reference does.
run 0 apply stack.yaml --simulate --yes
run 0 destroy stack.yaml --simulate --yes --exclude extra --exclude-protected
expect "$out" "^Kept: group \(exoscale.security_group\), 'extra', which stays, needs it$"
run 1 destroy stack.yaml --simulate --yes --target group --max-destroy 1
expect "$err" 'the plan destroys 2 objects, more than --max-destroy 1'
run 0 destroy stack.yaml --simulate --yes --target group
expect "$out" 'extra: Destruction complete'
run 0 apply stack.yaml --simulate --yes

# Another stack of the same account uses the group: by name it finds it, and then holds it.
cat >other.yaml <<EOF
stack: other
provider: exoscale
providers: {exoscale: {zone: ch-gva-2}}
resources:
  shared: {kind: security_group, existing: {name: shop-group}}
  guest:
    kind: instance
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    security_groups: ["\${shared}"]
EOF
run 0 apply other.yaml --simulate-state .stack.yaml.simulated.json --yes
stack front false
run 0 apply stack.yaml --simulate --yes
run 1 destroy stack.yaml --simulate --yes --clean
expect "$err" 'group: it would be destroyed, but is used by what stays'
expect "$err" "exoscale.instance 'other-guest', id [0-9a-f-]{36}, of stack 'other'"
refuse "$out" 'Destroying'
run 0 destroy other.yaml --simulate-state .stack.yaml.simulated.json --yes --clean

# What a clean end would take can be seen before, and saved.
cat >kept.yaml <<EOF
stack: kept
provider: exoscale
providers: {exoscale: {zone: ch-gva-2}}
resources:
  disk: {kind: volume, size: 10, on_delete: retain}
EOF
run 0 apply kept.yaml --simulate --yes
run 0 plan kept.yaml --simulate --destroy
expect "$out" '^Kept: disk \(exoscale.block_volume\), on_delete: retain$'
run 0 plan kept.yaml --simulate --destroy --clean --lock=false --lock-timeout=1m --no-lock --out end.json
expect "$out" '^Plan: 0 to add, 0 to change, 1 to destroy\.$'
refuse "$out" 'Kept:'
run 1 plan kept.yaml --simulate --clean
expect "$err" '--clean goes with --destroy'
run 1 plan kept.yaml --simulate --lock=perhaps
run 0 apply end.json --simulate
expect "$out" 'disk: Destruction complete'
run 0 destroy kept.yaml --simulate --yes --clean
expect "$out" '^Nothing of stack kept is left'
run 0 destroy stack.yaml --simulate --yes --clean
expect "$out" '^Nothing of stack shop is left'
finish
