"""Health in words: what goes, what does not and what to do; a service that is silent is named."""

import asyncio
import datetime as dt

import pytest

from services.portal.domain.health import Mailing, Seen, lines, worst
from services.portal.pages.console import health
from shared.commands.health import HEALTH, HealthDetail
from shared.commands.notifications import ListMails, MailRow, MailRows
from shared.errors import Retryable
from tests.unit.portal.driver import read

NOW = dt.datetime(2026, 11, 30, 14, 30, tzinfo=dt.UTC)
SENT = dt.datetime(2026, 11, 30, 14, 2, tzinfo=dt.UTC)
WELL = HealthDetail(tasks=("inbound",), backed_up=NOW - dt.timedelta(hours=9))


def seen(mails=None, replies=0, letters=0, **services):
    known = {name: services.get(name, WELL) for name in HEALTH}
    mails = Mailing({"accepted": 7}, SENT) if mails is None else mails
    return Seen(services=known, mails=mails or None, replies=replies, letters=letters, now=NOW)


def said(found, what):
    return next(f"{one.said} {one.todo}".strip() for one in lines(found) if one.what == what)


def test_where_all_is_well_it_says_when_the_last_mail_went():
    found = seen()
    assert worst(lines(found)) == "good"
    assert said(found, "Mails") == "Mails go out; the last went Monday 30 November 2026, 14:02."
    assert said(found, "Services") == "7 of 7 services are at work, and nothing waits in an outbox."
    assert said(found, "Backup") == "The last was taken Monday 30 November 2026, 5:30."


@pytest.mark.parametrize(
    ("found", "what", "words", "colour"),
    [
        (
            seen(Mailing({"queued": 3}, SENT, paused=True, reason="wrong date")), "Mails",
            "All mails are stopped; 3 mails wait. Wrong date.", "look",
        ),
        (seen(Mailing({"queued": 3}, SENT)), "Mails", "3 mails are about to go; the last went Monday", "good"),
        (seen(Mailing({})), "Mails", "No mail has gone out yet.", "good"),
        (seen(False), "Mails", "It is not known whether mails go out", "bad"),
        (
            seen(notifications=HealthDetail(problems=("The relay refuses our sender: 550 (mx:25); mails wait",))),
            "Mails", "Mails do not go out; the last went Monday 30 November 2026, 14:02. The relay refuses", "bad",
        ),
        (seen(Mailing({"bounced": 2}, SENT)), "Mails that came back", "2 mails did not arrive.", "look"),
        (seen(Mailing({}, SENT, held=1)), "Held mails", "1 mail is held since a restore", "look"),
        (seen(notifications=HealthDetail()), "Replies", "nothing listens for them", "look"),
        (seen(replies=2), "Replies", "Replies are taken in; 2 wait for you.", "look"),
        (seen(letters=None), "Messages between services", "The message bus does not answer.", "bad"),
        (seen(letters=4), "Messages between services", "4 messages did not go through.", "look"),
        (seen(tasks=None), "The service tasks", "It does not answer", "bad"),
        (
            seen(tasks=HealthDetail(problems=("waiting for `kindred bus apply`",))),
            "The service tasks", "It is not ready.", "bad",
        ),
        (
            seen(tasks=HealthDetail(waiting=9, waiting_seconds=61.4)),
            "The service tasks", "61 seconds late (9 facts)", "look",
        ),
        (
            seen(matching=HealthDetail(problems=("MongoDB cannot be reached, or takes no writes",))),
            "Database", "takes no writes", "bad",
        ),
        (seen(portal=HealthDetail()), "Backup", "No backup is known of.", "look"),
        (seen(portal=HealthDetail(backed_up=NOW - dt.timedelta(days=3))), "Backup", "more than two days old", "look"),
    ],
)  # fmt: skip
def test_what_is_not_well_is_said_with_what_to_do(found, what, words, colour):
    assert words in said(found, what)
    assert next(one.colour for one in lines(found) if one.what == what) == colour
    assert "`" not in said(found, what)


@pytest.fixture
async def answering(world, desk):
    detail = {one.__name__: WELL for one in HEALTH.values()}
    world.owners.finds |= {**detail, "ListMails": mails}
    return desk


def mails(query: ListMails) -> MailRows:
    row = MailRow(
        mail_id="mai-1", person_id="per-1", to="a@x.example", template="x", template_version="1", subject="s",
        state="accepted", attempts=1, message_id="<a@b>", queued_at=SENT, changed_at=SENT, detail="",
    )  # fmt: skip
    return MailRows(total=1, mails=(row,), by_state={"accepted": 1}, by_template={}, paused=False, held=0)


async def test_the_page_says_it_and_what_is_connected(world, answering):
    page = await answering.get("/console/health")
    text = " ".join(read(page).text.split())
    assert "Mails go out; the last went Monday 30 November 2026, 14:02." in text
    assert "0 tokens work" in text
    assert 'href="/console/health"' in (await answering.get("/console")).text


async def test_a_silent_service_is_named_and_the_rest_is_shown(world, answering):
    def silent(_query):
        raise Retryable("Nobody answered.")

    world.owners.finds["ShowReportingHealth"] = silent
    page = await answering.get("/console/health")
    assert read(page).h1 == "Something does not work"
    text = " ".join(read(page).text.split())
    assert "The service reporting It does not answer" in text
    assert "6 of 7 services are at work" in text


async def test_who_takes_too_long_to_say_is_silent(monkeypatch, world, answering):
    async def never(_query):
        await asyncio.Event().wait()

    monkeypatch.setattr(health, "PATIENCE", 0.01)
    find = world.owners.find

    async def slow(query):
        return await (never(query) if type(query).__name__ == "ShowTasksHealth" else find(query))

    monkeypatch.setattr(type(world.owners), "find", lambda _, query: slow(query))
    text = " ".join(read(await answering.get("/console/health")).text.split())
    assert "The service tasks It does not answer" in text
