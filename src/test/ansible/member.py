"""Sample members: answers every request on the given ports with its own name and what it was asked for."""
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Member(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"member {self.server.server_address[0]} {self.path}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def handle_error(self, request, client_address):
        # A front server that was killed leaves its connections: that is the test, and no news.
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


for place in sys.argv[1:]:
    address, port = place.split(":")
    threading.Thread(target=Server((address, int(port)), Member).serve_forever).start()
