"""What the intake screen needs from devices, forms and card readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from dossiers.case_desk import CaseOpening
from dossiers.case_file import CaseFile
from dossiers.dossier import Dossier
from dossiers.errors import SohoaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What an identity card says of its holder; dates are ISO."""

    number: str
    old_number: str
    name: str
    birth_date: str
    residence: str


class CardReader(Protocol):
    """Understands the line that a card reader types, or the QR code of a card."""

    def read(self, text: str) -> Card | None:
        """Returns what the line says; ``None`` where it is no card's."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A scanner to choose: a key that tells nothing about it, and its name; none for the usual one."""

    key: str
    label: str


class ScanStage(StrEnum):
    """How far a scan is."""

    IDLE = "idle"  # none was started since the desk was opened
    SCANNING = "scanning"
    STOPPED = "stopped"  # the device needs a hand; then it goes on
    DONE = "done"
    FAILED = "failed"  # it cannot go on; what arrived is safe


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanState:
    """One scan into a dossier.

    Attributes:
        stage: how far it is.
        device: what people call the scanner; empty where none was started.
        pages: pages that arrived in it.
        put_back: 1-based sheet to put back first; 0 where none is named.
        trouble: what stopped it.
        waiting: pages that wait in the spool because the centre does not answer.
        difference: sheets too many (positive) or too few, beside what was declared.
    """

    stage: ScanStage
    device: str = ""
    pages: int = 0
    put_back: int = 0
    trouble: SohoaError | None = None
    waiting: int = 0
    difference: int = 0


class ScanDesk(Protocol):
    """Feeds papers into dossiers; calls but ``read_card`` return at once, the device works by itself."""

    def devices(self) -> Sequence[Device]:
        """Scanners that can be chosen, the usual one first; those of the network as last found."""
        ...

    def start(self, dossier_code: str, device: str, *, replaces: str, sheets: int | None, by: str) -> None:
        """Starts a scan into a dossier.

        Args:
            dossier_code: the dossier.
            device: key of the scanner; empty for the usual one.
            replaces: id of the page that the next sheet is scanned in place of; empty: pages are added.
            sheets: how many the clerk counted; ``None`` where nobody counted.
            by: who asks for it.

        Raises:
            DeviceError: ``DEVICE_BUSY``, the scanner is at work for another dossier.
        """
        ...

    def go_on(self, dossier_code: str) -> None:
        """Goes on after a hand was lent; nothing happens where no scan of the dossier waits."""
        ...

    def end(self, dossier_code: str) -> None:
        """Stops a scan; what arrived stays. Nothing happens where none runs."""
        ...

    def state(self, dossier_code: str) -> ScanState:
        """How far the last scan into a dossier is; one that a kill of the desk cut short is ``STOPPED``."""
        ...

    def read_card(self, device: str) -> Sequence[str]:
        """Scans a card that lies on the scanner; returns what its QR codes say, and keeps no picture.

        Takes as long as the device does, seconds.

        Args:
            device: key of the scanner; empty for the usual one.

        Raises:
            DeviceError: the scanner fails or is at work.
            ConfigurationError: there is none.
        """
        ...


class CounterDesk(Protocol):
    """Opens dossiers and prints receipts."""

    def open(self, opening: CaseOpening, by: str) -> Dossier:
        """Opens a dossier with its case; the same intake key is the same opening.

        Raises:
            RecordError: PROCEDURE_UNKNOWN, PROCEDURE_AMBIGUOUS.
            AgainstRule: NOT_RECEIVED_HERE.
        """
        ...

    def case_file(self, dossier_id: str) -> CaseFile:
        """Everything about one case; RecordError NO_CASE where there is none."""
        ...

    def take_in(self, dossier_id: str, by: str, *, incomplete: bool) -> str:
        """Takes a dossier in, starts its term, prints the receipt; again, it prints the receipt anew.

        Nobody waits for pages to be read.

        Returns:
            The key of the receipt among the derivatives, a PDF.

        Raises:
            AgainstRule: PAPERS_MISSING, main papers are missing and ``incomplete`` is not said.
        """
        ...
