#!/usr/bin/env bash
# explain, providers and adopt: what they tell, and what they refuse.
. "$(dirname "$0")/common.sh"
stack=quickstart/stack.yaml
resource=$("$STACKCTL" completion addresses $stack | head -1)

run 0 explain $stack "$resource" --simulate
expect "$out" '^Native objects$'
expect "$out" 'it is declared and not there yet'
run 0 apply $stack --simulate --yes
run 0 explain "$resource" $stack --simulate
expect "$out" 'nothing differs'
expect "$out" '^  attribute +declared +live +state$'
run 0 explain "$resource" $stack --simulate --json
expect "$out" '"type":"explanation"'
run 1 explain $stack "${resource}x" --simulate
expect "$err" "did you mean '$resource'"
run 1 explain $stack --simulate
expect "$err" 'explain what'

run 0 providers
expect "$out" '^  instance +yes +yes$'
run 0 providers exoscale
expect "$out" '^Limits$'
run 1 providers exoscal
expect "$err" "did you mean 'exoscale'"

run 1 adopt $stack "$resource" --simulate
expect "$err" 'adopt wants ADDRESS ID'
run 1 adopt nothing 1234 $stack --simulate
expect "$err" "there is no resource 'nothing'"
finish
