"""The walk: everybody on every route of the portal, by session and by link, before and after release.

What the authorisation table says is what is seen: whoever is not in a record's row gets 404 on each of its addresses,
shown and sent alike, and whoever is gets it.
"""

import re

import pytest
from starlette.routing import Mount, Route

from services.portal.domain.access import BY_PAGE, CONSOLE, TABLE, row_of
from services.portal.pages.sessions import csrf_token
from shared.commands.base import Command
from tests.unit.portal.quiet import quiet
from tests.unit.portal.todo.office import link as mailed
from tests.unit.portal.walk.stages import DEPLOYMENT, enter, of_forms, of_lists, of_visits
from tests.unit.portal.world import World, filled

STAGES = {"visits": of_visits, "forms": of_forms, "lists": of_lists}
STEPS = {"before release": False, "after release": True}
SEEN = {200, 303}
ANYTHING = "x"
ELSEWHERE = {
    "days": "tests/unit/portal/test_agreeing_days.py::test_who_has_no_part_sees_nothing",
}
"""Pages whose records are walked by a test of their own, as they stand with another service."""


def routes(world, root):
    return [one for one in world.app.routes if isinstance(one, Route) and one.path.startswith(root)]


def page_of(path):
    """The page of the table that a route belongs to."""
    row = row_of(path)
    first = path.removeprefix("/p/{ref}").removeprefix("/me").strip("/").partition("/")[0]
    return first if row is BY_PAGE.get(first) else next(page for page, one in BY_PAGE.items() if one is row)


def is_own(route):
    row = row_of(route.path)
    return row is not None and "self" in row.after


def filled_in(path, ids):
    return re.sub(r"{(\w+)[^}]*}", lambda name: ids.get(name[1], ANYTHING), path)


def allowed(case, page, *, released):
    row = BY_PAGE[page]
    assert set(case.who) == set(row.after), page
    ways = row.after if released else row.before
    return set().union(*(case.who[who] for who in ways))


ONLY_SIGNED_IN = {"profile"}
"""Pages about a record to which no mail's link leads."""


def signed(world, browser, token):
    browser.cookies.set("kindred-sign-in-session", token, domain="127.0.0.1")


async def visit(browser, world, route, path, holder):
    """Look, and send with the visitor's own token; the statuses."""
    found = []
    for method in sorted(route.methods - {"HEAD"}):
        sent = {"data": {"csrf": csrf_token(world.portal.key, holder)}, "headers": {"origin": world.public}}
        answer = await browser.request(
            method, path, follow_redirects=False, **(sent if method == "POST" else {})
        )  # fmt: skip
        found.append((method, answer.status_code))
    return found


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("stage", STAGES)
async def test_every_page_of_a_session(stage, step):
    walked = await STAGES[stage](STEPS[step])
    world, wrong = walked.world, []
    for person in walked.people:
        token = await enter(world, person)
        holder = f"ses-{person}-0123456789abcdef"
        async with world.browser() as browser:
            signed(world, browser, token)
            opened = set()
            for route in routes(world, "/me"):
                page = page_of(route.path)
                if page not in walked.cases:
                    continue
                case = walked.cases[page]
                may = person in allowed(case, page, released=STEPS[step])
                if may and route.methods == {"POST"}:
                    continue
                found = await visit(browser, world, route, filled_in(route.path, case.ids) + case.query, holder)
                opened |= {page for method, status in found if method == "GET" and status in SEEN}
                if not may and {status for _, status in found} != {404}:
                    wrong.append((person, route.path, found))
            expected = {
                page for page, case in walked.cases.items() if person in allowed(case, page, released=STEPS[step])
            }
            wrong += [(person, page, "is closed") for page in expected - opened]
    assert wrong == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("stage", STAGES)
async def test_every_page_of_a_link(stage, step):
    walked = await STAGES[stage](STEPS[step])
    world, wrong = walked.world, []
    for person in walked.people:
        for page, case in walked.cases.items():
            if page in ONLY_SIGNED_IN:
                continue
            may = person in allowed(case, page, released=STEPS[step])
            async with world.browser() as browser:
                token = await issued(walked, page, case, person)
                first = await browser.get(f"/l/{token}", follow_redirects=False)
                ref = first.headers["location"].split("/")[2]
                holder = next(one["_id"] for one in world.collections.all("links") if one["_id"].startswith(ref))
                opened = False
                for route in routes(world, "/p/"):
                    if page_of(route.path) != page or (may and route.methods == {"POST"}):
                        continue
                    path = filled_in(route.path, {**case.ids, "ref": ref})
                    found = await visit(browser, world, route, path, holder)
                    opened = opened or any(method == "GET" and status in SEEN for method, status in found)
                    if not may and {status for _, status in found} != {404}:
                        wrong.append((person, route.path, found))
                if may and not opened:
                    wrong.append((person, page, "is closed"))
    assert wrong == []


async def issued(walked, page, case, person):
    """The token of a link to this page about this record, for this person."""
    world = walked.world
    if not hasattr(world, "reporting"):
        target = case.link.get("target") or case.ids.get("target_id", case.ids.get("programme_id", ""))
        kind = case.link.get("kind", "")
        if page == "participation":
            return await mailed(world, page, person, target, target_kind=kind)
        if page == "sign-up":
            return await mailed(world, "todo", person)
        return await world.issue(page, person, target, kind)
    if page in {"open", "projects", "project"}:
        return await mailed(world, "todo" if page == "open" else "projects", person)
    target = case.link.get("target") or case.ids["target_id"]
    return await mailed(world, page, person, target, target_kind=case.link["kind"])


async def test_lists_are_everybodys_own_and_nobodys_without_signing_in():
    world = await filled(World())
    own = [route for route in routes(world, "/me") if is_own(route) and "GET" in route.methods]
    async with world.browser() as browser, world.browser() as stranger:
        signed(world, browser, await enter(world, "per-c-lead"))
        world.owners.finds |= quiet()
        for route in own:
            assert (await browser.get(route.path, follow_redirects=False)).status_code in SEEN, route.path
            answer = await stranger.get(route.path, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in"), route.path


async def test_the_console_is_for_who_coordinates_the_deployment():
    walked = await of_visits(released=True)
    world = walked.world
    assert CONSOLE.after == {"coordinator"}
    for person in (*walked.people, ""):
        async with world.browser() as browser:
            if person:
                signed(world, browser, await enter(world, person))
            statuses = set()
            for route in routes(world, "/console"):
                answer = await browser.get(filled_in(route.path, {}), follow_redirects=False)
                statuses.add(answer.status_code)
            if person != DEPLOYMENT:
                assert statuses - {405} == ({404} if person else {303}), person
            else:
                assert 200 in statuses
    asked = [one for one in world.owners.asked if isinstance(one, Command)]
    assert asked == []


async def test_a_link_opens_nothing_of_the_console_and_no_page_of_a_session():
    world = await filled(World())
    async with world.browser() as browser:
        await browser.get(f"/l/{await world.issue('answer')}")
        for route in (*routes(world, "/console"), *routes(world, "/me")):
            answer = await browser.get(filled_in(route.path, {}), follow_redirects=False)
            assert answer.status_code in {303, 405}, route.path
            assert answer.status_code == 405 or answer.headers["location"] == "/sign-in"


async def test_every_route_stands_in_the_table_and_every_row_is_walked():
    world = World()
    for route in world.app.routes:
        if isinstance(route, Route | Mount):
            row_of(route.path)
    walked = [await make(False) for make in STAGES.values()]
    seen = {page for one in walked for page in one.cases}
    assert {row.record for row in TABLE if not set(row.pages) & (seen | ELSEWHERE.keys())} == {"one's own lists"}


@pytest.mark.parametrize("path", ["/me/nothing", "/p/{ref}/nothing/{target_id}", "/secrets"])
def test_a_route_without_a_row_is_not_served(path):
    with pytest.raises(LookupError, match="authorisation table"):
        row_of(path)
