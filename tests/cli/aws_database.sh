#!/usr/bin/env bash
# The life of a database on AWS: changed in place, replaced and removed with a snapshot of what was
# in it, which outlives the stack.
. "$(dirname "$0")/aws_common.sh"

cat >stack.yaml <<'YAML'
stack: store
provider: aws
variables:
  engine: {default: mysql}
  version: {default: "8.0"}
  plan: {default: micro}
  storage: {default: 20}
  is_there: {default: true}
  password: {secret: true}
resources:
  db:
    kind: database
    when: ${var.is_there}
    engine: ${var.engine}
    version: ${var.version}
    plan: ${var.plan}
    storage: ${var.storage}
    name: things
    user: keeper
    password: ${var.password}
    allow: [172.31.0.0/16]
    on_delete: snapshot
outputs:
  host: "${var.is_there ? db.host : ''}"
YAML
export STACKCTL_VAR_password=nobodys-secret-of-tests
database() { call rds describe_db_instances '{}' "[$1 for db in answer['DBInstances']]"; }
snapshots() {
  call rds describe_db_snapshots '{"SnapshotType": "manual"}' \
    "sorted((one['Engine'], one['Status']) for one in answer['DBSnapshots'])"
}
before=$(inventory)

run 0 apply stack.yaml --yes
expect "$out" '^host += "store-db.*rds.amazonaws.com"'
is_quiet stack.yaml
made=$(database 'db["DbiResourceId"]')

# Storage and class are changed in place; AWS grows storage by a tenth at least.
bigger=(stack.yaml --var storage=21 --var plan=small)
run 0 apply "${bigger[@]}" --yes
expect "$out" '0 added, 1 changed, 0 destroyed'
out=$(database '(db["DBInstanceClass"], db["AllocatedStorage"])')
expect "$out" "^\[\('db.t3.small', 2[12]\)\]"
is_quiet "${bigger[@]}"

# Somebody's change is seen as soon as AWS knows of it.
call rds modify_db_instance '{"DBInstanceIdentifier": "store-db", "DBInstanceClass": "db.t3.large",
  "ApplyImmediately": true}'
run 3 drift "${bigger[@]}"
expect "$out" 'DBInstanceClass = "db.t3.small" -> "db.t3.large"'
run 0 apply "${bigger[@]}" --yes
expect "$out" '0 added, 1 changed, 0 destroyed'
[ "$(database 'db["DbiResourceId"]')" = "$made" ] || fail 'it is another database'
is_quiet "${bigger[@]}"

# Another engine is another database; what was in the old one is kept first.
other=(stack.yaml --var engine=postgres --var version=16)
run 0 plan "${other[@]}"
expect "$out" '^  -/\+ db +aws.db_instance +Engine: forces replacement'
expect "$out" '^    \+ db/final-snapshot-[0-9a-f]+ +aws.db_snapshot +on_delete: snapshot'
run 0 apply "${other[@]}" --yes
expect "$out" '3 added, 0 changed, 2 destroyed'
out=$(snapshots)
expect "$out" "^\[\('mysql', 'available'\)\]"
out=$(database '(db["Engine"], db["EngineVersion"].split(".")[0])')
expect "$out" "^\[\('postgres', '16'\)\]"
is_quiet "${other[@]}"

# Taken out of the file, and put back: snapshots of databases of one name get along.
run 0 apply "${other[@]}" --var is_there=false --yes
expect "$out" '1 added, 0 changed, 4 destroyed'
out=$(snapshots)
expect "$out" "^\[\('mysql', 'available'\), \('postgres', 'available'\)\]"
run 0 apply "${other[@]}" --yes
is_quiet "${other[@]}"

run 0 destroy stack.yaml --yes
expect "$out" 'final-snapshot'
out=$(snapshots)
expect "$out" "^\[\('mysql', 'available'\), \('postgres', 'available'\), \('postgres', 'available'\)\]"
destroy_all stack.yaml
finish
