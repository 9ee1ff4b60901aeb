#!/usr/bin/env bash
# The JSON schema for editors, tried by a validator that is not ours.
. "$(dirname "$0")/common.sh"

if ! python3 -c 'import jsonschema, yaml' 2>/dev/null; then
  echo "skipped: no python3-jsonschema or no python3-yaml"
  exit 77
fi

run 0 schema
check=$STACKCTL_SOURCE_DIR/tests/cli/schema_check.py
out=$(python3 "$check" out.txt "$STACKCTL_SOURCE_DIR/examples") ||
  fail "the schema is not what an editor needs"
finish
