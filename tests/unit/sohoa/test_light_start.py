"""Commands that only look things up must not wait for libraries that decode pages."""

from __future__ import annotations

import subprocess
import sys

_HEAVY = ("numpy", "cv2", "PIL", "pikepdf", "pypdfium2", "fontTools", "simplejpeg", "reportlab")


def test_the_parts_meet_without_any_image_or_pdf_library() -> None:
    code = "import sys, sohoa.bootstrap, sohoa.cli.find, sohoa.cli.show; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not set(_HEAVY) & set(loaded.split())
