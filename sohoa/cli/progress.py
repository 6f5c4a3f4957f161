"""Shows a running digitization: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from dossiers.catalogue import Catalogue
from dossiers.dossier import Dossier
from scanners.station import Arrival
from sohoa.checklists import procedure_of
from sohoa.cli.session import Session
from sohoa.digitization import Progress as Position


class ConsoleWatcher:
    """Tells arrivals and progress on standard error; use it in a ``with`` block."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self._session = session
        self._catalogue = catalogue
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=session.err,
            transient=True,
            disable=not session.err.is_terminal,
        )
        self._task = self._bar.add_task(session.messages.say("receiving"), total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def opened(self, dossier: Dossier) -> None:
        """Tells which dossier is being received."""
        self._session.remark("dossier_heading", code=f"{dossier.code} – {dossier.title}")
        code = dossier.procedure_code
        if code is not None and procedure_of(self._catalogue, dossier) is None:
            self._session.remark("procedure_unknown", code=code)

    def arrived(self, dossier: Dossier, arrival: Arrival) -> None:  # noqa: ARG002 - the port names it
        """Tells what became of one file."""
        remark = self._session.remark
        if arrival.refusal is not None:
            error = arrival.refusal
            remark("file_refused", name=arrival.name, code=error.code, text=f"{error.vi} / {error.en}")
        elif arrival.receipt is not None:
            file = arrival.receipt.file
            if arrival.receipt.is_double:
                remark("file_double", name=arrival.name, other=file.name)
            elif arrival.receipt.is_new:
                remark("file_received", name=arrival.name, pages=file.page_count)
            else:
                remark("file_known", name=arrival.name)

    def progressed(self, progress: Position) -> None:
        """Moves the bar."""
        done = progress.received == progress.read
        words = self._session.messages.say("rendering" if done else "reading")
        self._bar.update(self._task, description=words, total=progress.received, completed=progress.read)
