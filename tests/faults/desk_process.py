"""The real ``sohoa desk`` of the fault suite, alive or not, and the office that it serves."""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

from dossiers.account_desk import NewAccount
from dossiers.permissions import Permission, Role
from dossiers.steward import Steward
from sohoa.account_wiring import make_account_desk
from sohoa.bootstrap import bootstrap
from sohoa.settings import Settings
from tests.faults import desk_life
from tests.faults.desk_clerk import PASSWORD
from tests.faults.forking import forking

_FORKING = forking("tests.faults.desk_life")
AGENCY = "H29.119"


class Desk:
    """The desk, alive or not, always at the same address."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._process: BaseProcess | None = None

    def start(self) -> None:
        self._process = _FORKING.Process(target=desk_life.live, args=(self.data_dir, self.port))
        self._process.start()

    def wait_until_open(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self._process.is_alive():
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5):
                return
            time.sleep(0.01)
        raise AssertionError("the desk did not open")

    def end(self, number: int) -> int | None:
        """Sends a signal and returns the exit code; ``None`` where there is no desk."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        if process.is_alive():
            os.kill(process.pid, number)
        process.join()
        return process.exitcode

    @property
    def pid(self) -> int:
        """Of the process that lives."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def wait(self, seconds: float) -> int | None:
        """The exit code of a desk that ends by itself; ``None`` where it goes on."""
        assert self._process is not None
        self._process.join(seconds)
        return self._process.exitcode


def set_up(data_dir: Path) -> str:
    """An office with an account; returns the token of its program."""
    data_dir.mkdir()
    (data_dir / "sohoa.toml").write_text(f'agency = "{AGENCY}"\nworkers = 1\nscanner = "papers:x"\n')
    with bootstrap(Settings(data_dir=data_dir, agency=AGENCY, workers=1)) as application:
        accounts = make_account_desk(application)
        new = NewAccount(name="hoa", shown_name="Nguyễn Thị Hoà", role=Role.CLERK, branch=AGENCY)
        accounts.create(new, PASSWORD, by=Steward.of_computer("test"))
        return accounts.make_token("hoa", "test", tuple(Permission), by=Steward.of_computer("test"))[1]
