"""Who looks at bytes and at stacks of pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from dossiers.proposal import DocumentProposal
from dossiers.reading import PageReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a look at a file's bytes says: its type by content, its pages, remarks such as ``REPAIRED``."""

    media_type: str
    page_count: int
    flags: tuple[str, ...] = ()


class Inspector(Protocol):
    """Looks at untrusted bytes, in a sandbox."""

    def inspect(self, content: bytes, suffix: str) -> Inspection:
        """Decides type and page count; may be repeated.

        Args:
            content: the whole file.
            suffix: the extension of the name it came under, with dot, or empty.

        Raises:
            InputError: the file cannot be taken (rules R1-R6).
            EngineError: the sandbox failed; the file may be good.
        """
        ...


class Segmenter(Protocol):
    """Cuts a stack of pages into documents."""

    def assemble(
        self, readings: Sequence[PageReading], expected: Collection[str] = ()
    ) -> tuple[DocumentProposal, ...]:
        """Proposes documents; a pure function. Every position is in exactly one of them.

        Args:
            readings: the pages in the order of the stack.
            expected: document types that the checklist asks for; a hint, they need not be there.
        """
        ...
