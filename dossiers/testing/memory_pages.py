"""Pages and their readings, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dossiers.errors import StaleVersion
from dossiers.page import Page, PageState
from dossiers.reading import PageReading
from dossiers.testing.memory_state import MemoryState, ReadingRow, check_text, duplicate, not_found


class MemoryPageRecords:
    """Implements ``dossiers.ports.PageRecords``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def add(self, page: Page) -> None:
        """Adds a page; ``DUPLICATE`` if its id or its number and revision in the dossier is taken."""
        if page.dossier_id not in self._state.dossiers or page.file_id not in self._state.files:
            raise not_found(f"dossier or file of page {page.page_id}")
        own = (p for p in self._state.pages.values() if p.dossier_id == page.dossier_id)
        places = {(p.number, p.revision) for p in own}
        if page.page_id in self._state.pages or (page.number, page.revision) in places:
            raise duplicate("page")
        self._state.pages[page.page_id] = page

    def get(self, page_id: str) -> Page:
        """Returns the page or raises ``NOT_FOUND``."""
        if page_id not in self._state.pages:
            raise not_found(f"page {page_id}")
        return self._state.pages[page_id]

    def of_dossier(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier in their order, without those that were replaced or set aside."""
        beside = (PageState.REPLACED, PageState.SET_ASIDE)
        return tuple(p for p in self._all(dossier_id) if p.state not in beside)

    def aside(self, dossier_id: str) -> Sequence[Page]:
        """Pages of the dossier that are no papers, in the order of receipt."""
        return tuple(p for p in self._all(dossier_id) if p.state is PageState.SET_ASIDE)

    def replaced(self, dossier_id: str) -> Sequence[Page]:
        """Pages that others took the place of, by number, then in the order of receipt."""
        return tuple(p for p in self._all(dossier_id) if p.state is PageState.REPLACED)

    def _all(self, dossier_id: str) -> list[Page]:
        own = (page for page in self._state.pages.values() if page.dossier_id == dossier_id)
        return sorted(own, key=lambda page: (page.order, page.number, page.revision))

    def save(self, *changed: Page) -> None:
        """Saves state and document over the versions they carry; where a page came from stays as it is."""
        for page in changed:
            present = self.get(page.page_id)
            if present.version != page.version:
                raise StaleVersion(f"page {page.page_id}")
            self._state.pages[page.page_id] = replace(
                present, state=page.state, document_id=page.document_id, version=page.version + 1
            )

    def place(self, page: Page) -> None:
        """Saves a page with its number and revision; ``DUPLICATE`` if that place of the dossier is taken."""
        others = (p for p in self._state.pages.values() if p.page_id != page.page_id)
        if any(
            (p.dossier_id, p.number, p.revision) == (page.dossier_id, page.number, page.revision)
            for p in others
        ):
            raise duplicate("page")
        self.save(page)
        self._state.pages[page.page_id] = replace(
            self._state.pages[page.page_id], number=page.number, revision=page.revision
        )

    def arrange(self, page: Page) -> None:
        """Saves where a clerk put a page and what it was named; its state stays as it is."""
        present = self.get(page.page_id)
        if present.version != page.version:
            raise StaleVersion(f"page {page.page_id}")
        self._state.pages[page.page_id] = replace(
            present,
            place=page.place,
            turned=page.turned,
            named_type=page.named_type,
            opens_document=page.opens_document,
            version=page.version + 1,
        )

    def add_reading(self, page_id: str, effect_key: str, reading: PageReading, artefact_key: str) -> bool:
        """Adds the reading of a page once; ``False`` where this effect is there already."""
        self.get(page_id)
        check_text(reading.text)
        if (page_id, effect_key) in self._state.readings:
            return False
        self._state.readings[page_id, effect_key] = ReadingRow(
            page_id=page_id, effect_key=effect_key, reading=reading, artefact_key=artefact_key
        )
        return True

    def reading(self, page_id: str) -> tuple[PageReading, str] | None:
        """Returns the newest reading of the page and the key of its full result, if any."""
        rows = [row for row in self._state.readings.values() if row.page_id == page_id]
        return (rows[-1].reading, rows[-1].artefact_key) if rows else None

    def readings(self, dossier_id: str) -> Mapping[str, PageReading]:
        """The newest reading of each page of the dossier that was read, by page id."""
        own = {page.page_id for page in self._all(dossier_id)}
        return {row.page_id: row.reading for row in self._state.readings.values() if row.page_id in own}

    def glance(self, page_id: str) -> tuple[Page, bool] | None:
        """The page and whether it was ever read; ``None`` where there is no such page."""
        page = self._state.pages.get(page_id)
        return None if page is None else (page, self.reading(page_id) is not None)

    def is_waiting(self, dossier_id: str) -> bool:
        """Whether a page of the dossier waits to be read."""
        return any(page.state is PageState.RECEIVED for page in self._all(dossier_id))

    def last_number(self, dossier_id: str) -> int:
        """The highest number among the pages that ``of_dossier`` gives; 0 where there are none."""
        return max((page.number for page in self.of_dossier(dossier_id)), default=0)

    def in_state(self, state: PageState, limit: int, within: Sequence[str] = ()) -> Sequence[Page]:
        """Pages in a state, newest first, at most so many."""
        newest = [each for each in reversed(self._state.pages.values()) if each.state is state]
        return tuple([each for each in newest if self._state.is_within(each.dossier_id, within)][:limit])

    def counts(self) -> dict[PageState, int]:
        """How many pages are in each state, those without any included."""
        counted = Counter(page.state for page in self._state.pages.values())
        return {state: counted[state] for state in PageState}
