"""A real web server on this machine that keeps what it is told, for webhooks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Told(NamedTuple):
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


class Listener:
    """Answers with `status`, and with a way elsewhere where one is given."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.status = 200
        self.elsewhere = ""


@contextmanager
def hearing(listener: Listener) -> Iterator[str]:
    """The server on a free port; yields its address."""

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.told.append(Told(self.path, dict(self.headers), body))
            self.send_response(listener.status)
            if listener.elsewhere:
                self.send_header("Location", listener.elsewhere)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
