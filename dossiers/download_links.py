"""Links by which a browser fetches an object from the store itself, past the desk."""

from __future__ import annotations

from typing import Final, Protocol

#: Longest life of a link, seconds: it works for whoever holds it.
LONGEST_LINK_SECONDS: Final = 900


class DownloadLinks(Protocol):
    """Makes links; an object store may offer this beside its own port."""

    def link(self, key: str, *, name: str, media_type: str, seconds: int) -> str:
        """Returns an address that hands out the object for a while, as a file to be saved.

        The right to see the object is checked by whoever asks for the link, before. Whether there is such an
        object is not looked at.

        Args:
            key: of the object.
            name: file name to be offered; made by us, never one that was received.
            media_type: type told to the browser, fixed.
            seconds: life of the link, 1 to ``LONGEST_LINK_SECONDS``.

        Raises:
            RecordError: ``OBJECT_NOT_FOUND``, what is given is no key.
            ValueError: ``seconds`` is out of range: a mistake in the program.
        """
        ...
