"""What has happened in the partnership so far."""

from dataclasses import dataclass, field

from kindred.demo.checks import Failed
from kindred.demo.people import Someone
from kindred.demo.programme import Programme
from kindred.demo.round import Round

NAME = "Seven Rivers Partnership"


@dataclass
class Heads(Programme):
    """Everything to be remembered. People are known by their addresses."""

    lead: Someone | None = None
    heads: dict[int, Someone] = field(default_factory=dict)
    """URN -> who leads the school."""
    same_line: tuple[str, ...] = ()
    """Heads who report to the same executive headteacher."""
    together: set[frozenset[str]] = field(default_factory=set)
    """Persons, two by two, who were in one pair or ring."""
    silent: str = ""
    """Who says nothing until reminded."""
    left_out: str = ""
    """The person who is not to be paired next time."""
    stalled: tuple[str, ...] = ()
    """The persons of the pair that never meets."""
    research: dict[str, Someone] = field(default_factory=dict)
    """Address of the head -> the researcher of the school."""
    withdrawn: str = ""
    """The finding that was taken back, by its entry."""

    def addresses(self) -> list[str]:
        """Of all heads."""
        return [head.email for head in self.heads.values()]


def heads(this: Round) -> Heads:
    """The partnership of this round; raises Failed before it is open."""
    return this.of(Heads)


def person_id(this: Round, address: str) -> str:
    """Who reads mail at this address."""
    found = next((key for key, row in this.story.people.items() if row.email.casefold() == address.casefold()), "")
    if not found:
        raise Failed(f"Nobody in this year has the address {address}.")
    return found


def address_of(this: Round, person: str) -> str:
    """Where somebody reads mail."""
    return this.story.people[person].email
