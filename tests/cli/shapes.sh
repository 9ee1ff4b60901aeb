#!/usr/bin/env bash
# Graphs, the JSON schema, completion, help: each is what its reader can read.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml

run 0 graph $stack --simulate
expect "$out" '"db-sg" -> "db";'
run 0 graph $stack --simulate --format mermaid
expect "$out" '^flowchart LR$'
run 0 graph $stack --simulate --format svg
python3 -c 'import xml.dom.minidom as x; x.parse("out.txt")' || fail "the SVG is not well-formed"

run 0 schema
python3 - <<'PYTHON' || fail "the schema does not describe the kinds"
import json
schema = json.load(open("out.txt"))
pool = schema["$defs"]["kind_instance_pool"]
assert "count" in pool["properties"] and "image" in pool["required"] and pool["description"]
PYTHON

if python3 -c 'import jsonschema, yaml' 2>/dev/null; then
  python3 - <<'PYTHON' || fail "the schema and the examples do not agree"
import glob, json, os, jsonschema, yaml
validator = jsonschema.Draft7Validator(json.load(open("out.txt")))
for path in glob.glob(os.environ["STACKCTL_SOURCE_DIR"] + "/examples/*/stack.yaml"):
    stack = yaml.safe_load(open(path))
    for error in validator.iter_errors(stack):
        raise SystemExit(f"{path}: {list(error.path)}: {error.message}")
    next(iter(stack["resources"].values()))["bogus"] = 1
    assert not validator.is_valid(stack), path
PYTHON
else
  echo "the schema is not tried on the examples: no python3-jsonschema or python3-yaml"
fi

run 0 completion bash
cp out.txt completion.bash
complete_words() { # the words that bash would offer after these
  PATH="$(dirname "$STACKCTL"):$PATH" bash -c '
    source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stackctl; echo "${COMPREPLY[*]}"
  ' bash "$@" 2>/dev/null
}
expect "$(complete_words stackctl pl)" '^plan$'
expect "$(complete_words stackctl apply --auto)" '^--auto-approve$'
expect "$(complete_words stackctl plan wordpress/stack.yaml --target d)" '^(db-sg db|db db-sg)$'
run 0 completion zsh
expect "$out" '^#compdef stackctl$'
! command -v zsh >/dev/null || zsh -n out.txt || fail "zsh does not understand its completion"
run 0 completion fish
! command -v fish >/dev/null || fish -n out.txt || fail "fish does not understand its completion"

run 0 --version
expect "$out" '^stackctl [0-9]+\.[0-9]+\.[0-9]+$'
for command in plan apply destroy validate show output graph simulate schema scale completion; do
  run 0 $command --help
  expect "$out" "^Usage: stackctl $command"
done
STACKCTL_ARGS_plan="--simulate -quiet" run 0 plan $stack
expect "$out" 'Plan: 8 to add'
refuse "$out" 'will be created'
STACKCTL_LOG=debug run 0 plan $stack --simulate
expect "$err" 'list-security-groups GET .*: 200'
finish
