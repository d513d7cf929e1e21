"""From an offer to My visits, with portal and scheduling at work on the real bus: agreed days and calls."""

import datetime as dt
import re
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from services.portal.app import build
from services.portal.domain.links import link_id_of
from services.portal.settings import PortalSettings
from services.scheduling.app import build as build_scheduling
from shared.bus import Service
from shared.commands.scheduling_dates import (
    CancelCall,
    ListCallOffers,
    ListCalls,
    OfferCall,
    OfferDates,
    OpenCalls,
    OpeningLine,
    ShowAgreement,
    WithdrawDates,
)
from shared.events.notifications import LinkIssued
from shared.events.people import ContactCard
from tests.integration.portal.test_service import free_port, reached
from tests.unit.portal.driver import read, send
from tests.waiting import until

ADA, BO = "per-ada", "per-bo"
NAMES = {ADA: "Ada Okafor", BO: "Bo Lind"}
CHOOSE, COMING = "Choose a day or time", "Coming up"


class Stage:
    """Two browsers and what their people read in them; links as their mails would hold them."""

    def __init__(self, client, browsers, teller) -> None:
        self.client, self.browsers, self.teller = client, browsers, teller
        self.now = dt.datetime.now(ZoneInfo("Europe/London"))
        self.my_visits: dict[str, Any] = {}

    async def mail(self, person, purpose, target="", kind="programme"):
        """Send a link; return what opens it."""
        token = f"{purpose}-{person}-{target}-0123456789abcdef"

        async def say(work):
            link = LinkIssued(
                version=1, link_id=link_id_of(token), person_id=person, purpose=purpose, target_id=target,
                target_kind=kind, expires=self.now + dt.timedelta(days=30),
            )  # fmt: skip
            work.publish(link)

        await self.teller.transact(say)

        async def there():
            page = await self.browsers[person].get(f"/l/{token}")
            return page if page.status_code == 200 else None

        return lambda: until(there)

    async def mine(self, person):
        """The text of each section of My visits."""
        page = await self.my_visits[person]()
        parts = (part.split("</h2>") for part in page.text.split("</main>")[0].split("<h2>")[1:])
        return {title: " ".join(re.sub(r"<[^>]+>", " ", text).split()) for title, text in parts}

    async def until_mine(self, person, section, words):
        """Wait until a section of My visits says so; return all sections."""

        async def said():
            found = await self.mine(person)
            return found if words in found.get(section, "") else None

        return await until(said)

    async def follow(self, person, words):
        """Follow a link of My visits."""
        page = await self.my_visits[person]()
        return await self.browsers[person].get(re.findall(rf'href="([^"]+)">{words}', page.text)[0])


@pytest.fixture
async def stage(settings, running, client):
    port = free_port()
    own = PortalSettings(**settings.model_dump(), portal_port=port, public_url=f"http://127.0.0.1:{port}")
    teller = Service("notifications", settings)
    await running(build(own), build_scheduling(settings), teller)
    browser = partial(httpx.AsyncClient, base_url=own.public_url, follow_redirects=True)
    async with browser() as one, browser() as other:
        await until(lambda: reached(one))

        async def cards(work):
            for person, name in NAMES.items():
                work.put_contact(ContactCard(person_id=person, version=1, name=name, email=f"{person}@b.example"))

        await teller.transact(cards)
        found = Stage(client, {ADA: one, BO: other}, teller)
        found.my_visits = {person: await found.mail(person, "my-visits") for person in NAMES}
        yield found


async def test_a_call_from_the_offer_to_my_visits_and_again_after_its_cancellation(stage):
    day = stage.now.date() + dt.timedelta(days=9)
    openings = (OpeningLine(on=day, first=dt.time(9), last=dt.time(10)),)
    await stage.client.ask(OpenCalls(person_id=ADA, openings=openings))
    offer = (await stage.client.ask(OfferCall(host_id=ADA, person_id=BO))).id
    page = await stage.mail(BO, "answer", offer, "call-offer")
    asked = await stage.until_mine(BO, CHOOSE, "Call with Ada Okafor")
    assert "30 minutes. 2 times are left, the last on" in asked[CHOOSE]
    assert CHOOSE not in await stage.mine(ADA)

    form = await page()
    assert read(form).h1 == "Your call with Ada Okafor"
    nine, half_past = re.findall(r'name="slot" value="([^"]+)"', form.text)
    saved = await send(stage.browsers[BO], form, {"slot": nine, "do": "save"})
    assert read(saved).h1 == "The call is booked"
    (call,) = (await stage.client.find(ListCalls(state="booked"))).calls
    assert (call.person_ids, call.on, call.starts) == ((ADA, BO), day, dt.time(9))
    assert "The call is booked" in (await page()).text
    booked = await stage.until_mine(BO, COMING, "Call with Ada Okafor")
    assert CHOOSE not in booked
    assert f"{day.day} {day:%B %Y}, 9:00 to 9:30 Booked" in booked[COMING]
    await stage.until_mine(ADA, COMING, "Call with Bo Lind")
    assert "The call is booked" in (await stage.follow(BO, "Details")).text

    await stage.client.ask(CancelCall(call_id=call.call_id))
    again = await stage.until_mine(BO, CHOOSE, "Call with Ada Okafor")
    assert "Call with" not in again[COMING]
    form = await stage.follow(BO, "Choose a time")
    assert "Your call was cancelled" in form.text
    await send(stage.browsers[BO], form, {"slot": half_past, "do": "save"})
    (row,) = (await stage.client.find(ListCallOffers(state="booked", person_id=BO))).offers
    assert (row.offer_id, row.call.starts) == (offer, dt.time(9, 30))
    assert "9:30 to 10:00 Booked" in (await stage.until_mine(BO, COMING, "Call with Ada Okafor"))[COMING]


async def test_a_day_from_the_offer_to_my_visits_until_it_is_withdrawn(stage):
    command = OfferDates(
        person_ids=(ADA, BO), earliest=stage.now.date() + dt.timedelta(days=7),
        deadline=stage.now + dt.timedelta(days=3), about="peer coaching",
    )  # fmt: skip
    agreement = (await stage.client.ask(command)).id
    page = await stage.mail(ADA, "answer", agreement, "agreed-day")
    asked = await stage.until_mine(ADA, CHOOSE, "A day with Bo Lind")
    assert "Peer coaching These days are on offer:" in asked[CHOOSE]
    assert f"Please answer by {command.deadline:%A} {command.deadline.day} {command.deadline:%B %Y}" in asked[CHOOSE]
    await stage.until_mine(BO, CHOOSE, "A day with Ada Okafor")

    offers = (await stage.client.find(ShowAgreement(agreement_id=agreement))).offers
    chosen = {f"day-{on}": "yes" for on in offers}
    await send(stage.browsers[ADA], await page(), {**chosen, "do": "save"})
    answered = await stage.until_mine(ADA, COMING, "Bo Lind has not answered yet.")
    assert CHOOSE not in answered
    await stage.until_mine(BO, CHOOSE, "Ada Okafor has answered.")
    form = await stage.follow(BO, "Say which days suit you")
    saved = await send(stage.browsers[BO], form, {**chosen, "do": "save"})
    assert "The day is settled" in saved.text
    settled = f"A day with Bo Lind Peer coaching {offers[0]:%A} {offers[0].day} {offers[0]:%B %Y} Agreed"
    assert CHOOSE not in await stage.until_mine(ADA, COMING, settled)
    assert CHOOSE not in await stage.until_mine(BO, COMING, "A day with Ada Okafor")
    assert "The day is agreed" in (await page()).text

    await stage.client.ask(WithdrawDates(agreement_id=agreement))
    for person in NAMES:
        await stage.until_mine(person, COMING, "No date lies ahead of you.")
