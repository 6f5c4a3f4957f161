"""Names of what a page process does for its parent."""

from __future__ import annotations

from typing import Final

PROBE: Final = "probe"
INSPECT: Final = "inspect"
READ: Final = "read"
RENDER: Final = "render"
CROP: Final = "crop"
VIEW: Final = "view"
