"""Which papers lie in a dossier, in which files, and how each was captured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from samples.generator.scanner import ScanSettings
from samples.generator.scene import Paper, Scene

FileKind = Literal["jpg", "png", "tiff_g4", "tiff_lzw", "tiff_jpeg", "pdf_scan", "pdf_born", "pdf_signed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paper in one file.

    Attributes:
        file: name in the dossier folder; parts with the same name share the file, in order. A ``*`` is
            replaced by the two-digit page number: one file for each page.
        scans: settings for each side in turn; the last one serves all further sides.
        blank_backs: whether the scanner also delivered the empty back of every sheet.
        is_surplus: whether the paper lies in the stack of another procedure.
    """

    paper: Paper
    file: str
    kind: FileKind
    scans: tuple[ScanSettings, ...] = (ScanSettings(),)
    blank_backs: bool = False
    is_surplus: bool = False

    def scan(self, side: int) -> ScanSettings:
        """Settings for the side with that index."""
        return self.scans[min(side, len(self.scans) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPlan:
    """A dossier before it is drawn.

    Attributes:
        procedure: procedure code, or empty.
        citizen: personal number of the citizen at the counter.
        note: what is special about it, in English, for the reader of ``dossier.toml``.
    """

    slug: str
    title: str
    procedure: str
    citizen: str
    scene: Scene
    parts: list[Part] = field(default_factory=list)
    note: str = ""
