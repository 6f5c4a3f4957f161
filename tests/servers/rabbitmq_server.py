"""A RabbitMQ of our own on loopback, with its own port mapper, so that nothing else is touched or left."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pika
import pika.exceptions

from tests.servers.shared import free_port, missing

#: The program behind Debian's wrapper, which insists on another user.
_PROGRAM = "/usr/lib/rabbitmq/bin/rabbitmq-server"
_START_SECONDS = 90
_ERLANG = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none"


class RabbitmqServer:
    """Starts the server in a folder; 7 to 11 seconds."""

    def __init__(self, folder: Path) -> None:
        if not Path(_PROGRAM).exists():
            missing("rabbitmq-server is not installed")
        self._folder = folder
        self._choose_ports()
        for each in ("log", "mnesia"):
            (folder / each).mkdir(parents=True)
        (folder / "plugins").write_text("[].")
        (folder / "rabbitmq.conf").write_text(
            "disk_free_limit.absolute = 50MB\nvm_memory_high_watermark.absolute = 2GB\n"
        )
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self.start()
        except RuntimeError:  # somebody else took a port between its choice and its use
            self._choose_ports()
            self.start()

    @property
    def url(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}/%2F"

    def _choose_ports(self) -> None:
        self.port, self._mapper_port, self._node_port = free_port(), free_port(), free_port()

    def start(self) -> None:
        """Starts it on its ports.

        Raises:
            RuntimeError: it ended, or did not answer in time; with the end of its log.
        """
        self._process = subprocess.Popen(
            [_PROGRAM],
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                pika.BlockingConnection(pika.URLParameters(self.url)).close()
                return
            except (pika.exceptions.AMQPError, OSError) as error:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    ended = self._process.poll()
                    self._end(signal.SIGKILL)
                    raise RuntimeError(f"RabbitMQ did not start (exit {ended}):\n{self._log()}") from error
                time.sleep(0.1)

    def _log(self) -> str:
        texts = [file.read_text(errors="replace")[-2000:] for file in (self._folder / "log").glob("*")]
        return "\n".join(texts)

    def forget_queues(self) -> None:
        """Deletes the queues of the workers."""
        connection = pika.BlockingConnection(pika.URLParameters(self.url))
        channel = connection.channel()
        for suffix in ("", ".DQ", ".XQ"):
            channel.queue_delete(f"sohoa{suffix}")
        connection.close()

    def kill(self) -> None:
        """Kills the server and whatever it started; its name and its ports are free when this returns."""
        group = self._process.pid if self._process is not None else 0
        self._end(signal.SIGKILL)
        deadline = time.monotonic() + _START_SECONDS
        while group and time.monotonic() < deadline and (_is_alive(group) or self._is_known()):
            time.sleep(0.05)

    def _is_known(self) -> bool:
        """Whether Erlang's port mapper still has the name: the next server of that name would give up."""
        names = subprocess.run(["epmd", "-names"], env=self._environment(), check=False, capture_output=True)
        return b"name sohoa-test " in names.stdout

    def stop(self) -> None:
        self._end(signal.SIGTERM)
        subprocess.run(["epmd", "-kill"], env=self._environment(), check=False, capture_output=True)

    def _end(self, number: signal.Signals) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            try:
                self._process.wait(timeout=_START_SECONDS)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process = None

    def _environment(self) -> dict[str, str]:
        folder = str(self._folder)
        return {
            **os.environ,
            "HOME": folder,
            "RABBITMQ_NODENAME": "sohoa-test@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self._node_port),
            "RABBITMQ_LOG_BASE": f"{folder}/log",
            "RABBITMQ_MNESIA_BASE": f"{folder}/mnesia",
            "RABBITMQ_PID_FILE": f"{folder}/pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": f"{folder}/plugins",
            "RABBITMQ_CONFIG_FILE": f"{folder}/rabbitmq.conf",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(self._mapper_port),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ERLANG,
        }


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
