#!/usr/bin/env bash
# drift: what changed outside of stackctl, apart from what is not applied yet; it changes nothing.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml
cloud=wordpress/.stack.yaml.simulated.json

run 2 drift $stack --simulate
expect "$out" 'web \(exoscale.instance_pool\): not there yet, or deleted in the cloud'
run 0 apply $stack --simulate --yes
run 0 drift $stack --simulate
expect "$out" '^No drift, nothing pending\.$'
run 2 drift $stack --simulate --var workers=3
expect "$out" '^  ~ web \(exoscale.instance_pool\): size$'

# by_hand PYTHON: changes the simulated cloud; `all(type)` gives its objects.
by_hand() {
  python3 - "$cloud" "$1" <<'END'
import json, sys
path, code = sys.argv[1:]
cloud = json.load(open(path))
def all(kind):
    found = cloud["objects"][kind]
    return [item.get("body", item) for item in (found.values() if isinstance(found, dict) else found)]
exec(code)
json.dump(cloud, open(path, "w"))
END
}

cp $cloud clean.json
by_hand 'all("instance-pool")[0]["description"] = "by hand"'
run 3 drift $stack --simulate
expect "$out" '^  ~ web \(exoscale.instance_pool\) changed \[id='
expect "$out" 'description = .* -> "by hand"'
expect "$out" '^Drift: 1 object changed outside of stackctl\.$'
run 4 drift $stack --simulate --var workers=3
run 3 drift $stack --simulate --json
expect "$out" '"verdict":"drift"'
expect "$out" '"attribute":"description"'
run 3 drift $stack --simulate --format md
expect "$out" '^- \*\*changed\*\* `web` `exoscale.instance_pool`: `description`$'
run 3 drift $stack --simulate --target web
run 0 drift $stack --simulate --target db

# Somebody closed the door, or opened another one.
cp clean.json $cloud
by_hand '[group.update(rules=[]) for group in all("security-group") if group.get("rules")]'
run 3 drift $stack --simulate
expect "$out" 'gone: deleted in the cloud, or new in the stack file'

# There is something to do, and nothing but reads is sent.
STACKCTL_LOG=debug run 3 drift $stack --simulate
expect "$err" ' GET '
refuse "$err" ' (POST|PUT|PATCH|DELETE) '
cp clean.json $cloud

run 1 drift missing.yaml --simulate
run 1 drift $stack --simulate --var nonsense=1
run 0 drift $stack --simulate
run 1 drift $stack --simulate --yes
expect "$err" "has no option '--yes'"
finish
