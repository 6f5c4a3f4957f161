"""What a broker tells about itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerState:
    """A broker that answered.

    Attributes:
        name: of the product.
        version: of the server.
        warnings: codes: ``AOF_OFF``, Redis forgets every doorbell when it is killed.
    """

    name: str
    version: str
    warnings: tuple[str, ...] = ()
