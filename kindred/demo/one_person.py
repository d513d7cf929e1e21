"""Whoever takes part in most programmes: one list, one calendar as page, feed and query. What needs the coordinator."""

import datetime as dt
import re
from collections import defaultdict

from icalendar import Calendar

from kindred.demo import signing_in
from kindred.demo.browser import Browser
from kindred.demo.checks import Failed
from kindred.demo.round import ZONE, Round
from kindred.demo.tasks import owed, own_list
from kindred.demo.together import busiest, calendars, programmes
from kindred.demo.ways_in.entering import Authenticator, enter
from shared.commands.own import DateRows, ListDates, ListNeeds, NeedRows
from shared.commands.people import FoundPerson
from shared.commands.tasks import ListTasks, TaskRow, TaskRows

MANY = 4
_FEED = re.compile(r'value="(http[^"]+\.ics)"')
_KEY = re.compile(r"^(.+)\.feed@kindred$")


async def look(this: Round) -> None:
    """December: much is owed, and much is dated, in all programmes."""
    who = await busiest(this)
    held = {place.programme_id for place in who.places if place.under_way}
    enough = min(MANY, len(programmes(this)))
    this.checks.true(f"somebody takes part in {enough} programmes at least", len(held) >= enough, str(who.places)[:600])
    await _one_list(this, who)
    await _one_calendar(this, who)
    await _needs(this)
    this.story.notes.append(f"{who.name} takes part in {len(held)} programmes, with one list and one calendar")


async def _one_list(this: Round, who: FoundPerson) -> None:
    """All that they owe stands on one page, and is found by one query."""
    rows: list[TaskRow] = []
    for programme_id in programmes(this):
        found = await owed(this, programme_id)
        rows += [row for row in found if who.person_id in row.person_ids and row.state == "open"]
    _, page = await own_list(this, who.person_id)
    left_out = [row.title for row in rows if not any(link.endswith(f"/task/{row.task_id}") for link in page.links)]
    this.checks.equal("what somebody owes in all of their programmes stands on one list", left_out, [])
    asked: TaskRows = await this.client.find(ListTasks(person_id=who.person_id, state="open", limit=500))
    by_query = {row.task_id for row in asked.tasks}
    this.checks.equal("one query finds all of it", by_query, {row.task_id for row in rows})


async def _one_calendar(this: Round, who: FoundPerson) -> None:
    """Page, feed and query say the same, and what invitations have put into their calendar is in it."""
    browser = Browser(this.transport)
    own = this.authenticators.setdefault(who.email.casefold(), Authenticator())
    await enter(browser, this.public_url, who.email, await signing_in.next_mail(this, who.email), own)
    dates = f"{this.public_url}/me/my-visits"
    await browser.press(await browser.open(dates), "anew", {})
    made = _FEED.search((await browser.fetch(dates)).decode())
    if made is None:
        raise Failed("The page of somebody's dates shows no address to subscribe to.")
    feed = Calendar.from_ical(await Browser(this.transport).fetch(made[1]))
    found: DateRows = await this.client.find(ListDates(person_id=who.person_id))
    keys = {match[1] for event in feed.walk("VEVENT") if (match := _KEY.match(str(event["uid"])))}
    this.checks.equal("their feed and the query of their dates say the same", keys, {one.key for one in found.dates})
    timed = {dt.datetime.combine(one.on, one.starts, ZONE) for one in found.dates if one.starts}
    whole = {one.on for one in found.dates if not one.starts}
    invited = calendars(this)[who.email.casefold()]
    missing = [(start, what) for start, _, what, _ in invited if start not in timed and start.date() not in whole]
    this.checks.equal("every invitation that stands is in their one calendar", missing, [])
    of = defaultdict[str, int](int)
    for _, _, _, programme_id in invited:
        of[programme_id] += 1
    if this.story.visits and len(programmes(this)) >= MANY:
        this.checks.true("dates of several programmes are in it", len(of) > 1, str(dict(of)))


async def _needs(this: Round) -> None:
    """One query says what needs the coordinator, whichever programme it is in; home shows it."""
    found: NeedRows = await this.client.find(ListNeeds())
    this.checks.equal("every service says what needs the coordinator", found.silent, ())
    late = set()
    for programme_id in programmes(this):
        rows: TaskRows = await this.client.find(ListTasks(programme_id=programme_id, state="missed", limit=1))
        late |= {programme_id} if rows.total else set()
    named = {one.programme_id for one in found.needs if "not done in time" in one.sentence}
    this.checks.equal("one query says in which programmes something was not done in time", named, late)
