"""What has happened in the exchange so far, as its people know it: who posted, who was named, which mails are owed."""

from dataclasses import dataclass, field

from kindred.demo.people import Someone
from kindred.demo.programme import Programme
from shared.commands.agreed_visits import AgreedVisitRow
from shared.commands.rounds import PlacementRow


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
class Exchange(Programme):
    """Everything to be remembered."""

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
