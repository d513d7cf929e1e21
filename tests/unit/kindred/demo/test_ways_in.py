"""A newcomer goes in as somebody of each role by one address, which works for as long as the demo serves."""

import datetime as dt
from pathlib import Path
from typing import Any

import httpx
import pytest

from kindred.demo import cast, ground
from kindred.demo.heads.opening import play as heads_open
from kindred.demo.visits.opening import join
from kindred.demo.ways_in import roles
from kindred.demo.ways_in.gate import Gate
from tests.fakes.town import Town
from tests.fakes.town.playing import TownRound
from tests.fakes.town.town import PUBLIC
from tests.workers import UNTRACED

pytestmark = UNTRACED


@pytest.fixture
async def this(tmp_path: Path) -> TownRound:
    august = dt.datetime(ground.coming_year(dt.datetime.now(dt.UTC)), 8, 20, 9, tzinfo=dt.UTC)
    found = TownRound(Town(at=august), tmp_path)
    person = cast.coordinator(found.seed)
    await found.coordinator.run("coordinators", "add", person.name, person.email)
    await ground.play(found, 8)
    await join(found)
    await heads_open(found)
    found.ways_in = await roles.ways(found)
    return found


async def through(this: TownRound, gate: httpx.AsyncClient, slug: str) -> tuple[str, str]:
    """The page that a browser comes to, and what it says."""
    answer = await gate.get(f"/as/{slug}")
    assert answer.status_code == 303, answer.text
    there: Any = this.transport
    async with httpx.AsyncClient(transport=there, cookies=dict(answer.cookies)) as browser:
        page = await browser.get(answer.headers["location"], follow_redirects=True)
    return str(page.url).removeprefix(PUBLIC), page.text


async def test_one_address_a_role_leads_in_again_and_again(this: TownRound) -> None:
    titles = [one.title for one in this.ways_in]
    assert titles[0] == "Coordinator"
    assert len(titles) == len({one.slug for one in this.ways_in}) == len(set(titles))
    assert {"Headteacher", "Facilitator", "Executive headteacher", "Lead of the partnership"} <= set(titles)
    mailbox: Any = this.mailbox
    gate = Gate(PUBLIC, mailbox, this.ways_in, this.authenticators, lambda: this.transport)
    reached = httpx.ASGITransport(gate.app())
    async with httpx.AsyncClient(transport=reached, base_url="http://127.0.0.1:9") as client:
        for way in this.ways_in:
            path, text = await through(this, client, way.slug)
            assert path == way.home, way
            assert way.name in text, way
        mails = len(this.town.post.mailboxes.mails)
        assert (await through(this, client, "coordinator"))[0] == "/console"
        assert len(this.town.post.mailboxes.mails) == mails, "whoever is in needs no other mail"
        await this.town.to(this.town.clock.now() + dt.timedelta(weeks=4))
        assert (await through(this, client, "coordinator"))[0] == "/console"
        assert (await client.get("/as/nobody")).status_code == 404
        listed = (await client.get("/")).text
        assert all(f'href="/as/{way.slug}"' in listed for way in this.ways_in)
