"""Stands between a client and a cloud: keeps what is said, and breaks off at one of its writes.

meddling_proxy.py UPSTREAM PID_FILE [RECORD]    prints the port on which it listens, then serves

RECORD gets one JSON line for each request: method, path with query, headers, body.

GET /arm/WRITE/MOMENT   from now on, at that write (counted from 1): "before" the cloud sees the
                        request, or "after" it has done the work, the process whose number is in
                        PID_FILE gets SIGKILL; "unheard" or "unanswered", the same without the death:
                        the connection is closed. Answers with the number of writes seen since the
                        last time
All other requests are passed on as they are.
"""
import http.client
import http.server
import json
import os
import re
import signal
import sys
import threading
import urllib.parse

UPSTREAM = urllib.parse.urlsplit(sys.argv[1])
PID_FILE = sys.argv[2]
RECORD = open(sys.argv[3], "w", encoding="utf-8") if len(sys.argv) > 3 else None
WRITES = ("POST", "PUT", "DELETE", "PATCH")
# AWS has one method for all that it does.
READS = re.compile(r"(^|&)Action=(Describe|List|Get)|^\w+[.](Describe|List|Get)")
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")


class Orders:
    """What is to happen; requests come in from several threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.seen = 0
        self.write = 0
        self.moment = ""

    def arm(self, write, moment):
        with self.lock:
            seen, self.seen, self.write, self.moment = self.seen, 0, int(write), moment
            return seen

    def strikes(self, is_write):
        """The moment at which this request is broken off, or nothing."""
        with self.lock:
            self.seen += is_write
            return self.moment if is_write and self.seen == self.write else ""


ORDERS = Orders()


def kill_client():
    with open(PID_FILE, encoding="ascii") as file:
        os.kill(int(file.read()), signal.SIGKILL)


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # an answer in one piece: small ones would wait for each other

    def log_message(self, *_):
        pass

    def pass_on(self):
        if self.path.startswith("/arm/"):
            return self.answer(200, {}, str(ORDERS.arm(*self.path.split("/")[2:])).encode())
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if RECORD:
            line = {"method": self.command, "path": self.path,
                    "headers": dict(self.headers), "body": body.decode("utf-8", "replace")}
            print(json.dumps(line), file=RECORD, flush=True)
        moment = ORDERS.strikes(self.is_write(body))
        if moment in ("before", "unheard"):
            return self.end(moment)
        upstream = http.client.HTTPConnection(UPSTREAM.hostname, UPSTREAM.port)
        upstream.request(self.command, self.path, body or None, dict(self.headers))
        reply = upstream.getresponse()
        content = reply.read()
        upstream.close()
        if moment:
            return self.end(moment)
        return self.answer(reply.status, reply.headers, content)

    def is_write(self, body):
        action = self.headers.get("X-Amz-Target") or body[:200].decode("utf-8", "replace")
        return self.command in WRITES and not READS.search(action)

    def end(self, moment):
        if moment in ("before", "after"):
            kill_client()
        self.close_connection = True

    def answer(self, status, headers, content):
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = pass_on


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # with the usual 5 some connections are made a second later

    def handle_error(self, *_):  # the client is dead: nobody reads the answer
        pass


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Proxy)
    print(server.server_port, flush=True)
    server.serve_forever()
