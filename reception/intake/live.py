"""The part of the intake screen that changes by itself, as an answer to a request."""

from __future__ import annotations

from collections.abc import Mapping

from litestar import Response

from dossiers.dossier import Dossier
from reception.frame.asked import DeskRequest, clerk_of
from reception.frame.pages import Pages
from reception.intake.intake_view import IntakeView, mark_of, read_view
from reception.intake.reuse_answers import ReuseAnswers
from reception.services import DeskServices


class LiveScreen:
    """Reads a dossier and renders what changes: checklist, pages, scanner.

    Args:
        desk: the use cases.
        pages: the templates.
        answers: what is on file.
    """

    def __init__(self, desk: DeskServices, pages: Pages, answers: ReuseAnswers) -> None:
        self.desk = desk
        self.pages = pages
        self.answers = answers

    def view(self, request: DeskRequest, dossier: Dossier) -> IntakeView:
        """The screen as it is now."""
        answer = self.answers.of(dossier.dossier_id, clerk_of(request).name)
        language = self.pages.words_for(request).language
        with self.desk.records.transaction() as work:
            return read_view(work, work.dossiers.get(dossier.dossier_id), answer, language)

    def context(self, request: DeskRequest, dossier: Dossier) -> dict[str, object]:
        """What the templates of the screen are given."""
        view, scan = self.view(request, dossier), self.desk.scanning.state(dossier.code)
        return {
            "view": view,
            "scan": scan,
            "mark": mark_of(view, scan),
            "now": self.desk.clock().isoformat(),
        }

    def answer(
        self, request: DeskRequest, dossier: Dossier, headers: Mapping[str, str] | None = None
    ) -> Response[str]:
        """The part, whole."""
        return self.pages.answer(request, "intake/live.html", self.context(request, dossier), headers=headers)

    def answer_since(self, request: DeskRequest, dossier: Dossier, mark: str) -> Response[str]:
        """The part where it changed since a mark; else an answer without content."""
        context = self.context(request, dossier)
        if context["mark"] == mark:
            return Response("", status_code=204)
        return self.pages.answer(request, "intake/live.html", context)
