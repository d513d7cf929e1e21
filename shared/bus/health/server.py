"""/livez, /readyz and /metrics, served from their own thread: they answer even when the event loop is stuck."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.bus.health.readiness import Health


def serve(health: Health, host: str, port: int) -> ThreadingHTTPServer:
    """Start serving; ``shutdown()`` ends it. Port 0 takes a free one."""

    class Pages(BaseHTTPRequestHandler):
        """Answers GET only."""

        def do_GET(self) -> None:
            """Answer one of the three pages."""
            match self.path:
                case "/livez":
                    self._say(200 if health.alive else 503, {"alive": health.alive})
                case "/readyz":
                    self._ready(health.why_not(), health.notes)
                case "/metrics":
                    self._send(200, CONTENT_TYPE_LATEST, generate_latest())
                case _:
                    self._say(404, {"problems": ["no such page"]})

        def _ready(self, problems: list[str], notes: list[str]) -> None:
            said = {"ready": not problems, "problems": problems, **({"notes": notes} if notes else {})}
            self._say(503 if problems else 200, said)

        def _say(self, status: int, content: dict[str, object]) -> None:
            self._send(status, "application/json", json.dumps(content).encode())

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
            """Do not log probes."""

    server = ThreadingHTTPServer((host, port), Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
