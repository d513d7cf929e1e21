"""After the year: what was expected against what came, mail by mail, and nothing left anywhere."""

from collections import Counter

from kindred.demo.acts.asked import owed
from kindred.demo.acts.owing import (
    OF_TASKS,
    WEEKLY,
    bundled,
    expect_news,
    mails_about_tasks,
    who_was_asked,
)
from kindred.demo.exchange.story import said
from kindred.demo.round import Round
from shared.bus import dead_letters
from shared.commands.notifications import MailRow


async def play(this: Round) -> None:
    """Compare, count, and look into every corner."""
    this.tell("Everything is checked against the rules")
    await this.ledger.refresh(whole=True)
    who_was_asked(this, await owed(this, every=True))
    await every_mail(this)
    _arrived_once(this)
    letters = [letter async for letter in dead_letters.ls(this.client.connection.jetstream())]
    this.checks.equal("no dead letters", [f"{one.durable}: {one.reason}" for one in letters], [])
    waiting = await this.target.outboxes.waiting()
    this.checks.equal("every outbox is empty", {name: rows for name, rows in waiting.items() if rows}, {})
    await _own_pages(this)
    this.checks.true("somebody answered by calendar", _answered(this, "calendar") > 0)
    this.checks.true("somebody answered on a page", _answered(this, "page") > 0)


async def _own_pages(this: Round) -> None:
    """A headteacher's own page still opens and names their visits; a group's page says why it was chosen."""
    story = this.story
    assert story.cohort is not None
    school_id = story.cohort.groups[0].school_ids[0]
    head = story.at(school_id, "headteacher")[0]
    _, page, link = await this.lead(this.letter("visit-invitation", head), "my-visits")
    hosts = [story.school(one) for one in story.cohort.groups[0].school_ids]
    this.checks.equal(
        "my visits names every host", [host for host in hosts if _plain(host) not in _plain(page.text)], []
    )
    story.links.append((f"My visits, as {story.name(head)} of {story.school(school_id)} sees them", link))
    _, _, link = await this.lead(this.letter("cohort-formed", head), "cohort")
    story.links.append(("Their group", link))
    _, _, link = await this.lead(this.letter("report-news", head), "report")
    story.links.append(("Their report", link))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").split())


async def every_mail(this: Round) -> None:
    """Each kind of mail to each person as often as the rules say, and no other mail to anybody."""
    other = this.exchange.programme_id if this.exchange else ""
    rows = [row for row in this.ledger.rows.values() if row.programme_id != other]
    found = Counter((_kind(row), row.person_id) for row in rows if row.template != WEEKLY)
    await expect_news(this)
    expected = mails_about_tasks(await this.told_of_tasks(), this.story)
    for (template, person_id, _), count in this.story.expected.items():
        expected[template, person_id] += count
    for template in sorted({template for template, _ in (*found, *expected)}):
        this.checks.same_counts(
            f"mails {template}, person by person",
            Counter({key: count for key, count in found.items() if key[0] == template}),
            Counter({key: count for key, count in expected.items() if key[0] == template}),
        )
    await _lists(this, [row for row in rows if row.template == WEEKLY])


def _kind(row: MailRow) -> str:
    """What a mail is counted as: its kind, and of mails about tasks how they ask and for what."""
    return " ".join(said(row.subject)) if row.template in OF_TASKS else row.template


async def _lists(this: Round, rows: list[MailRow]) -> None:
    """Lists go to everybody who was asked by one, and to nobody else."""
    asked = bundled(await this.told_of_tasks(), this.story)
    this.checks.equal("lists go to who is asked by one, and to nobody else", {row.person_id for row in rows}, asked)


def _arrived_once(this: Round) -> None:
    """Every mail but lists that still gather was taken by the relay, arrived once, at the address of who it is for."""
    gathers = {key for key, row in this.ledger.rows.items() if row.template == WEEKLY and row.state == "queued"}
    rows = {key: row for key, row in this.ledger.rows.items() if key not in gathers}
    states = Counter(row.state for row in rows.values())
    this.checks.equal("every mail was accepted", dict(states), {"accepted": len(rows)})
    arrived = {mail_id: len(letters) for mail_id, letters in this.ledger.received.items()}
    this.checks.equal("no mail came twice", {key: count for key, count in arrived.items() if count > 1}, {})
    this.checks.equal("every mail arrived, and no other", set(arrived), set(rows))
    people = this.story.people
    astray = [
        row.mail_id
        for row in this.ledger.rows.values()
        for letter in this.ledger.received.get(row.mail_id, [])
        if row.person_id in people and letter.to != people[row.person_id].email.casefold()
    ]
    this.checks.equal("every mail went to its own address", astray, [])


def _answered(this: Round, via: str) -> int:
    rows = [answer for visit in this.story.visits.values() for answer in visit.answers]
    return sum(answer.via == via for answer in rows)
