"""Where it runs: one machine alone, or servers of our own on the loopback device."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sohoa.settings import Settings
from sohoa.stores import KINDS
from storage.objects.s3.buckets import prepare_bucket
from storage.objects.s3.options import read_options
from tests.servers import ministack, rgw
from tests.servers.postgres import running_postgres
from tests.servers.rabbitmq_server import RabbitmqServer
from tests.servers.redis_server import RedisServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An empty installation.

    Attributes:
        name: for people.
        settings: of it.
        servers: process ids of servers that are not our children.
    """

    name: str
    settings: Settings
    servers: tuple[int, ...] = field(default=())


@contextmanager
def embedded(folder: Path) -> Iterator[Place]:
    """SQLite and files on the disk of the folder."""
    with tempfile.TemporaryDirectory(prefix="throughput-", dir=folder) as made:
        yield Place(name="embedded: SQLite, files", settings=_settings(Path(made)))


@contextmanager
def distributed(folder: Path, broker: str, store: str) -> Iterator[Place]:
    """PostgreSQL, a broker and an object store, all on this machine.

    Args:
        folder: on the disk that the database is to use.
        broker: ``redis`` or ``rabbitmq``.
        store: ``rgw`` (Ceph, in memory), ``ministack`` (an emulator) or ``filesystem``.
    """
    with ExitStack() as closing:
        made = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="throughput-", dir=folder)))
        made.chmod(0o711)  # PostgreSQL runs under an account of its own where we are root
        database = closing.enter_context(running_postgres(made))
        (made / broker).mkdir()
        queue = (RedisServer if broker == "redis" else RabbitmqServer)(made / broker)
        closing.callback(queue.stop)
        more: dict[str, object] = {"records_url": database.make_database("office"), "broker_url": queue.url}
        if store != "filesystem":
            more |= {"object_store": "s3", "object_store_options": _buckets(closing, made, store)}
        name = f"distributed: PostgreSQL, {broker}, {store}"
        yield Place(name=name, settings=_settings(made, **more), servers=_pids(made))


def _buckets(closing: ExitStack, folder: Path, store: str) -> Mapping[str, str]:
    server = ministack if store == "ministack" else rgw
    start = ministack.ministack if store == "ministack" else rgw.rgw
    address = closing.enter_context(start(folder))
    keys = folder / "s3.keys"
    keys.touch(mode=0o600)
    keys.write_text(f"{server.ACCESS}\n{server.SECRET}\n")
    words = {"endpoint": f"http://{address}", "bucket_prefix": "throughput", "key_file": str(keys)}
    for kind in KINDS:
        prepare_bucket(read_options(kind, words))
    return words


def _pids(folder: Path) -> tuple[int, ...]:
    """Servers that went into the background."""
    return tuple(
        int(each.read_text()) for each in folder.rglob("*.pid") if each.read_text().strip().isdigit()
    )


def _settings(folder: Path, **more: object) -> Settings:
    return Settings.model_validate({"data_dir": folder / "data", "workers": 1, **more})
