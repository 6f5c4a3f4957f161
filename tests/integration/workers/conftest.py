"""Workers over every broker."""

from __future__ import annotations

from tests.worker_bench.fixtures import (  # noqa: F401 - fixtures
    bench_file,
    bench_on,
    broker_url,
    nursery,
    rabbitmq_server,
    rabbitmq_session,
    redis_server,
    redis_session,
)
