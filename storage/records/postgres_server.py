"""What a PostgreSQL server must be like before it may hold records, and what ``sohoa doctor`` tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, text

from dossiers.errors import ConfigurationError
from storage.records.postgres_engine import DURABLE_COMMITS

#: ``INSERT … ON CONFLICT``, ``hashtextextended`` and trusted extensions are older; this one is tested.
OLDEST_VERSION: Final = 150_000

_LOOK: Final = text(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name,"
    " current_setting('synchronous_commit') AS commits, current_setting('fsync') AS fsync,"
    " current_setting('full_page_writes') AS whole_pages, current_setting('server_encoding') AS encoding,"
    " (SELECT string_agg(extname, ', ' ORDER BY extname) FROM pg_extension) AS extensions,"
    " COALESCE((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS is_encrypted,"
    " inet_client_addr() IS NULL AS is_local"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerFacts:
    """What a server says of itself.

    Attributes:
        version: for people.
        version_number: 150008 is 15.8.
        commits: ``synchronous_commit`` of our sessions.
        fsync: ``on`` or ``off``.
        whole_pages: ``full_page_writes``, ``on`` or ``off``.
        encoding: of the database.
        extensions: names, in order.
        is_encrypted: whether our connection uses TLS.
        is_local: whether it is a socket of this machine.
    """

    version: str
    version_number: int
    commits: str
    fsync: str
    whole_pages: str
    encoding: str
    extensions: tuple[str, ...]
    is_encrypted: bool
    is_local: bool

    @property
    def is_durable(self) -> bool:
        """Whether a commit outlasts a power cut."""
        return self.commits in DURABLE_COMMITS and self.fsync == "on" and self.whole_pages == "on"


def look_at(engine: Engine) -> ServerFacts:
    """Asks the server; changes nothing.

    Raises:
        ResourceError: it cannot be reached.
        ConfigurationError: ``RECORDS_REFUSED``.
    """
    with engine.connect() as connection:
        row = connection.execute(_LOOK).one()
    return ServerFacts(
        version=row.name,
        version_number=row.number,
        commits=row.commits,
        fsync=row.fsync,
        whole_pages=row.whole_pages,
        encoding=row.encoding,
        extensions=tuple(row.extensions.split(", ")),
        is_encrypted=row.is_encrypted,
        is_local=row.is_local,
    )


def check_server(engine: Engine) -> ServerFacts:
    """Refuses a server that is too old, keeps no Vietnamese, or may lose what it committed.

    Raises:
        ResourceError: it cannot be reached.
        ConfigurationError: ``RECORDS_TOO_OLD``, ``RECORDS_NOT_DURABLE``, ``RECORDS_REFUSED``.
    """
    facts = look_at(engine)
    if facts.version_number < OLDEST_VERSION or facts.encoding != "UTF8":
        raise ConfigurationError(
            "RECORDS_TOO_OLD",
            vi="Máy chủ cơ sở dữ liệu quá cũ hoặc không dùng mã UTF-8.",
            en=f"PostgreSQL {facts.version} with encoding {facts.encoding} cannot hold the records",
            hint="PostgreSQL 15 or newer, a database with encoding UTF8",
        )
    if not facts.is_durable:
        raise ConfigurationError(
            "RECORDS_NOT_DURABLE",
            vi="Máy chủ cơ sở dữ liệu đang tắt chế độ ghi bền; không được nhận hồ sơ.",
            en="the database server may lose what it committed: fsync or full_page_writes is off",
            hint="set fsync = on and full_page_writes = on in postgresql.conf",
        )
    return facts
