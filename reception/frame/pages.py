"""Makes pages from templates: every value is escaped, a name that is not given is an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import State
from litestar.enums import MediaType

from reception.frame.area import Link
from reception.frame.language import language_of
from reception.frame.person import person_of
from reception.frame.static_files import StaticFiles
from reception.frame.words import LANGUAGES, Words
from reception.services import DeskServices

#: A request as handlers of the desk see it.
DeskRequest = Request[object, object, State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Templates, words and what every page shows around its own part.

    Attributes:
        environment: the templates.
        words: by language.
        static_files: scripts and styles.
        links: the navigation.
        desk: names of the office and the usual language.
    """

    environment: Environment
    words: Mapping[str, Words]
    static_files: StaticFiles
    links: Sequence[Link]
    desk: DeskServices

    def words_for(self, request: DeskRequest) -> Words:
        """The words in the language of the browser."""
        return self.words[language_of(request, self.desk.language)]

    def answer(
        self,
        request: DeskRequest,
        template: str,
        context: Mapping[str, object] | None = None,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response[str]:
        """Renders a template as the answer to a request.

        Args:
            request: what was asked.
            template: its name below ``reception/templates``.
            context: values for it, beside those of ``frame``.
            status: HTTP status.
            headers: headers of the answer.
        """
        text = self.render(request, template, context)
        return Response(text, media_type=MediaType.HTML, status_code=status, headers=dict(headers or {}))

    def render(self, request: DeskRequest, template: str, context: Mapping[str, object] | None = None) -> str:
        """Renders a template to text; a whole page or a part of one."""
        made = self.environment.get_template(template)
        return made.render({**self._frame(request), **(context or {})})

    def _frame(self, request: DeskRequest) -> dict[str, object]:
        """What every template is given."""
        person = person_of(request)
        words = self.words_for(request)
        return {
            "say": words.say,
            "named": words.named,
            "language": words.language,
            "languages": LANGUAGES,
            "static": self.static_files.url,
            "person": person,
            "may": person.may if person else _may_nothing,
            "links": [each for each in self.links if person is not None and person.may(each.permission)],
            "here": request.url.path,
            "desk": self.desk,
            "csrf_token": str(request.scope.get("state", {}).get("csrf_token", "")),
        }


def make_environment() -> Environment:
    """The templates of the package; ``.html`` and everything else is escaped."""
    return Environment(
        loader=PackageLoader("reception", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _may_nothing(permission: str) -> bool:
    return not permission
