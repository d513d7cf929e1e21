"""All stores at once, as `app.py` hands them to handlers."""

from typing import Protocol

from services.matching.ports.cohorts import Cohorts
from services.matching.ports.drafts import Options, Progress
from services.matching.ports.enrolments import Enrolments
from services.matching.ports.groups import GroupChanges, Groups, UntoldGroups
from services.matching.ports.pins import Pinned
from services.matching.ports.programmes import Programmes
from services.matching.ports.rounds import RoundStores

__all__ = ["AllGroups", "Stores"]


class AllGroups(Groups, GroupChanges, UntoldGroups, Protocol):
    """One store of groups serves three ports."""


class Stores(Protocol):
    """The stores of the service. Calls join the transaction of the unit of work."""

    @property
    def programmes(self) -> Programmes:
        """Programmes."""
        ...

    @property
    def enrolments(self) -> Enrolments:
        """Enrolments."""
        ...

    @property
    def pins(self) -> Pinned:
        """Pins."""
        ...

    @property
    def cohorts(self) -> Cohorts:
        """Cohorts."""
        ...

    @property
    def groups(self) -> AllGroups:
        """Groups."""
        ...

    @property
    def progress(self) -> Progress:
        """How far drafts have got."""
        ...

    @property
    def options(self) -> Options:
        """What can be chosen."""
        ...

    @property
    def rounds(self) -> RoundStores:
        """What rounds of placements are kept by."""
        ...
