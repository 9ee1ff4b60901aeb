#!/usr/bin/env bash
# plan --out, apply FILE: what was looked at is done, or nothing.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml
password=geheimnis-4711

run 0 plan $stack --simulate -out first.json
expect "$out" 'stackctl apply first.json --simulate'
[ "$(stat -c %a first.json)" = 600 ] || fail "the plan file is readable by others"
head -2 first.json | tail -1 | grep -q '"stackctl_plan": 1' || fail "the first key does not tell what it is"
refuse "$(cat first.json)" 'wordpress-demo'
expect "$(cat first.json)" '"action": "create"'

# For another cloud, with another selection, or with other values it is refused.
run 1 apply first.json
expect "$err" 'add --simulate'
run 1 apply first.json --simulate --target web
expect "$err" 'what a saved plan does is fixed'
run 1 apply first.json --simulate --var workers=3
expect "$err" 'the values of variables are in the saved plan'
run 1 apply first.json $stack --simulate
expect "$err" 'brings its stack files along'

# It does not ask; and only once.
run 0 apply first.json --simulate
expect "$out" '^Apply complete! Resources: 10 added'
run 1 apply first.json --simulate
expect "$err" '10 objects are not as seen when the plan was made'
expect "$err" 'web \(exoscale.instance_pool, id [0-9a-f-]+\) is new'
run 1 apply first.json --simulate --json
expect "$out" '"type":"diagnostic"'

# Values that were typed are in the plan; secret ones are not.
run 0 plan $stack --simulate --var workers=3 --var db_password=$password --out second.json --json
refuse "$(cat second.json)$out$err" "$password"
run 1 apply second.json --simulate
expect "$err" "variable 'db_password' has another value; it is secret"
run 1 apply second.json --simulate --var db_password=wrong
expect "$err" "variable 'db_password' has another value"
cp $stack kept.yaml && echo '# a remark' >> $stack
STACKCTL_VAR_db_password=$password run 1 apply second.json --simulate
expect "$err" 'wordpress/stack.yaml has changed'
cp kept.yaml $stack

# An object that somebody changed is named, with what changed.
cp wordpress/.stack.yaml.simulated.json cloud.json
python3 - <<'END'
import json
path = "wordpress/.stack.yaml.simulated.json"
cloud = json.load(open(path))
pools = cloud["objects"]["instance-pool"]
for pool in pools.values() if isinstance(pools, dict) else pools:
    pool.get("body", pool)["description"] = "by hand"
json.dump(cloud, open(path, "w"))
END
STACKCTL_VAR_db_password=$password run 1 apply second.json --simulate
expect "$err" 'web \(exoscale.instance_pool, id [0-9a-f-]+\) changed: description'
cp cloud.json wordpress/.stack.yaml.simulated.json
STACKCTL_VAR_db_password=$password run 0 apply second.json --simulate
expect "$out" 'Resources: 0 added, [1-9] changed'
refuse "$out$err" "$password"

# Files that are none, or not from here.
head -c 400 second.json > cut.json
run 1 apply cut.json --simulate
expect "$err" 'the plan file cut.json is damaged'
sed 's/"targets": \[\]/"targets": 7/' second.json > wrong.json
run 1 apply wrong.json --simulate
expect "$err" 'options.targets'
sed 's/"stackctl_plan": 1/"stackctl_plan": 2/' second.json > newer.json
run 1 apply newer.json --simulate
expect "$err" 'only a newer stackctl can read'
sed 's/"version": "[^"]*"/"version": "0.0.0"/' second.json > older.json
run 1 apply older.json --simulate
expect "$err" 'made by stackctl 0.0.0'
printf 'just text' > text.json
run 1 apply text.json --simulate

# A plan with faults is not saved.
run 1 plan $stack --simulate --max-destroy 0 --destroy --out none.json
[ ! -e none.json ] || fail "a refused plan was saved"
run 1 plan $stack --simulate --out missing/plan.json
expect "$err" 'cannot write missing/plan.json'

# The end of the stack, too; edited steps are noticed.
run 0 plan $stack --simulate --var workers=3 --destroy --out end.json
sed 's/"action": "remove"/"action": "create"/' end.json > forged.json
run 1 apply forged.json --simulate
expect "$err" 'not what was planned'
run 0 apply end.json --simulate
expect "$out" '10 destroyed'

# For pull requests.
run 0 plan $stack --simulate --format md --max-bytes 1000
expect "$out" '^### `wordpress`: Plan: 10 to add'
expect "$out" 'left out here for want of room'
[ "$(wc -c <out.txt)" -le 1000 ] || fail "more bytes than asked for"
run 1 plan $stack --simulate --format html
expect "$err" 'expected one of: text, json, md'
finish
