"""A Redis of our own on loopback."""

from __future__ import annotations

import shutil
import signal
import subprocess
import time
from pathlib import Path

import redis

from tests.servers.shared import free_port, missing

_START_SECONDS = 20


class RedisServer:
    """Starts the server in a folder; ``keeps`` makes it write every command to its disk."""

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        if shutil.which("redis-server") is None:
            missing("redis-server is not installed")
        self._folder = folder
        self._keeps = keeps
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        keeps = (
            ["--appendonly", "yes", "--appendfsync", "everysec"] if self._keeps else ["--appendonly", "no"]
        )
        self._process = subprocess.Popen(
            [
                "redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self._folder),
                "--save", "", *keeps,
            ],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                with redis.Redis.from_url(self.url) as client:
                    client.ping()
                return
            except redis.RedisError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def flush(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            self._process.wait(timeout=_START_SECONDS)
            self._process = None
