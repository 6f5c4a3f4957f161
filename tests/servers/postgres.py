"""A throw-away PostgreSQL on a socket in a folder of its own: started, killed and thrown away by tests.

PostgreSQL refuses to run as root; tests that do run it as the ``postgres`` user of its Debian package.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

#: The user whose databases they are: no superuser, as in an office.
USER = "sohoa"
#: Longest time for the server to come up or go down, seconds.
DEADLINE_SECONDS = 60
_SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "24MB",
    "max_connections": "60",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "logging_collector": "off",
}


class PostgresServer:
    """One server process over one data folder, in memory unless a place is given."""

    def __init__(self, programs: Path, place: Path | None = None) -> None:
        self._programs = programs
        memory = Path("/dev/shm")
        place = place or (memory if memory.is_dir() else None)
        self.folder = Path(tempfile.mkdtemp(prefix="sohoa-pg-", dir=place))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()

    def url(self, database: str) -> str:
        """Address of a database, for the setting ``records_url``."""
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def start(self, **settings: str) -> None:
        """Starts it and waits until it answers; after a kill this is its recovery."""
        options = [f"--{name}={value}" for name, value in {**_SETTINGS, **settings}.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                start_new_session=True,
                **self._as,
            )
        self._wait()

    def kill(self) -> None:
        """Kills every process of the server at once, as a power cut would."""
        if self._process is not None:
            for pid in (*_children(self._process.pid), self._process.pid):
                _signal(pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Stops it and removes its folder."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # fast: open sessions are ended
            try:
                self._process.wait(DEADLINE_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *statements: str, database: str = "postgres", user: str = "postgres") -> None:
        """Runs statements, each in a transaction of its own."""
        with psycopg.connect(
            host=str(self.folder), dbname=database, user=user, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def ask(self, question: str, database: str) -> list[tuple[Any, ...]]:
        """Answers a question about a database, as the superuser."""
        with psycopg.connect(host=str(self.folder), dbname=database, user="postgres") as connection:
            return connection.execute(question.encode()).fetchall()

    def make_database(self, name: str, template: str = "template0") -> str:
        """Makes a database of our user, empty or like another one; returns its address."""
        self.run(f"CREATE DATABASE {name} OWNER {USER} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _initialise(self) -> None:
        command = [self._programs / "initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        self._command([*command, "--locale=C.UTF-8", "--no-sync", "--no-instructions"])

    def _command(self, command: Sequence[str | Path]) -> None:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=self.folder, **self._as
        )
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _wait(self) -> None:
        end = time.monotonic() + DEADLINE_SECONDS
        while True:
            try:
                return self.run("SELECT 1")
            except psycopg.OperationalError as trouble:
                if time.monotonic() > end or self._process is None or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()) from trouble
            time.sleep(0.05)  # no event tells that a server is up: only asking does


def _children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _signal(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def find_programs() -> Path | None:
    """Folder of PostgreSQL's programs, the newest one where several are installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running_postgres(place: Path | None = None) -> Iterator[PostgresServer]:
    """A running server with our user and no databases; skipped at home where there is none, failed in CI."""
    programs = find_programs()
    if programs is None:
        reason = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    server = PostgresServer(programs, place)
    try:
        server.start()
        server.run(f"CREATE ROLE {USER} LOGIN")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """One server for the whole session of a test process; each test process has its own."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def empty_records(postgres: PostgresServer) -> str:
    """Address of a database with all tables and no rows."""
    from storage.records.postgres_store import open_postgres

    url = postgres.make_database("empty")
    open_postgres(url, postgres.folder / "no-key").close()
    return url


@pytest.fixture
def records_url(postgres: PostgresServer, empty_records: str) -> Iterator[str]:
    """Address of a database with all tables and no rows; emptied again after the test."""
    yield empty_records
    tables = postgres.ask(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
        "empty",
    )
    # Quicker than TRUNCATE where a few rows are in a few of many tables.
    deletions = "; ".join(f'DELETE FROM "{name}"' for (name,) in tables)
    postgres.run(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{USER}'",
        f"SET session_replication_role = replica; {deletions}",
        database="empty",
    )
