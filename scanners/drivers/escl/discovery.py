"""Finds eSCL devices by multicast DNS: ``_uscan._tcp`` (HTTP) and ``_uscans._tcp`` (HTTPS).

What a network says of itself is untrusted: names are shown, never used for anything else.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from scanners.driver import DeviceInfo
from scanners.drivers.escl.settings import NAME

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, Zeroconf

_SCHEMES: Final = {"_uscan._tcp.local.": "http", "_uscans._tcp.local.": "https"}
_MAX_LABEL: Final = 100
#: Longest time to ask one device for its address, milliseconds.
_ANSWER_MS: Final = 1000
#: Share of the time in which announcements are listened for; the rest is for asking.
_LISTENING: Final = 0.6


def find_devices(timeout_seconds: float, interface: str | None) -> Sequence[DeviceInfo]:
    """Devices that announce themselves within the time, sorted by address; none without a network.

    Args:
        timeout_seconds: how long to listen.
        interface: address of the network card to listen on; ``None`` for all.
    """
    import zeroconf  # here, because importing it starts a program

    until = time.monotonic() + timeout_seconds
    try:
        responder = zeroconf.Zeroconf(
            interfaces=zeroconf.InterfaceChoice.Default if interface is None else [interface],
            ip_version=zeroconf.IPVersion.V4Only,
        )
    except OSError:
        return ()
    try:
        names = _announced(responder, timeout_seconds * _LISTENING)
        found = [_ask(responder, type_, name, until) for type_, name in names]
    finally:
        responder.close()
    return tuple(sorted({info for info in found if info is not None}, key=lambda info: info.device))


def _announced(responder: Zeroconf, seconds: float) -> list[tuple[str, str]]:
    """Kind and name of the services that are announced within the time."""
    import zeroconf  # see find_devices

    names: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()

    def note(*, service_type: str, name: str, **_: object) -> None:
        names.put((service_type, name))

    browser = zeroconf.ServiceBrowser(responder, list(_SCHEMES), handlers=[note])
    threading.Event().wait(seconds)
    browser.cancel()
    return sorted({names.get() for _ in range(names.qsize())})


def _ask(responder: Zeroconf, type_: str, name: str, until: float) -> DeviceInfo | None:
    left = int(1000 * (until - time.monotonic()))
    info = responder.get_service_info(type_, name, timeout=max(50, min(_ANSWER_MS, left)))
    return _describe(_SCHEMES[type_], info) if info is not None else None


def _describe(scheme: str, info: ServiceInfo) -> DeviceInfo | None:
    addresses = [each for each in info.parsed_addresses() if "." in each]
    if not addresses or not info.port:
        return None
    root = _text(info, b"rs").strip("/") or "eSCL"
    label = _text(info, b"ty") or info.name.partition(".")[0]
    printable = "".join(letter for letter in label if letter.isprintable())[:_MAX_LABEL]
    secure = " (HTTPS)" if scheme == "https" else ""
    device = f"{scheme}://{addresses[0]}:{info.port}/{root}"
    return DeviceInfo(driver=NAME, device=device, label=printable + secure) if device.isprintable() else None


def _text(info: ServiceInfo, key: bytes) -> str:
    return (info.properties.get(key) or b"").decode("utf-8", "replace").strip()
