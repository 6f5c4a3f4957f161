"""How the trouble of a broker is told."""

from __future__ import annotations

from dossiers.errors import ConfigurationError, ResourceError


def unavailable() -> ResourceError:
    """The broker cannot be reached; nothing is lost, the records are the queue."""
    return ResourceError(
        "QUEUE_UNAVAILABLE",
        vi="Chưa kết nối được hàng đợi; công việc vẫn an toàn và sẽ được làm khi có lại kết nối.",
        en="the broker cannot be reached; work is safe in the records and goes on when it is back",
        hint="check broker_url and that the server runs",
    )


def library_missing(name: str) -> ConfigurationError:
    """The library of the broker is not installed."""
    return ConfigurationError(
        "BROKER_LIBRARY_MISSING",
        vi="Thiếu thư viện của hàng đợi; hãy cài gói sohoa[servers].",
        en=f"the library {name} is not installed",
        hint="pip install 'sohoa[servers]'",
    )


def unknown_broker() -> ConfigurationError:
    """The address names no broker that we know; it may hold a password, so it is not repeated."""
    return ConfigurationError(
        "BAD_SETTING",
        vi="Thiết lập broker_url không hợp lệ; hãy dùng redis://… hoặc amqp://….",
        en="broker_url begins with redis://, rediss://, amqp:// or amqps://",
        hint="broker_url",
    )
