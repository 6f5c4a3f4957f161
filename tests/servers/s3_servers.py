"""Fixtures of the S3 servers; a server is started when the first test asks for it, once for all processes."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.objects.s3.buckets import prepare_bucket
from storage.objects.s3.options import S3Options, read_options
from storage.objects.s3.store import S3ObjectStore
from tests.servers import ministack, rgw
from tests.servers.shared import run_folder

_COUNT = itertools.count()


@dataclass(frozen=True)
class S3Server:
    """A running server, with an account."""

    name: str
    address: str
    key_file: Path

    def options(self, kind: str = "originals", prefix: str = "", **more: str) -> S3Options:
        """Options for a bucket that nobody used before, unless its prefix is given."""
        return read_options(kind, self.words(prefix or fresh_prefix(), **more))

    def words(self, prefix: str, **more: str) -> dict[str, str]:
        """The same as it stands in a settings file."""
        known = {
            "endpoint": f"http://{self.address}",
            "bucket_prefix": prefix,
            "key_file": str(self.key_file),
        }
        return {**known, **more}

    def store(self, **more: str) -> S3ObjectStore:
        """A store in a bucket of its own."""
        options = self.options(**more)
        prepare_bucket(options)
        return S3ObjectStore(options)


def fresh_prefix() -> str:
    """A prefix of bucket names that this run has not used yet."""
    return f"t{os.getpid()}-{next(_COUNT)}"


@pytest.fixture(scope="session")
def ministack_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with ministack.ministack(run_folder(tmp_path_factory)) as address:
        keys = _key_file(tmp_path_factory, ministack.ACCESS, ministack.SECRET)
        yield S3Server("ministack", address, keys)


@pytest.fixture(scope="session")
def rgw_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    with rgw.rgw(run_folder(tmp_path_factory)) as address:
        yield S3Server("rgw", address, _key_file(tmp_path_factory, rgw.ACCESS, rgw.SECRET))


def _key_file(factory: pytest.TempPathFactory, access: str, secret: str) -> Path:
    path = factory.mktemp("keys") / "s3.keys"
    path.touch(mode=0o600)
    path.write_text(f"{access}\n{secret}\n")
    return path
