#!/usr/bin/env bash
# What is wrong on the command line is said, with a way out.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml

run 1
expect "$err" '^Usage: stackctl COMMAND'
run 1 aply
expect "$err" "did you mean 'apply'"
run 1 plan --simulate --parallelsim 3
expect "$err" "has no option '--parallelsim'"
run 1 apply --simulate -auto-aprove
expect "$err" "did you mean '--auto-approve'"
run 1 apply --var
run 1 plan --var novalue
expect "$err" "is not NAME=VALUE"
run 1 apply --parallelism 0
expect "$err" 'at least 1'
run 1 graph --format png
expect "$err" 'expected one of: dot, mermaid, svg'
run 1 plan one.yaml two.yaml
expect "$err" "cannot read the file 'two.yaml'"
run 1 plan missing.yaml --simulate
expect "$err" 'missing.yaml'
run 1 plan $stack --simulate --var wrokers=3
expect "$err" "wrokers"
run 1 plan $stack --simulate --var workers=0
run 1 plan $stack --simulate --target wbe
expect "$err" "did you mean 'web'"
run 1 scale web $stack --simulate
expect "$err" 'stackctl scale web=3'
run 1 scale wbe=3 $stack --simulate
expect "$err" "did you mean 'web'"
run 1 scale db=3 $stack --simulate
expect "$err" 'has no count'
printf 'stack: many\nprovider: exoscale\nresources: {v: {kind: volume, count: 2, size: 10}}\n' > many.yaml
run 1 scale v=3 many.yaml --simulate
expect "$err" "'v' stands for several resources"
run 1 completion tcsh
expect "$err" 'bash, zsh, fish'

# What a resource does not have on its cloud is said before anything is done.
cat >lacking.yaml <<'YAML'
stack: lacking
provider: aws
resources:
  net: {kind: network, cidr: 10.0.0.0/16}
  group:
    kind: security_group
    network: ${net}
    ingress: [{port: 80, from: "${net.leases}"}]
outputs:
  leases: ${net.leases}
YAML
run 1 validate lacking.yaml
expect "$err" "^lacking.yaml:8:32: error: group: 'net.leases' is not known on the cloud of 'net'"
expect "$err" "^lacking.yaml:10:3: error: output leases: 'net.leases' is not known"
expect "$err" 'hint: known there: id, '

# Nobody is there to say yes.
run 1 apply $stack --simulate
expect "$out" 'Plan: 10 to add'
expect "$err" 'nobody is there to approve'
expect "$err" 'hint: .*--yes'
run 2 plan $stack --simulate --detailed-exitcode

# Credentials that are missing are asked for by name, and nothing is sent.
env -u EXOSCALE_API_KEY -u EXOSCALE_API_SECRET HOME="$scratch" "$STACKCTL" plan $stack \
  >out.txt 2>err.txt </dev/null && fail "a plan without credentials"
expect "$(cat err.txt)" 'EXOSCALE_API_KEY'

# Destroying too much.
run 0 apply $stack --simulate --yes
run 1 destroy $stack --simulate --yes --max-destroy 3
expect "$err" 'destroy'
run 0 plan $stack --simulate --detailed-exitcode

# What is adopted must be the object that was named.
run 1 adopt db 5c2e26fb-0c4e-4d8a-9d3c-1f0f6c3f1a11 $stack --simulate --yes
expect "$err" "'db' cannot adopt 5c2e26fb"

# The address stands before a fault, even where it occurs inside of a word of it.
printf 'stack: short\nprovider: exoscale\nresources: {d: {kind: volume, size: 10, protect: true}}\n' > short.yaml
run 0 apply short.yaml --simulate --yes
run 1 destroy short.yaml --simulate --yes
expect "$err" 'error: d: it is protected'

# What needs a target goes with it; what an excluded resource needs stays.
run 1 destroy $stack --simulate --quiet --target db-sg
expect "$out" '^    - db  '
expect "$out" '^    - web  '
refuse "$out" '^    - web-sg  '
run 1 destroy $stack --simulate --quiet --exclude db
expect "$out" '^    - web  '
refuse "$out" '^    - (db|db-sg|db-image|web-sg)  '
finish
