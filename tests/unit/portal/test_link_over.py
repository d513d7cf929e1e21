"""A link that is over says so and offers to mail a new one, to the person's own address and to nobody else."""

import datetime as dt

import pytest

from shared.commands.notifications import ListMails, MailRow, MailRows, ResendMail
from shared.commands.portal import RevokeLinks
from shared.errors import Rejected, Retryable
from shared.events.scheduling import VisitCancelled
from tests.unit.portal import dates
from tests.unit.portal.driver import press, read, send
from tests.unit.portal.world import EVENT, IMPACT, NOW, PAST, REPORT, VISIT

SOON = NOW + dt.timedelta(hours=2)
ON_ITS_WAY = "A new link is on its way"
TEMPLATES = {
    "answer": "visit-moved", "visit-brief": "visit-host", "attendance": "attendance-request",
    "appraisal": "appraisal-request", "take-home": "after-visit", "survey": "after-visit",
    "findings": "findings-request", "my-visits": "visit-invitation", "cohort": "cohort-formed",
    "report": "report-ready",
}  # fmt: skip
"""Which mail carries a link of each purpose."""


def row(template, person, target, number=1):
    return MailRow(
        mail_id=f"mai-{number}", person_id=person, to="head@school.example", template=template, template_version="1",
        subject="s", state="accepted", attempts=1, message_id="<a@b>", queued_at=NOW, changed_at=NOW, target_id=target,
    )  # fmt: skip


def sent(world, *rows):
    """These mails went out, the newest first."""

    def find(query: ListMails):
        mine = tuple(one for one in rows if one.person_id == query.person_id and query.target_id in {"", one.target_id})
        return MailRows(total=len(mine), mails=mine, by_state={}, by_template={})

    world.owners.finds["ListMails"] = find


async def over(world, browser, purpose, *link):
    """A link that has run out, as its person sees it."""
    token = await world.issue(purpose, *link, expires=SOON)
    world.clock.advance(dt.timedelta(hours=2))
    return await browser.get(f"/l/{token}")


def resent(world):
    return [command.mail_id for command in world.owners.commands if isinstance(command, ResendMail)]


@pytest.mark.parametrize("purpose", TEMPLATES)
async def test_a_link_that_has_run_out_is_mailed_anew(world, purpose):
    person = {"answer": "per-b-head", "visit-brief": "per-a-cpd", "attendance": "per-fac", "appraisal": "per-fac",
              "report": "per-a-chair"}.get(purpose, "per-a-head")  # fmt: skip
    target = {"answer": VISIT, "visit-brief": VISIT, "my-visits": VISIT, "findings": "req-1", "cohort": "",
              "report": ""}.get(purpose, PAST)  # fmt: skip
    sent(world, row("cohort-draft", person, target, 9), row(TEMPLATES[purpose], person, target))
    async with world.browser() as browser:
        page = await over(world, browser, purpose)
        assert (page.status_code, read(page).h1) == (410, "This link no longer works")
        assert read(page).forms[0].buttons == ["mail"]
        answer = await press(browser, page, "mail")
    assert (answer.status_code, read(answer).h1) == (200, ON_ITS_WAY)
    assert resent(world) == ["mai-1"]
    assert "@" not in read(page).text + read(answer).text


async def test_a_withdrawn_link_is_mailed_anew_too(world):
    sent(world, row("visit-invitation", "per-b-head", VISIT))
    token = await world.issue("answer")
    await world.carry_out(RevokeLinks(person_id="per-b-head"), world.work)
    async with world.browser() as browser:
        answer = await press(browser, await browser.get(f"/l/{token}"), "mail")
    assert (read(answer).h1, resent(world)) == (ON_ITS_WAY, ["mai-1"])


@pytest.mark.parametrize(
    ("kind", "target", "template"),
    [("agreed-day", dates.AGREEMENT, "dates-offered"), ("call-offer", dates.OFFER, "call-offered")],
)
async def test_days_and_calls_that_are_still_open_are_mailed_anew(world, kind, target, template):
    sent(world, row(template, "per-b-head", target))
    async with world.browser() as browser:
        answer = await press(browser, await over(world, browser, "answer", "per-b-head", target, kind), "mail")
    assert (read(answer).h1, resent(world)) == (ON_ITS_WAY, ["mai-1"])


async def test_pressing_again_within_the_hour_mails_nothing_more(world):
    sent(world, row("visit-invitation", "per-b-head", VISIT))
    async with world.browser() as browser:
        page = await over(world, browser, "answer")
        for minutes in (0, 10, 60):
            world.clock.advance(dt.timedelta(minutes=minutes))
            assert read(await press(browser, page, "mail")).h1 == ON_ITS_WAY
    assert resent(world) == ["mai-1", "mai-1"]


async def test_a_mail_that_is_on_its_way_already_is_said_so(world):
    sent(world, row("visit-invitation", "per-b-head", VISIT))
    world.owners.fails = Rejected("still-on-its-way", "This mail is queued; it goes out without being sent again.")
    async with world.browser() as browser:
        answer = await press(browser, await over(world, browser, "answer"), "mail")
    assert (answer.status_code, read(answer).h1) == (200, ON_ITS_WAY)


@pytest.mark.parametrize(
    ("rows", "fails", "status"),
    [
        ((), None, 200),
        ((row("visit-invitation", "per-c-head", VISIT),), None, 200),
        ((row("visit-invitation", "per-b-head", PAST),), None, 200),
        ((row("visit-invitation", "per-b-head", VISIT),), Rejected("unknown-mail", "There is no such mail."), 200),
        ((row("visit-invitation", "per-b-head", VISIT),), Retryable("asleep"), 503),
    ],
)
async def test_what_cannot_be_mailed_is_said_with_what_to_do_instead(world, rows, fails, status):
    sent(world, *rows)
    async with world.browser() as browser:
        page = await over(world, browser, "answer")
        world.owners.fails = fails
        answer = await press(browser, page, "mail")
    assert answer.status_code == status
    assert read(answer).h1 == "We could not mail you a new link"
    assert ("try again" if status == 503 else "ask your programme\u2019s coordinator") in read(answer).text
    assert resent(world) == []


async def cancelled(world):
    state = world.visit_of(VISIT, dt.date(2027, 5, 13), "sch-a", sequence=1)
    await world.handle(VisitCancelled(version=2, **state.model_dump(), why="coordinator"))


@pytest.mark.parametrize(
    ("purpose", "link"),
    [
        ("answer", ("per-b-head", PAST)),
        ("answer", ("per-b-head", "vis-unknown")),
        ("answer", ("per-a-head", dates.AGREED, "agreed-day")),
        ("answer", ("per-a-head", "off-unknown", "call-offer")),
        ("visit-brief", ("per-b-head", PAST)),
        ("unsubscribe", ()),
    ],
)
async def test_where_no_mail_can_be_sent_again_a_way_in_is_mailed(world, purpose, link):
    async with world.browser() as browser:
        page = await over(world, browser, purpose, *link)
        pressed = await browser.post(page.url.path, data={"do": "mail"})
    assert (page.status_code, read(page).forms) == (410, [])
    assert "newest mail" in read(page).text
    assert 'href="/sign-in"' in page.text
    assert (pressed.status_code, world.owners.commands) == (404, [])


async def test_a_visit_that_is_cancelled_is_not_offered_again(world):
    await cancelled(world)
    async with world.browser() as browser:
        page = await over(world, browser, "answer")
    assert (page.status_code, read(page).forms) == (410, [])


@pytest.mark.parametrize("answer", ["answer", "survey"])
async def test_events_are_offered_again_while_they_lie_ahead_or_ask_for_more(world, answer):
    sent(world, row("event-invitation" if answer == "answer" else "event-survey", "per-b-head", EVENT))
    async with world.browser() as browser:
        page = await over(world, browser, answer, "per-b-head", EVENT, "cohort-event")
        assert read(await press(browser, page, "mail")).h1 == ON_ITS_WAY


async def test_reports_are_mailed_anew_by_what_they_are(world):
    sent(world, row("report-ready", "per-coo", "", 1), row("impact-report", "per-coo", "", 2))
    async with world.browser() as browser:
        await press(browser, await over(world, browser, "report", "per-coo", IMPACT, "report"), "mail")
    assert resent(world) == ["mai-2"]
    assert REPORT != IMPACT


@pytest.mark.parametrize("button", ["", "save", "stop"])
async def test_a_link_that_is_over_does_nothing_else(world, button):
    sent(world, row("visit-invitation", "per-b-head", VISIT))
    async with world.browser() as browser:
        page = await over(world, browser, "answer")
        answer = await browser.post(page.url.path, data={"do": button})
    assert (answer.status_code, world.owners.commands) == (404, [])


@pytest.mark.parametrize("purpose", ["answer", "unsubscribe"])
async def test_a_link_that_works_or_is_unknown_mails_nothing(world, purpose):
    sent(world, row("visit-invitation", "per-b-head", VISIT))
    token = await world.issue(purpose)
    async with world.browser() as browser:
        for one in (token, "unknown"):
            assert (await browser.post(f"/l/{one}", data={"do": "mail"})).status_code == 404
    assert world.owners.commands == []


async def test_who_has_the_page_open_when_its_link_runs_out_is_offered_a_new_one_and_loses_nothing(world):
    sent(world, row("after-visit", "per-a-head", PAST))
    token = await world.issue("take-home", expires=SOON)
    async with world.browser() as browser:
        page = await browser.get(f"/l/{token}")
        world.clock.advance(dt.timedelta(hours=2))
        closed = await send(browser, page, {"learnt": "A long thought", "do": "save"})
        assert (closed.status_code, read(closed).h1) == (403, "This link no longer works")
        assert "A long thought" in closed.text
        (form,) = read(closed).forms
        assert form.buttons == ["mail"]
        forged = await browser.post(form.action, data={"do": "mail"}, headers={"origin": world.public})
        foreign = await press(browser, closed, "mail", origin="https://evil.example")
        assert (forged.status_code, foreign.status_code, resent(world)) == (403, 403, [])
        answer = await press(browser, closed, "mail")
    assert (read(answer).h1, resent(world)) == (ON_ITS_WAY, ["mai-1"])
    assert "A long thought" in answer.text


async def test_who_has_no_session_is_asked_for_the_mails_link_as_before(world):
    async with world.browser() as browser:
        page = await browser.get("/p/0123456789abcdef/answer")
        fresh = await browser.post("/p/0123456789abcdef/fresh", data={"do": "mail"}, headers={"origin": world.public})
    for answer in (page, fresh):
        assert (answer.status_code, read(answer).h1, read(answer).forms) == (403, "You need the link in your mail", [])


async def test_a_page_whose_link_works_mails_nothing(world):
    sent(world, row("visit-invitation", "per-b-head", VISIT))
    async with world.browser() as browser:
        page = await browser.get(f"/l/{await world.issue('answer')}")
        csrf = read(page).forms[0].fields["csrf"]
        fresh = page.url.path.replace("/answer", "/fresh")
        answer = await browser.post(fresh, data={"csrf": csrf, "do": "mail"}, headers={"origin": world.public})
    assert (answer.status_code, world.owners.commands) == (404, [])
