"""Exoscale's own Python client in the account of EXOSCALE_API_ENDPOINT.

official_client.py read RECORDS   reads each object that 'stackctl show --json' lists in the file RECORDS
official_client.py make           makes an account by hand; prints the ids as a file of variables
official_client.py reread IDS     tells who owns what 'make' made
official_client.py id IDS NAME    one of the ids
official_client.py forget IDS     removes what nobody can take over
"""
import json
import os
import sys
import time

import exoscale.api.v2 as v2

# The client looks at an operation every 3 seconds; here minutes pass faster.
v2._sleep = lambda _: time.sleep(0.05)

UBUNTU = "Linux Ubuntu 24.04 LTS 64-bit"


def connect():
    return v2.Client(os.environ["EXOSCALE_API_KEY"], os.environ["EXOSCALE_API_SECRET"],
                     url=os.environ["EXOSCALE_API_ENDPOINT"])


def only(items, **wanted):
    found = [it for it in items if all(it.get(key) == value for key, value in wanted.items())]
    assert len(found) == 1, (wanted, items)
    return found[0]


def service_of(client, name):
    kind = only(client.list_dbaas_services()["dbaas-services"], name=name)["type"]
    return getattr(client, f"get_dbaas_service_{kind}")(name=name)


def database_of(client, service, name):
    assert name in service_of(client, service)["databases"], name
    return {"database-name": name}


def record_set_of(client, shown):
    """A set of DNS records, as stackctl sees it, out of the single ones."""
    records = [client.get_dns_domain_record(domain_id=shown["domain"], record_id=it["id"])
               for it in shown["records"]]
    first = records[0]
    return {"content": [it["content"] for it in records], "name": first["name"],
            "type": first["type"], "ttl": first["ttl"]}


# How to read an object of each type: by its id, or by the two parts of it.
READERS = {
    "anti_affinity_group": lambda c, it: c.get_anti_affinity_group(id=it),
    "api_key": lambda c, it: c.get_api_key(id=it),
    "block_snapshot": lambda c, it: c.get_block_storage_snapshot(id=it),
    "block_volume": lambda c, it: c.get_block_storage_volume(id=it),
    "database": database_of,
    "database_user": lambda c, of, it: only(service_of(c, of)["users"], username=it),
    "dns_domain": lambda c, it: c.get_dns_domain(id=it),
    "elastic_ip": lambda c, it: c.get_elastic_ip(id=it),
    "iam_role": lambda c, it: c.get_iam_role(id=it),
    "instance": lambda c, it: c.get_instance(id=it),
    "instance_pool": lambda c, it: c.get_instance_pool(id=it),
    "load_balancer": lambda c, it: c.get_load_balancer(id=it),
    "mysql": service_of,
    "nlb_service": lambda c, of, it: c.get_load_balancer_service(id=of, service_id=it),
    "postgres": service_of,
    "private_network": lambda c, it: c.get_private_network(id=it),
    "security_group": lambda c, it: c.get_security_group(id=it),
    "security_group_rule": lambda c, of, it: only(c.get_security_group(id=of)["rules"], id=it),
    "sks_cluster": lambda c, it: c.get_sks_cluster(id=it),
    "sks_nodepool": lambda c, of, it: c.get_sks_nodepool(id=of, sks_nodepool_id=it),
    "ssh_key": lambda c, it: c.get_ssh_key(name=it),
    "template": lambda c, it: c.get_template(id=it),
    "valkey": service_of,
}
# Object storage speaks S3, which is no part of this client.
UNREAD = {"bucket"}


def plain(value):
    """{"id": X, ...} → X, {"name": X} → X, in lists as well."""
    if isinstance(value, list):
        return [plain(it) for it in value]
    return value.get("id", value.get("name")) if isinstance(value, dict) else value


def is_comparable(name, value):
    # Marks go into the description, a generation into the prefix; the id of a part names the whole.
    if name in ("id", "description", "instance-prefix") or value == "(secret)":
        return False
    items = value if isinstance(value, list) else [value]
    return all(isinstance(it, (str, int, bool)) for it in items)


def differences(shown, read):
    """What both sides tell of an object under the same name must be the same."""
    for name, value in shown.items():
        if name in read and is_comparable(name, value):
            yield name, value, plain(read[name])


def read(client, records):
    compared = faults = 0
    types = set()
    with open(records, encoding="utf-8") as lines:
        objects = [it for line in lines for it in json.loads(line).get("objects", [])]
    for shown in objects:
        kind = shown["resource_type"].removeprefix("exoscale.")
        types.add(kind)
        if kind in UNREAD:
            continue
        if kind == "dns_record":
            answer = record_set_of(client, shown["attributes"])
        else:
            answer = READERS[kind](client, *shown["id"].split("/"))
        for name, ours, theirs in differences(shown["attributes"], answer):
            compared += 1
            if ours != theirs:
                faults += 1
                print(f"{shown['address']}: {name} is {theirs!r} to the client, {ours!r} to stackctl")
    print(f"{len(objects)} objects of {len(types)} types, {compared} attributes compared")
    return faults


class Maker:
    """Makes things, and waits for each."""

    def __init__(self, client):
        self.client = client

    def __call__(self, operation, **arguments):
        begun = getattr(self.client, operation)(**arguments)
        done = self.client.wait(begun["id"])
        return done["reference"]["id"]


def like_small_ubuntu(client):
    bases = client.list_templates(visibility="public")["templates"]
    base = max((it for it in bases if it["name"] == UBUNTU), key=lambda it: it["created-at"])
    sizes = client.list_instance_types()["instance-types"]
    return {"template": {"id": base["id"]}, "disk_size": 10,
            "instance_type": {"id": only(sizes, family="standard", size="small")["id"]}}


def make_all(client):
    make = Maker(client)
    net = make("create_private_network", name="theirs-net", start_ip="10.2.0.10",
               end_ip="10.2.0.99", netmask="255.255.255.0")
    address = make("create_elastic_ip", description="theirs")
    like = like_small_ubuntu(client)
    server = make("create_instance", name="theirs-server", **like)
    pool = make("create_instance_pool", name="theirs-pool", size=2, **like)
    make("attach_instance_to_private_network", id=net, instance={"id": server})
    make("attach_instance_to_elastic_ip", id=address, instance={"id": server})
    balancer = make("create_load_balancer", name="theirs-balancer")
    make("add_service_to_load_balancer", id=balancer, name="tcp-80", protocol="tcp",
         strategy="round-robin", port=80, target_port=80, instance_pool={"id": pool},
         healthcheck={"mode": "tcp", "port": 80, "interval": 10, "timeout": 2, "retries": 1})
    volume = make("create_block_storage_volume", name="theirs-volume", size=10)
    make("attach_block_storage_volume_to_instance", id=volume, instance={"id": server})
    taken = make("create_block_storage_snapshot", id=volume, name="theirs-copy")
    image = make("register_template", name="theirs-image", ssh_key_enabled=True,
                 password_enabled=False, url="https://images.example.org/theirs.qcow2",
                 checksum="0123456789abcdef0123456789abcdef")
    group = make("create_security_group", name="theirs-group")
    make("add_rule_to_security_group", id=group, flow_direction="ingress", protocol="tcp",
         start_port=80, end_port=80, network="0.0.0.0/0")
    # The name of a role is fixed: one of another name would be replaced.
    role = make("create_iam_role", name="theirs",
                policy={"default-service-strategy": "allow", "services": {}})
    zone = make("create_dns_domain", unicode_name="theirs.example")
    version = client.list_sks_cluster_versions()["sks-cluster-versions"][0]
    cluster = make("create_sks_cluster", name="theirs-cluster", level="starter", cni="calico",
                   version=version)
    make("create_sks_nodepool", id=cluster, name="workers", size=2, disk_size=50,
         instance_type=like["instance_type"])
    print(json.dumps({"net": net, "address": address, "server": server, "pool": pool,
                      "balancer": balancer, "volume": volume, "copy": taken, "image": image,
                      "group": group, "role": role, "zone": zone, "cluster": cluster,
                      "version": version}))


def parse(ids):
    with open(ids, encoding="utf-8") as text:
        return json.load(text)


def forget(client, ids):
    client.wait(client.delete_security_group(id=parse(ids)["group"])["id"])


def reread(client, ids):
    made = parse(ids)
    readers = {"net": "private_network", "address": "elastic_ip", "server": "instance",
               "pool": "instance_pool", "balancer": "load_balancer", "volume": "block_volume",
               "copy": "block_snapshot", "role": "iam_role", "cluster": "sks_cluster"}
    for name, kind in readers.items():
        labels = READERS[kind](client, made[name]).get("labels", {})
        print(name, labels.get("stackctl:stack"), labels.get("stackctl:address"))
    print("image", READERS["template"](client, made["image"]).get("description"))


if __name__ == "__main__":
    COMMANDS = {"read": read, "make": make_all, "reread": reread, "forget": forget,
                "id": lambda _, ids, name: print(parse(ids)[name])}
    sys.exit(COMMANDS[sys.argv[1]](connect(), *sys.argv[2:]))
