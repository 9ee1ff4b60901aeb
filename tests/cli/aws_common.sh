# Sourced by the scripts about AWS: one of somebody else, which is moto's server, or the strict one
# that STACKCTL_AWS_LAB names (aws-lab's program, which gets $lab_options), and somebody with boto3
# who looks and meddles.
# Skipped where moto and boto3 are not at hand (STACKCTL_PYTHON names another Python that has them).
. "$(dirname "$0")/common.sh"
tests=$STACKCTL_SOURCE_DIR/tests
python=${STACKCTL_PYTHON:-python3}

start_lab() {
  [ -n "${lab_options-}" ] || lab_options=(--speed 1/60)
  # moto itself cannot start what a later version of a launch template describes with user data.
  mkdir patch
  cat >patch/sitecustomize.py <<'PY'
try:
    from moto.core.types import Base64EncodedString
    from moto.ec2.models.launch_templates import LaunchTemplateVersion
except ImportError:
    pass
else:
    def user_data(version):
        data = version.data.get("UserData")
        return Base64EncodedString(data) if isinstance(data, str) else data

    LaunchTemplateVersion.user_data = property(user_data)
PY
  local port
  port=$("$python" -c 'import socket
with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1])')
  MOTO_AMIS_PATH=$tests/aws/images.json PYTHONPATH=$scratch/patch \
    "$python" "$STACKCTL_AWS_LAB" up --port "$port" --state-dir lab "${lab_options[@]}" || exit 1
  trap 'cd "$scratch" && "$python" "$STACKCTL_AWS_LAB" down --state-dir lab; rm -rf "$scratch"' EXIT
  eval "$("$python" "$STACKCTL_AWS_LAB" env --state-dir lab)"
}

# The script runs once more, with a cloud and somebody with boto3.
if [ -z "${STACKCTL_BY_HAND-}" ]; then
  if ! "$python" -c 'import boto3, moto.server' 2>/dev/null; then
    echo "skipped: no moto with its server, or no boto3"
    exit 77
  fi
  unset AWS_ENDPOINT_URL
  [ -z "${STACKCTL_AWS_LAB-}" ] || start_lab
  "$tests/aws/with_moto.py" "$tests/cli/$(basename "$0")" "$@"
  exit
fi
servers=()  # what ends with the script
trap 'kill "${servers[@]}" 2>/dev/null; rm -rf "$scratch"' EXIT

# ask URL JSON [EXPRESSION]: prints what the expression makes of `answer`. Without JSON it is a GET.
ask() {
  "$python" -c '
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1], data=sys.argv[2].encode() or None)
with urllib.request.urlopen(request) as reply:
    answer = json.load(reply)
if len(sys.argv) > 3:
    print(eval(sys.argv[3]))' "$@" || fail "by hand: $*"
}
# call SERVICE METHOD ARGUMENTS [EXPRESSION]: what somebody else does with boto3.
call() { ask "$STACKCTL_BY_HAND/" "{\"service\": \"$1\", \"method\": \"$2\", \"arguments\": $3}" "${@:4}"; }
inventory() { ask "$STACKCTL_BY_HAND/inventory" '{}' '"\n".join(answer)'; }
# The same in every detail but for what chance put into it.
shape() { ask "$STACKCTL_BY_HAND/shape" '{}' '"\n".join(answer)'; }
# Nothing runs on the machines there: those that build an image are powered off for them.
power_off_builders() { ask "$STACKCTL_BY_HAND/power_off" '{}'; }

is_quiet() { run 0 plan "$@" --detailed-exitcode; }

# The inventory is that in $before.
is_as_before() {
  out=$(diff <(echo "$before") <(inventory)) || fail 'the account is not as it was before'
}

# destroy_all ARGUMENTS...: of the stack; then the account is as it was.
destroy_all() {
  run 0 destroy --clean "$@" --yes
  expect "$out" '^Nothing of stack [a-z]+ is left'
  is_as_before
}

# Stands between stackctl and the cloud from now on (meddling_proxy.py), at $meddler.
meddle() {
  exec 3< <(exec python3 "$tests/cli/meddling_proxy.py" "$AWS_ENDPOINT_URL" client.pid "$@")
  servers+=($!)
  local port
  read -r port <&3
  meddler=http://127.0.0.1:$port
  export AWS_ENDPOINT_URL=$meddler
}

# The AWS example, with what it has to be told.
portal() {
  stack=$STACKCTL_SOURCE_DIR/examples/aws-portal/stack.yaml
  STACKCTL_VAR_public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIdPGs7u3zA8DvrrvAYDDL4ofjLuSo2mCf2WBqdwmUei x"
  STACKCTL_VAR_db_password=nobodys-secret-of-tests
  export STACKCTL_VAR_public_key STACKCTL_VAR_db_password
}
