"""November on: whoever is placed agrees on days with the host, and the host writes what visitors need to know."""

import datetime as dt
from collections import Counter

from kindred.demo import cast
from kindred.demo.browser import Page
from kindred.demo.exchange.moves import address, exchange, letter, send
from kindred.demo.exchange.placing import nominee, shown
from kindred.demo.exchange.story import Stay
from kindred.demo.exchange.texts import NOTES
from kindred.demo.programme import ASKED, MISSED, REMINDED
from kindred.demo.round import Round
from kindred.output import wording
from shared.commands.agreed_visits import ArrangementDetail, ShowDays
from shared.commands.entries_listed import BrowseEntries, ListedEntries
from shared.commands.rounds import PlacementRow

DATES, PACK = "Agree on the days of your visits", "Write the notes for your visitor"
VISIT, ACTIVITY = "Visit to the host school", "data-visit"
PLAYED, APART, FROM = 5, 10, (1, 11)
"""Most placements that are played to their end, days between two visits, and from when they take place."""


async def agree_days(this: Round) -> None:
    """Both sides agree on days that suit both; one pair has spoken by phone, and all others say nothing."""
    this.tell("Practitioners and their hosts agree on the days of their visits")
    second = exchange(this)
    placements = list((await shown(this)).placements)
    second.stays = await _chosen(this, placements)
    played = {stay.match_id for stay in second.stays}
    second.quiet = [row for row in placements if row.match_id not in played]
    for row in placements:
        second.expect(ASKED, DATES, pair(this, row))
    for number, stay in enumerate(second.stays):
        await (_by_phone(this, stay) if number == 1 else _choose(this, stay))
    await this.settle()
    for stay in second.stays:
        await remember_days(this, stay)
        for day in stay.days:
            second.expect(ASKED, f"{VISIT}, {stay.host}: {wording.date(day.on)}", [stay.person.email, stay.lead])
        entries = _entries(this, stay)
        own = {day.doings for day in stay.days}
        this.checks.equal(
            f"{stay.needed} visits to {stay.host} are as many entries of a calendar, each with doings of its own",
            (len(entries), len(own)),
            (stay.needed, stay.needed),
        )
    longest = max(stay.needed for stay in second.stays)
    this.checks.true("somebody agrees on three visits", longest >= 3, f"{longest} is the most")
    second.expect(ASKED, PACK, list(dict.fromkeys(stay.lead for stay in second.stays)))


async def remind(this: Round) -> None:
    """The morning of a reminder passes, on the fifth working day and on the last; the silent do nothing yet."""
    for row in exchange(this).quiet:
        exchange(this).expect(REMINDED, DATES, pair(this, row))
    await this.settle()


async def chase_the_silent(this: Round) -> None:
    """The last day is over; the coordinator hears of those who have not agreed."""
    for _ in exchange(this).quiet:
        exchange(this).expect(MISSED, DATES, [cast.coordinator(this.seed).email])
    await this.settle()


async def write_notes(this: Round) -> None:
    """Hosts write what their visitors need to know; it goes to each of them, for each of their days."""
    second = exchange(this)
    hosts = {stay.host_id: stay.lead for stay in second.stays}
    for lead in dict.fromkeys(hosts.values()):
        notes = {**NOTES, "safeguarding-lead.name": "Jo Hart", "safeguarding-lead.address": "jo.hart@dsl.example"}
        await send(this, letter(this, lead, PACK), notes)
    await this.settle()
    for stay in second.stays:
        second.expect(ASKED, f"Before you come: {VISIT}, {stay.host}", [stay.person.email] * stay.needed)
    stay = second.stays[0]
    mail = letter(this, stay.person.email, f"Before you come: {VISIT}, {stay.host}")
    _, page = await this.follow(mail, "entry")
    this.checks.true("what the host wrote is read before the visit", NOTES["parking"] in page.text, page.text[:300])


async def remember_days(this: Round, stay: Stay) -> None:
    """Learn which days stand, as `kindred visits agreed show` shows them."""
    found = await _arranged(this, stay)
    stay.days = [day for day in found.visits if day.state != "cancelled"]


async def _chosen(this: Round, placements: list[PlacementRow]) -> list[Stay]:
    """A few placements, each at a school of its own, with and without governors, those with most visits first."""
    projects = await _projects(this)
    seen: Counter[bool] = Counter()
    found: list[Stay] = []
    rows = sorted(placements, key=lambda row: (-int(str(projects[row.thing_entry_id]["visits"])), row.match_id))
    for row in rows:
        governors = projects[row.thing_entry_id]["governors"] is True
        taken = any(stay.host_id == row.host_school_id for stay in found)
        if len(found) == PLAYED or taken or seen[governors] > PLAYED // 2:
            continue
        seen[governors] += 1
        found.append(_stay(this, row, int(str(projects[row.thing_entry_id]["visits"])), governors=governors))
    this.checks.equal("some projects go to governors, and some do not", set(seen), {True, False})
    return found


def _stay(this: Round, row: PlacementRow, needed: int, *, governors: bool) -> Stay:
    one = nominee(this, row.person_id)
    return Stay(
        match_id=row.match_id, person_id=row.person_id, person=one.practitioner, manager=one.manager,
        school_id=row.school_id, host_id=row.host_school_id, host=row.host, needed=needed, governors=governors,
        lead=address(this, row.host_school_id, "cpd-lead"), head=address(this, row.host_school_id, "headteacher"),
    )  # fmt: skip


async def _projects(this: Round) -> dict[str, dict[str, object]]:
    """What projects say of themselves in a list, as somebody who may choose from it sees it."""
    looks = this.story.at(next(iter(this.story.enrolments)), "cpd-lead")[0]
    rows: dict[str, dict[str, object]] = {}
    while True:
        query = BrowseEntries(
            person_id=looks, programme_id=exchange(this).programme_id, form="project", limit=100, offset=len(rows)
        )
        page: ListedEntries = await this.client.find(query)
        rows |= {row.entry_id: dict(row.answers) for row in page.entries}
        if len(rows) >= page.total or not page.entries:
            return rows


async def _choose(this: Round, stay: Stay) -> None:
    """The practitioner names days; the host's CPD lead takes as many as are needed, and says what is done on each."""
    january = dt.date(this.story.first_year + 1, *FROM)
    browser, page = await this.follow(letter(this, stay.person.email, DATES), "days")
    wanted = apart(page, "suit-", stay.needed + 1, january)
    await browser.press(page, "propose", dict.fromkeys(wanted, "on"))
    await this.settle()
    choose = f"Please choose a day: {VISIT}, {stay.host}"
    exchange(this).expect(ASKED, choose, [stay.lead])
    browser, page = await this.follow(letter(this, stay.lead, choose), "days")
    taken = apart(page, "take-", stay.needed, january)
    page = await browser.press(page, "next", dict.fromkeys(taken, "on"))
    await browser.press(page, "agree", _doings(stay, page, taken))


async def _by_phone(this: Round, stay: Stay) -> None:
    """They have agreed by themselves: the practitioner enters one day after the other."""
    january = dt.date(this.story.first_year + 1, *FROM)
    browser, page = await this.follow(letter(this, stay.person.email, DATES), "days")
    for number, name in enumerate(apart(page, "suit-", stay.needed, january)):
        doing = _kinds(page, "outside-do-")[number]
        values = {"outside-on": name.removeprefix("suit-"), doing: "on"}
        await browser.press(page, "outside", values)
        page = await browser.open(page.url)


def apart(page: Page, prefix: str, number: int, after: dt.date) -> list[str]:
    """The first days on the page that lie far enough apart, from a day on, by the names of their boxes."""
    last, found = after, list[str]()
    boxes = sorted({name for form in page.forms for name in form.choices if name.startswith(prefix)})
    for name in boxes:
        day = dt.date.fromisoformat(name.removeprefix(prefix))
        if day >= last and len(found) < number:
            found.append(name)
            last = day + dt.timedelta(days=APART)
    return found


def _doings(stay: Stay, page: Page, taken: list[str]) -> dict[str, str]:
    """Something else is done on every day."""
    values: dict[str, str] = {}
    for number, name in enumerate(taken):
        kinds = _kinds(page, f"{name}-do-")
        values[kinds[number % len(kinds)]] = "on"
        values[f"{name}-from"] = "9:30" if number else "9:00"
    assert stay.needed == len(taken)
    return values


def _kinds(page: Page, prefix: str) -> list[str]:
    return sorted({name for form in page.forms for name in form.choices if name.startswith(prefix)})


def _entries(this: Round, stay: Stay) -> set[str]:
    """The UIDs of a visitor's calendar entries for these visits."""
    wanted = f"{VISIT}, {stay.host}: "
    rows = [row for row in this.ledger.rows.values() if row.person_id == stay.person_id]
    mails = [this.ledger.letter(row) for row in rows if row.subject.startswith(wanted)]
    calendars = [mail.calendar for mail in mails if mail and mail.calendar]
    return {str(event["uid"]) for calendar in calendars for event in calendar.walk("VEVENT")}


async def _arranged(this: Round, stay: Stay) -> ArrangementDetail:
    found: ArrangementDetail = await this.client.find(ShowDays(match_id=stay.match_id, activity=ACTIVITY))
    return found


def pair(this: Round, row: PlacementRow) -> list[str]:
    """Who agrees on the days: whoever is placed and their host's CPD lead, by address."""
    return [nominee(this, row.person_id).practitioner.email, address(this, row.host_school_id, "cpd-lead")]
