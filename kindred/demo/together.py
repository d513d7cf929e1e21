"""What holds over all programmes of a year: one list, no two dates at once, one digest a day, sums that add up.

And at its end: a leaver hands over all places in one act, and whoever is erased has left no trace.
"""

import datetime as dt
import re
from collections import defaultdict
from email.utils import parsedate_to_datetime
from itertools import combinations
from typing import Any

from kindred.demo.exchange.story import Exchange
from kindred.demo.people import Population, school_domain
from kindred.demo.programme import WEEKLY
from kindred.demo.round import ZONE, Round
from shared.commands.people import FindPeople, FoundPeople, FoundPerson
from shared.commands.reports import ListReports, ReportRows
from shared.commands.rounds import RoundDetail, ShowRound
from shared.errors import Rejected

Span = tuple[dt.datetime, dt.datetime, str, str]
"""From when to when, what, and of which programme."""


def programmes(this: Round) -> list[str]:
    """The ids of all programmes of the year."""
    own = [this.story.programme_id] if this.story.programme_id else []
    return list(dict.fromkeys([*own, *(one.programme_id for one in this.kept.values())]))


async def look_back(this: Round) -> None:
    """Look at everybody's calendar and mail of the whole year, and at what schools gave and received."""
    in_calendars_and_mail(this)
    await _ledgers(this)
    await _impact(this)


def in_calendars_and_mail(this: Round) -> None:
    """Look at everybody's calendar, and at how often what gathers is sent."""
    _no_clash(this)
    _one_digest_a_day(this)


def _no_clash(this: Round) -> None:
    """Everybody's calendar, as the invitations in their mail make it, has no two dates at once of two programmes."""
    clashes = []
    for address, spans in calendars(this).items():
        for one, other in combinations(sorted(spans), 2):
            if other[0] < one[1] and one[3] != other[3]:
                clashes.append(f"{address}: {one[2]} and {other[2]} on {one[0]:%d %B %Y}")
    this.checks.equal("no two dates of anybody clash across programmes", clashes, [])


def calendars(this: Round) -> dict[str, list[Span]]:
    """Address -> what stands in their calendar, once every invitation, change and cancellation has been taken in."""
    entries: dict[tuple[str, str], tuple[int, dt.datetime, Span | None]] = {}
    for row in this.ledger.rows.values():
        letter = this.ledger.letter(row)
        calendar = letter.calendar if letter else None
        if letter is None or calendar is None:
            continue
        for event in calendar.walk("VEVENT"):
            gone = str(calendar.get("method", "")) == "CANCEL" or str(event.get("status", "")) == "CANCELLED"
            key = (letter.to, str(event["uid"]))
            state = (
                int(event.get("sequence", 0)),
                row.queued_at,
                None if gone else _span(event, row.programme_id or ""),
            )
            if key not in entries or entries[key][:2] <= state[:2]:
                entries[key] = state
    found: dict[str, list[Span]] = defaultdict(list)
    for (address, _), (_, _, span) in entries.items():
        if span is not None:
            found[address].append(span)
    return found


def _span(event: Any, programme_id: str) -> Span | None:
    """From when to when an entry of a calendar is; None where it is for a whole day or has no end."""
    start, end = event.get("dtstart"), event.get("dtend")
    if start is None or end is None or not isinstance(start.dt, dt.datetime):
        return None
    return start.dt.astimezone(ZONE), end.dt.astimezone(ZONE), str(event.get("summary", "")), programme_id


def _one_digest_a_day(this: Round) -> None:
    """Mails that gather what has happened, the weekly list among them, come at most once a day to anybody."""
    subjects = {mail.subject for one in this.kept.values() for mail in one.template.mails if mail.digest}
    if this.story.template is not None:
        subjects |= {mail.subject for mail in this.story.template.mails if mail.digest}
    found: dict[tuple[str, dt.date], list[str]] = defaultdict(list)
    for row in this.ledger.rows.values():
        letter = this.ledger.letter(row)
        if letter is not None and (row.template == WEEKLY or row.subject in subjects):
            on = parsedate_to_datetime(str(letter.message["Date"])).date()
            found[letter.to, on].append(f"{row.subject} ({row.template})")
    twice = {key: said for key, said in found.items() if len(said) > 1}
    this.checks.equal("nobody gets two digests on one day", twice, {})


async def _ledgers(this: Round) -> None:
    """What is given in placements is received by somebody, in each programme and over all of them."""
    gives = receives = 0
    for programme_id in programmes(this):
        try:
            found: RoundDetail = await this.client.find(ShowRound(programme_id=programme_id))
        except Rejected:
            continue
        gives += sum(row.gives for row in found.ledger)
        receives += sum(row.receives for row in found.ledger)
    this.checks.equal("what schools give over all programmes is what they receive", gives, receives)


async def _impact(this: Round) -> None:
    """The impact report of the exchange has the ledger's numbers of it, school by school."""
    mine = next((one for one in this.kept.values() if isinstance(one, Exchange)), None)
    if mine is None:
        return
    await mine.desk.run("reports", "compile", "impact")
    await this.settle()
    rows: ReportRows = await this.client.find(ListReports(programme_id=mine.programme_id, kind="impact"))
    said = await this.words_of(rows.reports[-1], this.story.coordinator())
    found: RoundDetail = await this.client.find(ShowRound(programme_id=mine.programme_id))
    ledger = {row.school: (row.gives, row.receives) for row in found.ledger}
    reported = {
        school: (int(numbers[1]), int(numbers[2]))
        for school in ledger
        if (numbers := re.search(rf"{re.escape(school)}\W+(\d+)\W+(\d+)\W", said))
    }
    expected = {school: numbers for school, numbers in ledger.items() if any(numbers)}
    this.checks.equal("the impact report adds up to what the ledger says", reported, expected)


async def leave(this: Round) -> None:
    """Whoever has most places hands them all over in one act; then they are erased, and no trace of them is left."""
    leaver = await busiest(this)
    held = {place.programme_id for place in leaver.places if place.under_way}
    urn = next(place.urn for place in leaver.places if place.urn)
    comes = Population(this.seed + 13_000_027).someone("headteacher", school_domain("A new head", urn or 0))
    desk = this.desk()
    await desk.run("people", "hand-over", leaver.email, f"{comes.name} <{comes.email}>")
    await this.settle()
    after, before = await _found(this, comes.email), await _found(this, leaver.email)
    took = {place.programme_id for place in after.places} if after else set()
    this.checks.equal("a leaver hands over all places in one act", took, held)
    kept = [place.title for place in before.places if place.under_way] if before else []
    this.checks.equal("whoever has handed over has no place left", kept, [])
    await desk.run("people", "erase", leaver.person_id, "--yes")
    await this.settle()
    this.checks.equal("nobody finds whoever was erased", await _found(this, leaver.email), None)
    places = await this.traces((leaver.name, leaver.email))
    this.checks.equal("erasing somebody leaves no trace of them anywhere", places, [])
    this.story.notes.append(
        f"{leaver.name} handed over {len(held)} programmes to {comes.name} in one act, and was erased"
    )


async def busiest(this: Round) -> FoundPerson:
    """The head with places in most programmes, of those who have as many the first by id."""
    heads = [one.people[0].email for one in this.story.joining]
    found = [one for one in [await _found(this, address) for address in heads] if one is not None]
    return max(found, key=lambda one: (len({place.programme_id for place in one.places}), one.person_id))


async def _found(this: Round, address: str) -> FoundPerson | None:
    page: FoundPeople = await this.client.find(FindPeople(search=address))
    return next((one for one in page.people if one.email.casefold() == address.casefold()), None)
