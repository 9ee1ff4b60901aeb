"""The same number of objects with Terraform and with stackctl, real processes, one after the other.

Terraform: `terraform_data` resources, which its own binary provides: no provider process, no network,
no API. stackctl: anti-affinity groups of Exoscale with --simulate: every one is signed, sent to the
simulator in the same process, checked there, followed and listed, and the simulated cloud is read
from and written to a file.
"""

import json
import os
import shutil
import tempfile

ENVIRONMENT = {"CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": os.devnull, "TF_IN_AUTOMATION": "1"}
PATIENCE = 300  # seconds for one command


def write_terraform(folder, count):
    with open(os.path.join(folder, "main.tf"), "w", encoding="utf-8") as file:
        for i in range(count):
            file.write('resource "terraform_data" "r%d" {\n  input = "number %d"\n}\n' % (i, i))


def write_state(folder, count):
    """What an apply would have left, so that a plan can be measured where the apply takes too long."""
    def resource(i):
        value = {"value": "number %d" % i, "type": "string"}
        attributes = {"id": "%032d" % i, "input": value, "output": value, "triggers_replace": None}
        return {"mode": "managed", "type": "terraform_data", "name": "r%d" % i,
                "provider": 'provider["terraform.io/builtin/terraform"]',
                "instances": [{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}]}
    state = {"version": 4, "terraform_version": "1.0.0", "serial": 1, "lineage": "bench", "outputs": {},
             "resources": [resource(i) for i in range(count)], "check_results": None}
    with open(os.path.join(folder, "terraform.tfstate"), "w", encoding="utf-8") as file:
        json.dump(state, file)


def write_stack(folder, count):
    with open(os.path.join(folder, "stack.yaml"), "w", encoding="utf-8") as file:
        file.write("stack: big\nprovider: exoscale\nproviders: {exoscale: {zone: ch-gva-2}}\nresources:\n")
        for i in range(count):
            file.write("  r%d: {kind: affinity_group, description: number %d}\n" % (i, i))


def terraform(run, count):
    """`run(command, folder, environment, patience)` gives the cost, or None when it took too long."""
    folder = tempfile.mkdtemp()
    try:
        write_terraform(folder, count)
        common = ["-input=false", "-no-color"]
        run(["terraform", "init", *common], folder, ENVIRONMENT, PATIENCE)
        create = run(["terraform", "apply", "-auto-approve", *common], folder, ENVIRONMENT, PATIENCE)
        if create is None:
            create = "did not end within %d seconds" % PATIENCE
            write_state(folder, count)
        plan = run(["terraform", "plan", "-lock=false", "-detailed-exitcode", *common], folder, ENVIRONMENT, PATIENCE)
        return {"resources": count, "create": create, "quiet_plan": plan}
    finally:
        shutil.rmtree(folder)


def stackctl(run, binary, count):
    folder = tempfile.mkdtemp()
    try:
        write_stack(folder, count)
        create = run([binary, "apply", "stack.yaml", "--simulate", "--yes", "--quiet"], folder, {}, PATIENCE)
        plan = run([binary, "plan", "stack.yaml", "--simulate"], folder, {}, PATIENCE)
        return {"resources": count, "create": create, "quiet_plan": plan}
    finally:
        shutil.rmtree(folder)
