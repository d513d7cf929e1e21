"""A link of each purpose opens the pages that access.py gives it, for its own person, and nothing else."""

import re

import pytest
from starlette.routing import Route

from services.portal.domain import access
from services.portal.domain.links import Link
from services.portal.pages.sessions import csrf_token
from shared.commands.polls import ListOwnPolls
from shared.commands.sessions import ShowCoursePlace
from tests.fakes.portal.owners import FakeOwners
from tests.unit.portal.projects.library import HOST_LEAD, LEAD, link
from tests.unit.portal.projects.test_offers import OFFER, offered
from tests.unit.portal.todo.office import task
from tests.unit.portal.walk.places import POLL, place_of, poll_of
from tests.unit.reporting.entries import exchange

PURPOSES = {
    "todo": (
        "programme",
        exchange.PROGRAMME,
        {"actions", "todo", "task", "open", "projects", "offer", "my-visits", "sign-up", "poll"},
    ),
    "task": ("task", "tsk-insured", {"task"}),
    "projects": ("programme", exchange.PROGRAMME, {"projects"}),
    "offer": ("offer", OFFER, {"offer"}),
    "poll": ("poll", POLL, {"poll"}),
    "entry": ("school", exchange.OWN, {"entry"}),
}
FORMER = ("answer", "visit-brief", "attendance", "appraisal", "take-home", "survey", "findings", "report", "my-visits",
          "cohort", "unsubscribe")  # fmt: skip
ALWAYS = {"saved"}


@pytest.fixture
async def full(library):
    """A task, a place on offer, a project and a place in a course, all of which concern the lead."""
    library.project, library.named = await library.post(exchange.HOST), await library.name()
    await library.handle(offered(library))
    await library.handle(task("insured", task="dates"))
    library.portal.owners.others[ListOwnPolls] = poll_of(LEAD, exchange.PROGRAMME)
    library.portal.owners.others[ShowCoursePlace] = lambda _: place_of(LEAD)
    return library


def addresses(library, ref, **ids):
    """Every page with a link in its address, by the first word after it."""
    known = {"ref": ref, "task_id": "tsk-insured", "offer_id": OFFER, "entry_id": library.project, "target_id": POLL,
             "format": "pdf", "programme_id": exchange.PROGRAMME, "form": "plan", "about_id": exchange.OWN,
             "report_id": "rpt-1",
             **ids}  # fmt: skip
    for route in library.app.routes:
        if isinstance(route, Route) and route.path.startswith("/p/") and "GET" in (route.methods or ()):
            yield route.path.split("/")[3], re.sub(r"{(\w+)}", lambda part: known[part[1]], route.path)


async def came(library, browser, purpose, person=LEAD):
    kind, target, _ = PURPOSES[purpose]
    form = {"form": "plan"} if purpose == "entry" else {}
    token = await link(library, purpose, person, target, target_kind=kind, **form)
    page = await browser.get(f"/l/{token}", follow_redirects=False)
    return page.headers["location"].split("/")[2]


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_a_link_opens_its_own_pages_and_no_other(full, purpose):
    opened: set[tuple[str, int]] = set()
    closed: set[tuple[str, int]] = set()
    async with full.browser() as browser:
        ref = await came(full, browser, purpose)
        for page, path in addresses(full, ref):
            answer = await browser.get(path)
            (opened if answer.status_code == 200 else closed).add((page, answer.status_code))
    assert {page for page, _ in opened} == PURPOSES[purpose][2] | ALWAYS
    assert {status for _, status in closed} == {404}


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_the_ids_of_somebody_else_open_nothing_and_change_nothing(full, purpose):
    """The lead of the host school owes nothing, was offered nothing, and named nobody."""
    owners = FakeOwners()
    object.__setattr__(full.portal, "owners", owners)
    own = {"actions", "todo", "my-visits", "projects"}
    async with full.browser() as browser:
        ref = await came(full, browser, purpose, HOST_LEAD)
        link_id = next(one["_id"] for one in full.collections.all("links") if one["_id"].startswith(ref))
        posted = {"csrf": csrf_token(full.portal.key, link_id), "do": "confirm"}
        found = set()
        for page, path in addresses(full, ref, entry_id="ent-x"):
            if page in ALWAYS or (page in own and path.endswith(page)):
                continue
            for button in ("confirm", "accept", "pick", "send", "agree"):
                sent = {**posted, "do": button}
                answer = await browser.post(path, data=sent, headers={"origin": full.public})
                found.add(answer.status_code)
            found.add((await browser.get(path)).status_code)
    assert found <= {404, 405}
    assert owners.commands == []


def test_purposes_of_before_open_one_page_each():
    for purpose in FORMER:
        given = Link("x", "per-1", purpose, "t", "visit", None, exchange.NOW)
        pages = {page for _, _, opens in PURPOSES.values() for page in opens} | set(FORMER)
        assert {page for page in pages if access.opens(given, page)} == {purpose}
