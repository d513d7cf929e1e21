"""Two people answer days on offer through their pages, with portal and scheduling at work on the real bus."""

import asyncio
import datetime as dt
from functools import partial
from zoneinfo import ZoneInfo

import httpx
import pytest

from services.portal.app import build
from services.portal.domain.links import link_id_of
from services.portal.settings import PortalSettings
from services.scheduling.app import build as build_scheduling
from shared.bus import Service
from shared.commands.scheduling_dates import OfferDates, ShowAgreement, WithdrawDates
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard
from shared.events.scheduling_dates import DatesAgreed, DatesRefused
from tests.integration.portal.test_service import free_port, reached
from tests.unit.portal.driver import read, send
from tests.waiting import until

ADA, BO = "per-ada", "per-bo"
NAMES = {ADA: "Ada Okafor", BO: "Bo Lind"}
TOKENS = {person: f"a-token-of-the-mail-to-{person}-0123456789" for person in NAMES}


class Stage:
    """Two browsers, each with its person's link, and what scheduling tells."""

    def __init__(self, client, browsers, told) -> None:
        self.client, self.browsers, self.told = client, browsers, told
        self.agreement_id = ""

    async def open(self, person):
        return await self.browsers[person].get(f"/l/{TOKENS[person]}")

    async def say(self, person, answer, note=""):
        page = await self.open(person)
        chosen = {f"day-{on}": answer for on in (await self.state()).offers}
        return await send(self.browsers[person], page, {**chosen, "note": note, "do": "save"})

    async def state(self):
        return await self.client.find(ShowAgreement(agreement_id=self.agreement_id))


@pytest.fixture
async def stage(settings, running, client):
    port = free_port()
    own = PortalSettings(**settings.model_dump(), portal_port=port, public_url=f"http://127.0.0.1:{port}")
    teller, ear, told = Service("notifications", settings), Service("ear", settings), []

    async def hear(event, _work):
        told.append(event)

    ear.projection("ear-dates", {DatesAgreed: hear, DatesRefused: hear})
    await running(build(own), build_scheduling(settings), teller, ear)
    browser = partial(httpx.AsyncClient, base_url=own.public_url, follow_redirects=True)
    async with browser() as one, browser() as other:
        await until(lambda: reached(one))
        found = Stage(client, {ADA: one, BO: other}, told)
        now = dt.datetime.now(ZoneInfo("Europe/London"))
        command = OfferDates(
            person_ids=(ADA, BO), earliest=now.date() + dt.timedelta(days=7), deadline=now + dt.timedelta(days=3),
            about="peer coaching",
        )  # fmt: skip
        found.agreement_id = (await client.ask(command)).id

        async def mails(work):
            for person, name in NAMES.items():
                work.put_contact(ContactCard(person_id=person, version=1, name=name, email=f"{person}@b.example"))
                link = LinkIssued(
                    version=1, link_id=link_id_of(TOKENS[person]), person_id=person, purpose="answer",
                    target_id=found.agreement_id, target_kind="agreed-day", expires=now + dt.timedelta(days=30),
                )  # fmt: skip
                work.publish(link)

        await teller.transact(mails)

        async def ready():
            return all([(await found.open(person)).status_code == 200 for person in NAMES])

        await until(ready)
        yield found


async def test_both_answer_at_once_and_the_day_is_agreed_once(stage):
    page = await stage.open(ADA)
    assert read(page).h1 == "Which day suits you and Bo Lind?"
    saved = await asyncio.gather(stage.say(ADA, "yes"), stage.say(BO, "if-need-be"))
    assert {read(one).h1 for one in saved} == {"Your answer is saved"}
    shown = await stage.state()
    assert (shown.state, shown.settled) == ("settled", shown.offers[0])
    assert sorted({row.person_id for row in shown.said}) == [ADA, BO]

    async def agreed():
        return stage.told

    (event,) = await until(agreed)
    assert (type(event), event.on) == (DatesAgreed, shown.offers[0])
    assert "The day is agreed" in (await stage.open(BO)).text
    await stage.client.ask(WithdrawDates(agreement_id=stage.agreement_id))
    assert "This day does not take place" in (await stage.open(ADA)).text


async def test_where_none_suits_a_change_of_mind_still_settles_the_day(stage):
    await stage.say(ADA, "no", "Any day in June.")
    page = await stage.open(BO)
    assert "Any day in June." in page.text
    assert "None of the days suits both." in (await stage.say(BO, "yes")).text
    assert "The day is settled" in (await stage.say(ADA, "if-need-be")).text
    shown = await stage.state()
    assert (shown.state, shown.notes) == ("settled", ())

    async def told():
        return len(stage.told) == 2

    await until(told)
    assert [type(event) for event in stage.told] == [DatesRefused, DatesAgreed]
