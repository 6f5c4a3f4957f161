"""Which steps of the cleaning a page may go through; all of them unless a measurement switches some off."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CleaningSteps:
    """Steps that may be taken; each still looks first whether the page needs it.

    Attributes:
        separate_ink: coloured seals and stamps are taken off the print.
        even_background: paper is divided out.
        suppress_bleed: pale print from the back is whitened.
        despeckle: isolated specks are removed.
        smooth_bilevel: 1-bit edges are repaired and made grey.
        remove_leaders: dotted leaders are taken out.
        remove_combs: boxes of single digits are taken out.
        rescale: the page is brought to the resolution that the engine reads best.
    """

    separate_ink: bool = True
    even_background: bool = True
    suppress_bleed: bool = True
    despeckle: bool = True
    smooth_bilevel: bool = True
    remove_leaders: bool = True
    remove_combs: bool = True
    rescale: bool = True
