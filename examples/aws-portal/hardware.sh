#!/bin/bash
# The hardware service: answers on port 5000 with what the database says of itself, and how often it
# was asked if there is a cache to count in.
set -euo pipefail
dnf install -y mariadb105
useradd --system hardware
install -d /srv/hardware
install -o hardware -m 0400 /dev/stdin /srv/hardware/my.cnf <<'CNF'
[client]
host = "${db_host}"
user = "${db_user}"
password = "${db_password}"
connect-timeout = 5
CNF
cat >/srv/hardware/service.py <<'PY'
import http.server
import json
import socket
import subprocess

CACHE = "${cache_host}"


def database():
    query = ["mysql", "--defaults-file=/srv/hardware/my.cnf", "-N", "-e", "SELECT VERSION()"]
    return subprocess.run(query, check=True, capture_output=True, text=True).stdout.strip()


def visits():
    with socket.create_connection((CACHE, 6379), timeout=5) as cache:
        cache.sendall(b"INCR visits\r\n")
        return int(cache.makefile().readline().lstrip(":"))


class Hardware(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            status, answer = 200, {"database": database()}
            if CACHE:
                answer["visits"] = visits()
        except (OSError, ValueError, subprocess.CalledProcessError) as fault:
            status, answer = 503, {"fault": type(fault).__name__}
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())


http.server.ThreadingHTTPServer(("", 5000), Hardware).serve_forever()
PY
cat >/etc/systemd/system/hardware.service <<'UNIT'
[Unit]
After=network-online.target
Wants=network-online.target
[Service]
User=hardware
ExecStart=/usr/bin/python3 /srv/hardware/service.py
Restart=always
[Install]
WantedBy=multi-user.target
UNIT
systemctl enable --now hardware
