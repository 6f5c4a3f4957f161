"""An area of the desk: its routes, its entries of the navigation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar.types import ControllerRouterHandler


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An entry of the navigation.

    Attributes:
        label: key of its words.
        path: where it leads, for example ``/intake``.
        key: access key, one letter that no other entry has.
        permission: what a person must be allowed to see it; empty: everyone at the desk.
    """

    label: str
    path: str
    key: str
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What ``routes.py`` of an area's folder exports as ``AREA``; ``reception.app`` lists them all.

    Attributes:
        routes: handlers, controllers and routers.
        links: entries of the navigation, in their order.
        permission: what its routes need unless they say otherwise (``opt={"permission": …}``); empty: that
            somebody is signed in.
    """

    routes: Sequence[ControllerRouterHandler]
    links: Sequence[Link] = ()
    permission: str = ""
