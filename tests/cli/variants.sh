#!/usr/bin/env bash
# The WordPress example in all its variants over HTTP: images built, given or from somebody's
# snapshot; database as a server, managed or none. Each is applied, quiet, changed, and destroyed
# without a trace. Then its web image is built anew, and nobody who visits the site notices.
. "$(dirname "$0")/common.sh"
# Where everything happens at once, a member that is not yet well would not be noticed.
rebuild_speed=${STACKCTL_SPEED:-40}
. "$STACKCTL_SOURCE_DIR/tests/cli/http_cloud.sh"
started=$(date +%s)

# total FILE: API calls that the run counted.
total() {
  python3 - "$1" <<'PYTHON'
import json, sys
by = {record["type"]: record for record in map(json.loads, open(sys.argv[1]))}
print(by["stats"]["total"]["calls"], "calls")
PYTHON
}

# life IMAGES DATABASE
life() {
  local begun taken=() with=()
  begun=$(date +%s%N)
  case $1 in
    given)
      with=(--var "web_template=Linux Ubuntu 24.04 LTS 64-bit"
        --var "db_template=Linux Debian 12 (Bookworm) 64-bit") ;;
    snapshot)
      read -ra taken < <(second_client snapshot)
      with=(--var "web_snapshot=${taken[1]}" --var "db_snapshot=${taken[1]}") ;;
  esac
  case $2 in
    managed) with+=(--var database=managed) ;;
    none) with+=(--var database=none --var db_address=192.0.2.10) ;;
  esac
  second_client inventory >before.txt
  run 0 apply ../wordpress/stack.yaml --json --yes --stats "${with[@]}"
  total out.txt >apply.txt
  run 0 plan ../wordpress/stack.yaml --json --stats --detailed-exitcode "${with[@]}"
  total out.txt >plan.txt
  run 0 apply ../wordpress/stack.yaml --yes "${with[@]}" --var workers=3
  expect "$out" '^web: Modifications complete'
  expect "$out" '^Apply complete! Resources: 0 added, 1 changed, 0 destroyed\.$'
  run 0 plan ../wordpress/stack.yaml --detailed-exitcode "${with[@]}" --var workers=3
  run 0 destroy ../wordpress/stack.yaml --clean --yes "${with[@]}"
  expect "$out" '^Nothing of stack wordpress is left'
  second_client inventory >after.txt
  cmp before.txt after.txt || fail "the account is not as it was: $(diff before.txt after.txt)"
  [ ${#taken[@]} -eq 0 ] || second_client forget "${taken[@]}"
  printf 'images %-9s database %-9s apply %s, plan %s, %d ms in all\n' "$1," "$2:" \
    "$(cat apply.txt)" "$(cat plan.txt)" $((($(date +%s%N) - begun) / 1000000))
}

# lives DATABASE: one after the other in the same account, which must be clean in between.
lives() {
  mkdir "$1" && cd "$1" || exit 1
  start_cloud
  for images in built given snapshot; do life $images "$1"; done
  check_validity
  finish
}

rebuild() {
  mkdir rebuild && cd rebuild || exit 1
  cp -r ../wordpress .
  STACKCTL_SPEED=$rebuild_speed
  start_cloud
  second_client inventory >before.txt
  run 0 apply wordpress/stack.yaml --yes
  run 0 show wordpress/stack.yaml --quiet
  local old watcher fewest
  old=$(grep -o '^web-image .*id=[0-9a-f-]*' out.txt | grep -o '[0-9a-f-]*$')

  python3 "$second_client" watch >healthy.txt &
  watcher=$!
  # New members take their time to be well.
  wait_for healthy.txt '^2 2$'
  kill $watcher || fail "the second client gave up"
  python3 "$second_client" watch >healthy.txt &
  watcher=$!
  echo 'apt-get install -y imagemagick' >>wordpress/install-web.sh
  run 2 plan wordpress/stack.yaml --detailed-exitcode
  expect "$out" '# web-image .* must be replaced'
  refuse "$out" '# db'
  run 0 apply wordpress/stack.yaml --yes
  kill $watcher || fail "the second client gave up"
  fewest=$(sort -n healthy.txt | head -1)
  [ "${fewest%% *}" -ge 1 ] || fail "no member was healthy at times: $(sort healthy.txt | uniq -c)"
  [ "$(wc -l <healthy.txt)" -ge 5 ] || fail "the second client looked too rarely"

  run 0 plan wordpress/stack.yaml --detailed-exitcode
  second_client inventory >now.txt
  [ -n "$old" ] && ! grep -q "$old" now.txt || fail "the old template is still there"
  [ "$(grep -c '^/template' now.txt)" -eq 2 ] || fail "not two templates: $(cat now.txt)"
  ! grep -q '^/snapshot' now.txt || fail "a snapshot is left"
  run 0 destroy wordpress/stack.yaml --clean --yes
  second_client inventory >after.txt
  cmp before.txt after.txt || fail "the account is not as it was"
  check_validity
  printf 'rebuild: the fewest healthy members were %s, in %d looks\n' "${fewest%% *}" \
    "$(wc -l <healthy.txt)"
  finish
}

jobs=()
for part in 'lives instance' 'lives managed' 'lives none' rebuild; do
  ($part) >"${part// /-}.log" 2>&1 &
  jobs+=("$!")
done
for job in "${jobs[@]}"; do wait "$job" || failures=$((failures + 1)); done
cat ./*.log
echo "$(($(date +%s) - started)) s; speed $STACKCTL_SPEED, of the rebuild $rebuild_speed"
[ "$failures" -eq 0 ] || exit 1
