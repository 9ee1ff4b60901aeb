#!/usr/bin/env bash
# The whole life of the WordPress example, on the built-in simulator.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml

run 0 plan $stack --simulate
expect "$out" '^Plan: 10 to add, 0 to change, 0 to destroy\.$'
expect "$out" '# web \(exoscale.instance_pool\) will be created'
expect "$out" 'known after apply: .*\$\{lb\.'
refuse "$out$err" 'wordpress-demo'
run 2 plan $stack --simulate -detailed-exitcode
expect "$out" 'Plan: 10 to add'

run 0 apply $stack --simulate --yes
expect "$out" '^web: Creating\.\.\.$'
expect "$out" '^web: Still creating\.\.\. \[10s elapsed, typically 30s, waiting for '
expect "$out" '^web: Creation complete after .* \[id=[0-9a-f-]{36}\]$'
expect "$out" '^Apply complete! Resources: 10 added, 0 changed, 0 destroyed\.$'
expect "$out" '^Outputs:$'
expect "$out" '^url = "http://[0-9.]+/"$'
refuse "$out$err" 'wordpress-demo'
[ "$(stat -c %a wordpress/.stack.yaml.simulated.json)" = 600 ] || fail "the state is readable by others"

run 0 plan $stack --simulate --detailed-exitcode
expect "$out" '^No changes\.'
run 0 apply $stack --simulate --yes
expect "$out" '^Apply complete! Resources: 0 added, 0 changed, 0 destroyed\.$'

run 0 output url $stack --simulate --raw
expect "$out" '^http://[0-9.]+/$'
run 0 output $stack --simulate
expect "$out" '^url = "http://[0-9.]+/"$'
run 1 output ulr $stack --simulate
expect "$err" "did you mean 'url'"

run 0 show $stack --simulate --quiet
expect "$out" '^web \(exoscale.instance_pool\) \[id=.*\] running$'
[ "$(wc -l <<<"$out")" -eq 10 ] || fail "show lists something else than 10 objects"

run 0 scale web=3 $stack --simulate --yes
expect "$out" 'size = 2 -> 3'
expect "$out" 'Resources: 0 added, 1 changed, 0 destroyed'
run 2 plan $stack --simulate --detailed-exitcode
expect "$out" 'size = 3 -> 2'
run 0 plan $stack --simulate --detailed-exitcode --var workers=3
run 0 apply $stack --simulate --yes

# Another folder, nothing remembered but the cloud itself.
mkdir elsewhere
cp wordpress/*.yaml wordpress/*.sh elsewhere/
run 0 plan elsewhere/stack.yaml --simulate-state wordpress/.stack.yaml.simulated.json --detailed-exitcode
expect "$out" '^No changes\.'

# What is no longer in the file goes, and only that.
run 0 apply $stack --simulate --yes --var database=none --var db_address=192.0.2.10
expect "$out" 'db: Destruction complete'
refuse "$out" 'lb: Destroying'

run 0 destroy $stack --simulate --yes --clean
expect "$out" '^Destroy complete! Resources: [0-9]+ destroyed\.$'
expect "$out" '^Nothing of stack wordpress is left: looked at [0-9]+ objects? in [0-9]+ listings\.$'
run 0 destroy $stack --simulate --yes --clean
expect "$out" '^No changes\.'
finish
