"""What an OCR engine may be told, in words a configuration file can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dossiers.errors import ConfigurationError

#: Options as they come from settings: names to plain words.
EngineOptions = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TesseractOptions:
    """How Tesseract is run.

    Attributes:
        languages: models joined by ``+``.
        page_mode: Tesseract's page segmentation mode; 4 measured best on administrative pages.
        tessdata: folder of the models; empty = the usual places.
        timeout_seconds: wall-clock limit a page; greater than 0.
    """

    languages: str = "vie"
    page_mode: int = 4
    tessdata: str = ""
    timeout_seconds: float = 60.0

    @staticmethod
    def of(options: EngineOptions) -> TesseractOptions:
        """Reads options.

        Raises:
            ConfigurationError: an unknown name or a value that does not fit; names it.
        """
        known = {"languages", "page_mode", "tessdata", "timeout_seconds"}
        for name in options:
            if name not in known:
                raise _bad(name)
        plain = TesseractOptions()
        try:
            made = TesseractOptions(
                languages=options.get("languages", plain.languages),
                page_mode=int(options.get("page_mode", plain.page_mode)),
                tessdata=options.get("tessdata", plain.tessdata),
                timeout_seconds=float(options.get("timeout_seconds", plain.timeout_seconds)),
            )
        except ValueError as error:
            raise _bad("page_mode or timeout_seconds") from error
        if not made.languages or not 0 <= made.page_mode <= 13 or made.timeout_seconds <= 0:
            raise _bad("languages, page_mode or timeout_seconds")
        return made


def _bad(name: str) -> ConfigurationError:
    return ConfigurationError(
        "BAD_SETTING",
        vi=f"Tùy chọn của bộ nhận dạng không hợp lệ: {name}.",
        en=f"Unknown or unfit option of the OCR engine: {name}.",
    )
