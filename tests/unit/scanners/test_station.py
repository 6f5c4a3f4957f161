"""The station: one bad item never stops the others."""

from __future__ import annotations

from collections.abc import Iterator

from dossiers.errors import InputCode, InputError
from dossiers.intake import RawFile
from dossiers.tasks import Priority
from scanners.driver import RawPage, Unreadable
from scanners.station import Station


class ListedPages:
    name = "list"

    def __init__(self, items):
        self._items = items

    def expected(self) -> int | None:
        return None

    def scan(self) -> Iterator[RawPage | Unreadable]:
        yield from self._items

    def close(self) -> None:
        pass


class PickyIntake:
    """Refuses what says ``bad``; remembers what it got."""

    def __init__(self):
        self.got: list[RawFile] = []
        self.noted: list[tuple[str, InputCode]] = []

    def receive_file(self, dossier_id: str, raw: RawFile):
        if raw.content == b"bad":
            raise InputError(InputCode.DAMAGED)
        self.got.append(raw)

    def refuse(self, dossier_id: str, name: str, reason: InputCode) -> None:
        self.noted.append((name, reason))


def test_every_item_arrives_in_order_whatever_some_of_them_are():
    items = [
        RawPage(sequence=0, name="1.jpg", content=b"one"),
        RawPage(sequence=1, name="2.jpg", content=b"bad"),
        Unreadable(sequence=2, name="3.jpg", reason=InputCode.NOT_A_FILE),
        RawPage(sequence=3, name="4.jpg", content=b"four"),
    ]
    intake = PickyIntake()
    told = []
    arrivals = Station(intake, "d", Priority.BATCH).run(ListedPages(items), told.append)
    assert [raw.content for raw in intake.got] == [b"one", b"four"]
    assert {raw.priority for raw in intake.got} == {Priority.BATCH}
    assert [arrival.refusal.code if arrival.refusal else None for arrival in arrivals] == [
        None,
        "DAMAGED",
        "NOT_A_FILE",
        None,
    ]
    assert intake.noted == [("3.jpg", InputCode.NOT_A_FILE)]
    assert tuple(told) == arrivals
