"""A driver that does not come back from stopping its device holds nobody up."""

from __future__ import annotations

import threading

import pytest

from dossiers.errors import DeviceCode, DeviceError
from scanners.driver import DeviceInfo
from scanners.drivers.sane import in_process
from scanners.drivers.sane.in_process import InProcessScanner
from scanners.drivers.sane.settings import SaneSettings


class HangingDevice:
    """Stops only when told to; stands for a driver whose reader thread never ends."""

    def __init__(self, *_: object) -> None:
        self.may_end = threading.Event()
        self.is_closed = False

    def cancel(self) -> None:
        self.may_end.wait()

    def close(self) -> None:
        self.is_closed = True


def test_a_device_that_does_not_stop_is_left_to_its_thread(monkeypatch):
    device = HangingDevice()
    monkeypatch.setattr(in_process, "Device", lambda *_: device)
    info = DeviceInfo(driver="sane", device="test:0", label="test:0")
    scanner = InProcessScanner(info, SaneSettings(), stop_seconds=0.05)
    monkeypatch.setattr(scanner, "capabilities", lambda: None)
    monkeypatch.setattr(in_process, "check_settings", lambda *_: None)
    scanner.close()
    with pytest.raises(DeviceError) as refused:
        scanner.scan(None)
    device.may_end.set()
    assert refused.value.reason is DeviceCode.OFFLINE
    assert not device.is_closed
