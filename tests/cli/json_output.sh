#!/usr/bin/env bash
# Every line of --json is a record, and the records tell the whole story.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml

# check EXPRESSION: holds for `records`, the parsed lines, and `by`, the last record of each type.
check() {
  python3 - "$1" <<'PYTHON' || fail "not true of the records: $1"
import json, sys
records = [json.loads(line) for line in open("out.txt")]
by = {record["type"]: record for record in records}
types = [record["type"] for record in records]
assert all(record["format"] == 1 for record in records)
sys.exit(0 if eval(sys.argv[1]) else 1)
PYTHON
}

run 0 plan $stack --simulate --json
check 'types == ["plan"]'
check 'by["plan"]["summary"] == {"add": 10, "change": 0, "destroy": 0, "unchanged": 0}'
check '[s["action"] for s in by["plan"]["steps"]].count("create") == 14'
check 'by["plan"]["read"]["calls"] <= 30'

run 1 apply $stack --simulate --json
check 'types == ["plan", "diagnostic"] and "--yes" in by["diagnostic"]["hint"]'

run 0 apply $stack --simulate --json --yes --stats
check 'types.count("step_started") == 18 and types.count("step_done") == 18'
check 'by["report"]["succeeded"] and by["report"]["critical_path"][-1] == "lb/tcp-80"'
check 'by["outputs"]["outputs"]["url"].startswith("http://")'
check 'by["stats"]["makespan_seconds"] <= 1.05 * by["stats"]["lower_bound_seconds"]'
refuse "$out" 'wordpress-demo'

run 0 show $stack --simulate --json
check 'len(by["objects"]["objects"]) == 10'
run 0 output $stack --simulate --json
check 'list(by["outputs"]["outputs"]) == ["url"]'
run 0 validate $stack --json
check 'by["validation"]["valid"] and by["validation"]["objects"] >= 8'
run 0 destroy $stack --simulate --json --yes --clean
check 'by["proof"]["clean"] and by["proof"]["left"] == []'

printf 'stack: x\nprovider: exoscale\nresources: {a: {kind: instnace}}\n' >broken.yaml
run 1 validate broken.yaml --json
check 'by["diagnostic"]["location"]["line"] == 3 and not by["validation"]["valid"]'
finish
