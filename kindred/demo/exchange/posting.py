"""September and October: CPD leads post projects; one is refused, because nobody could carry it out in its time."""

import datetime as dt

from kindred.demo.exchange.moves import address, drawn, exchange, form, letter, send, urn
from kindred.demo.exchange.texts import question
from kindred.demo.programme import ASKED, REMINDED
from kindred.demo.round import Round
from shared.commands.forms import EntryRow, EntryRows, ListEntries

POST = "Post your projects"
PAGE = 200
TOO_SOON, IN_TIME = (12, 18), (5, 14)
SECOND, LATE = 0.5, 0.15


async def post(this: Round) -> None:
    """Most schools post at once, some of them two projects."""
    this.tell("Schools post projects for each other")
    schools = list(this.story.enrolments)
    exchange(this).expect(ASKED, POST, [address(this, school_id, "cpd-lead") for school_id in schools])
    late = {one for one in schools if drawn(this, "late", one).random() < LATE}
    exchange(this).late = late or {schools[-1]}
    prompt = [one for one in schools if one not in exchange(this).late]
    await _refused(this, prompt[0])
    await this.together([_post(this, one, number, ASKED) for one in prompt for number in range(_how_many(this, one))])
    await this.settle()
    await remember_projects(this)


async def remind(this: Round) -> None:
    """The morning of a reminder passes: whoever has not posted gets one, and does nothing yet.

    The clock has to stop here, since of several reminders whose mornings are skipped at once only one goes out.
    """
    exchange(this).expect(REMINDED, POST, [address(this, one, "cpd-lead") for one in sorted(exchange(this).late)])


async def post_when_reminded(this: Round) -> None:
    """The others post once they have been reminded twice; whoever has posted is not reminded."""
    late = sorted(exchange(this).late)
    exchange(this).expect(REMINDED, POST, [address(this, school_id, "cpd-lead") for school_id in late])
    await this.together([_post(this, school_id, 0, REMINDED) for school_id in late])
    await this.settle()
    await remember_projects(this)
    hosts = set(exchange(this).projects.values())
    this.checks.equal("every school has posted a project", hosts, set(this.story.enrolments))


async def remember_projects(this: Round) -> None:
    """Learn which projects can be chosen, as `kindred entries list` shows them."""
    rows: list[EntryRow] = []
    while True:
        query = ListEntries(programme_id=exchange(this).programme_id, form="project", limit=PAGE, offset=len(rows))
        page: EntryRows = await this.client.find(query)
        rows += page.entries
        if len(rows) >= page.total or not page.entries:
            break
    exchange(this).projects = {row.entry_id: row.school_id or "" for row in rows if row.state == "released"}


def topic_seed(this: Round, school_id: str, number: int) -> str:
    """What decides which question a school's project asks."""
    return f"{this.seed}/project/{urn(this, school_id)}/{number}"


def _how_many(this: Round, school_id: str) -> int:
    return 2 if drawn(this, "second", school_id).random() < SECOND else 1


async def _refused(this: Round, school_id: str) -> None:
    """A project wanted before anybody could carry it out: the page says so, names a day, and keeps what was typed."""
    browser, page = await form(this, letter(this, address(this, school_id, "cpd-lead"), POST))
    values = _project(this, school_id, 9) | {"done-by": dt.date(this.story.first_year, *TOO_SOON).isoformat()}
    refused = await browser.press(page, "send", values, expect=(422,))
    this.checks.true(
        "a project that cannot be done in its time is refused with the earliest day that would do",
        "earliest" in refused.text.casefold(),
        refused.text[:300],
    )
    this.checks.equal("what was typed is kept", refused.form.fields["title"], values["title"])
    gone = await browser.press(refused, "withdraw", {})
    this.checks.true("a draft can be thrown away", "withdrawn" in gone.heading, gone.heading)


async def _post(this: Round, school_id: str, number: int, how: str) -> None:
    await send(this, letter(this, address(this, school_id, "cpd-lead"), POST, how), _project(this, school_id, number))


def _project(this: Round, school_id: str, number: int) -> dict[str, str]:
    asked = question(topic_seed(this, school_id, number))
    random = drawn(this, f"governors/{number}", school_id)
    return {
        "title": asked.title,
        "topic": asked.topic,
        "need": asked.need,
        "inside.1.text": asked.inside,
        "visits": str(random.randint(2, 3)),
        "done-by": dt.date(this.story.first_year + 1, *IN_TIME).isoformat(),
        "governors": random.choice(("yes", "no")),
    }
