"""A real ``sohoa desk`` in a process of its own, and its records as the tests look into them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storage.records.sqlite_store import open_sqlite

ROOT = Path(__file__).parents[3]
PASSWORD = "quay tiep nhan mau"
MOTHER = "003195500150"


@dataclass
class DeskProcess:
    """One desk.

    Attributes:
        url: where it is, without a slash at the end.
        data_dir: its data folder.
    """

    url: str
    data_dir: Path
    process: subprocess.Popen[str]
    environment: Mapping[str, str]
    arguments: tuple[str, ...]

    def stop(self) -> None:
        """Ends it as an administrator does; its exit code is 0."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(60) == 0
        if self.process.stdout is not None:
            self.process.stdout.close()

    def restart(self) -> None:
        """The same desk at the same address again."""
        self.stop()
        port = self.url.rpartition(":")[2]
        again = start_desk(self.data_dir, self.environment, *self.arguments, port=port)
        self.process = again.process

    @contextmanager
    def work(self) -> Any:
        """A transaction on the records of the desk."""
        records = open_sqlite(self.data_dir / "records.sqlite3")
        try:
            with records.transaction() as work:
                yield work
        finally:
            records.close()

    def pages(self, code: str) -> list[Any]:
        """Pages of a dossier."""
        with self.work() as work:
            return list(work.pages.of_dossier(work.dossiers.by_code(code).dossier_id))


def start_desk(
    data_dir: Path, environment: Mapping[str, str], *arguments: str, port: str = "0"
) -> DeskProcess:
    """Starts ``sohoa desk`` and returns once it has told its address."""
    command = [sys.executable, "-m", "sohoa.cli", "--data-dir", str(data_dir)]
    command += ["--config", str(data_dir / "sohoa.toml"), "desk", "--port", port, *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, **environment},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"(http://[0-9.:]+)/", line)
    assert found, f"the desk did not open: {line!r}"
    return DeskProcess(
        url=found[1], data_dir=data_dir, process=process, environment=environment, arguments=arguments
    )
