"""After the year: what was expected against what came, mail by mail, and nothing left anywhere."""

from collections import Counter

from kindred.demo.round import Round
from shared.bus import dead_letters


async def play(this: Round) -> None:
    """Compare, count, and look into every corner."""
    this.tell("Everything is checked against the rules")
    await this.ledger.refresh(whole=True)
    _every_mail(this)
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
    _, _, link = await this.lead(this.letter("report-ready", head), "report")
    story.links.append(("Their report", link))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").split())


def _every_mail(this: Round) -> None:
    """Each kind of mail to each person as often as the rules say, and no other mail to anybody."""
    other = this.exchange.programme_id if this.exchange else ""
    rows = (row for row in this.ledger.rows.values() if row.programme_id != other)
    found = Counter((row.template, row.person_id) for row in rows)
    expected: Counter[tuple[str, str]] = Counter()
    for (template, person_id, _), count in this.story.expected.items():
        expected[template, person_id] += count
    for template in sorted({template for template, _ in (*found, *expected)}):
        this.checks.same_counts(
            f"mails {template}, person by person",
            Counter({key: count for key, count in found.items() if key[0] == template}),
            Counter({key: count for key, count in expected.items() if key[0] == template}),
        )


def _arrived_once(this: Round) -> None:
    """Every mail was taken by the relay, arrived exactly once, at the address of who it is for."""
    states = Counter(row.state for row in this.ledger.rows.values())
    this.checks.equal("every mail was accepted", dict(states), {"accepted": len(this.ledger.rows)})
    arrived = {mail_id: len(letters) for mail_id, letters in this.ledger.received.items()}
    this.checks.equal("no mail came twice", {key: count for key, count in arrived.items() if count > 1}, {})
    this.checks.equal("every mail arrived, and no other", set(arrived), set(this.ledger.rows))
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
