"""Finds eSCL devices by multicast DNS: ``_uscan._tcp`` (HTTP) and ``_uscans._tcp`` (HTTPS).

What a network says of itself is untrusted: names are shown, never used for anything else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Final

from zeroconf import InterfaceChoice, IPVersion, ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from scanners.driver import DeviceInfo
from scanners.drivers.escl.settings import NAME

_SCHEMES: Final = {"_uscan._tcp.local.": "http", "_uscans._tcp.local.": "https"}
_MAX_LABEL: Final = 100
#: Longest time to ask one device for its address, milliseconds.
_ANSWER_MS: Final = 1000
#: Share of the time in which announcements are listened for; the rest is for asking.
_LISTENING: Final = 0.6


class _Announcements(ServiceListener):
    """Remembers which services were announced."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], None] = {}
        self._lock = threading.Lock()

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        del zc
        with self._lock:
            self._names[type_, name] = None

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        self.add_service(zc, type_, name)

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        del zc
        with self._lock:
            self._names.pop((type_, name), None)

    def names(self) -> list[tuple[str, str]]:
        with self._lock:
            return list(self._names)


def find_devices(timeout_seconds: float, interface: str | None) -> Sequence[DeviceInfo]:
    """Devices that announce themselves within the time, sorted by address; none without a network.

    Args:
        timeout_seconds: how long to listen.
        interface: address of the network card to listen on; ``None`` for all.
    """
    until = time.monotonic() + timeout_seconds
    announced = _Announcements()
    try:
        responder = Zeroconf(
            interfaces=InterfaceChoice.Default if interface is None else [interface],
            ip_version=IPVersion.V4Only,
        )
    except OSError:
        return ()
    try:
        browser = ServiceBrowser(responder, list(_SCHEMES), announced)
        threading.Event().wait(timeout_seconds * _LISTENING)
        browser.cancel()
        found = [_ask(responder, type_, name, until) for type_, name in announced.names()]
    finally:
        responder.close()
    return tuple(sorted({info for info in found if info is not None}, key=lambda info: info.device))


def _ask(responder: Zeroconf, type_: str, name: str, until: float) -> DeviceInfo | None:
    left = int(1000 * (until - time.monotonic()))
    info = responder.get_service_info(type_, name, timeout=max(50, min(_ANSWER_MS, left)))
    return _describe(_SCHEMES[type_], info) if info is not None else None


def _describe(scheme: str, info: ServiceInfo) -> DeviceInfo | None:
    addresses = info.parsed_addresses(IPVersion.V4Only)
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
