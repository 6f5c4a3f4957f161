"""What the screen of a case and the interface for programs need of the counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dossiers.case_desk import Doing
from dossiers.case_order import CaseOrder
from dossiers.case_standing import CaseStanding
from dossiers.form_template import FormId

#: Forms about a case as it is; the others go out with what is done to it.
PRINTABLE = (FormId.RECEIPT, FormId.CONTROL_SLIP, FormId.POSTAL_LABEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedForm:
    """A form that was printed.

    Attributes:
        form: which one, ``declaration`` for that of the procedure.
        key: of the PDF among the derivatives.
        conflicts: names on which the confirmed papers disagree, left empty; for a declaration only.
    """

    form: str
    key: str
    conflicts: tuple[str, ...] = ()


class CaseCounter(Protocol):
    """The use cases of a case; those of the command line."""

    def standing(self, dossier_id: str) -> CaseStanding:
        """Where a case stands now; RecordError NO_CASE where the dossier has none."""
        ...

    def carry_out(self, dossier_id: str, order: CaseOrder) -> PrintedForm | None:
        """Does something to a case and prints the form that goes out with it, if there is one.

        Raises:
            InputError: BAD_VALUE, a day is missing.
            RecordError: NO_CASE; NO_REASON; IllegalMove; StaleVersion.
            AgainstRule: SUPPLEMENT_ASKED_BEFORE, NOTHING_ASKED, REAPPOINTED_BEFORE, BAD_NEW_DAY.
            ConfigurationError: BAD_FORM, the office's template cannot be used; nothing was done.
        """
        ...

    def take_back(self, dossier_id: str, doing: Doing) -> None:
        """Takes back what was done last.

        Raises:
            RecordError: NO_CASE; StaleVersion.
            AgainstRule: NOT_TAKEN_BACK.
        """
        ...

    def print_form(self, dossier_id: str, form: FormId) -> PrintedForm:
        """Prints a form about a case as it is.

        Raises:
            RecordError: NO_CASE.
            ConfigurationError: BAD_FORM.
        """
        ...

    def print_declaration(self, dossier_id: str, declared: Mapping[str, str]) -> PrintedForm:
        """Prints the declaration of the procedure, filled in from confirmed papers and what is declared.

        Raises:
            RecordError: NO_CASE; NO_DECLARATION, there is no template for the procedure.
        """
        ...

    def print_register(self, point: str, first: date, last: date) -> bytes:
        """The register of a receiving point for some days of one year, as PDF.

        Raises:
            InputError: BAD_VALUE, the days do not lie in one year, or the last lies before the first.
        """
        ...
