"""All stores at once."""

from typing import Protocol

from services.matching.ports.cohorts import Cohorts
from services.matching.ports.drafts import Drafts
from services.matching.ports.enrolments import Enrolments

__all__ = ["Stores"]


class Stores(Protocol):
    """All of them."""

    @property
    def enrolments(self) -> Enrolments:
        """What others told."""
        ...

    @property
    def cohorts(self) -> Cohorts:
        """What matching decided."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What drafts leave behind."""
        ...
