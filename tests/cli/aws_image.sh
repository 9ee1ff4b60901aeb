#!/usr/bin/env bash
# The life of images that are built on AWS: what uses one moves to the next, and the old one goes with
# its snapshot. With an accident at each write (SIGKILL before or after the work is done, a lost
# answer) the next run goes on where it was. A sample of the writes; all of them with
# STACKCTL_AWS_KILL=all (some minutes).
. "$(dirname "$0")/aws_accidents.sh"

cat >stack.yaml <<'YAML'
stack: bakery
provider: aws
providers: {aws: {}}
variables:
  text: {default: one}
resources:
  base:
    kind: image
    description: What all of them boot from
    build:
      image: debian-12
      user_data: |
        #!/bin/sh
        echo ${var.text} >/etc/motd
        poweroff
  web: {kind: instance, image: "${base}", size: micro, disk: 20}
  pool: {kind: instance_pool, image: "${base}", size: micro, count: 1, disk: 20, update: {wait: running}}
YAML
images() { call ec2 describe_images '{"Owners": ["self"]}' '[one["ImageId"] for one in answer["Images"]]'; }

meddle
power_off_builders
before=$(inventory)
run 0 apply stack.yaml --yes
is_quiet stack.yaml
out=$(shape)
expect "$out" '"Name": "bakery-base"'
expect "$(grep Instances <<<"$out")" '"HttpTokens": "required"'
refuse "$(grep Instances <<<"$out")" builder

# Another text is another image, for all that use it; the old one goes with what is on its disk.
old=$(images)
run 0 apply stack.yaml --var text=two --yes
is_quiet stack.yaml --var text=two
new=$(images)
[ "$old" != "$new" ] || fail 'it is the same image'
out=$(call ec2 describe_launch_template_versions '{"Versions": ["$Latest"]}' \
  '[one["LaunchTemplateData"]["ImageId"] for one in answer["LaunchTemplateVersions"]]')
[ "$out" = "$new" ] || fail "the template has another image than $new"
out=$(call ec2 describe_snapshots '{"Filters": [{"Name": "description", "Values": ["Created by CreateImage*"]}]}' \
  'len(answer["Snapshots"])')
expect "$out" '^1$'

# A protected instance is protected by AWS as well, until the file says that it may go.
sed 's/^  web: {/&protect: true, /' stack.yaml >protected.yaml
sed 's/^  web: {/&protect: false, /' stack.yaml >free.yaml
run 0 apply protected.yaml --var text=two --yes
web=$(call ec2 describe_instances '{"Filters": [{"Name": "tag:stackctl:address", "Values": ["web"]},
  {"Name": "instance-state-name", "Values": ["running"]}]}' 'answer["Reservations"][0]["Instances"][0]["InstanceId"]')
out=$(call ec2 describe_instance_attribute "{\"InstanceId\": \"$web\", \"Attribute\": \"disableApiTermination\"}" \
  'answer["DisableApiTermination"]["Value"]')
expect "$out" '^True'
run 1 destroy stack.yaml --clean --yes
expect "$err" 'it is protected'
destroy_all free.yaml

stack=stack.yaml
undisturbed
reset_after=1  # some leave a snapshot behind
lives after:2:4 unanswered:4:7
finish
