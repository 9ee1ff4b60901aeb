# Sourced after common.sh: a simulated cloud over HTTP in the current folder. Where the validating
# proxy is at hand, all calls go through it, and what breaks the API's own description is a failure.
shared=$STACKCTL_SOURCE_DIR/../shared
validate=$shared/lab/exoscale-validate
: "${STACKCTL_SPEED:=max}"

can_validate() { [ -x "$validate" ] && python3 -c 'import jsonschema' 2>/dev/null; }

start_cloud() {
  trap stop_cloud EXIT
  export STACKCTL_STATE_DIR=$PWD/leases  # stacks of one name in two clouds do not meet
  "$STACKCTL" simulate exoscale --listen 127.0.0.1:0 --speed "$STACKCTL_SPEED" >cloud.txt 2>&1 &
  cloud=$!
  wait_for cloud.txt EXOSCALE_ZONE
  . ./cloud.txt
  # The object storage speaks S3, which that description does not hold: it is reached directly.
  export EXOSCALE_STORAGE_API_ENDPOINT="${EXOSCALE_API_ENDPOINT%/v2}/sos"
  can_validate || return 0
  "$validate" --openapi "$shared/reference/exoscale/openapi.json" --prefix /v2 \
    --upstream "${EXOSCALE_API_ENDPOINT%/v2}" --listen 127.0.0.1:0 --out violations.jsonl \
    --allow zone.id --allow security-group.visibility >proxy.txt 2>&1 &
  proxy=$!
  wait_for proxy.txt 'listening on'
  EXOSCALE_API_ENDPOINT=$(grep -o 'http://[0-9.:]*' proxy.txt | head -1)/v2
  export EXOSCALE_API_ENDPOINT
}

# check_validity: ends the proxy; nothing may have broken the description.
check_validity() {
  if [ -z "${proxy-}" ]; then
    echo "not validated: no exoscale-validate, or no python3-jsonschema"
    return
  fi
  kill "$proxy"
  wait "$proxy"
  proxy=
  grep -q '[1-9][0-9]* requests' proxy.txt || fail "the proxy saw nothing: $(cat proxy.txt)"
  [ ! -s violations.jsonl ] || { cat violations.jsonl; fail "violations of the API's description"; }
}

stop_cloud() {
  [ -n "${proxy-}" ] && kill "$proxy" 2>/dev/null
  # There is nothing to save, and an orderly end waits for idle connections.
  [ -n "${cloud-}" ] && kill -KILL "$cloud" 2>/dev/null && wait "$cloud" 2>/dev/null
  wait
  [ "$BASH_SUBSHELL" -gt 0 ] || rm -rf "$scratch"
}

# For one that runs in the background: second_client ... & would start a shell around it.
second_client=$STACKCTL_SOURCE_DIR/tests/cli/second_client.py
second_client() { python3 "$second_client" "$@"; }
