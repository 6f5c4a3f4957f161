"""The reference server: what an integrator puts in front of a national database, answering from recordings.

Rules: it listens on this machine unless told otherwise, compares tokens in constant time, and logs neither
bodies nor numbers (it logs nothing).
"""

from __future__ import annotations

import hmac
import json
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from dossiers.national import NationalStatus
from dossiers.procedures import DataSource
from storage.national.interface import (
    DESCRIPTION_PATH,
    MAX_BYTES,
    answer_to_json,
    description,
    question_from_json,
)
from storage.national.recorded import RecordedRegister
from storage.national.recordings import Recordings

_LOOK_UP: Final = re.compile(r"/v1/(?P<source>[a-z_]+)/look-ups")
#: Longest wait for a client that sends nothing, seconds.
_PATIENCE_SECONDS: Final = 10


class NationalServer(ThreadingHTTPServer):
    """Serves until ``shutdown``; ``server_address`` names the port that was taken.

    Args:
        host: address to listen on.
        port: port, 0 for any free one.
        recordings: what it answers from.
        token: bearer token that is asked for; empty: none.
    """

    daemon_threads = True

    def __init__(self, host: str, port: int, recordings: Recordings, token: str = "") -> None:
        super().__init__((host, port), _Handler)
        self.register = RecordedRegister(recordings)
        self.token = token


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: NationalServer
    server_version = "sohoa-national-double/1"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE_SECONDS

    def do_GET(self) -> None:
        """Shows the description, and that the server is there."""
        if self.path == DESCRIPTION_PATH:
            self._send(HTTPStatus.OK, description())
        elif self.path == "/health":
            self._tell(HTTPStatus.OK, {"status": "ok"})
        else:
            self._tell(HTTPStatus.NOT_FOUND, {"error": "NOT_FOUND"})

    def do_POST(self) -> None:
        """Answers a question."""
        content = self._body()
        if content is None:
            self._tell(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": "TOO_LARGE"})
        elif not self._is_allowed():
            self._tell(HTTPStatus.UNAUTHORIZED, {"error": "NOT_AUTHENTICATED"})
        elif (path := _LOOK_UP.fullmatch(self.path)) is None or path["source"] not in set(DataSource):
            self._tell(HTTPStatus.NOT_FOUND, {"error": "UNKNOWN_SOURCE"})
        else:
            self._answer(DataSource(path["source"]), content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - set by http.server
        """Says nothing: addresses and bodies are personal data."""

    def _answer(self, source: DataSource, content: bytes) -> None:
        try:
            question = question_from_json(source, content)
        except (ValueError, TypeError, KeyError):
            self._tell(HTTPStatus.BAD_REQUEST, {"error": "BAD_QUESTION"})
            return
        answer = self.server.register.look_up(question)
        if answer.status is NationalStatus.UNREACHABLE:
            self._tell(HTTPStatus.SERVICE_UNAVAILABLE, {"error": answer.cause or "UNREACHABLE"})
        else:
            self._tell(HTTPStatus.OK, answer_to_json(answer))

    def _is_allowed(self) -> bool:
        said = self.headers.get("Authorization", "")
        wanted = f"Bearer {self.server.token}"
        return not self.server.token or hmac.compare_digest(said.encode(), wanted.encode())

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BYTES:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _tell(self, status: HTTPStatus, value: dict[str, object]) -> None:
        self._send(status, json.dumps(value, ensure_ascii=False).encode())

    def _send(self, status: HTTPStatus, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)
