#!/usr/bin/env bash
# Buckets on somebody else's S3: moto's server stands in for the object storage, boto3 looks at what
# stackctl made and fills it. Skipped where python3-moto and python3-boto3 are not at hand
# (STACKCTL_PYTHON names another Python that has them).
. "$(dirname "$0")/common.sh"
python=${STACKCTL_PYTHON:-python3}
if ! "$python" -c 'import boto3, moto.server' 2>/dev/null; then
  echo "skipped: no moto with its server, or no boto3"
  exit 77
fi

stop() {
  [ -n "${storage-}" ] && kill "$storage" 2>/dev/null
  [ -n "${cloud-}" ] && kill "$cloud" 2>/dev/null
  wait
  rm -rf "$scratch"
}
trap stop EXIT

"$STACKCTL" simulate exoscale --listen 127.0.0.1:0 --speed max >cloud.txt 2>&1 &
cloud=$!
wait_for cloud.txt EXOSCALE_ZONE
. ./cloud.txt
"$python" -c '
from moto.server import ThreadedMotoServer
import sys, time
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print("http://127.0.0.1:%d" % server.get_host_and_port()[1], flush=True)
while True: time.sleep(60)
' >storage.txt 2>storage.log &
storage=$!
wait_for storage.txt http
EXOSCALE_STORAGE_API_ENDPOINT=$(cat storage.txt)
# Elsewhere Amazon's storage wants the region in the body as well, Exoscale's does not.
EXOSCALE_ZONE=us-east-1
export EXOSCALE_STORAGE_API_ENDPOINT EXOSCALE_ZONE

# s3 STATEMENTS: with boto3's client as `s3`.
s3() {
  "$python" -c "
import boto3
s3 = boto3.client('s3', endpoint_url='$EXOSCALE_STORAGE_API_ENDPOINT', region_name='us-east-1',
                  aws_access_key_id='a', aws_secret_access_key='b')
$1"
}

cat >stack.yaml <<'YAML'
stack: shop
provider: exoscale
providers: {exoscale: {}}
variables: {emptied: {type: boolean, default: false}}
resources:
  assets:
    kind: bucket
    acl: public-read
    versioning: true
    empty_on_delete: ${var.emptied}
    cors:
      - {origins: ["https://example.org"], methods: [GET, PUT], max_age: 10m}
YAML

run 0 apply --yes
expect "$out" '1 added'
run 0 plan
expect "$out" 'No changes'
out=$(s3 'print(s3.get_bucket_versioning(Bucket="shop-assets")["Status"])
print(s3.get_bucket_cors(Bucket="shop-assets")["CORSRules"])
print([grant["Permission"] for grant in s3.get_bucket_acl(Bucket="shop-assets")["Grants"]])')
expect "$out" Enabled
expect "$out" "'MaxAgeSeconds': 600"
expect "$out" "READ"

s3 'for i in range(1100): s3.put_object(Bucket="shop-assets", Key=f"a b&<{i}>+é", Body=b"x")
s3.delete_object(Bucket="shop-assets", Key="a b&<1>+é")'
run 1 destroy --yes
expect "$err" 'holds objects'
run 0 apply --yes --var emptied=true
run 0 destroy --yes
out=$(s3 'print(len(s3.list_buckets()["Buckets"]), "left")')
expect "$out" '^0 left'
finish
