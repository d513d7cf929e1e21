"""Security 7: a link reaches its own purpose, person and target, and nothing else."""

import datetime as dt

import pytest
from starlette.routing import Route

from services.portal.pages.sessions import csrf_token
from shared.events.programmes import PersonReplaced, SchoolWithdrawn
from tests.unit.portal.world import PROGRAMME, PURPOSES, VISIT

OTHERS = {
    "answer": ("per-a-cpd", VISIT),  # not invited, though at the host
    "visit-brief": ("per-b-head", VISIT),  # invited, but not the host
    "attendance": ("per-a-head", "vis-b"),
    "appraisal": ("per-coo", "vis-b"),  # the coordinator records attendance but appraises nobody
    "take-home": ("per-b-head", "vis-b"),  # the host takes nothing home from itself
    "survey": ("per-a-chair", "vis-b"),
    "findings": ("per-b-head", "sch-a"),
    "report": ("per-b-head", "rpt-1"),
    "cohort": ("per-nobody", "coh-1"),
}
UNKNOWN = {**dict.fromkeys(OTHERS, "vis-x"), "findings": "sch-x", "report": "rpt-x"}


def pages(world):
    return [
        route.path
        for route in world.app.routes
        if isinstance(route, Route) and route.path.startswith("/p/") and "GET" in (route.methods or ())
    ]


def purpose_of(path):
    return path.split("/")[3]


def address(path, ref):
    return path.replace("{ref}", ref).replace("{format}", "pdf").replace("{target_id}", VISIT)


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_a_link_opens_its_own_pages_and_no_other(world, purpose):
    async with world.browser() as browser:
        first = await browser.get(f"/l/{await world.issue(purpose)}")
        assert first.status_code == 200
        ref = first.url.path.split("/")[2]
        statuses = {path: (await browser.get(address(path, ref))).status_code for path in pages(world)}
    own = {path: status for path, status in statuses.items() if purpose_of(path) in {purpose, "saved"}}
    assert set(own.values()) == {200}
    assert {status for path, status in statuses.items() if path not in own} == {404}


@pytest.mark.parametrize("purpose", PURPOSES)
async def test_a_link_posts_to_its_own_pages_only(world, purpose):
    async with world.browser() as browser:
        first = await browser.get(f"/l/{await world.issue(purpose)}")
        ref = first.url.path.split("/")[2]
        token = csrf_token(world.portal.key, world.collections.all("links")[0]["_id"])
        for path in pages(world):
            if purpose_of(path) in {purpose, "saved"}:
                continue
            answer = await browser.post(
                address(path, ref), data={"csrf": token, "do": "save"}, headers={"origin": world.public}
            )
            assert answer.status_code in {404, 405}, path
    assert world.owners.commands == []


@pytest.mark.parametrize(("purpose", "who"), OTHERS.items())
async def test_somebody_elses_target_does_not_exist(world, purpose, who):
    person, target = who
    async with world.browser() as browser:
        token = await world.issue(purpose, person, target)
        assert (await browser.get(f"/l/{token}")).status_code == 404


@pytest.mark.parametrize(("purpose", "target"), UNKNOWN.items())
async def test_an_unknown_target_looks_the_same_as_a_hidden_one(world, purpose, target):
    if purpose == "cohort":
        return
    async with world.browser() as browser:
        unknown = await browser.get(f"/l/{await world.issue(purpose, target=target)}")
        hidden = await browser.get(f"/l/{await world.issue(purpose, *OTHERS[purpose])}")
    assert (unknown.status_code, without_nonce(unknown.text)) == (hidden.status_code, without_nonce(hidden.text))
    assert unknown.status_code == 404


def without_nonce(text):
    return "".join(line for line in text.splitlines() if "nonce" not in line)


async def test_without_the_session_a_reference_opens_nothing(world):
    async with world.browser() as browser, world.browser() as stranger:
        own = await browser.get(f"/l/{await world.issue('answer')}")
        assert own.status_code == 200
        known = await stranger.get(own.url.path)
        unknown = await stranger.get("/p/0123456789abcdef/answer")
    assert known.status_code == unknown.status_code == 403
    assert without_nonce(known.text) == without_nonce(unknown.text)


async def test_a_cookie_of_one_link_does_not_open_another(world):
    async with world.browser() as browser:
        first = await browser.get(f"/l/{await world.issue('answer')}")
        second = await world.issue("report")
        cookie = next(iter(browser.cookies.jar))
        async with world.browser() as other:
            page = await other.get(f"/l/{second}", follow_redirects=False)
            ref = page.headers["location"].split("/")[2]
        browser.cookies.set(f"kindred-link-{ref}", cookie.value)
        forged = await browser.get(f"/p/{ref}/report")
    assert first.status_code == 200
    assert forged.status_code == 403


async def test_my_visits_shows_only_mine_and_answers_only_mine(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('my-visits', 'per-a-cpd')}")
        assert "Closing event" not in page.text  # the CPD lead is not invited to it
        ref = page.url.path.split("/")[2]
        assert (await browser.get(f"/p/{ref}/my-visits/evt-1")).status_code == 404


async def test_a_replaced_person_loses_access_at_once(world):
    event = PersonReplaced(
        version=2, programme_id=PROGRAMME, enrolment_id="enr-a", school_id="sch-a", role="cpd-lead",
        person_id="per-a-cpd", replaced_by="per-new",
    )  # fmt: skip
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('visit-brief')}")
        await world.handle(event)
        assert page.status_code == 200
        assert (await browser.get(page.url.path)).status_code == 404


async def test_a_withdrawn_school_loses_access_at_once(world):
    gone = SchoolWithdrawn(version=2, programme_id=PROGRAMME, enrolment_id="enr-a", school_id="sch-a")
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('findings')}")
        await world.handle(gone)
        assert (await browser.get(page.url.path)).status_code == 404


async def test_the_coordinator_may_lead_read_and_see_the_groups(world):
    async with world.browser() as browser:
        for purpose in ("attendance", "report", "cohort"):
            token = await world.issue(purpose, "per-coo", PURPOSES[purpose][1])
            assert (await browser.get(f"/l/{token}")).status_code == 200, purpose


async def test_impact_is_for_the_coordinator(world):
    async with world.browser() as browser:
        assert (await browser.get(f"/l/{await world.issue('report', 'per-coo', 'rpt-2')}")).status_code == 200
        assert (await browser.get(f"/l/{await world.issue('report', 'per-a-head', 'rpt-2')}")).status_code == 404


async def test_survey_is_closed_to_who_was_away(world):
    await world.stores.models.mark("dated", "vis-b", {"state": "held", "present": ["per-a-lead"]})
    async with world.browser() as browser:
        assert (await browser.get(f"/l/{await world.issue('survey')}")).status_code == 404
        assert (await browser.get(f"/l/{await world.issue('survey', 'per-a-lead')}")).status_code == 200


async def test_a_session_ends(world):
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        world.clock.advance(dt.timedelta(hours=25))
        assert (await browser.get(page.url.path)).status_code == 403
