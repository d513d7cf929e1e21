"""People of schools sign in: by a mail alone, into all that is theirs and nothing else."""

import datetime as dt
import json
import re

import pytest

from services.portal.domain.sign_in.sessions import IDLE
from shared.commands.forms import EntryRows
from shared.commands.people import FoundPeople, FoundPerson
from shared.commands.reporting import AnswerSurvey
from shared.commands.reports import ReportRow, ReportRows
from shared.commands.tasks import TaskRow, TaskRows
from shared.events.base import DateSpan
from shared.events.people import ContactCard, ContactForgotten, RoleHeld
from shared.events.programmes import PersonReplaced
from shared.events.sign_in import SignedIn, SignedInByMail, SignedOut
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.quiet import quiet
from tests.unit.portal.signing import appoint, ask, enter, mails
from tests.unit.portal.world import EVENT, PAST, PROGRAMME, REPORT, VISIT

HEAD, ADDRESS = "per-a-head", "per-a-head@example.org"
OTHER = "per-b-head"


async def test_a_mail_is_all_that_is_asked_of_somebody_at_a_school(world):
    async with world.browser() as browser:
        page = await enter(world, browser, ADDRESS)
    assert (page.url.path, read(page).h1) == ("/me/todo", "What you need to do")
    assert "Amara Osei" in page.text
    assert "There is nothing you need to do now" not in page.text
    assert "headteacher at Hollins Primary School" in page.text
    assert [one.person_id for one in world.of(SignedInByMail)] == [HEAD]
    assert world.of(SignedIn) == []


async def test_the_mail_s_link_signs_in_as_well_and_leads_to_where_one_was_going(world):
    async with world.browser() as browser:
        page = await browser.get("/me/reports?page=1")
        assert page.url.path == "/sign-in"
        await send(browser, page, {"address": ADDRESS})
        (mail,) = await mails(world)
        page = await press(browser, await browser.get(mail.path), "")
    assert str(page.url).endswith("/me/reports?page=1")


@pytest.mark.parametrize("path", ["/console", "/console/mails", "/sign-in/set-up"])
async def test_the_console_is_not_there_for_people_of_schools(world, path):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        assert (await browser.get(path)).status_code == 404


async def test_nobody_is_led_out_of_kindred_or_into_the_console_by_where_they_were_going(world):
    async with world.browser() as browser:
        await browser.get("/console/mails")
        page = await send(browser, await browser.get("/sign-in"), {"address": ADDRESS})
        (mail,) = await mails(world)
        page = await send(browser, page, {"code": mail.code})
    assert page.url.path == "/me/todo"


async def test_a_session_opens_every_form_that_waits_for_its_person(world):
    async with world.browser() as browser:
        home = await enter(world, browser, ADDRESS)
        waiting = re.findall(r'href="(/me/(?:survey|take-home|findings|visit-brief|my-visits)/[^"]+)"', home.text)
        opened = {path: (await browser.get(path)).status_code for path in waiting}
    assert {path.split("/")[2] for path in waiting} >= {"my-visits", "visit-brief", "findings"}
    assert set(opened.values()) == {200}


async def test_a_form_is_sent_from_a_session_as_from_a_link(world):
    await world.stores.models.mark("dated", PAST, {"state": "held"})
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get(f"/me/survey/{PAST}")
        done = await send(browser, page, {"plan_to_use": "agree", "want_to_share": "agree", "do": "save"})
    assert (done.url.path, done.status_code) == ("/me/saved", 200)
    assert 'href="/me/todo"' in done.text
    [(command, actor)] = world.owners.asked
    assert (type(command), command.person_id, actor) == (AnswerSurvey, HEAD, HEAD)


async def test_a_form_of_a_session_needs_its_token_and_our_origin(world):
    await world.stores.models.mark("dated", PAST, {"state": "held"})
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get(f"/me/survey/{PAST}")
        for forged in ({"drop": ("csrf",)}, {"origin": "https://evil.example"}):
            assert (await send(browser, page, {"do": "save"}, **forged)).status_code == 403
        fields = read(page).forms[-1].fields
        other = await browser.post("/me/acting", data={"part": "sch-a"}, headers={"origin": world.public})
        assert other.status_code == 403
        assert fields["csrf"]
    assert world.owners.commands == []


@pytest.mark.parametrize(
    "path",
    ["report/rpt-2", f"appraisal/{PAST}", f"attendance/{PAST}", "findings/sch-b", f"survey/{EVENT}-x",
     f"visit-brief/{PAST}", "cohort/prg-x", "participation/prg-1/sch-b", "task/tsk-x", "offer/off-x",
     "entry/ent-x", "my-visits/agr-x"],
)  # fmt: skip
async def test_what_is_somebody_elses_does_not_exist(world, path):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get(f"/me/{path}")
    assert page.status_code == 404


async def test_a_replaced_person_loses_access_at_once(world):
    event = PersonReplaced(
        version=2, programme_id=PROGRAMME, enrolment_id="enr-a", school_id="sch-a", role="headteacher",
        person_id=HEAD, replaced_by="per-new",
    )  # fmt: skip
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        assert (await browser.get(f"/me/visit-brief/{VISIT}")).status_code == 200
        await world.handle(event)
        assert (await browser.get(f"/me/visit-brief/{VISIT}")).status_code == 404
        assert "headteacher at" not in (await browser.get("/me/todo")).text


async def test_who_coordinates_is_asked_for_an_authenticator_on_their_own_pages_too(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        card = ContactCard(
            person_id=HEAD, version=2, name="Amara Osei", email=ADDRESS, roles=(RoleHeld(role="coordinator"),)
        )
        await world.handle(card)
        assert (await browser.get("/me/todo")).url.path == "/sign-in"
        page = await enter(world, browser, ADDRESS)
        assert read(page).h1 == "Set up an authenticator"
        assert (await browser.get("/me/todo")).url.path == "/sign-in/set-up"


async def test_sessions_of_people_end_like_all_others(world):
    async with world.browser() as one, world.browser() as two:
        await enter(world, one, ADDRESS)
        page = await enter(world, two, ADDRESS)
        details = await two.get("/me/details")
        assert "per-a-head@example.org" in details.text
        out = await two.post(
            "/sign-out", data={"csrf": read(page).forms[0].fields["csrf"], "do": "everywhere"},
            headers={"origin": world.public},
        )  # fmt: skip
        assert read(out).h1 == "You are signed out"
        assert (await one.get("/me/todo")).url.path == "/sign-in"
    assert [one.how for one in world.of(SignedOut)] == ["everywhere", "everywhere"]
    async with world.browser() as three:
        await enter(world, three, ADDRESS)
        world.clock.advance(IDLE)
        assert (await three.get("/me/todo")).url.path == "/sign-in"


async def test_what_was_typed_when_a_session_ran_out_comes_back(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get(f"/me/visit-brief/{VISIT}")
        world.clock.advance(IDLE)
        late = await send(browser, page, {"practice": "How we read aloud", "do": "save"})
    assert late.status_code == 403
    assert "How we read aloud" in late.text
    assert "not</strong> been saved" in late.text


async def test_somebody_who_is_forgotten_is_out_and_their_feed_is_gone(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        await press(browser, await browser.get("/me/my-visits"), "anew")
        await world.handle(ContactForgotten(person_id=HEAD))
        assert (await browser.get("/me/todo")).url.path == "/sign-in"
    assert world.collections.all("feeds") == []
    async with world.browser() as browser:
        assert (await ask(world, browser, ADDRESS))[1] == []


async def test_reports_that_one_may_read_are_listed_and_open(world):
    world.owners.finds["ListReports"] = listed(REPORT, "rpt-2")
    world.owners.finds["ListEntries"] = nothing()
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get("/me/reports")
        (href,) = re.findall(r'href="(/me/report/[^"]+)"', page.text)
        assert href == f"/me/report/{REPORT}"
        shown = await browser.get(href)
        assert f"{href}/download/pdf" in shown.text
        assert (await browser.get(f"{href}/download/pdf")).content.startswith(b"%PDF")


async def test_a_school_s_page_says_who_takes_part_and_leads_to_the_group(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        page = await browser.get("/me/schools")
        assert read(page).h1 == "Hollins Primary School"
        assert "Ruth Kaplan" in page.text
        group = await browser.get(f"/me/cohort/{PROGRAMME}")
    assert read(group).h1 == "Your group"


async def test_all_that_is_kept_is_to_be_had_as_a_file(world):
    world.owners.finds |= {**quiet(), "FindPeople": card(), "ListTasks": tasks}
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        answer = await browser.get("/me/details/kept.json")
    found = json.loads(answer.text)
    assert found["programmes"][0]["dates_not_possible"] == [{"first": "2027-02-03", "last": "2027-02-04"}]
    assert len(found["tasks_owed"]) == 203
    asked = [one for one in world.owners.found if getattr(one, "person_id", HEAD) != HEAD]
    assert asked == []
    assert answer.headers["content-disposition"] == 'attachment; filename="kindred-about-me.json"'
    assert found["person"]["address"] == ADDRESS
    assert [one["role"] for one in found["roles"]] == ["headteacher"]
    assert {one["id"] for one in found["dates"]} >= {VISIT, PAST, EVENT}
    assert "per-b" not in json.dumps(found["mails"])


async def test_half_a_file_is_not_handed_out(world):
    async with world.browser() as browser:
        await enter(world, browser, ADDRESS)
        assert (await browser.get("/me/details/kept.json")).status_code == 404


async def test_a_coordinator_has_their_own_pages_beside_the_console(world):
    async with world.browser() as browser:
        await appoint(world)
        page = await enter(world, browser, "nadia@kindred.example")
        assert read(page).h1 == "Set up an authenticator"


def listed(*ids):
    row = {"kind": "action-plan", "title": "Action plan report", "programme_id": PROGRAMME, "state": "compiled"}
    rows = tuple(ReportRow(report_id=one, edition=1, may_read=True, school_id="sch-a", **row) for one in ids)
    return ReportRows(total=len(rows), reports=rows)


def nothing():
    return EntryRows(total=0, entries=())


def card():
    days = DateSpan(first=dt.date(2027, 2, 3), last=dt.date(2027, 2, 4))
    one = FoundPerson(person_id=HEAD, name="Amara Osei", email=ADDRESS, dates_not_possible=(days,))
    return FoundPeople(total=1, people=(one,))


def tasks(query):
    """203 tasks, by the page."""
    row = TaskRow(
        task_id="tsk-1", programme_id=PROGRAMME, programme="Peer visits", task="brief", title="Write the brief",
        do="form", of="brief", person_ids=(HEAD,), about="", about_id="", state="open", opened=dt.date(2027, 4, 1),
        due=dt.date(2027, 4, 20),
    )  # fmt: skip
    return TaskRows(total=203, owed=203, tasks=(row,) * min(query.limit, 203 - query.offset))


async def test_two_people_of_one_school_have_lists_of_their_own(world):
    async with world.browser() as one, world.browser() as two:
        mine = await enter(world, one, ADDRESS)
        theirs = await enter(world, two, f"{OTHER}@example.org")
        assert f"/me/visit-brief/{VISIT}" in mine.text
        assert f"/me/visit-brief/{VISIT}" not in theirs.text
        assert (await two.get(f"/me/visit-brief/{VISIT}")).status_code == 404
