#!/usr/bin/env bash
# Secrets with a name that nothing else has, taken through all commands, log levels, files, faults
# and the process list: they are found in the request bodies where they belong, and nowhere else.
. "$(dirname "$0")/common.sh"
. "$STACKCTL_SOURCE_DIR/tests/cli/http_cloud.sh"
can_validate() { false; }
canary=canary-4f1c2b9e77d0

cat >start.sh <<'END'
#!/bin/sh
echo "${password}" "${db_password}" >/etc/app
END
cat >stack.yaml <<'END'
stack: cage
provider: exoscale
variables:
  password: {type: string, secret: true}
  workers: {type: integer, default: 1}
resources:
  db: {kind: database, engine: mysql, version: "8.4", plan: hobbyist-2, users: [app]}
  app:
    kind: instance
    image: Linux Ubuntu 24.04 LTS 64-bit
    size: small
    user_data: {file: start.sh, vars: {password: "${var.password}", db_password: "${db.password}"}}
    hooks:
      after_create:
        command: "ps axww; env; echo $TOKEN; echo $TOKEN >&2"
        environment: {TOKEN: "${var.password}"}
  key: {kind: api_key, role: "${role}"}
  role: {kind: iam_role, policy: {default-service-strategy: deny, services: {}}}
outputs:
  password: {value: "${var.password}", secret: true}
  derived: "${upper(var.password)}"
  encoded: "${base64encode(var.password)}"
END
# Faults whose texts quote the file, with the secret in what is wrong.
sed 's/size: small/size: "${var.password}"/' stack.yaml >wrong-size.yaml
sed 's/count: 1//; s/kind: instance$/kind: instance\n    count: "${var.password}"/' stack.yaml >wrong-type.yaml
sed 's/command: ".*"/command: "echo ${var.password}"/' stack.yaml >wrong-hook.yaml
sed 's/derived: .*/derived: "${tonumber(var.password)}"/' stack.yaml >wrong-call.yaml
sed 's/image: .*/image: "${var.password}"/' stack.yaml >wrong-image.yaml
sed 's/app]}/"${var.password}"]}/' stack.yaml >in-a-name.yaml
sed 's/echo $TOKEN; /echo $TOKEN; exit 3; /' stack.yaml >failing-hook.yaml

start_cloud
exec 3< <(exec python3 "$STACKCTL_SOURCE_DIR/tests/cli/meddling_proxy.py" \
  "${EXOSCALE_API_ENDPOINT%/v2}" client.pid requests.jsonl)
proxy=$!
read -r port <&3
export EXOSCALE_API_ENDPOINT=http://127.0.0.1:$port/v2
export STACKCTL_VAR_password=$canary
mkdir said

# say ARGUMENTS...: runs stackctl at the log level in $STACKCTL_LOG and keeps what it prints.
said=0
say() {
  said=$((said + 1))
  "$STACKCTL" "$@" >"said/$said.out" 2>"said/$said.err" </dev/null
  echo "$? $*" >"said/$said.what"
}
watch_processes() { while :; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\0" " "; sleep 0.05; done; }
watch_processes >processes.txt &
watcher=$!

for file in wrong-*.yaml in-a-name.yaml; do
  say validate $file
  say plan $file
  say plan --json $file
  say apply --yes --simulate --simulate-state said/$file.state $file
  rm -f said/$file.state  # the cloud's own memory
done
for level in "" trace; do
  export STACKCTL_LOG=$level
  say plan --details --stats
  say apply --yes --details --stats --trace said/trace-$level.json
  say plan --var workers=2 --out said/plan-$level.json
  say apply --yes --json --replace app
  say destroy --yes --clean --json
done
unset STACKCTL_LOG
say plan --out said/first-plan.json
say apply said/first-plan.json
say plan --format md --replace app
say plan --json --details --replace app
say apply --yes failing-hook.yaml --replace app
say apply --yes
for what in show "show --json" output "output --json" "output derived" "explain app" \
  "explain db --json" "graph --format dot" "graph --format mermaid" "graph --format svg" drift \
  "drift --json" "validate" "scale app=1 --yes"; do
  say $what
done
STACKCTL_VAR_password=$canary-changed say plan --details
STACKCTL_VAR_password=$canary-changed say apply --yes --details
say output password --raw  # who asks for it gets it
mv "said/$said.out" asked.txt
revealed=$("$STACKCTL" show --json >/dev/null && python3 - <<'PYTHON'
import json, sys
sys.path.insert(0, __import__("os").environ["STACKCTL_SOURCE_DIR"] + "/tests/cli")
from exoscale_api import call
name = call("GET", "/dbaas-service")["dbaas-services"][0]["name"]
user = call("GET", f"/dbaas-mysql/{name}")["connection-info"]["params"][0]["user"]
print(call("GET", f"/dbaas-mysql/{name}/user/{user}/password/reveal")["password"])
PYTHON
)
say destroy --yes --clean
kill $watcher "$proxy"
wait $watcher 2>/dev/null
cp processes.txt seen-processes.txt  # before the searches below are processes themselves

grep -q "^$canary$" asked.txt || fail "output --raw does not tell: $(cat asked.txt)"
[ ${#revealed} -gt 8 ] || fail "the database has no password: '$revealed'"
grep -q "0 apply --yes --details --stats" said/*.what || fail "nothing was applied: $(cat said/*.what)"
grep -q '^0 apply said/first-plan.json' said/*.what || fail "the saved plan was not applied"

# hidden NAME TEXT: neither as it is, nor in capitals or base64, in what was said or written.
hidden() {
  local form
  for form in "$2" "${2^^}" "$(printf %s "$2" | base64 | cut -c1-12)"; do
    grep -rlF -- "$form" said seen-processes.txt leases >found.txt 2>/dev/null && {
      fail "$1 is told: $(head -3 found.txt; cat "$(sed 's/\.[a-z]*$/.what/' found.txt | head -1)")"
      return
    }
  done
}
hidden "the secret variable" $canary
hidden "the password of the database" "$revealed"
hidden "the credential" "$EXOSCALE_API_SECRET"

python3 - $canary "$revealed" "$EXOSCALE_API_SECRET" <<'PYTHON' || fail "in the wrong part of a request"
import base64, json, sys
canary, revealed, credential = sys.argv[1:]
belongs = 0
for line in open("requests.jsonl", encoding="utf-8"):
    request = json.loads(line)
    envelope = " ".join([request["path"], *request["headers"].values()])
    body = request["body"]
    user_data = json.loads(body).get("user-data", "") if body.startswith("{") else ""
    told = base64.b64decode(user_data).decode("utf-8", "replace") if user_data else ""
    rest = body.replace(user_data, "") if user_data else body
    for secret in (canary, revealed, credential):
        if secret in envelope or secret in rest:
            sys.exit(f"{request['method']} {request['path']}: {secret}")
    belongs += canary in told
print(f"found in the user data of {belongs} requests, where it belongs")
sys.exit(belongs == 0)
PYTHON
finish
