"""The portal on the real bus: links become pages, forms become commands, first uses become events."""

import datetime as dt
import json
import socket

import httpx
import pytest

from services.portal.adapters import owners
from services.portal.app import build
from services.portal.domain.links import link_id_of
from services.portal.settings import PortalSettings
from shared.bus import Service
from shared.commands.base import Done
from shared.commands.notifications import ChooseMails
from shared.commands.portal import RevokeLinks
from shared.commands.scheduling import AnswerInvitation, ShowVisit
from shared.errors import Rejected
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard
from shared.events.programmes import ProgrammeOpened
from shared.events.scheduling import InvitationAnswered, VisitScheduled
from tests.unit.portal.driver import press, read
from tests.unit.portal.template import TEMPLATE
from tests.unit.portal.world import PROGRAMME, VISIT, World, enrolment
from tests.waiting import until

TOKEN = "a-token-of-the-mail-0123456789abcdef"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Scheduling:
    """A stand-in for scheduling that answers on the bus."""

    def __init__(self, settings) -> None:
        self.service = Service("scheduling", settings)
        self.service.command(AnswerInvitation, self.answer)
        self.service.query(ShowVisit, self.show)
        self.actors: list[str] = []

    async def answer(self, command, work):
        if command.answer == "tentative":
            raise Rejected("decide", "Please decide.")
        self.actors.append(work.actor)
        work.publish(
            InvitationAnswered(
                version=len(self.actors), target_id=command.target_id, target_kind="visit", programme_id=PROGRAMME,
                person_id=command.person_id, answer=command.answer, via="page", sequence=0,
            )
        )  # fmt: skip
        return Done(id=command.target_id)

    async def show(self, _query):
        raise Rejected("unknown-visit", "There is no brief.")


@pytest.fixture
async def stage(settings, running, jetstream, monkeypatch):
    """The portal and scheduling at work, and somebody to tell things."""
    monkeypatch.setattr(owners, "TRY", 30.0)  # only a subject that nobody serves is given up
    monkeypatch.setattr(owners, "PATIENCE", 1.0)
    port = free_port()
    own = PortalSettings(**settings.model_dump(), portal_port=port, public_url=f"http://127.0.0.1:{port}")
    teller, scheduling = Service("notifications", settings), Scheduling(settings)
    await running(build(own), scheduling.service, teller)
    browser = httpx.AsyncClient(base_url=own.public_url, follow_redirects=True)
    async with browser:
        await until(lambda: reached(browser))
        yield teller, scheduling, browser


async def reached(browser):
    try:
        return (await browser.get("/")).status_code == 200
    except httpx.TransportError:
        return False


async def tell(teller, purpose="answer"):
    """What the mail of an invitation rests on, and the link in it."""

    async def facts(work):
        work.put_contact(ContactCard(person_id="per-b-head", version=1, name="Amara Osei", email="a@b.example"))
        work.publish(
            ProgrammeOpened(
                version=1, programme_id=PROGRAMME, name="Peer visits", year=2026, coordinator_id="per-coo",
                template=TEMPLATE,
            )
        )  # fmt: skip
        work.publish(enrolment(0, "sch-a"))
        on = (dt.datetime.now(dt.UTC) + dt.timedelta(days=60)).date()
        visit = World().visit_of(VISIT, on, "sch-a")
        work.publish(VisitScheduled(version=1, **visit.model_dump()))
        work.publish(
            LinkIssued(
                version=1, link_id=link_id_of(TOKEN), person_id="per-b-head", purpose=purpose, target_id=VISIT,
                target_kind="visit", programme_id=PROGRAMME, expires=dt.datetime.now(dt.UTC) + dt.timedelta(days=9),
            )
        )  # fmt: skip

    await teller.transact(facts)


async def opened(browser):
    answer = await browser.get(f"/l/{TOKEN}")
    return answer if answer.status_code == 200 else None


async def test_from_the_mail_to_the_answer(stage, jetstream):
    teller, scheduling, browser = stage
    early = await browser.get(f"/l/{TOKEN}")
    assert (early.status_code, read(early).h1) == (404, "We cannot open this link yet")
    await tell(teller)
    page = await until(lambda: opened(browser))
    assert read(page).h1 == "Visit to Hollins Primary School"
    assert read(await press(browser, page, "tentative")).text.count("Please decide.") == 1
    for _ in range(2):
        assert read(await press(browser, page, "accepted")).h1 == "You are coming"
    assert scheduling.actors == ["per-b-head"]

    async def shown():
        return "You have said: <strong>I am coming" in (await browser.get(page.url.path)).text

    await until(shown)
    told = await until(lambda: last_told(jetstream))
    assert told == {
        "version": 1, "link_id": link_id_of(TOKEN), "person_id": "per-b-head", "purpose": "answer", "target_id": VISIT,
    }  # fmt: skip


async def last_told(jetstream):
    info = await jetstream.stream_info("EVENTS", subjects_filter="events.portal.LinkOpened.v1.*")
    subjects = info.state.subjects or {}
    assert set(subjects.values()) <= {1}
    if not subjects:
        return None
    message = await jetstream.get_last_msg("EVENTS", next(iter(subjects)))
    return json.loads(message.data)


async def test_nobody_answers_and_nothing_is_lost(stage):
    teller, _scheduling, browser = stage
    await tell(teller, purpose="unsubscribe")
    page = await until(lambda: opened(browser))
    answer = await press(browser, page, "stop")  # goes to notifications, which answers nothing here
    assert answer.status_code == 503
    assert "Nothing is lost" in answer.text


async def test_revoked_over_the_bus(stage, client):
    teller, _scheduling, browser = stage
    await tell(teller)
    page = await until(lambda: opened(browser))
    done = await client.ask(RevokeLinks(person_id="per-b-head"), key="revoke-1")
    assert done.sentence == "1 link no longer works."
    assert (await browser.get(page.url.path)).status_code == 403
    assert (await browser.get(f"/l/{TOKEN}")).status_code == 410


async def test_a_mail_programs_button_stops_mails_again_after_they_were_wanted_again(stage, settings, running):
    teller, _scheduling, browser = stage
    wishes, notifications = [], Service("notifications", settings)

    async def choose(command, _work):
        wishes.append(command.essential_only)
        return Done(id=command.person_id)

    notifications.command(ChooseMails, choose)
    await running(notifications)
    await tell(teller, purpose="unsubscribe")
    page = await until(lambda: opened(browser))
    button = {"List-Unsubscribe": "One-Click"}
    assert (await browser.post(f"/l/{TOKEN}", data=button)).status_code == 202
    assert read(await press(browser, page, "resume")).h1 == "All mails"
    assert (await browser.post(f"/l/{TOKEN}", data=button)).status_code == 202
    assert wishes == [True, False, True]
