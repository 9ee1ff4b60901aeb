#!/usr/bin/env bash
# Graphs, completion, help: each is what its reader can read.
. "$(dirname "$0")/common.sh"
stack=wordpress/stack.yaml

run 0 graph $stack --simulate
expect "$out" '"db-sg" -> "db";'
run 0 graph $stack --simulate --format mermaid
expect "$out" '^flowchart LR$'
run 0 graph $stack --simulate --format svg
python3 -c 'import xml.dom.minidom as x; x.parse("out.txt")' || fail "the SVG is not well-formed"

run 0 completion bash
cp out.txt completion.bash
complete_words() { # the words that bash would offer after these
  PATH="$(dirname "$STACKCTL"):$PATH" bash -c '
    source completion.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _stackctl; echo "${COMPREPLY[*]}"
  ' bash "$@" 2>/dev/null
}
expect "$(complete_words stackctl pl)" '^plan$'
expect "$(complete_words stackctl apply --auto)" '^--auto-approve$'
expect "$(complete_words stackctl plan wordpress/stack.yaml --target d)" '\bdb-sg\b.*\bdb$'
run 0 completion zsh
expect "$out" '^#compdef stackctl$'
! command -v zsh >/dev/null || zsh -n out.txt || fail "zsh does not understand its completion"
run 0 completion fish
! command -v fish >/dev/null || fish -n out.txt || fail "fish does not understand its completion"

run 0 --version
expect "$out" '^stackctl [0-9]+\.[0-9]+\.[0-9]+$'
for command in plan apply destroy validate show output graph simulate schema scale completion explain adopt providers docs; do
  run 0 $command --help
  expect "$out" "^Usage: stackctl $command"
done
STACKCTL_ARGS_plan="--simulate -quiet" run 0 plan $stack
expect "$out" 'Plan: 10 to add'
refuse "$out" 'will be created'
STACKCTL_LOG=debug run 0 plan $stack --simulate
expect "$err" 'list-security-groups GET .*: 200'
finish
