"""The centre of a batch: what it opens is put into the batch."""

from __future__ import annotations

from dossiers.batch_desk import BatchDesk
from dossiers.dossier import Dossier
from dossiers.intake import RawFile, Receipt
from dossiers.local_time import day_in_vietnam
from dossiers.opening import Opening
from dossiers.page import derived_id
from scanners.drivers.hot_folder.profile import FolderProfile
from scanners.session import ScanSession
from scanners.station_delivery import Centre
from sohoa.clock import utc_now


class BatchCentre:
    """Implements ``scanners.station_delivery.Centre`` over another one.

    A program that is killed between opening and joining opens the same dossier again and joins it then.

    Args:
        centre: does the work.
        batches: notes it.
        batch_id: of the batch.
        name: what people call it.
    """

    def __init__(self, centre: Centre, batches: BatchDesk, batch_id: str, name: str) -> None:
        self._centre = centre
        self._batches = batches
        self._batch_id = batch_id
        self._name = name

    def open_dossier(self, opening: Opening) -> Dossier:
        """Opens a dossier in the batch."""
        dossier = self._centre.open_dossier(opening)
        self._batches.join(self._batch_id, dossier.branch, self._name, dossier.dossier_id)
        return dossier

    def dossier_by_code(self, code: str) -> Dossier:
        """Returns a dossier that is there already; it belongs to no batch by that."""
        return self._centre.dossier_by_code(code)

    def receive_file(self, dossier_id: str, raw: RawFile) -> Receipt:
        """Takes in a page."""
        return self._centre.receive_file(dossier_id, raw)


def folder_batch(profile: FolderProfile) -> tuple[str, str]:
    """Id and name of what a hot folder takes today."""
    day = day_in_vietnam(utc_now())
    name = f"{profile.title or profile.name} {day:%d/%m/%Y}"
    return derived_id("folder", profile.name, day.isoformat()), name


def scan_batch(session: ScanSession) -> tuple[str, str]:
    """Id and name of a scanned stack."""
    return derived_id("scan", session.session_id), session.opening.title or session.session_id
