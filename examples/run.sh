#!/usr/bin/env bash
# Sets up, builds stackctl and runs the WordPress example on the built-in simulator.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash cmake/setup.sh
cmake --preset release -DSTACKCTL_TESTS=OFF
cmake --build --preset release --target stackctl

export PATH="$PWD/build/release/bin:$PATH"
stack=examples/exoscale-wordpress/stack.yaml
state=$(mktemp -d)/sim.json
simulated=("$stack" --simulate --simulate-state "$state")

run() {
  printf '\n$ %s\n' "$*"
  "$@"
}

run stackctl plan "${simulated[@]}"
run stackctl apply "${simulated[@]}" --yes
second_plan=$(run stackctl plan "${simulated[@]}" --detailed-exitcode) || {
  printf '%s\nThe second plan still has changes or failed: apply did not converge.\n' "$second_plan" >&2
  exit 1
}
printf '%s\n' "$second_plan"
grep -qF 'No changes.' <<<"$second_plan" || {
  echo 'The second plan does not say "No changes."' >&2
  exit 1
}
run stackctl output url "${simulated[@]}"

cat <<END

The stack runs on a simulated cloud, kept in $state. To go on:
  export PATH="$PWD/build/release/bin:\$PATH"; cd $PWD
  stackctl show ${simulated[*]}
  stackctl scale web=3 ${simulated[*]}
  stackctl graph ${simulated[*]}
  stackctl destroy --clean ${simulated[*]}
On the real cloud: set EXOSCALE_API_KEY and EXOSCALE_API_SECRET, leave the --simulate flags out.
END
