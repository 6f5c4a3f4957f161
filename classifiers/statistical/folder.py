"""Where the models of an installation lie."""

from __future__ import annotations

from typing import Final

#: Folder of the models in the data folder.
FOLDER: Final = "models"
