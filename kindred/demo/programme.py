"""A programme that the coordinator runs: its id, their desk for it, and every mail that it owes to whom."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeVar

from kindred.demo import cast, ground
from kindred.demo.checks import Failed
from kindred.demo.coordinator import Coordinator
from kindred.demo.mailbox import Received
from kindred.demo.round import Round
from shared.commands.notifications import MailRow
from shared.template import Template

ASKED, REMINDED, MISSED = "asked", "reminded", "missed"
WEEKLY = "weekly-tasks"
"""The kind of mail that holds what is asked over a week, in all programmes of a person."""
COURSE_DATES = "course-dates"
OF_DATES = frozenset({COURSE_DATES, "course-dates-over", "event-moved", "event-changed", "event-cancelled"})
"""Kinds of mail about dates that the coordinator plans: who got them is checked where they are planned."""
UNSENT = "suppressed"
"""How a mail stands that had nothing to say any more when its turn came."""
_REMINDER, _LATE, _BY = (
    re.compile(r"^Reminder: "),
    re.compile(r"^Not done by [^:]+: "),
    re.compile(r", (?:(?:by|until) \w+day|it was due on) .*$"),
)

Mail = tuple[str, str, str]
"""A mail that must arrive: how it says it, what it is about (the title of a task, or its subject), the address."""
R = TypeVar("R", bound="Programme")


def said(subject: str) -> tuple[str, str]:
    """How a mail says something, and about what: `Reminder: Post your projects, by ...` is a reminder of posting."""
    how = REMINDED if _REMINDER.match(subject) else MISSED if _LATE.match(subject) else ASKED
    return how, _BY.sub("", _LATE.sub("", _REMINDER.sub("", subject)))


@dataclass
class Programme:
    """What a plot remembers of its programme; each has a class of its own."""

    programme_id: str
    programme: str
    template: Template
    desk: Coordinator
    """The coordinator's commands, for this programme."""
    expected: Counter[Mail] = field(default_factory=Counter, kw_only=True)

    def expect(self, how: str, what: str, addresses: list[str]) -> None:
        """From now on one more mail of this kind to each of these addresses must have arrived."""
        self.expected.update((how, what, address.casefold()) for address in addresses)


async def opened(this: Round, kind: type[R], template: str, title: str) -> R:
    """Open a programme from its template, with the coordinator of all; the round keeps it."""
    year, runs = this.story.first_year, cast.coordinator(this.seed)
    name = f"{title} {year}/{(year + 1) % 100:02}"
    desk = this.desk(name)
    await desk.run(
        "programmes", "open", template, "--name", name, "--year", f"{year}/{(year + 1) % 100:02}",
        "--coordinator-name", runs.name, "--coordinator-email", runs.email,
    )  # fmt: skip
    shown = await desk.run("programmes", "show")
    return this.keep(kind(shown["programme_id"], name, ground.template(template), desk))


def letter(this: Round, programme_id: str, to: str, what: str, how: str = ASKED) -> Received:
    """The latest mail of a programme that says this to somebody; raises Failed when there is none."""
    rows = mails_to(this, programme_id, to)
    found = [row for row in rows if said(row.subject) == (how, what)]
    if not found:
        raise Failed(f"{to} got no mail that says {what!r} ({how}), only {sorted(row.subject for row in rows)}.")
    latest = max(found, key=lambda row: row.queued_at)
    arrived = this.ledger.letter(latest)
    if arrived is None:
        raise Failed(f"The mail {latest.mail_id} ({latest.subject}) is {latest.state}, but it did not arrive.")
    return arrived


def mails_to(this: Round, programme_id: str, to: str) -> list[MailRow]:
    """The mails of a programme to an address; of no programme or any where none is named."""
    return [
        row
        for row in this.ledger.rows.values()
        if row.to.casefold() == to.casefold() and programme_id in {"", row.programme_id}
    ]


def compare(this: Round, mine: Programme, name: str, apart: frozenset[str] = OF_DATES) -> None:
    """Compare the mails that came with those that were owed, subject by subject and person by person.

    Lists are left out, since they are of all programmes of a person. `apart`: kinds of mail that are checked where they
    are brought about.
    """
    rows = [
        row
        for row in this.ledger.rows.values()
        if row.programme_id == mine.programme_id and row.template not in {WEEKLY, *apart}
    ]
    found = Counter((*said(row.subject), row.to.casefold()) for row in rows if row.state != UNSENT)
    for how, what in sorted({mail[:2] for mail in (*found, *mine.expected)}):
        this.checks.same_counts(
            f"{name}: mails {what!r}, {how}, person by person",
            Counter({mail: count for mail, count in found.items() if mail[:2] == (how, what)}),
            Counter({mail: count for mail, count in mine.expected.items() if mail[:2] == (how, what)}),
        )
