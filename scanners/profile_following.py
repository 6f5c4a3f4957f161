"""Which profile the sheets of a batch are scanned with: separators name it, the device must be able to.

Rule: a profile is taken up only where no sheet can be lost by it and nobody has to move paper: between two
sheets of a feeder that holds them. Otherwise scanning goes on as before, and the pages say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from scanners.driver import Scanner
from scanners.judgement.finding import PageJudgement
from scanners.profiles import Profile, misfits
from scanners.session import ArrivedPage, ScanSession, present_pages, sides_of
from scanners.settings import Capabilities, ScanSettings, Source

Judged = Callable[[ArrivedPage], PageJudgement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a sheet is scanned: the profile by name, and what it asks of the device."""

    profile: str
    settings: ScanSettings

    @property
    def sides(self) -> int:
        """Sides of a sheet that the device gives."""
        return sides_of(self.settings)


class ProfileFollowing:
    """Follows the profiles that separators name in one session.

    Args:
        session: the session; its own profile is the first one.
        profiles: those of the counter by name; none: the session's holds throughout.
    """

    def __init__(self, session: ScanSession, profiles: Mapping[str, Profile]) -> None:
        self._profiles = profiles
        self._own = Manner(profile=session.profile, settings=session.settings)

    def manner(self, pages: Iterable[ArrivedPage], judged: Judged, sheet: int, scanner: Scanner) -> Manner:
        """How a sheet is scanned: the last profile named before it that the device can follow.

        Args:
            pages: all that arrived.
            judged: what is said of each.
            sheet: 1-based sheet of the session.
            scanner: the device; asked what it can do only where a profile is named.

        Raises:
            DeviceError: it does not answer.
        """
        before = [page for page in present_pages(tuple(pages)) if page.sheet < sheet]
        for name in reversed(_named(before, judged)):
            manner = self.follow(name, scanner)
            if manner is not None:
                return manner
        return self._own

    def wanted(self, pages: Iterable[ArrivedPage], judged: Judged, sheet: int) -> str:
        """The profile that a sheet names; empty: none."""
        names = _named([page for page in present_pages(tuple(pages)) if page.sheet == sheet], judged)
        return names[-1] if names else ""

    @property
    def is_on(self) -> bool:
        """Whether there are profiles to follow."""
        return bool(self._profiles)

    def dpi_of(self, page: ArrivedPage) -> int:
        """The resolution that a page that arrived was asked for with; 0 where its profile is gone."""
        if page.profile in ("", self._own.profile):
            return self._own.settings.dpi
        profile = self._profiles.get(page.profile)
        return profile.settings.dpi if profile is not None else 0

    def follow(self, name: str, scanner: Scanner) -> Manner | None:
        """How sheets are scanned with a profile; ``None`` where this device cannot take it up by itself.

        Raises:
            DeviceError: it does not answer.
        """
        if name == self._own.profile:
            return self._own
        profile = self._profiles.get(name)
        if profile is None or not _can_follow(profile, scanner.capabilities()):
            return None
        return Manner(profile=name, settings=profile.settings)


def _named(pages: Iterable[ArrivedPage], judged: Judged) -> list[str]:
    meanings = (judged(page).sheet.meaning for page in pages)
    return [meaning.profile for meaning in meanings if meaning is not None and meaning.profile]


def _can_follow(profile: Profile, device: Capabilities) -> bool:
    is_fed = profile.settings.source is not Source.FLATBED and not profile.is_card
    return is_fed and device.holds_sheets and not misfits(profile.settings, device)
