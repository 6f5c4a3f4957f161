"""The counter of the desk: dossiers opened, receipts printed; see ``reception.intake.ports.CounterDesk``."""

from __future__ import annotations

from dossiers.case_desk import CaseOpening, Doing
from dossiers.case_file import CaseFile
from dossiers.case_moves import Action
from dossiers.case_rules import papers_missing
from dossiers.dossier import Dossier
from dossiers.form_template import FormId
from sohoa.office import Office


class OfficeCounter:
    """The use cases over the office of the command line."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def open(self, opening: CaseOpening, by: str) -> Dossier:
        """Opens a dossier with its case."""
        dossier, _ = self._office.desk.open(opening, Doing(by=by))
        return dossier

    def case_file(self, dossier_id: str) -> CaseFile:
        """Everything about one case."""
        return self._office.case_file(dossier_id)

    def take_in(self, dossier_id: str, by: str, *, incomplete: bool) -> str:
        """Takes a dossier in and prints the receipt; the template is checked first."""
        office = self._office
        office.template(FormId.RECEIPT)
        file = office.case_file(dossier_id)
        if file.missing and not incomplete:
            raise papers_missing([each.rule.name for each in file.missing])
        if office.moves.find(file.case.state, Action.ACCEPT) is not None:
            office.desk.move(dossier_id, Action.ACCEPT, Doing(by=by))
        return office.derivatives.put_once(office.print_form(dossier_id, FormId.RECEIPT))
