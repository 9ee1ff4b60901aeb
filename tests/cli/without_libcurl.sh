#!/usr/bin/env bash
# libcurl is loaded when a cloud is to be reached, and neither needed nor looked at before that.
. "$(dirname "$0")/common.sh"
stack=quickstart/stack.yaml
mkdir broken && : >broken/libcurl.so.4
# Only here: other programs of this script may need the real one.
without_libcurl() { LD_LIBRARY_PATH=$scratch/broken run "$@"; }

without_libcurl 0 --version
expect "$out" '^stackctl [0-9]'
without_libcurl 0 plan $stack --simulate
expect "$out" '^Plan: [0-9]+ to add'

export EXOSCALE_API_KEY=EXOxxxxxxxxxxxxxxxxxxxxxxxx EXOSCALE_API_SECRET=secret EXOSCALE_ZONE=ch-gva-2
export EXOSCALE_API_ENDPOINT=http://127.0.0.1:9/v2
without_libcurl 1 plan $stack
expect "$err" '^error: cannot load libcurl, .*libcurl\.so\.4: file too short'
expect "$err" '^  hint: .*libcurl4'

finish
