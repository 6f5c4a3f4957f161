"""``saned`` with SANE's test device on loopback, and a wire to it that can be cut.

SANE's network client knows one port only, 6566: tests that need it take turns by a lock on a file. ``saned``
listens on 127.0.0.1, the wire on 127.0.0.2.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.integration.scanners import sane_config

PORT: Final = 6566
SERVER: Final = "127.0.0.1"
WIRE: Final = "127.0.0.2"
_START: Final = struct.pack(">I", 7)
_LITTLE_ENDIAN: Final = 0x1234


@contextmanager
def saned(folder: Path) -> Iterator[None]:
    """Runs ``saned`` until the context ends; nobody else on this machine does meanwhile."""
    program = shutil.which("saned", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None
    environment = {**os.environ, "SANE_CONFIG_DIR": str(sane_config.network_server(folder))}
    with (Path(tempfile.gettempdir()) / "sohoa-test-saned.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        server = subprocess.Popen(
            [*_ends_with_us(), program, "-l", "-b", SERVER, "-p", str(PORT), "-e"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _await_port(server)
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, 15)
            server.wait(10)


def _ends_with_us() -> tuple[str, ...]:
    """Has the kernel end the server when the tests are killed: its port is the only one there is."""
    return (setpriv, "--pdeathsig", "KILL") if (setpriv := shutil.which("setpriv")) else ()


def _await_port(server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((SERVER, PORT), timeout=1):
            return
        time.sleep(0.02)
    raise RuntimeError("saned does not start")


class Wire:
    """Carries SANE's network protocol to ``saned`` and back, with trouble at chosen pages.

    Attributes:
        status: SANE status that asking for a page gets instead of the page, by 1-based page.
        cut_at: page in whose middle the wire is cut for good.
        silent_at: page in whose middle nothing comes any more, though the wire holds.
        pages: pages asked for so far.
    """

    def __init__(self) -> None:
        self.status: dict[int, int] = {}
        self.cut_at = 0
        self.silent_at = 0
        self.pages = 0
        self._sockets: list[socket.socket] = []
        self._listener = self._listen(PORT)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Cuts everything."""
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server((WIRE, port))
        self._sockets.append(listener)
        return listener

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._control, args=(client,), daemon=True).start()

    def _control(self, client: socket.socket) -> None:
        server = socket.create_connection((SERVER, PORT))
        self._sockets += [client, server]
        starts: list[int] = []
        threading.Thread(target=self._answers, args=(server, client, starts), daemon=True).start()
        with contextlib.suppress(OSError):
            while request := client.recv(65536):
                if len(request) == 8 and request.startswith(_START):
                    self.pages += 1
                    if self.pages in self.status:
                        client.sendall(struct.pack(">IIII", self.status[self.pages], 0, _LITTLE_ENDIAN, 0))
                        continue
                    starts.append(self.pages)
                server.sendall(request)
        server.close()
        client.close()

    def _answers(self, server: socket.socket, client: socket.socket, starts: list[int]) -> None:
        with contextlib.suppress(OSError):
            while answer := server.recv(65536):
                if starts and len(answer) == 16 and answer[:4] == bytes(4):
                    port = self._data_wire(struct.unpack(">I", answer[4:8])[0], starts.pop())
                    answer = answer[:4] + struct.pack(">I", port) + answer[8:]
                client.sendall(answer)

    def _data_wire(self, port: int, page: int) -> int:
        listener = self._listen(0)
        threading.Thread(target=self._carry, args=(listener, port, page), daemon=True).start()
        return int(listener.getsockname()[1])

    def _carry(self, listener: socket.socket, port: int, page: int) -> None:
        client, _ = listener.accept()
        listener.close()
        server = socket.create_connection((SERVER, port))
        self._sockets += [client, server]
        carried = 0
        with contextlib.suppress(OSError):
            while data := server.recv(16384):
                carried += len(data)
                if carried > 32768 and page == self.cut_at:
                    self.close()
                    return
                if carried > 32768 and page == self.silent_at:
                    return  # both sockets stay open
                client.sendall(data)
        server.close()
        client.close()
