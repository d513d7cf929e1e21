"""The presentation: a day, papers by link, governors where the project says so; then everybody looks back."""

import datetime as dt

from kindred.demo.exchange.carrying_out import apart
from kindred.demo.exchange.moves import address, deliver, exchange, from_list, letter
from kindred.demo.exchange.story import Stay
from kindred.demo.exchange.texts import DECIDED, GAINED, WELL_DONE
from kindred.demo.exchange.visiting import RECORD
from kindred.demo.programme import ASKED, REMINDED
from kindred.demo.round import Round, local
from kindred.output import wording
from shared.commands.agreed_visits import ArrangementDetail, ShowDays
from shared.commands.forms import EntryRows, ListEntries, ShowEntry
from shared.errors import Rejected
from shared.template.days import shifted
from shared.template.moments import Offset

SOON = 10
"""Days from when somebody can come."""
DAY, TITLE, ACTIVITY = "Agree on the day of the presentation", "Presentation of the findings", "presentation"
PAPER, WRITE = "Findings and action plan", f"Write the minutes: {TITLE}"
RIGHT = f"Say whether the minutes are right: {TITLE}"
REMINDED_AT = (3, 4)
"""Working days after the minutes: three after people were asked, which may be a day later."""


async def agree_day(this: Round, stays: list[Stay]) -> None:
    """The practitioner names days, the head takes one; everybody concerned is invited, with the paper by link."""
    second = exchange(this)
    for stay in stays:
        second.expect(ASKED, DAY, [stay.person.email, stay.head])
        await _agree(this, stay)
    await this.settle()
    for stay in stays:
        await _invited(this, stay)


async def minute(this: Round) -> None:
    """The day after a presentation its minutes are written."""
    for stay in exchange(this).stays:
        if stay.presented and stay.presented.on < this.now.date() and not stay.minuted:
            stay.minuted = True
            await _minute(this, stay)


async def _minute(this: Round, stay: Stay) -> None:
    """The host's CPD lead writes the minutes; everybody else who was there is asked, and silence agrees."""
    second, to = exchange(this), {row.person_id: row.to for row in this.ledger.rows.values() if row.to}
    second.expect(ASKED, WRITE, [stay.lead])
    browser, page = await this.follow(letter(this, stay.lead, WRITE), "entry")
    await deliver(browser, page, {"decisions.1.text": DECIDED})
    await this.settle()
    there = [to[one.person_id] for one in (stay.presented.attendees if stay.presented else ())]
    others = [one for one in there if one != stay.lead]
    second.expect(ASKED, RIGHT, others)
    second.expect(REMINDED, RIGHT, others)
    for days in REMINDED_AT:
        this.plan(local(shifted(this.now.date(), Offset(days, "working days")), 12), pass_by)
    day = wording.date(stay.presented.on) if stay.presented else ""
    second.expect(ASKED, f"Minutes, {TITLE}, {stay.host}, {day}", there)


async def pass_by(this: Round) -> None:
    """The morning of a reminder passes: of several whose mornings are skipped at once only one goes out."""
    await this.settle()


async def look_back(this: Round) -> None:
    """Practitioners say what they have gained, hosts what they did well; each is read by whom it is for."""
    this.tell("Findings were presented; everybody looks back")
    second = exchange(this)
    for stay in second.stays:
        record = f"{RECORD}, {stay.person.name}"
        second.expect(ASKED, record, [stay.person.email])
        browser, page = await from_list(this, stay.person.email, "reflection", stay.match_id)
        levels = {name: options[-1] for name, options in page.form.choices.items() if name.startswith("aims.")}
        await deliver(browser, page, {"gained": GAINED, **levels})
        browser, page = await from_list(this, stay.lead, "host-feedback", stay.match_id)
        await deliver(browser, page, {"strengths.1.text": WELL_DONE})
    await this.settle()
    for stay in second.stays:
        second.expect(ASKED, f"{RECORD}, {stay.person.name} (version 2)", [stay.person.email])
        second.expect(ASKED, f"Feedback to the practitioner, {stay.host}", [stay.person.email])
    await _private(this, second.stays[0])
    mail = letter(this, second.stays[0].person.email, f"{RECORD}, {second.stays[0].person.name}")
    _, page = await this.follow(mail, "report")
    this.checks.true("everybody has a record of what they did", RECORD in page.heading, page.heading)


async def _agree(this: Round, stay: Stay) -> None:
    """The practitioner names days, the senior leader says which suit them, too, and the head takes one."""
    leader = address(this, stay.host_id, "senior-leader")
    choose = f"Please choose a day: {TITLE}, {stay.host}"
    browser, page = await this.follow(letter(this, stay.person.email, DAY), "days")
    soon = this.now.date() + dt.timedelta(days=SOON)
    days = dict.fromkeys(apart(page, "suit-", 3, soon), "on")
    await browser.press(page, "propose", days)
    await this.settle()
    browser, page = await this.follow(letter(this, leader, choose), "days")
    await browser.press(page, "propose", days)
    await this.settle()
    exchange(this).expect(ASKED, choose, [stay.head, leader, stay.head])
    browser, page = await this.follow(letter(this, stay.head, choose), "days")
    (taken,) = apart(page, "take-", 1, soon)
    page = await browser.press(page, "next", {taken: "on"})
    await browser.press(page, "agree", {})


async def _invited(this: Round, stay: Stay) -> None:
    """Governors are invited where the project says so; the paper stands in the invitation."""
    found: ArrangementDetail = await this.client.find(ShowDays(match_id=stay.match_id, activity=ACTIVITY))
    (stay.presented,) = [day for day in found.visits if day.state != "cancelled"]
    this.plan(local(stay.presented.on + dt.timedelta(days=1), 11), minute)
    asked = {one.role for one in stay.presented.attendees}
    wanted = {"chair-of-governors", "clerk"} if stay.governors else set()
    this.checks.equal(
        f"governors are invited where the project says so ({stay.host})",
        asked & {"chair-of-governors", "clerk"},
        wanted,
    )
    subject = f"{TITLE}, {stay.host}: {wording.date(stay.presented.on)}"
    people = [one.person_id for one in stay.presented.attendees]
    to = {row.person_id: row.to for row in this.ledger.rows.values() if row.to}
    exchange(this).expect(ASKED, subject, [to[one] for one in people])
    _, page = await this.follow(letter(this, stay.head, subject), "report")
    this.checks.true("the paper of the presentation is in the invitation", "Findings" in page.heading, page.heading)
    await this.follow(letter(this, stay.head, f"Who may read this? {PAPER}, {stay.host}"), "entry")


async def _private(this: Round, stay: Stay) -> None:
    """A reflection is read by who wrote it and their line manager; feedback by the practitioner alone."""
    for form, person in (("reflection", this.story.at(stay.host_id, "cpd-lead")[0]),
                         ("host-feedback", this.story.at(stay.host_id, "headteacher")[0])):  # fmt: skip
        query = ListEntries(programme_id=exchange(this).programme_id, form=form, about_id=stay.match_id)
        rows: EntryRows = await this.client.find(query)
        for who in (person, this.story.coordinator()):
            try:
                await this.client.find(ShowEntry(entry_id=rows.entries[0].entry_id, person_id=who, view="read"))
            except Rejected as refused:
                this.checks.equal(f"nobody else reads a {form}", refused.rule, "unknown-entry")
            else:
                this.checks.true(f"nobody else reads a {form}", right=False)
