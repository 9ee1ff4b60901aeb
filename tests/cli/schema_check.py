# schema_check.py SCHEMA EXAMPLES: the schema is sound and documented, takes every example, and
# refuses what the loader refuses.
import copy
import json
import pathlib
import sys

import jsonschema
import yaml

schema = json.load(open(sys.argv[1]))
examples = pathlib.Path(sys.argv[2])
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
sections = schema["properties"].keys()
failures = []


def require(condition, message):
    if not condition:
        failures.append(message)


def faults(stack):
    return [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(stack)]


def check_examples():
    seen = 0
    for path in sorted(examples.rglob("*.y*ml")):
        stack = yaml.safe_load(path.read_text())
        if not isinstance(stack, dict) or not stack.keys() <= sections:
            continue  # a file of variables
        found = faults(stack)
        if path.name != "stack.yaml":  # laid over or included: what is required may stand elsewhere
            found = [fault for fault in found if "is a required property" not in fault]
        require(not found, f"{path}: {found}")
        seen += 1
    require(seen >= 2, f"only {seen} examples")


def documented(name, node, path=""):
    """Whatever an editor shows by hovering over a key has a text."""
    for key, member in node.get("properties", {}).items():
        target = schema["$defs"].get(member.get("$ref", "").removeprefix("#/$defs/"), member)
        require(target.get("description"), f"{name}: no help for {path}{key}")
        documented(name, target, f"{path}{key}.")
        for form in target.get("anyOf", []):
            documented(name, form, f"{path}{key}.")
            documented(name, form.get("items", {}), f"{path}{key}[].")


BASE = {
    "stack": "shop",
    "provider": "exoscale",
    "variables": {"n": {"type": "integer", "default": 1, "check": "${value > 0}"}, "zone": None},
    "locals": {"zones": ["a", "b"]},
    "resources": {
        "sg": {"kind": "security_group", "for_each": ["a", "b"],
               "ingress": [{"port": 80, "from": "0.0.0.0/0"}]},
        "db": {"kind": "instance", "image": "ubuntu", "size": "small", "count": "${var.n}",
               "when": True, "protect": "${var.n > 1}", "depends_on": ["sg"],
               "on_delete": "snapshot", "on_replace": "create_first", "ignore_changes": ["size"],
               "timeouts": {"create": "1h30m", "delete": 90}, "adopt": "c5ec8f0c",
               "security_groups": "${sg[*]}", "user_data": {"file": "db.sh", "vars": {"n": 1}},
               "hooks": {"after_create": {"command": ["./seed", "${db[0].address}"],
                                          "environment": {"N": 1}},
                         "before_delete": {"command": "./drain.sh"}},
               "exoscale": {"anything": 1}},
        "web": {"kind": "instance_pool", "count": 2, "image": "ubuntu", "size": "small",
                "ignore_changes": "all"},
        "old": {"kind": "instance", "existing": {"name": "old"}, "depends_on": []},
    },
    "outputs": {"a": "${db[*].address}", "b": {"value": 1, "description": "b", "secret": True},
                "c": {"map": 1}},
}

# path of a key, and what makes the stack wrong there
BROKEN = [
    ("stack", None), ("stack", "Shop"), ("stack", 5), ("resource", {}), ("provider", "nobody"),
    ("include", 5), ("providers.exoscale.zoone", "a"), ("providers.nobody", {}),
    ("variables.n.type", "int"), ("variables.n.chek", True), ("variables.N", {}),
    ("outputs.b.hint", "x"), ("locals", []), ("resources.Web", {"kind": "key_pair"}),
    ("resources.sg", 5), ("resources.sg.kind", None), ("resources.sg.kind", "security"),
    ("resources.sg.ingres", []), ("resources.sg.for_each", 5),
    ("resources.sg.ingress", [{"port": 80, "form": "x"}]),
    ("resources.sg.ingress", [{"port": 70000, "from": "0.0.0.0/0"}]),
    ("resources.db.image", None), ("resources.db.address", "192.0.2.1"),
    ("resources.db.security_groups", ["sg"]), ("resources.db.user_data", {"file": "a", "var": {}}),
    ("resources.db.count", -1), ("resources.db.count", "two"), ("resources.db.when", "yes"),
    ("resources.db.depends_on", "sg"), ("resources.db.protect", 1),
    ("resources.db.on_delete", "keep"), ("resources.db.on_replace", "first"),
    ("resources.db.ignore_changes", ["sise"]), ("resources.db.ignore_changes", "some"),
    ("resources.db.timeouts", {"make": 1}), ("resources.db.timeouts", {"create": "soon"}),
    ("resources.db.adopt", ["a"]), ("resources.db.hooks", {"after": {"command": "a"}}),
    ("resources.db.hooks.after_create.command", None), ("resources.db.hooks.after_create.run", "a"),
    ("resources.db.existing", {"id": "a"}), ("resources.old.existing", {}),
    ("resources.old.existing", {"nmae": "a"}), ("resources.old.existing", None),
    ("resources.old.protect", True), ("resources.old.size", "small"),
    ("resources.web.count", None), ("resources.web.nobody", {}),
]


def broken(path, value):
    stack = copy.deepcopy(BASE)
    node = stack
    *way, last = path.split(".")
    for key in way:
        node = node.setdefault(key, {})
    if value is None:
        node.pop(last)
    else:
        node[last] = value
    return stack


check_examples()
require(not faults(BASE), f"a good stack is refused: {faults(BASE)}")
for path, value in BROKEN:
    require(faults(broken(path, value)), f"{path}: {value!r} is not refused")
documented("stack", schema)
for definition, body in schema["$defs"].items():
    documented(definition, body)
kinds = schema["properties"]["resources"]["additionalProperties"]["properties"]["kind"]
require(len(kinds["enum"]) == len(kinds["enumDescriptions"]), "a kind lacks its description")
print("\n".join(failures))
sys.exit(1 if failures else 0)
