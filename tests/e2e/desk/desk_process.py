"""A real ``sohoa desk`` in a process of its own, and its records as the tests look into them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples.office.running import RunningDesk, start_desk
from storage.records.sqlite_store import open_sqlite

ROOT = Path(__file__).parents[3]
PASSWORD = "quay tiep nhan mau"
MOTHER = "003195500150"


@dataclass
class DeskProcess:
    """One desk.

    Attributes:
        data_dir: its data folder.
        running: the program.
        environment: what it was told beside the environment of the tests.
        arguments: of its command.
    """

    data_dir: Path
    running: RunningDesk
    environment: Mapping[str, str]
    arguments: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return self.running.url

    def stop(self) -> None:
        """Ends it as an administrator does; its exit code is 0, unless a test has killed it."""
        is_open = self.running.process.poll() is None
        code = self.running.stop()
        assert code == 0 or not is_open

    def restart(self) -> None:
        """The same desk at the same address again."""
        self.stop()
        port = self.url.rpartition(":")[2]
        self.running = start_desk(self.data_dir, self.environment, *self.arguments, port=port)

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


def open_process(data_dir: Path, environment: Mapping[str, str], *arguments: str) -> DeskProcess:
    """Opens a desk of an office."""
    running = start_desk(data_dir, environment, *arguments)
    return DeskProcess(data_dir=data_dir, running=running, environment=environment, arguments=arguments)
