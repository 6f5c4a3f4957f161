"""What an OCR engine may be told, in words a configuration file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dossiers.errors import ConfigurationError
from pipeline.image import PageImage
from pipeline.stages.paper import LONGEST_CARD_MM

#: The page mode for a picture of a single line.
LINE_MODE: Final = 7

#: Options as they come from settings: names to plain words.
EngineOptions = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TesseractOptions:
    """How Tesseract is run.

    Attributes:
        languages: models joined by ``+``.
        page_mode: Tesseract's page segmentation mode; 4 measured best on administrative pages.
        card_page_mode: the mode for pages of the size of a card, whose words stand scattered.
        tessdata: folder of the models; empty = the usual places.
        timeout_seconds: wall-clock limit a page; greater than 0.
    """

    languages: str = "vie"
    page_mode: int = 4
    card_page_mode: int = 11
    tessdata: str = ""
    timeout_seconds: float = 60.0

    @staticmethod
    def of(options: EngineOptions) -> TesseractOptions:
        """Reads options.

        Raises:
            ConfigurationError: an unknown name or a value that does not fit; names it.
        """
        known = {"languages", "page_mode", "card_page_mode", "tessdata", "timeout_seconds"}
        for name in options:
            if name not in known:
                raise _bad(name)
        plain = TesseractOptions()
        try:
            made = TesseractOptions(
                languages=options.get("languages", plain.languages),
                page_mode=int(options.get("page_mode", plain.page_mode)),
                card_page_mode=int(options.get("card_page_mode", plain.card_page_mode)),
                tessdata=options.get("tessdata", plain.tessdata),
                timeout_seconds=float(options.get("timeout_seconds", plain.timeout_seconds)),
            )
        except ValueError as error:
            raise _bad("page_mode or timeout_seconds") from error
        if (
            not made.languages
            or not _are_modes(made.page_mode, made.card_page_mode)
            or made.timeout_seconds <= 0
        ):
            raise _bad("languages, page_mode or timeout_seconds")
        return made

    def mode_for(self, image: PageImage) -> int:
        """Returns the page mode for a page of that size."""
        longest_mm = max(image.width, image.height) / image.dpi * 25.4
        return self.card_page_mode if longest_mm <= LONGEST_CARD_MM else self.page_mode

    @property
    def modes(self) -> str:
        """Both modes, for signatures."""
        return f"psm{self.page_mode}/{self.card_page_mode}"


def _are_modes(*modes: int) -> bool:
    """Whether each is a mode that reads text: 0 and 2 only look at the layout."""
    return all(mode in (1, *range(3, 14)) for mode in modes)


def _bad(name: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_SETTING",
        vi=f"Tùy chọn của bộ nhận dạng không hợp lệ: {name}.",
        en=f"Unknown or unfit option of the OCR engine: {name}.",
    )
