"""Contact cards: the one place where names and addresses travel, outside the event log.

Stream PEOPLE, subject `people.<person id>`, last value per subject. A service keeps what it needs and drops it on
`ContactForgotten` (the subject is purged on erasure, so a new service never sees the person again).
"""

from typing import Literal

from shared.events.base import Fact

Role = Literal[
    "headteacher", "senior-leader", "cpd-lead", "practitioner", "governor", "chair-of-governors", "clerk",
    "facilitator", "coach", "trainer", "coordinator",
]  # fmt: skip
ROLE_TITLES: dict[Role, str] = {
    "headteacher": "headteacher",
    "senior-leader": "senior leader",
    "cpd-lead": "CPD lead",
    "practitioner": "practitioner",
    "governor": "governor",
    "chair-of-governors": "chair of governors",
    "clerk": "clerk to governors",
    "facilitator": "facilitator",
    "coach": "coach",
    "trainer": "trainer",
    "coordinator": "coordinator",
}


class RoleHeld(Fact):
    """A role and where it is held: at a school, or for a programme."""

    role: Role
    school_id: str | None = None
    programme_id: str | None = None


class ContactCard(Fact):
    """Work contact details of one person."""

    person_id: str
    version: int
    name: str
    email: str
    phone: str | None = None
    roles: tuple[RoleHeld, ...] = ()
    timezone: str = "Europe/London"

    @property
    def subject(self) -> str:
        """The person's own subject in the PEOPLE stream."""
        return f"people.{self.person_id}"


class ContactForgotten(Fact):
    """The person asked to be erased, or left: drop what you keep of them."""

    person_id: str
    version: int = 0
