"""Which sheet and side the pages of a stream are, in the order in which devices deliver them."""

from __future__ import annotations

from dataclasses import dataclass

from scanners.driver import RawPage, Side
from scanners.drivers.encoding import suffix
from scanners.settings import ScanSettings, Source


@dataclass(slots=True)
class SheetCounter:
    """Numbers pages: duplex devices deliver the front of a sheet before its back."""

    settings: ScanSettings
    delivered: int = 0

    @property
    def sheet(self) -> int:
        """1-based sheet that the next page lies on: the one to put back if it does not come."""
        return self.delivered // self._sides + 1

    def page(self, content: bytes, dpi: int | None = None) -> RawPage:
        """Makes the next page of its bytes."""
        is_back = self._sides == 2 and self.delivered % 2 == 1
        mark = ("b" if is_back else "a") if self._sides == 2 else ""
        page = RawPage(
            sequence=self.delivered,
            name=f"scan-{self.sheet:04d}{mark}.{suffix(content)}",
            content=content,
            sheet=self.sheet,
            side=Side.BACK if is_back else Side.FRONT,
            dpi=dpi or self.settings.dpi,
        )
        self.delivered += 1
        return page

    @property
    def _sides(self) -> int:
        return 2 if self.settings.source is Source.FEEDER_DUPLEX else 1
