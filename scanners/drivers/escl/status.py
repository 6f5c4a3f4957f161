"""What troubles a device, of its document of status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from dossiers.errors import DeviceCode
from scanners.drivers.escl.documents import inside, text

_FEEDER_TROUBLE: Final = {
    "ScannerAdfEmpty": DeviceCode.FEEDER_EMPTY,
    "ScannerAdfJam": DeviceCode.JAM,
    "ScannerAdfMispick": DeviceCode.JAM,
    "ScannerAdfDuplexPageTooShort": DeviceCode.JAM,
    "ScannerAdfDuplexPageTooLong": DeviceCode.JAM,
    "ScannerAdfInputTrayFailed": DeviceCode.JAM,
    "ScannerAdfInputTrayOverloaded": DeviceCode.JAM,
    "ScannerAdfHatchOpen": DeviceCode.COVER_OPEN,  # the word of the specification
    "ScannerAdfDoorOpen": DeviceCode.COVER_OPEN,  # the word of many devices
    "ScannerAdfMultipickDetected": DeviceCode.DOUBLE_FEED,
}
_BROKEN: Final = frozenset({"Aborted", "Canceled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EsclStatus:
    """State of a device.

    Attributes:
        feeder: state of the feeder in the words of eSCL; empty where the device does not say.
        jobs: state of jobs by the last part of their addresses.
    """

    feeder: str
    jobs: Mapping[str, str]

    @property
    def feeder_trouble(self) -> DeviceCode | None:
        """What is wrong with the feeder; that it is empty, too."""
        return _FEEDER_TROUBLE.get(self.feeder)

    def broke(self, job: str) -> bool:
        """Whether the device gave the job up, as far as it says."""
        return self.jobs.get(_last_part(job)) in _BROKEN


def read_status(root: Element) -> EsclStatus:
    """Reads a document of status."""
    jobs = {_last_part(text(each, "JobUri")): text(each, "JobState") for each in inside(root, "JobInfo")}
    return EsclStatus(feeder=text(root, "AdfState"), jobs=jobs)


def _last_part(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]
