"""Search in memory: reads everything, finds the same as the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossiers.citizens import number_of
from dossiers.document import Document, DocumentState
from dossiers.dossier import Dossier
from dossiers.page import Page, PageState
from dossiers.search import Hit, Query
from dossiers.search_words import (
    best_line,
    check_query,
    holds_in_order,
    holds_phrase,
    is_person_field,
    opened_between,
    phrases_of,
    words_of,
)
from dossiers.testing.memory_state import MemoryState, check_text, not_found
from dossiers.text_folding import to_nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A document with its pages, or a dossier with the pages that no document holds."""

    dossier: Dossier
    document: Document | None
    pages: tuple[Page, ...]


class MemorySearchIndex:
    """Implements ``dossiers.ports.SearchIndex``."""

    def __init__(self, state: MemoryState) -> None:
        self._state = state

    def index_page(self, page: Page, text: str) -> None:
        """Makes the text of a page findable in place of what was indexed for it before."""
        if page.page_id not in self._state.pages:
            raise not_found(f"page {page.page_id}")
        check_text(text)
        self._state.texts[page.page_id] = to_nfc(text)

    def find(self, query: Query) -> Sequence[Hit]:
        """Answers the query, newest dossier first, then by document and page.

        Raises:
            InputError: ``BAD_QUERY``, nothing is asked.
        """
        check_query(query)
        newest = list(reversed(self._state.dossiers.values()))
        newest.sort(key=lambda dossier: dossier.opened_at, reverse=True)
        if query.older_than is not None:
            ids = [dossier.dossier_id for dossier in newest]
            newest = newest[ids.index(query.older_than) + 1 :] if query.older_than in ids else []
        hits = []
        for dossier in newest:
            if self._is_asked(dossier, query):
                found = (self._hit(candidate, query) for candidate in self._candidates(dossier, query))
                hits += [hit for hit in found if hit is not None]
        return tuple(hits[: query.limit])

    def _is_asked(self, dossier: Dossier, query: Query) -> bool:
        first, after = opened_between(query)
        own = self._state.agencies(dossier.dossier_id)
        return (
            (not query.procedure_codes or dossier.procedure_code in query.procedure_codes)
            and (not query.agency_codes or not own.isdisjoint(query.agency_codes))
            and self._state.is_within(dossier.dossier_id, query.within)
            and (not query.dossier_code or query.dossier_code == dossier.code)
            and (first is None or dossier.opened_at >= first)
            and (after is None or dossier.opened_at < after)
            and (not query.citizen_number or self._bears_number(dossier, query.citizen_number))
        )

    def _bears_number(self, dossier: Dossier, number: str) -> bool:
        asked = number_of(number)
        values = [each.value for d in self._documents(dossier) for each in d.fields]
        return asked is not None and any(
            number_of(each) == asked for each in (dossier.citizen_number, *values)
        )

    def _documents(self, dossier: Dossier) -> list[Document]:
        own = [d for d in self._state.documents.values() if d.dossier_id == dossier.dossier_id]
        return sorted((d for d in own if d.state is not DocumentState.WITHDRAWN), key=lambda d: d.ordinal)

    def _candidates(self, dossier: Dossier, query: Query) -> Iterator[_Candidate]:
        pages = [p for p in self._state.pages.values() if p.dossier_id == dossier.dossier_id]
        pages = [page for page in pages if page.state is not PageState.REPLACED]
        pages.sort(key=lambda page: page.number)
        documents = self._documents(dossier)
        for document in documents:
            own = tuple(page for page in pages if page.page_id in document.page_ids)
            yield _Candidate(dossier=dossier, document=document, pages=own)
        filed = {page_id for document in documents for page_id in document.page_ids}
        rest = tuple(page for page in pages if page.page_id not in filed)
        if not documents or query.words or query.person:
            yield _Candidate(dossier=dossier, document=None, pages=rest)

    def _hit(self, candidate: _Candidate, query: Query) -> Hit | None:
        document = candidate.document
        type_id = document.type_id if document else None
        if query.type_id and query.type_id != type_id:
            return None
        worded = [page for page in candidate.pages if self._holds_words(page, query)]
        named = [page for page in candidate.pages if self._holds_name(page, query)]
        if query.words and not worded:
            return None
        if query.person and not named and not _names_person(document, query):
            return None
        page = next(iter(worded if query.words else named), None)
        return Hit(
            dossier_id=candidate.dossier.dossier_id,
            dossier_code=candidate.dossier.code,
            document_id=document.document_id if document else None,
            type_id=type_id,
            page_number=page.number if page else None,
            snippet=self._snippet(page, query),
        )

    def _holds_words(self, page: Page, query: Query) -> bool:
        if not query.words:
            return False
        words = words_of(self._text(page), exact_tones=query.exact_tones)
        phrases = phrases_of(query.words, exact_tones=query.exact_tones)
        return all(holds_phrase(words, phrase) for phrase in phrases)

    def _holds_name(self, page: Page, query: Query) -> bool:
        if not query.person:
            return False
        words = words_of(self._text(page), exact_tones=query.exact_tones)
        return holds_phrase(words, words_of(query.person, exact_tones=query.exact_tones))

    def _snippet(self, page: Page | None, query: Query) -> str:
        if page is None or not query.words:
            return ""
        phrases = phrases_of(query.words, exact_tones=query.exact_tones)
        return best_line(self._text(page), phrases, exact_tones=query.exact_tones)

    def _text(self, page: Page) -> str:
        return self._state.texts.get(page.page_id, "")


def _names_person(document: Document | None, query: Query) -> bool:
    if document is None or not query.person:
        return False
    name = words_of(query.person, exact_tones=query.exact_tones)
    values = [each.value for each in document.fields if each.value and is_person_field(each.name)]
    return any(holds_in_order(words_of(v, exact_tones=query.exact_tones), name) for v in values)
