# Sourced by the scripts about AWS: one of somebody else, which is moto's server, or the strict one
# that STACKCTL_AWS_LAB names (aws-lab's program), and somebody with boto3 who looks and meddles.
# Skipped where moto and boto3 are not at hand (STACKCTL_PYTHON names another Python that has them).
. "$(dirname "$0")/common.sh"
tests=$STACKCTL_SOURCE_DIR/tests
python=${STACKCTL_PYTHON:-python3}

start_lab() {
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
  port=$("$python" -c 'import socket
with socket.socket() as server:
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1])')
  PYTHONPATH=$scratch/patch "$python" "$STACKCTL_AWS_LAB" up --port "$port" --speed 1/60 \
    --state-dir lab || exit 1
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
  "$tests/aws/with_moto.py" "$tests/cli/$(basename "$0")"
  exit
fi

# by_hand PATH JSON EXPRESSION: what somebody else does, and what the expression makes of `answer`.
by_hand() {
  "$python" -c '
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1], data=sys.argv[2].encode())
with urllib.request.urlopen(request) as reply:
    answer = json.load(reply)
print(eval(sys.argv[3]))' "$STACKCTL_BY_HAND$1" "$2" "$3" || fail "by hand: $2"
}
call() { by_hand / "{\"service\": \"$1\", \"method\": \"$2\", \"arguments\": $3}" "$4"; }
inventory() { by_hand /inventory '{}' '"\n".join(answer)'; }
