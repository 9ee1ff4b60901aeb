"""Somebody else in the account: makes a snapshot, takes stock, looks at a load balancer all along.

second_client.py inventory              all objects that can be listed, one a line
second_client.py snapshot               makes a machine and a snapshot of it; prints both ids
second_client.py forget MACHINE SNAPSHOT
second_client.py watch [SECONDS]        until killed: healthy members of each listener, one look a line
"""
import json
import sys
import time

from exoscale_api import call, finished

LISTINGS = {
    "/anti-affinity-group": "anti-affinity-groups",
    "/api-key": "api-keys",
    "/block-storage": "block-storage-volumes",
    "/block-storage-snapshot": "block-storage-snapshots",
    "/dbaas-service": "dbaas-services",
    "/dns-domain": "dns-domains",
    "/elastic-ip": "elastic-ips",
    "/iam-role": "iam-roles",
    "/instance": "instances",
    "/instance-pool": "instance-pools",
    "/load-balancer": "load-balancers",
    "/private-network": "private-networks",
    "/security-group": "security-groups",
    "/sks-cluster": "sks-clusters",
    "/snapshot": "snapshots",
    "/ssh-key": "ssh-keys",
    "/template?visibility=private": "templates",
}


def listed(path):
    return call("GET", path)[LISTINGS[path]]


def inventory():
    for path in LISTINGS:
        for item in listed(path):
            print(path, item.get("id", ""), item.get("name", item.get("unicode-name")),
                  len(item.get("rules", [])))


def made(path, body=None):
    answer = finished(call("POST", path, "" if body is None else json.dumps(body)))
    return answer["reference"]["id"]


def snapshot():
    templates = call("GET", "/template?visibility=public")["templates"]
    base = next(it for it in templates if it["name"].startswith("Linux Ubuntu"))
    sizes = call("GET", "/instance-type")["instance-types"]
    size = next(it for it in sizes if (it["family"], it["size"]) == ("standard", "small"))
    machine = made("/instance", {"name": "hand-made", "disk-size": 10,
                                 "template": {"id": base["id"]},
                                 "instance-type": {"id": size["id"]}})
    print(machine, made(f"/instance/{machine}:create-snapshot"))


def forget(machine, taken):
    finished(call("DELETE", f"/snapshot/{taken}"))
    finished(call("DELETE", f"/instance/{machine}"))


def watch(pause="0.02"):
    while True:
        for balancer in listed("/load-balancer"):
            for service in balancer["services"]:
                states = [it["status"] for it in service["healthcheck-status"]]
                print(states.count("success"), len(states), flush=True)
        time.sleep(float(pause))


if __name__ == "__main__":
    {"inventory": inventory, "snapshot": snapshot, "forget": forget,
     "watch": watch}[sys.argv[1]](*sys.argv[2:])
