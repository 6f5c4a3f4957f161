"""The models of an installation: the delivered one and those that the office trained, one of them live.

Rule: a model file is written once under its version and never changed; the live one is named by a small
file that is replaced as a whole. Without that file the delivered model is live.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from classifiers.statistical.folder import FOLDER
from classifiers.statistical.model import LinearModel, bad_model, decode_model
from dossiers.errors import ConfigurationError

_LIVE: Final = "live"
_SUFFIX: Final = ".npz"
_CARD: Final = ".md"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfEntry:
    """A model that may be chosen."""

    version: str
    is_live: bool
    is_delivered: bool


class Shelf:
    """The models under a data folder; ``None``: the delivered one alone."""

    def __init__(self, data_dir: Path | None) -> None:
        self._folder = data_dir / FOLDER if data_dir is not None else None

    def live(self) -> LinearModel:
        """Loads the live model.

        Raises:
            ConfigurationError: ``BAD_MODEL``, it is gone or damaged.
        """
        version = self._live_version()
        return delivered_model() if version is None else self.load(version)

    def load(self, version: str) -> LinearModel:
        """Loads a model by its version.

        Raises:
            ConfigurationError: ``BAD_MODEL``, there is none of this version, or it is damaged.
        """
        delivered = delivered_model()
        if version == delivered.version:
            return delivered
        path = self._path(version)
        if path is None or not path.is_file():
            raise bad_model(f"there is no version {version}")
        model = decode_model(path.read_bytes())
        if model.version != version:
            raise bad_model(f"the file of version {version} holds another one")
        return model

    def entries(self) -> tuple[ShelfEntry, ...]:
        """Lists the models, the delivered one first, then by age."""
        delivered = delivered_model().version
        live = self._live_version() or delivered
        own: list[Path] = []
        if self._folder is not None and self._folder.is_dir():
            own = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
        versions = [delivered, *(path.stem for path in own if path.stem != delivered)]
        return tuple(
            ShelfEntry(version=each, is_live=each == live, is_delivered=each == delivered)
            for each in versions
        )

    def add(self, model: LinearModel, card: str) -> Path:
        """Writes a model with its card; it is not live yet. Returns the path of the card."""
        path = self._path(model.version)
        if path is None:
            raise bad_model("there is no data folder")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(path, model.encode())
        _replace(path.with_suffix(_CARD), card.encode())
        return path.with_suffix(_CARD)

    def use(self, version: str) -> None:
        """Makes a model live; readers that start from now on use it.

        Raises:
            ConfigurationError: ``BAD_MODEL``, there is no such model.
        """
        self.load(version)
        if self._folder is None:
            raise bad_model("there is no data folder")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _replace(self._folder / _LIVE, version.encode())

    def _live_version(self) -> str | None:
        if self._folder is None or not (self._folder / _LIVE).is_file():
            return None
        return (self._folder / _LIVE).read_text("utf-8").strip() or None

    def _path(self, version: str) -> Path | None:
        if self._folder is None or not version.replace("-", "").isalnum():
            return None
        return self._folder / f"{version}{_SUFFIX}"


def delivered_model() -> LinearModel:
    """The model that comes with the package.

    Raises:
        ConfigurationError: ``BAD_MODEL``, the installation is damaged.
    """
    return decode_model(delivered_file("model.npz"))


def delivered_file(name: str) -> bytes:
    """A data file of the package; ``BAD_MODEL`` where it is missing."""
    try:
        return files("classifiers.statistical").joinpath("data", name).read_bytes()
    except OSError as error:
        raise bad_model("the delivered model is missing") from error


def _replace(path: Path, content: bytes) -> None:
    """Writes a file so that it is there as a whole or not at all."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with scratch.open("wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        scratch.replace(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise ConfigurationError(
            "MODEL_NOT_WRITTEN",
            vi="Không ghi được mô hình vào thư mục dữ liệu.",
            en="the model cannot be written into the data folder",
        ) from error
