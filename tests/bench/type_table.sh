#!/usr/bin/env bash
# The native types of a provider as a markdown table: how long each is, what it costs to read it,
# what bears the mark. The figures come from the sources and from `stackctl providers`; what a
# listing asks beside its own call is written down here, after providers/exoscale/listing/listings.cpp.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
stackctl=${STACKCTL:-$root/build/dev/bin/stackctl}
provider=${1:-exoscale}

"$stackctl" providers "$provider" --json | python3 -c '
import glob, json, re, statistics, sys

# listing: calls whatever there is, and calls for each object
COSTS = {
    "/dbaas-service": (1, "1 a service of a stack, and 1 a user for the password"),
    "/dns-domain": (1, "1 a domain"),
    "/elastic-ip": (1, "1 an address that has reverse DNS"),
    "/instance": (1, "1 an instance that has elastic IPs, and 1 if it has reverse DNS"),
    "/template": (2, ""),
    "sos/buckets": (1, "1 a bucket, 3 more if it is of a stack"),
}

lines = {}
for path in glob.glob(sys.argv[1] + "/types/*.cpp"):
    text = open(path, encoding="utf-8").read()
    definition = r"extern const Type \w+\s*[={].*?\"(" + sys.argv[2] + r"\.\w+)\""
    for name in re.findall(definition, text, re.DOTALL):
        lines[name] = text.count("\n")

provider = json.load(sys.stdin)["providers"][0]
listings = set()
print("| native type | lines | listings | calls | calls for each object | mark |")
print("|---|---:|---|---:|---|---|")
for row in provider["types"]:
    asked = row["listings"]
    listings.update(asked)
    costs = [COSTS.get(listing, (1, "")) for listing in asked]
    extra = "; ".join(cost[1] for cost in costs if cost[1]) or "-"
    name = row["resource_type"]
    print("| %s | %d | %s | %d | %s | %s |" % (
        name, lines[name], ", ".join("`%s`" % listing for listing in asked),
        sum(cost[0] for cost in costs), extra, row["mark"]))

counts = [lines[row["resource_type"]] for row in provider["types"]]
fixed = sum(COSTS.get(listing, (1, ""))[0] for listing in listings)
print()
print("%d native types, %d to %d lines, median %g. Types that share a listing share its calls: %d "
      "listings, %d calls for all types together, whatever the number of objects." % (
          len(counts), min(counts), max(counts), statistics.median(counts), len(listings), fixed))
' "$root/providers/$provider" "$provider"
