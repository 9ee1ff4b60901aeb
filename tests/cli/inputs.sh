#!/usr/bin/env bash
# Several stack files, included ones, and values of variables from all sides.
. "$(dirname "$0")/common.sh"

cat > stack.yaml <<'END'
include: parts/names.yaml
provider: exoscale
variables:
  workers: {type: integer, default: 1, check: "${value < 10}", message: "no more than 9"}
  token: {secret: true, default: ""}
resources: {}
outputs:
  workers: ${var.workers}
  site: ${local.site}
  token: ${var.token}
END
mkdir -p parts
echo 'locals: {site: example.org}' > parts/names.yaml
echo 'stack: shop' >> parts/names.yaml
printf 'stack: shop-prod\nlocals: {site: "example.com"}\n' > prod.yaml
printf 'workers: 3\ntoken: hunter2\n' > three.yaml
echo 'workers: 30' > many.yaml

output() { run 0 output "$@" --raw --simulate; }
output workers stack.yaml
expect "$out" '^1$'
output workers stack.yaml --var-file three.yaml
expect "$out" '^3$'
output workers stack.yaml --var-file three.yaml --var workers=4
expect "$out" '^4$'
output workers stack.yaml -var workers=4 -var-file=three.yaml
expect "$out" '^3$'
output workers stack.yaml --var workers=4 --var-file three.yaml --var workers=5
expect "$out" '^5$'
output site stack.yaml
expect "$out" '^example.org$'
output site stack.yaml prod.yaml
expect "$out" '^example.com$'
output token stack.yaml --var-file three.yaml
expect "$out" '^hunter2$'
run 0 output token stack.yaml --var-file three.yaml --simulate
expect "$out" 'secret'
refuse "$out$err" 'hunter2'
run 0 validate stack.yaml prod.yaml --simulate
expect "$out" 'stack.yaml with prod.yaml is valid'
run 1 validate stack.yaml --var-file many.yaml
expect "$err" "^many.yaml:1:10: error: variable 'workers': no more than 9"
# Not every cloud can be imagined.
printf 'stack: s\nprovider: aws\nproviders: {aws: {region: eu-west-1}}\nresources: {}\n' >aws.yaml
run 1 plan aws.yaml --simulate
expect "$err" "^aws.yaml:3:13: error: there is no simulator of 'aws'"
expect "$err" '^  hint: exoscale has one; leave --simulate out'
run 1 validate stack.yaml gone.yaml
expect "$err" "cannot read the file 'gone.yaml'"
finish
