"""What can be set for the eSCL driver."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from scanners.drivers.options import bad_option, check_names, seconds

NAME: Final = "escl"
_KNOWN: Final = frozenset(
    {"certificates", "interface", "connect_seconds", "first_seconds", "stall_seconds", "busy_seconds"}
)
_FINGERPRINT: Final = re.compile(r"^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class EsclSettings:
    """Settings of the driver.

    Attributes:
        certificates: SHA-256 of the certificate of a device, 64 hexadecimal digits, by its host. Devices make
            their own certificates, which no authority signs: an administrator writes down what they show.
        interface: address of the network card on which devices are looked for; ``None`` for all.
        connect_seconds: longest time to reach a device.
        first_seconds: longest time from asking for a page until its first bytes: lamps warm up.
        stall_seconds: longest pause inside an answer; after it the device counts as offline.
        busy_seconds: how long a device that is busy is asked again.
    """

    certificates: Mapping[str, str] = field(default_factory=dict)
    interface: str | None = None
    connect_seconds: float = 4.0
    first_seconds: float = 60.0
    stall_seconds: float = 8.0
    busy_seconds: float = 10.0


def read_settings(options: Mapping[str, str]) -> EsclSettings:
    """The settings of texts by name, as a settings file has them.

    Args:
        options: names of the attributes; ``certificates`` is written ``HOST=SHA256;HOST=SHA256``, colons
            between the digits are allowed.

    Raises:
        ConfigurationError: one is unknown or impossible.
    """
    check_names(NAME, options, _KNOWN)
    usual = EsclSettings()
    return EsclSettings(
        certificates=_certificates(options.get("certificates", "")),
        interface=options.get("interface") or None,
        connect_seconds=seconds(NAME, options, "connect_seconds", usual.connect_seconds),
        first_seconds=seconds(NAME, options, "first_seconds", usual.first_seconds),
        stall_seconds=seconds(NAME, options, "stall_seconds", usual.stall_seconds),
        busy_seconds=seconds(NAME, options, "busy_seconds", usual.busy_seconds),
    )


def _certificates(text: str) -> dict[str, str]:
    pinned = {}
    for each in filter(None, text.split(";")):
        host, _, digits = each.rpartition("=")
        fingerprint = digits.replace(":", "").strip().lower()
        if not host.strip() or not _FINGERPRINT.match(fingerprint):
            raise bad_option(NAME, "certificates takes HOST=SHA256;HOST=SHA256")
        pinned[host.strip().lower()] = fingerprint
    return pinned
