"""Texts, names and codes that hold scripts, templates and formulas run nothing on any screen or export (S26).

Every address that answers to GET is visited in a real Chromium; a new one without a visit fails.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import quote

import pikepdf
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from dossiers.permissions import Permission
from dossiers.steward import Steward
from tests.e2e.desk.hostile.hostile_office import (
    CODE,
    HTML,
    NAME,
    NUMBER,
    PASSWORD,
    PROCEDURE,
    PRODUCT,
    SIGN,
    TRAP,
    HostileOffice,
    hostile_office,
)
from tests.e2e.desk.visits import PROGRAMS, account_of, desk_paths

ASKED = quote(HTML, safe="")
#: Addresses of each route, several where one shows more than the other; by whom says ``visits``.
ADDRESSES = {
    "/": ("/",),
    "/sign-in": (f"/sign-in?back={ASKED}",),
    "/confirm-again": (f"/confirm-again?back={ASKED}",),
    "/intake": ("/intake",),
    "/intake/procedures": (f"/intake/procedures?words={ASKED}", "/intake/procedures?words=tan+cong"),
    "/intake/{code:str}": (f"/intake/{CODE}", f"/intake/{ASKED}"),
    "/intake/{code:str}/live": (f"/intake/{CODE}/live",),
    "/cases/{code:str}": (
        f"/cases/{CODE}?act=request_supplement&printed={ASKED}&form={ASKED}",
        f"/cases/{CODE}?act={ASKED}",
        f"/cases/{ASKED}",
    ),
    "/review": ("/review", f"/review?done={ASKED}"),
    "/review/next": (f"/review/next?done={ASKED}",),
    "/review/group": ("/review/group?field=person_name", f"/review/group?field={ASKED}"),
    "/review/document/{document_id:str}": ("/review/document/c1", f"/review/document/{ASKED}"),
    "/search": (f"/search?q={ASKED}", "/search?q=tan+cong", f"/search?from={ASKED}&agency={ASKED}"),
    "/search/dossier/{dossier_id:str}": (
        "/search/dossier/d1?words=tan+cong",
        f"/search/dossier/d1?words={ASKED}",
        f"/search/dossier/{ASKED}",
    ),
    "/search/dossier/{dossier_id:str}/print": ("/search/dossier/d1/print",),
    "/search/similar/{document_id:str}": ("/search/similar/c1",),
    "/tasks": ("/tasks",),
    "/waiting": ("/waiting",),
    "/reports": ("/reports",),
    "/reports/weekly/{week:str}": ("/reports/weekly/{week}", f"/reports/weekly/{ASKED}"),
    "/admin": ("/admin",),
    "/admin/accounts": ("/admin/accounts",),
    "/admin/accounts/{name:str}": ("/admin/accounts/canbo", f"/admin/accounts/{ASKED}"),
    "/admin/branches": ("/admin/branches",),
    "/admin/counters": ("/admin/counters",),
    "/admin/tables/{table:str}": (
        "/admin/tables/counter?row=0",
        "/admin/tables/agency?row=0",
        f"/admin/tables/{ASKED}",
    ),
    "/admin/calendar": ("/admin/calendar",),
    "/admin/calendar/days": ("/admin/calendar/days",),
    "/admin/catalogue": (f"/admin/catalogue?code={PROCEDURE}&q={PROCEDURE}",),
    "/admin/files/{name:str}": ("/admin/files/agencies", f"/admin/files/{ASKED}"),
    "/admin/forms": ("/admin/forms",),
    "/admin/profile": ("/admin/profile?name=hostile", f"/admin/profile?name={ASKED}"),
    "/admin/scanners": ("/admin/scanners",),
    "/admin/scanners/found": ("/admin/scanners/found",),
}
FILES = {
    "/cases/{code:str}/forms/{key:str}",
    "/register",
    "/intake/{code:str}/receipt/{key:str}",
    "/pictures/{page_id:str}",
    "/reports/weekly/{week:str}/xlsx",
    "/search/dossier/{dossier_id:str}/original/{file_id:str}",
    "/search/dossier/{dossier_id:str}/paper/{document_id:str}",
    "/search/dossier/{dossier_id:str}/zip",
}
#: Where the attack must be seen as text, or the visit proves nothing.
SHOWN = {
    "/cases/{code:str}",
    "/intake/{code:str}",
    "/intake/procedures",
    "/review",
    "/review/document/{document_id:str}",
    "/review/group",
    "/search",
    "/search/dossier/{dossier_id:str}",
    "/search/similar/{document_id:str}",
    "/tasks",
    "/waiting",
    "/reports/weekly/{week:str}",
    "/admin/accounts",
    "/admin/accounts/{name:str}",
    "/admin/branches",
    "/admin/counters",
    "/admin/tables/{table:str}",
    "/admin/catalogue",
    "/admin/profile",
    "/admin/scanners",
}
#: What programs get: texts as JSON, papers as files that no browser runs.
TOLD = {"application/json", "application/problem+json", "application/pdf", "application/zip", "image/jpeg"}
#: Tells what ran, what the policy of the page had to stop, and what stands in the page that could run.
TRAPS = f"""
window.caught = [];
window.{TRAP} = number => window.caught.push("ran " + number);
document.addEventListener("securitypolicyviolation", event =>
  window.caught.push("stopped " + event.violatedDirective + " " + event.blockedURI));
window.alive = () => [...document.querySelectorAll("*")].filter(each =>
  [...each.attributes].some(one => /^on/i.test(one.name)
    || /^\\s*javascript:/i.test(one.value) && one.name !== "value")
  || each.localName === "script" && !each.src
  || ["iframe", "object", "embed", "base"].includes(each.localName)
).map(each => each.outerHTML.slice(0, 200));
"""


@dataclass
class Window:
    """One person's browser with the traps set."""

    office: HostileOffice
    page: Page
    context: BrowserContext
    noted: list[str] = field(default_factory=list)

    def visit(self, path: str) -> str:
        """Goes there; returns what stands in the page after nothing ran."""
        self.page.goto(self.office.url + path)
        return self.look(path)

    def look(self, where: str) -> str:
        """Fails where something ran or could run."""
        content = self.page.content()
        caught = [*self.noted, *self.page.evaluate("window.caught"), *self.page.evaluate("window.alive()")]
        assert caught == [], where
        assert PRODUCT not in content, where
        return content

    def download(self, path: str) -> tuple[bytes, dict[str, str]]:
        """A file and the headers it came with."""
        answer = self.context.request.get(self.office.url + path)
        assert answer.ok, path
        return answer.body(), answer.headers


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileOffice]:
    with hostile_office(tmp_path_factory.mktemp("hostile") / "data") as made:
        yield made


@pytest.fixture(scope="module")
def window(office: HostileOffice, browser: Browser) -> Iterator[Callable[[str], Window]]:
    """A browser by the name of the account; empty for nobody."""
    opened: dict[str, Window] = {}

    def of(name: str) -> Window:
        if name not in opened:
            opened[name] = _open(office, browser, name)
        return opened[name]

    yield of
    for each in opened.values():
        each.context.close()


def _open(office: HostileOffice, browser: Browser, name: str) -> Window:
    context = browser.new_context(locale="vi-VN")
    context.add_init_script(TRAPS)
    made = Window(office, context.new_page(), context)
    made.page.on("dialog", lambda dialog: (made.noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
    made.page.on("request", lambda asked: _note_foreign(made, asked.url))
    if name:
        made.page.goto(office.url + "/sign-in")
        made.page.fill("input[name=name]", name)
        made.page.fill("input[name=password]", PASSWORD)
        made.page.keyboard.press("Enter")
        made.page.wait_for_url(lambda url: "/sign-in" not in url)
    return made


def _note_foreign(window: Window, url: str) -> None:
    if not url.startswith((window.office.url + "/", "blob:")) or url == window.office.url + "/x":
        window.noted.append(f"asked for {url}")


def test_every_address_is_visited_here() -> None:
    screens = {each for each in desk_paths() if not each.startswith(PROGRAMS)}
    assert screens == ADDRESSES.keys() | FILES


def test_nothing_runs_on_any_screen(office: HostileOffice, window: Callable[[str], Window]) -> None:
    shown = set()
    for template, paths in ADDRESSES.items():
        for path in paths:
            if SIGN in window(account_of(template)).visit(path.replace("{week}", office.week)):
                shown.add(template)
    assert shown >= SHOWN


def test_nothing_runs_where_scripts_put_texts_into_the_screen(window: Callable[[str], Window]) -> None:
    seen = window("canbo")
    seen.visit("/intake")
    for typed, awaited in ((HTML[:900], "#who .field-bad"), (NUMBER, "#found-citizen")):
        seen.page.fill("#citizen", typed)
        seen.page.press("#citizen", "Enter")
        seen.page.locator(awaited).wait_for()
        seen.look(awaited)
    seen.page.fill("#query", SIGN)
    seen.page.locator(f"#procedures [data-procedure='{PROCEDURE}']").click()
    seen.page.locator("#open-dossier").wait_for()
    assert SIGN in seen.look("checklist")
    seen.visit(f"/intake/{CODE}")
    seen.page.keyboard.press("r")
    seen.page.locator("#incomplete-names li").first.wait_for()
    assert SIGN in (seen.page.text_content("#incomplete-names") or "")
    seen.look("missing papers")
    seen.visit("/search")
    seen.page.fill("#q", HTML)
    seen.page.press("#q", "Enter")
    seen.page.wait_for_url("**/search/answers")
    assert SIGN in seen.look("answers")


def test_what_is_taken_away_runs_nothing(office: HostileOffice, window: Callable[[str], Window]) -> None:
    clerk = window("canbo")
    for path in ("original/f1", "paper/c1", "zip"):
        _, headers = clerk.download(f"/search/dossier/d1/{path}")
        assert re.fullmatch(r'attachment; filename="[A-Za-z0-9.-]+"', headers["content-disposition"])
        assert (headers["x-content-type-options"], "html" in headers["content-type"]) == ("nosniff", False)
    packed, _ = clerk.download("/search/dossier/d1/zip")
    names = zipfile.ZipFile(BytesIO(packed)).namelist()
    assert names
    assert all(re.fullmatch(r"(goc/)?[a-z0-9-]+\.(pdf|txt|jpg)", each) for each in names), names
    picture, headers = clerk.download("/pictures/p10?width=400")
    assert (picture[:2], headers["content-type"]) == (b"\xff\xd8", "image/jpeg")


def test_cells_of_tables_are_text(office: HostileOffice, window: Callable[[str], Window]) -> None:
    made, headers = window("truong").download(f"/reports/weekly/{office.week}/xlsx")
    assert re.fullmatch(r'attachment; filename="[A-Za-z0-9.-]+"', headers["content-disposition"])
    book = zipfile.ZipFile(BytesIO(made))
    texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
    looks = re.findall(r"<xf [^>]*?/?>", book.read("xl/styles.xml").decode().partition("<cellXfs")[2])
    sheets = [book.read(each).decode() for each in book.namelist() if each.startswith("xl/worksheets/sheet")]
    assert any(SIGN in each for each in texts)
    begun = set()
    for sheet in sheets:
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        for look, number in re.findall(r'<c r="\w+"(?: s="(\d+)")? t="s"><v>(\d+)</v>', sheet):
            if texts[int(number)].startswith(("=", "+", "-", "@")):
                begun.add(texts[int(number)][0])
                assert 'quotePrefix="1"' in looks[int(look or 0)], texts[int(number)]
    assert begun == {"=", "@"}


def test_a_printed_form_holds_text_alone(office: HostileOffice) -> None:
    with pikepdf.open(BytesIO(office.application.derivatives.get(office.receipt))) as form:
        active = {"/JavaScript", "/JS", "/Launch", "/URI", "/OpenAction", "/AA", "/EmbeddedFiles"}
        keys = {key for each in form.objects if isinstance(each, pikepdf.Dictionary) for key in each}
    assert keys & active == set()


def test_programs_are_told_in_json(office: HostileOffice, window: Callable[[str], Window]) -> None:
    _, secret = office.services.accounts.make_token(
        "canbo", NAME, tuple(Permission), by=Steward.of_computer(NAME)
    )
    asked = window("").context.request
    values = {"document_id": "c1", "code": CODE, "page_id": "p10", "procedure": PROCEDURE, "upload_id": ASKED}
    for template in sorted(each for each in desk_paths() if each.startswith(PROGRAMS)):
        path = re.sub(r"\{(\w+):\w+\}", lambda found: values.get(found[1], "canbo"), template)
        answer = asked.get(office.url + path, headers={"Authorization": f"Bearer {secret}"})
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in TOLD, path
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert PRODUCT not in answer.text() if "json" in kind else True, path
