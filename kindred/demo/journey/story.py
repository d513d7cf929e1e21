"""What has happened on the journey so far."""

from dataclasses import dataclass, field

from kindred.demo.browser import Browser, Page
from kindred.demo.checks import Failed
from kindred.demo.people import Someone
from kindred.demo.programme import Programme
from kindred.demo.round import Round


@dataclass
class Team:
    """A school's leaders: its head first."""

    urn: int
    name: str
    people: list[Someone]
    governor: Someone
    school_id: str = ""

    @property
    def head(self) -> Someone:
        """Who leads the school."""
        return self.people[0]


@dataclass
class Journey(Programme):
    """Everything to be remembered."""

    trainer: Someone = field(init=False)
    teams: list[Team] = field(default_factory=list)
    booking: str = ""
    """The page on which anybody books a call."""
    readers: list[tuple[Browser, Page]] = field(default_factory=list)
    """Who has that page open."""
    silent: str = ""
    """Who does not say where the school stands, by their address."""
    feedback: str = ""
    """The link of one leader's feedback."""


def journey(this: Round) -> Journey:
    """The journey of this round; raises Failed before it is open."""
    return this.of(Journey)


def person(this: Round, address: str) -> str:
    """The id of whoever reads mail at an address."""
    found = next((key for key, row in this.story.people.items() if row.email.casefold() == address.casefold()), "")
    if not found:
        raise Failed(f"Nobody in this year has the address {address!r}.")
    return found
