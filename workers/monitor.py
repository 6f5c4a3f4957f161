"""``/health``, ``/ready`` and ``/metrics`` over plain HTTP, for the machine's own network only (S48)."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from dossiers.errors import ResourceError

#: Longest time a caller may take to send its request, seconds.
_REQUEST_SECONDS: Final = 5.0
_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the monitor shows.

    Attributes:
        health: remarks by name; whether the process lives at all, and what is not as it should be.
        troubles: codes of what keeps it from working now; empty: ready.
        metrics: all figures in Prometheus' text format.
    """

    health: Callable[[], dict[str, object]]
    troubles: Callable[[], tuple[str, ...]]
    metrics: Callable[[], bytes]


class Monitor:
    """A small server; close it when done.

    Args:
        address: where it listens; loopback unless somebody decided otherwise.
        port: 0 for any free one.
        signs: what it shows.

    Raises:
        ResourceError: ``PORT_TAKEN``.
    """

    def __init__(self, address: str, port: int, signs: Signs) -> None:
        try:
            self._server = ThreadingHTTPServer((address, port), _handler(signs))
        except OSError as trouble:
            raise ResourceError(
                "PORT_TAKEN",
                vi="Không mở được cổng theo dõi; hãy chọn cổng khác.",
                en="the port of the metrics cannot be opened",
                hint=f"{address}:{port}",
            ) from trouble
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="monitor", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stops serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(signs: Signs) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _REQUEST_SECONDS
        server_version = "Sohoa"
        sys_version = ""

        def do_GET(self) -> None:
            if self.path == "/health":
                self._answer_json(HTTPStatus.OK, signs.health())
            elif self.path == "/ready":
                troubles = signs.troubles()
                status = HTTPStatus.SERVICE_UNAVAILABLE if troubles else HTTPStatus.OK
                self._answer_json(status, {"ready": not troubles, "troubles": list(troubles)})
            elif self.path == "/metrics":
                self._answer(HTTPStatus.OK, _TEXT, signs.metrics())
            else:
                self._answer_json(HTTPStatus.NOT_FOUND, {"error": "NOT_FOUND"})

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Looks of the monitoring are not worth a line."""

        def _answer_json(self, status: HTTPStatus, value: object) -> None:
            self._answer(status, "application/json", json.dumps(value).encode())

        def _answer(self, status: HTTPStatus, media_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

    return Handler
