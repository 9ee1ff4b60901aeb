#!/usr/bin/env bash
# Secrets with names that nothing else has, on moto's server: the secret key, the session token, a
# password that a database and the user data of machines get. They are found in the parts of requests
# where they belong, and nowhere else: not in what commands print, log or write, not in the process list.
unset STACKCTL_AWS_LAB  # moto takes any key
. "$(dirname "$0")/aws_common.sh"
canary=canary-4f1c2b9e77d0
export AWS_SECRET_ACCESS_KEY=key-$canary AWS_SESSION_TOKEN=token-$canary
export STACKCTL_VAR_password=password-$canary

cat >start.sh <<'END'
#!/bin/sh
echo "${password}" >/etc/app
END
cat >stack.yaml <<'END'
stack: cage
provider: aws
variables:
  password: {type: string, secret: true}
  workers: {type: integer, default: 1}
resources:
  db: {kind: database, engine: mysql, version: "8.0", plan: micro, storage: 20, user: app, password: "${var.password}"}
  app:
    kind: instance
    image: amazon-linux-2023
    size: tiny
    user_data: {file: start.sh, vars: {password: "${var.password}"}}
  pool:
    kind: instance_pool
    count: ${var.workers}
    image: amazon-linux-2023
    size: tiny
    user_data: {file: start.sh, vars: {password: "${var.password}"}}
outputs:
  password: {value: "${var.password}", secret: true}
  encoded: "${base64encode(var.password)}"
END
# Values that are refused in words that may quote them: by AWS, by a look at what it has, at once.
sed '0,/size: tiny/s//size: "${var.password}"/' stack.yaml >wrong-size.yaml
sed '0,/image: amazon.*/s//image: "${var.password}"/' stack.yaml >wrong-image.yaml
sed 's/user: app/user: "${var.password}"/' stack.yaml >wrong-user.yaml

meddle requests.jsonl
mkdir said

# say ARGUMENTS...: runs stackctl at the log level in $STACKCTL_LOG and keeps what it prints.
said=0
say() {
  said=$((said + 1))
  {
    $STACKCTL "$@" >"said/$said.out" 2>"said/$said.err" </dev/null
    echo "$? $*" >"said/$said.what"
  } 2>/dev/null  # the shell's report of a death
}
watch_processes() { while :; do cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\0" " "; sleep 0.1; done; }
watch_processes >processes.txt &
watcher=$!
servers+=("$watcher")

export STACKCTL_LOG=trace
for file in wrong-*.yaml; do say plan --details "$file"; done
say apply --yes wrong-user.yaml
# What is not there may come yet, so that would be tried for minutes.
STACKCTL="timeout -s KILL 2 $STACKCTL" say apply --yes --json wrong-size.yaml
say plan --details --stats --out said/plan.json
say apply said/plan.json --stats --details --trace said/trace.json
say plan --json --details --replace app
say apply --yes --var workers=2
STACKCTL_VAR_password=password-$canary-changed say plan --details
STACKCTL_VAR_password=password-$canary-changed say apply --yes --details
for what in show "output --json" "output encoded" "explain db --json" \
  "graph --format dot" "drift --json"; do
  say $what
done
AWS_SECRET_ACCESS_KEY='' say plan
say output password --raw  # who asks for it gets it
mv "said/$said.out" asked.txt
say destroy --yes --clean --json
kill "$watcher"
wait "$watcher" 2>/dev/null
cp processes.txt seen-processes.txt  # before the searches below are processes themselves

grep -q "^password-$canary$" asked.txt || fail "output --raw does not tell: $(cat asked.txt)"
grep -q '^0 apply said/plan.json' said/*.what || fail "the saved plan was not applied: $(cat said/*.what)"
grep -q "The instance type '(secret)' does not exist" said/*.out || fail "a wrong size is not refused: $(cat said/*.what)"
grep -q '^0 destroy' said/*.what || fail "not destroyed: $(cat said/*.what)"

# hidden NAME TEXT: neither as it is, nor in capitals or base64, in what was said or written.
hidden() {
  local form
  for form in "$2" "${2^^}" "$(printf %s "$2" | base64 | cut -c1-16)"; do
    grep -rlF -- "$form" said seen-processes.txt "$STACKCTL_STATE_DIR" >found.txt 2>/dev/null && {
      fail "$1 is told: $(head -3 found.txt; cat "$(sed 's/\.[a-z]*$/.what/' found.txt | head -1)"
        grep -rhoF -m 1 -- "$form" said | head -1)"
      return
    }
  done
}
hidden "the secret variable" "password-$canary"
hidden "the secret key" "key-$canary"
hidden "the session token" "token-$canary"

python3 - "$canary" <<'PYTHON' || fail "in the wrong part of a request"
import base64, json, re, sys, urllib.parse
canary = sys.argv[1]
passwords, machines, tokens = 0, 0, 0
for line in open("requests.jsonl", encoding="utf-8"):
    request = json.loads(line)
    tokens += request["headers"].pop("X-Amz-Security-Token", "") == "token-" + canary
    fields = urllib.parse.parse_qs(request["body"], keep_blank_values=True)
    action = fields.get("Action", [request["path"]])[0]
    rest = {"path": request["path"], "headers": request["headers"], "fields": fields, "body": ""}
    for name in list(fields):
        told = fields[name][0]
        if name.endswith("UserData"):
            told = base64.b64decode(told).decode("utf-8", "replace")
        if canary in told and name.endswith(("UserData", "MasterUserPassword")):
            passwords += name.endswith("MasterUserPassword")
            machines += name.endswith("UserData")
            del fields[name]
        elif "password-" + canary in told and name in ("InstanceType", "ImageId", "Filter.1.Value.1"):
            del fields[name]  # of a wrong file
    if not fields:
        rest["body"] = request["body"]
    if canary in json.dumps(rest):
        sys.exit(f"{action}: {json.dumps(rest)}")
print(f"found in {passwords} passwords, {machines} user data, {tokens} tokens, where it belongs")
sys.exit(not (passwords and machines and tokens))
PYTHON
finish
