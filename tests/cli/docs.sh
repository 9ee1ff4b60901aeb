#!/usr/bin/env bash
# The reference pages are those that the program's tables make.
. "$(dirname "$0")/common.sh"

run 0 docs reference
diff -ru "$STACKCTL_SOURCE_DIR/docs/reference" reference >differences.txt || {
  cat differences.txt
  fail "docs/reference is stale: run 'stackctl docs docs/reference' in the source tree"
}
# Links between the pages lead somewhere.
cd "$STACKCTL_SOURCE_DIR/docs" || exit 1
for page in *.md reference/*.md; do
  grep -oE '\]\([^)#: ]+\.md' "$page" | cut -c3- | sort -u | while read -r link; do
    [ -e "$(dirname "$page")/$link" ] || { echo "$page: no such page: $link" && exit 1; }
  done || fail "$page has a broken link"
done
finish
