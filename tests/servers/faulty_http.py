"""A faulty way to an HTTP server: between client and server, what can go wrong does, as it is told to.

Faults are chosen by the name of the object asked for, so that trials may run side by side.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

#: Longest silence of a fault; clients in the tests give up long before.
_SILENCE_SECONDS: Final = 5.0
_SLOW_BYTES_PER_SECOND: Final = 1024
_RESET: Final = struct.pack("ii", 1, 0)


class Fault(StrEnum):
    """What happens to one request."""

    REFUSED = "refused"
    ERROR = "500"
    SLOW_DOWN = "503"
    FULL = "507"
    SILENT = "timeout"
    SLOW = "1 KiB/s"
    CUT = "cut body"
    LOST_ANSWER = "done, answer lost"
    DROPPED = "200 but dropped"
    FLIPPED = "200 but flipped"


#: Tells what happens to a request: method and object name to a fault or nothing.
Chooser = Callable[[str, str], Fault | None]
#: Puts other bytes under the name into the real server, as a store that rots does.
Spoil = Callable[[str, bytes], None]


class FaultyHttp:
    """Stands at ``address`` in front of a server.

    Args:
        server: host and port of the real one.
        choose: which fault, if any.
        spoil: what ``FLIPPED`` does with a put.
    """

    def __init__(self, server: str, choose: Chooser, spoil: Spoil) -> None:
        self.server = server
        self.choose = choose
        self.spoil = spoil
        self.stopping = threading.Event()

    @contextmanager
    def running(self) -> Iterator[str]:
        """Runs it; gives its host and port."""
        listener = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        listener.daemon_threads = True
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.server_address[1]}"
        finally:
            self.stopping.set()
            listener.shutdown()
            listener.server_close()
            thread.join(10)


def _handler(faulty: FaultyHttp) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        way = faulty

    return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    way: FaultyHttp

    def do_GET(self) -> None:
        self._serve()

    do_PUT = do_HEAD = do_POST = do_DELETE = do_GET  # noqa: N815 - names of the library

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""

    def handle_one_request(self) -> None:
        """A client that gives up is nothing to talk about."""
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def _serve(self) -> None:
        name = self.path.partition("?")[0].rpartition("/")[2]
        fault = self.way.choose(self.command, name)
        with suppress(OSError, HTTPException):
            length = int(self.headers.get("content-length", "0"))
            if fault is Fault.CUT and self.command == "PUT":
                self.rfile.read(length // 2)
                self._hang_up()
                return
            if fault is Fault.SLOW:
                self._take_slowly(length)
            body = self.rfile.read(length)
            _ACTIONS.get(fault, _Handler._forward)(self, name, body)

    def _take_slowly(self, length: int) -> None:
        """Lets the client wait as if its bytes were taken at that pace."""
        self.way.stopping.wait(min(_SILENCE_SECONDS, length / _SLOW_BYTES_PER_SECOND))

    def _forward(self, _name: str, body: bytes) -> None:
        status, headers, content = self._ask(body)
        self._answer(status, headers, content)

    def _refuse(self, _name: str, _body: bytes) -> None:
        self._hang_up()

    def _error(self, _name: str, _body: bytes) -> None:
        self._answer(500, {"content-type": "text/html"}, b"<html>Internal error</html>")

    def _slow_down(self, _name: str, _body: bytes) -> None:
        told = b"<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>slow</Message></Error>"
        self._answer(503, {"content-type": "application/xml"}, told)

    def _full(self, _name: str, _body: bytes) -> None:
        self._answer(507, {"content-type": "text/plain"}, b"no space left")

    def _silent(self, _name: str, _body: bytes) -> None:
        self.way.stopping.wait(_SILENCE_SECONDS)
        self._hang_up()

    def _slow(self, _name: str, body: bytes) -> None:
        status, headers, content = self._ask(body)
        self._head(status, headers, len(content))
        give_up = time.monotonic() + _SILENCE_SECONDS
        for start in range(0, len(content), _SLOW_BYTES_PER_SECOND // 8):
            self.wfile.write(content[start : start + _SLOW_BYTES_PER_SECOND // 8])
            if self.way.stopping.wait(1 / 8) or time.monotonic() > give_up:
                break
        self._hang_up()

    def _cut(self, _name: str, body: bytes) -> None:
        status, headers, content = self._ask(body)
        self._head(status, headers, len(content))
        self.wfile.write(content[: len(content) // 2])
        self._hang_up()

    def _lose_answer(self, _name: str, body: bytes) -> None:
        self._ask(body)
        self._hang_up()

    def _drop(self, name: str, body: bytes) -> None:
        if self.command == "PUT":
            self._answer(200, {"etag": '"0"'}, b"")
        else:
            self._forward(name, body)

    def _flip(self, name: str, body: bytes) -> None:
        if self.command == "PUT":
            self.way.spoil(name, _flipped(body))
            self._answer(200, {"etag": '"0"'}, b"")
        else:
            status, headers, content = self._ask(body)
            self._answer(status, headers, _flipped(content) if status == 200 else content)

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """Hands the request on as it is; the signature covers its host, which stays that of the client."""
        connection = HTTPConnection(self.way.server, timeout=30)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, text in self.headers.items():
                connection.putheader(name, text)
            connection.endheaders(body or None)
            response: HTTPResponse = connection.getresponse()
            headers = {name.lower(): text for name, text in response.getheaders()}
            return response.status, headers, response.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self._head(status, headers, len(content))
        self.wfile.write(content)

    def _head(self, status: int, headers: dict[str, str], length: int) -> None:
        self.send_response_only(status)
        own = {"content-length", "connection", "transfer-encoding", "keep-alive"}
        for name, text in headers.items():
            if name not in own:
                self.send_header(name, text)
        told = headers.get("content-length", "0") if self.command == "HEAD" else str(length)
        self.send_header("content-length", told)
        self.end_headers()

    def _hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.connection.close()


def _flipped(content: bytes) -> bytes:
    """The same with one bit changed in its middle; an empty one gets a byte."""
    if not content:
        return b"\x00"
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0x10]) + content[middle + 1 :]


_ACTIONS: Final[dict[Fault | None, Callable[[_Handler, str, bytes], None]]] = {
    Fault.REFUSED: _Handler._refuse,
    Fault.ERROR: _Handler._error,
    Fault.SLOW_DOWN: _Handler._slow_down,
    Fault.FULL: _Handler._full,
    Fault.SILENT: _Handler._silent,
    Fault.SLOW: _Handler._slow,
    Fault.CUT: _Handler._cut,
    Fault.LOST_ANSWER: _Handler._lose_answer,
    Fault.DROPPED: _Handler._drop,
    Fault.FLIPPED: _Handler._flip,
}
