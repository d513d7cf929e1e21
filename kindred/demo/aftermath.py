"""After a year, whatever was played in it: every mail came once, and nothing is left anywhere."""

from collections import Counter

from kindred.demo.programme import UNSENT
from kindred.demo.round import Round
from kindred.demo.tasks import WEEKLY, bundled


async def play(this: Round) -> None:
    """Look into every corner."""
    this.tell("Everything is checked against the rules")
    await this.ledger.refresh(whole=True)
    _arrived_once(this)
    await lists(this)
    this.checks.equal("no dead letters", await this.dead_letters(), [])
    waiting = await this.target.outboxes.waiting()
    this.checks.equal("every outbox is empty", {name: rows for name, rows in waiting.items() if rows}, {})


async def lists(this: Round) -> None:
    """Lists go to everybody who was asked by one in any programme, and to nobody else."""
    templates = {one.programme_id: one.template for one in this.kept.values()}
    if this.story.template is not None:
        templates[this.story.programme_id] = this.story.template
    told = await this.told_of_tasks()
    asked = {one for key, template in templates.items() for one in bundled(told, key, template)}
    got = {row.person_id for row in this.ledger.find(WEEKLY)}
    this.checks.equal("lists go to who is asked by one, and to nobody else", got, asked)


def _arrived_once(this: Round) -> None:
    """Every mail was taken by the relay, arrived once, at the address of who it is for.

    Lists that still gather are left out, and mails that had nothing to say any more when their turn came.
    """
    rows = {
        key: row
        for key, row in this.ledger.rows.items()
        if row.state != UNSENT and not (row.template == WEEKLY and row.state == "queued")
    }
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
