"""A group whose commands are loaded when named: a look-up does not wait for what only scanning needs."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click


class LazyGroup(click.Group):
    """A group that knows its commands by name and module.

    Args:
        places: for each command the module in ``sohoa.cli`` that holds it under the command's name, ``-``
            read as ``_``. ``--help`` of the group loads all of them.
    """

    places: Final[dict[str, str]]

    def __init__(self, *args: object, places: Mapping[str, str] | None = None, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # as click.Group takes them
        self.places = dict(places or {})

    def list_commands(self, context: click.Context) -> list[str]:
        """Names of all commands, sorted."""
        return sorted({*self.places, *super().list_commands(context)})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Loads the command; ``None`` where there is none of this name."""
        if name not in self.commands and name in self.places:
            module = import_module(f"sohoa.cli.{self.places[name]}")
            self.add_command(getattr(module, name.replace("-", "_")), name)
        return super().get_command(context, name)
