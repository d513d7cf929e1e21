"""Visits: what practitioners ask to see is arranged line by line; what they note is theirs alone."""

from kindred.demo.browser import Page
from kindred.demo.exchange.agreeing import CONSENT
from kindred.demo.exchange.carrying_out import VISIT
from kindred.demo.exchange.moves import address, deliver, exchange, from_list, letter, own_list, rows_added, send
from kindred.demo.exchange.story import Stay
from kindred.demo.exchange.texts import NOTED, WISHES, WITH_A_NAME
from kindred.demo.people import Population, Someone, school_domain
from kindred.demo.programme import ASKED
from kindred.demo.round import Round
from kindred.output import wording
from shared.commands.forms import EntryRow, EntryRows, ListEntries, ShowEntry
from shared.errors import Rejected

REQUEST, NOTE = "data-request", "evidence-note"
RECORD = "Record of leadership development"
ARRANGE = "Arrange what your visitor asks for"
LEAVE = "on leave that week"


async def ask_to_see(this: Round) -> None:
    """Practitioners ask for lessons, people and papers; hosts arrange each line, or say why not."""
    second = exchange(this)
    for stay in second.stays:
        browser, page = await from_list(this, stay.person.email, REQUEST, stay.days[0].visit_id)
        page = await rows_added(browser, page, "wanted", len(WISHES))
        values = {f"wanted.{row}.{column}": text for row, wish in enumerate(WISHES, 1) for column, text in wish.items()}
        await deliver(browser, page, values)
        second.expect(ASKED, ARRANGE, [stay.lead])
    await this.settle()
    for number, stay in enumerate(second.stays):
        await _arrange(this, stay, refused=number == 0)
        second.expect(ASKED, _answered(stay), [stay.person.email])
    await this.settle()
    stay = second.stays[0]
    _, page = await this.follow(letter(this, stay.person.email, _answered(stay)), "entry")
    said = page.text
    this.checks.true("what was asked for is answered line by line", "Arranged" in said and LEAVE in said, said[:600])


async def take_notes(this: Round) -> None:
    """After the first visit everybody has notes; one that a phone sends twice, for want of an answer, is one note."""
    second = exchange(this)
    for stay in second.stays:
        await _note(this, stay, NOTED[0], twice=True)
        await _note(this, stay, NOTED[1])
        this.checks.equal(f"notes from {stay.host} are kept, each once", len(await notes_of(this, stay)), 2)
    stay = second.stays[0]
    page = await _note(this, stay, WITH_A_NAME)
    warned = "looks like a name" in page.text
    this.checks.true("what looks like a child's name is pointed out, and not kept back", warned, page.text[:600])
    await _nobody_else(this, stay)


async def leave_midway(this: Round) -> None:
    """A practitioner leaves after the first visit; a colleague takes over, and the notes keep their author."""
    second = exchange(this)
    stay = second.stays[-1]
    school = this.story.enrolments[stay.school_id].school
    comes = Population(this.seed + 5_000_011).someone("senior-leader", school_domain(school.name, school.urn))
    before = [(row.entry_id, row.author_ids) for row in await notes_of(this, stay)]
    await second.desk.run(
        "people", "replace", str(school.urn), f"practitioner: {comes.name} <{comes.email}>",
        "--leaving", stay.person.email,
    )  # fmt: skip
    await this.settle()
    _expect_handed_over(this, stay, comes)
    second.left, stay.person = stay.person, comes
    await send(this, letter(this, comes.email, CONSENT), {"agree": "yes", "aims.planning-change": "yes"})
    await this.settle()
    after = [(row.entry_id, row.author_ids) for row in await notes_of(this, stay)]
    this.checks.equal("what was noted stays with whoever noted it", after, before)


async def notes_of(this: Round, stay: Stay) -> list[EntryRow]:
    """The notes of a first visit, as the coordinator sees them: without a word of what they say."""
    about = stay.days[0].visit_id
    query = ListEntries(programme_id=exchange(this).programme_id, form=NOTE, about_id=about)
    found: EntryRows = await this.client.find(query)
    return list(found.entries)


def _expect_handed_over(this: Round, stay: Stay, comes: Someone) -> None:
    """What is to come passes on: calendars change, everybody concerned is told, and who left gets their record."""
    second, left = exchange(this), stay.person
    told = [comes.email, stay.manager.email, stay.lead, address(this, stay.school_id, "cpd-lead")]
    second.expect(ASKED, f"{comes.name} carries out a project at {stay.host}", told)
    for day in stay.days[1:]:
        what = f"{VISIT}, {stay.host}, {wording.date(day.on)}"
        second.expect(ASKED, f"Changed: {what}", [comes.email, stay.lead])
        second.expect(ASKED, f"Not needed any more: {what}", [left.email])
    second.expect(ASKED, f"{RECORD}, {left.name}", [left.email])
    second.expect(ASKED, CONSENT, [comes.email])


def _answered(stay: Stay) -> str:
    return f"Answered: What you would like to see, {VISIT}, {stay.host}, {wording.date(stay.days[0].on)}"


async def _arrange(this: Round, stay: Stay, *, refused: bool) -> None:
    """One line is not possible, which wants a reason; all others are arranged."""
    browser, page = await this.follow(letter(this, stay.lead, ARRANGE), "entry")
    lines = sorted(name for name in page.form.fields if name.startswith("line."))
    values = dict.fromkeys(lines, "arranged") | {lines[-1]: "not-possible"}
    because = lines[-1].replace("line.", "because.")
    if refused:
        page = await browser.press(page, "answer", values, expect=(422,))
        this.checks.true("“not possible” without a reason is refused", page.status == 422, page.text[:300])
    await deliver(browser, page, {**values, because: f"They are {LEAVE}."}, "answer")


async def _note(this: Round, stay: Stay, said: str, *, twice: bool = False) -> Page:
    browser, page = await from_list(this, stay.person.email, NOTE, stay.days[0].visit_id)
    doing = next(iter(page.form.choices["doing"]), "")
    doing = doing or page.form.choices["doing"][1]
    if twice:
        await browser.press(page, "send", {"doing": doing, "seen": said})
    return await deliver(browser, page, {"doing": doing, "seen": said})


async def _nobody_else(this: Round, stay: Stay) -> None:
    """Neither the host nor the coordinator finds a note, by any way there is."""
    (first, *_) = await notes_of(this, stay)
    host = this.story.at(stay.host_id, "cpd-lead")[0]
    for who, person_id in (("host", host), ("coordinator", this.story.coordinator())):
        try:
            await this.client.find(ShowEntry(entry_id=first.entry_id, person_id=person_id, view="read"))
        except Rejected as refused:
            this.checks.equal(f"the {who} cannot read a practitioner's notes", refused.rule, "unknown-entry")
        else:
            this.checks.true(f"the {who} cannot read a practitioner's notes", right=False)
    browser, page = await own_list(this, stay.lead)
    root = page.url.rsplit("/todo", 1)[0]
    where = f"{root}/open/{exchange(this).programme_id}/{NOTE}/{first.about_id}/{first.entry_id}"
    found = await browser.look(where)
    this.checks.equal("for the host there is no such page", found.status, 404)
