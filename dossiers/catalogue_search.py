"""Finding procedures by words, with or without tone marks, mistyped ones too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossiers.procedures import Procedure
from dossiers.text_folding import fold, tone_key
from dossiers.typing_slips import is_slip_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    procedure: Procedure
    words: tuple[str, ...]
    folded_name: str
    toned_name: str


class ProcedureIndex:
    """Names, fields, levels and numbers of procedures, folded once."""

    def __init__(self, procedures: Sequence[Procedure]) -> None:
        self._entries = tuple(_entry(each) for each in procedures)
        self._vocabulary = tuple({word for entry in self._entries for word in entry.words})

    def search(self, words: str) -> tuple[Procedure, ...]:
        """Procedures in which every word occurs, also as the beginning of a word; the best first.

        Best: the words stand together with the same tones, then together without tones, then the shortest
        name. Where nothing is found, words that were mistyped by a letter or two count as well. No words
        find nothing.
        """
        asked = fold(words).split()
        if not asked:
            return ()
        found = [entry for entry in self._entries if _has_all(entry, asked)] or self._mistyped(asked)
        phrase, toned = " ".join(asked), tone_key(words)
        found.sort(
            key=lambda entry: (
                toned not in entry.toned_name,
                phrase not in entry.folded_name,
                len(entry.folded_name),
                entry.procedure.number,
            )
        )
        return tuple(entry.procedure for entry in found)

    def _mistyped(self, asked: Sequence[str]) -> list[_Entry]:
        meant = [
            {word for word in self._vocabulary if word.startswith(each) or is_slip_of(each, word)}
            for each in asked
        ]
        return [entry for entry in self._entries if all(not words.isdisjoint(entry.words) for words in meant)]


def _entry(procedure: Procedure) -> _Entry:
    folded = fold(procedure.name)
    places = fold(f"{procedure.field} {procedure.level} {procedure.number}")
    letters = "".join(each if each.isalnum() else " " for each in folded)
    return _Entry(
        procedure=procedure,
        words=tuple(dict.fromkeys((*letters.split(), *places.split()))),
        folded_name=folded,
        toned_name=tone_key(procedure.name),
    )


def _has_all(entry: _Entry, asked: Sequence[str]) -> bool:
    return all(any(word.startswith(each) for word in entry.words) for each in asked)
