"""What has happened in the trust so far."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from kindred.demo.checks import Failed
from kindred.demo.people import Someone
from kindred.demo.programme import Programme
from kindred.demo.round import Round

CODE, NAME = "99001", "Beacon Trust (made up)"
"""No trust of the register: its schools are real, that they belong to it is not."""
DOMAIN = "beacon.example"


@dataclass
class Trust(Programme):
    """Everything to be remembered. People are known by their addresses."""

    chief: Someone = field(init=False)
    clerk: Someone = field(init=False)
    consultant: Someone = field(init=False)
    carer: Someone = field(init=False)
    """The HR director."""
    middle: Someone = field(init=False)
    """A middle leader of the first school."""
    executives: list[Someone] = field(default_factory=list)
    """Executive heads; the last one leads a school herself."""
    heads: dict[int, Someone] = field(default_factory=dict)
    """URN -> the head, in the order of the register."""
    lines: dict[int, int] = field(default_factory=dict)
    """URN -> which executive head its head reports to."""
    ids: dict[int, str] = field(default_factory=dict)
    """URN -> the school."""
    names: dict[int, str] = field(default_factory=dict)
    passes: dict[str, set[str]] = field(default_factory=dict)
    """School -> who meets there once somebody has taken over."""
    lists: list[dt.date] = field(default_factory=list)
    """Mondays on which people have ticked off the week before."""
    skipped: dict[str, dt.date] = field(default_factory=dict)
    """Person -> the Monday of the week that they did not tick off."""
    joins: int = 0
    leaves: int = 0
    """URNs of the school that joins in January, and of the one that leaves in March."""
    done_before: int = 0
    """What the school that leaves had done by then."""
    late: str = ""
    """The school whose review of the autumn is not received."""
    did: Counter[str] = field(default_factory=Counter)
    """Task -> how often it was done."""

    @property
    def urns(self) -> list[int]:
        """Of all schools, in order."""
        return list(self.heads)


def trust(this: Round) -> Trust:
    """The trust of this round; raises Failed before it is open."""
    return this.of(Trust)


def person(this: Round, someone: Someone) -> str:
    """The id of somebody; raises Failed where nobody has their address."""
    address = someone.email.casefold()
    found = next((key for key, row in this.story.people.items() if row.email.casefold() == address), "")
    if not found:
        raise Failed(f"Nobody in this year has the address {address!r}.")
    return found


def line_of(mine: Trust, urn: int) -> Someone:
    """To whom the head of a school reports: who is executive head, too, to the chief executive."""
    if mine.heads[urn] in mine.executives:
        return mine.chief
    return mine.executives[mine.lines[urn]]
