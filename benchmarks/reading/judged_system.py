"""A system whose PDFs are judged too, outside of the time that is measured."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from benchmarks.measurement import DigitizingSystem, Measurement
from benchmarks.page_case import PageCase
from benchmarks.reading.pdf_quality import quality


class JudgedSystem:
    """Adds figures of the PDF to each measurement."""

    def __init__(self, system: DigitizingSystem) -> None:
        self.name: Final = system.name
        self.version: Final = system.version
        self._system = system

    def measure(self, page: PageCase) -> Measurement:
        """Digitizes the page and then looks at the PDF."""
        done = self._system.digitize(page)
        if not done.pdf:
            return done.measurement
        return replace(done.measurement, quality=quality(done.pdf, page.content, page.truth["dpi"]))

    def close(self) -> None:
        """Ends the system."""
        self._system.close()
