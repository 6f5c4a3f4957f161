"""What goes into a printed form: its values, its rows and the content of its QR code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from dossiers.form_template import FormTemplate

#: Between the parts of a QR code, as on identity cards; that form papers use it too is our reading.
_BETWEEN: Final = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMark:
    """The content of the QR code at the top left (Thông tư 01/2023/TT-VPCP), as far as it is known.

    Attributes:
        dossier_code: the dossier.
        procedure_code: the procedure; may be empty.
        owner_identifier: of the person or organisation; may be empty.
        paper_name: what this paper is.
    """

    dossier_code: str
    procedure_code: str
    owner_identifier: str
    paper_name: str

    @property
    def text(self) -> str:
        """What the code says: the four parts in order, between bars."""
        parts = (self.dossier_code, self.procedure_code, self.owner_identifier, self.paper_name)
        return _BETWEEN.join(each.replace(_BETWEEN, " ") for each in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """The values of one form.

    Attributes:
        values: single values by the name of their place; one that is missing or empty is printed as dots.
        lists: rows of tables by the name of the list.
        mark: the QR code; ``None`` for a paper about no single dossier.
    """

    values: Mapping[str, str]
    lists: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    mark: PaperMark | None = None


class FormPrinter(Protocol):
    """Makes a PDF of a form."""

    def print_form(self, template: FormTemplate, facts: FormFacts) -> bytes:
        """Returns a PDF with all its fonts in it; the same template and facts give the same bytes.

        Raises:
            ConfigurationError: MISSING_FONT.
        """
        ...
