"""``sohoa batch --folder``: the files of a hot folder."""

from __future__ import annotations

import threading
from contextlib import closing

from dossiers.errors import InputError, ResourceError
from scanners.driver import RawPage, Unreadable
from scanners.drivers.hot_folder.hot_folder import HotFolder
from scanners.drivers.hot_folder.profile import choose_folder, load_folders
from sohoa.cli.session import Session
from sohoa.digitization import wait_until_read
from sohoa.hot_folder_health import NotedFolder
from sohoa.hot_folder_run import take_once, take_until, taking_of
from sohoa.hot_folder_taking import Outcome, Taken


class FolderView:
    """Tells every file on standard error."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def taken(self, item: RawPage | Unreadable, outcome: Outcome) -> None:
        """One line a file."""
        remark = self._session.remark
        if isinstance(outcome, ResourceError):
            self._session.complain(outcome)
            remark("file_stays", name=item.name)
        elif isinstance(outcome, InputError):
            text = f"{outcome.vi} / {outcome.en}"
            remark("file_refused", name=item.name, code=outcome.code, text=text)
        elif any(receipt.is_new for receipt in outcome):
            remark("file_received", name=item.name, pages=sum(r.file.page_count for r in outcome))
        else:
            remark("file_known", name=item.name)

    def postponed(self, trouble: ResourceError) -> None:
        """Files stay where they are."""
        self._session.complain(trouble)


def run_folder(session: Session, name: str, *, watches: bool, reads: bool, as_json: bool) -> int:
    """Takes the files of a hot folder and returns the exit code."""
    profile = choose_folder(load_folders(session.settings.data_dir), name)
    with (
        session.open() as application,
        taking_of(application, profile) as taking,
        closing(HotFolder(profile.path, profile.settings)) as folder,
    ):
        view = NotedFolder(FolderView(session), application.records, profile)
        if reads:
            application.readers.probe()
            application.workers.start()
        try:
            if watches:
                session.remark("folder_watched", path=profile.path)
                take_until(threading.Event(), taking, folder, profile, view)
            else:
                take_once(taking, folder, profile, view)
            if reads and taking.taken.dossiers:
                session.remark("reading")
                wait_until_read(application, list(taking.taken.dossiers), lambda _: None)
        finally:
            if reads:
                application.workers.stop()
    _tell(session, name, taking.taken, as_json=as_json)
    if taking.taken.stays:
        return ResourceError.exit_code
    return InputError.exit_code if taking.taken.refused else 0


def _tell(session: Session, name: str, taken: Taken, *, as_json: bool) -> None:
    codes = [dossier.code for dossier in taken.dossiers.values()]
    if as_json:
        refused = [{"name": each, "code": code} for each, code in taken.refused]
        stays = sorted(taken.stays)
        session.print_json(
            {
                "folder": name,
                "dossiers": codes,
                "accepted": taken.accepted,
                "refused": refused,
                "stays": stays,
            }
        )
        return
    text = session.messages.say(
        "folder_result", accepted=taken.accepted, refused=len(taken.refused), codes=", ".join(codes) or "–"
    )
    session.out.print(text, markup=False, highlight=False, soft_wrap=True)
