"""Stands between a client and a cloud: keeps what is said, kills the client at one of its writes.

meddling_proxy.py UPSTREAM PID_FILE [RECORD]    prints the port on which it listens, then serves

RECORD gets one JSON line for each request: method, path with query, headers, body.

GET /arm/WRITE/MOMENT   from now on: at that write (counted from 1) the process whose number is in
                        PID_FILE gets SIGKILL, "before" the cloud sees the request or "after" it has
                        done the work; answers with the number of writes seen since the last time
All other requests are passed on as they are.
"""
import http.client
import http.server
import json
import os
import signal
import sys
import threading
import urllib.parse

UPSTREAM = urllib.parse.urlsplit(sys.argv[1])
PID_FILE = sys.argv[2]
RECORD = open(sys.argv[3], "w", encoding="utf-8") if len(sys.argv) > 3 else None
WRITES = ("POST", "PUT", "DELETE", "PATCH")
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

    def strikes(self, method):
        """The moment at which this request is the client's last one, or nothing."""
        with self.lock:
            self.seen += method in WRITES
            is_it = method in WRITES and self.seen == self.write
            return self.moment if is_it else ""


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
        moment = ORDERS.strikes(self.command)
        if moment == "before":
            return self.end()
        upstream = http.client.HTTPConnection(UPSTREAM.hostname, UPSTREAM.port)
        upstream.request(self.command, self.path, body or None, dict(self.headers))
        reply = upstream.getresponse()
        content = reply.read()
        upstream.close()
        if moment == "after":
            return self.end()
        return self.answer(reply.status, reply.headers, content)

    def end(self):
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
    def handle_error(self, *_):  # the client is dead: nobody reads the answer
        pass


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), Proxy)
    print(server.server_port, flush=True)
    server.serve_forever()
