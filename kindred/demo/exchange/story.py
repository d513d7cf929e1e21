"""What has happened in the exchange so far, as its people know it: who posted, who was named, which mails are owed."""

import re
from collections import Counter
from dataclasses import dataclass, field

from kindred.demo.coordinator import Coordinator
from kindred.demo.people import Someone
from shared.commands.agreed_visits import AgreedVisitRow
from shared.commands.rounds import PlacementRow

ASKED, REMINDED, MISSED = "asked", "reminded", "missed"
_REMINDER, _LATE, _BY = (
    re.compile(r"^Reminder: "),
    re.compile(r"^Not done by [^:]+: "),
    re.compile(r", (?:(?:by|until) \w+day|it was due on) .*$"),
)

Mail = tuple[str, str, str]
"""A mail that must arrive: how it says it, what it is about (the title of a task, or its subject), the address."""


def said(subject: str) -> tuple[str, str]:
    """How a mail says something, and about what: `Reminder: Post your projects, by ...` is a reminder of posting."""
    how = REMINDED if _REMINDER.match(subject) else MISSED if _LATE.match(subject) else ASKED
    return how, _BY.sub("", _LATE.sub("", _REMINDER.sub("", subject)))


@dataclass(frozen=True)
class Nominee:
    """Somebody named for a project of another school, with their line manager."""

    school_id: str
    practitioner: Someone
    manager: Someone


@dataclass
class Stay:
    """A placement that is played to its end: who carries out what for whom. `lead`, `head`: addresses at the host."""

    match_id: str
    person_id: str
    person: Someone
    manager: Someone
    school_id: str
    host_id: str
    host: str
    lead: str
    head: str
    needed: int
    governors: bool
    days: list[AgreedVisitRow] = field(default_factory=list)
    findings_id: str = ""
    presented: AgreedVisitRow | None = None
    minuted: bool = False


@dataclass
class Exchange:
    """Everything to be remembered."""

    programme_id: str
    programme: str
    desk: Coordinator
    """The coordinator's commands, for this programme."""
    projects: dict[str, str] = field(default_factory=dict)
    """Entry of a project -> the school that posted it."""
    nominees: list[Nominee] = field(default_factory=list)
    wishes: dict[str, list[str]] = field(default_factory=dict)
    """Address of whoever was named -> the projects they wish for, by their entries."""
    late: set[str] = field(default_factory=set)
    """Schools that act only when they are reminded."""
    offered: set[str] = field(default_factory=set)
    """Who has been offered a place."""
    silent_on: str = ""
    """The offer that is not answered."""
    silent: set[str] = field(default_factory=set)
    """Addresses of people who have not yet answered what they were asked."""
    stays: list[Stay] = field(default_factory=list)
    quiet: list[PlacementRow] = field(default_factory=list)
    """Placements whose people never agree on a day."""
    left: Someone | None = None
    """Who left midway."""
    unanswered: Stay | None = None
    """The placement whose host does not say whether the findings are right."""
    expected: Counter[Mail] = field(default_factory=Counter)

    def expect(self, how: str, what: str, addresses: list[str]) -> None:
        """From now on one more mail of this kind to each of these addresses must have arrived."""
        self.expected.update((how, what, address.casefold()) for address in addresses)
