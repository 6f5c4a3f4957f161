"""The faces of printed forms: Tinos, as wide as Times New Roman, with every Vietnamese letter.

Tinos is in Debian's ``fonts-croscore``. Faces are embedded as the letters that a form uses, so a form looks
the same everywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from dossiers.errors import ConfigurationError

#: Where Debian puts them.
FONT_FOLDER: Final = Path("/usr/share/fonts/truetype/croscore")
REGULAR: Final = "SohoaSerif"
BOLD: Final = "SohoaSerif-Bold"
ITALIC: Final = "SohoaSerif-Italic"
_FILES: Final = {REGULAR: "Tinos-Regular.ttf", BOLD: "Tinos-Bold.ttf", ITALIC: "Tinos-Italic.ttf"}


def register_faces(folder: Path = FONT_FOLDER) -> None:
    """Makes the faces known to reportlab; doing it again changes nothing.

    Raises:
        ConfigurationError: MISSING_FONT.
    """
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in _FILES.items():
        if name not in known:
            try:
                pdfmetrics.registerFont(TTFont(name, str(folder / file)))
            except (OSError, TTFError) as cause:
                raise ConfigurationError(
                    "MISSING_FONT",
                    vi="Thiếu phông chữ để in biểu mẫu.",
                    en=f"the font {file} is missing",
                    hint="install the Debian package fonts-croscore",
                ) from cause
