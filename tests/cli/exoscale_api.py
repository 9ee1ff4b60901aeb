"""Calls the Exoscale API v2 by hand: exoscale_api.py METHOD PATH [JSON]; prints the answer.

Signs as the API's documentation says, without the product's code. Endpoint and credentials come
from EXOSCALE_API_ENDPOINT, EXOSCALE_API_KEY and EXOSCALE_API_SECRET. Waits for operations.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.parse
import urllib.request

ENDPOINT = os.environ["EXOSCALE_API_ENDPOINT"]


def authorization(method, url, body):
    expires = int(time.time()) + 600
    parts = urllib.parse.urlsplit(url)
    arguments = sorted(urllib.parse.parse_qsl(parts.query))
    values = "".join(value for _, value in arguments)
    message = f"{method} {parts.path}\n{body}\n{values}\n\n{expires}"
    digest = hmac.new(os.environ["EXOSCALE_API_SECRET"].encode(), message.encode(), hashlib.sha256)
    signature = base64.b64encode(digest.digest()).decode()
    key = os.environ["EXOSCALE_API_KEY"]
    signed = f"signed-query-args={';'.join(name for name, _ in arguments)}," if arguments else ""
    return f"EXO2-HMAC-SHA256 credential={key},{signed}expires={expires},signature={signature}"


def call(method, path, body=""):
    url = ENDPOINT + path
    request = urllib.request.Request(url, method=method, data=body.encode() or None)
    request.add_header("Authorization", authorization(method, url, body))
    if body:
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def finished(answer):
    while answer.get("state") == "pending" and "reference" in answer:
        time.sleep(0.05)
        answer = call("GET", "/operation/" + answer["id"])
    return answer


if __name__ == "__main__":
    print(json.dumps(finished(call(*sys.argv[1:]))))
