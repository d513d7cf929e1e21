"""Who is who: the people a wish names against those already known, told apart by their e-mail address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from services.programmes.domain.enrolment.addresses import address_key
from services.programmes.domain.records import HeldRole, Person, RoleOf
from shared.commands.programmes import PersonDetails

__all__ = ["Known", "cast"]

NewId = Callable[[str], str]


@dataclass(slots=True)
class Known:
    """The people concerned, by id; `changed` collects those that must be saved and published."""

    by_id: dict[str, Person]
    changed: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Person]) -> "Known":
        """Everybody loaded, none changed yet."""
        return cls({person.person_id: person for person in people})

    def unchanged(self) -> "Known":
        """The same people with nothing changed yet: a copy for a decision to work on."""
        return Known(dict(self.by_id))

    def with_address(self, email: str) -> Person | None:
        """Whoever has this mailbox."""
        wanted = address_key(email)
        return next((person for person in self.by_id.values() if address_key(person.email) == wanted), None)

    def put(self, person: Person) -> None:
        """Note a person's new state; its version rises once however often it changes here."""
        before = self.by_id.get(person.person_id)
        if before == person:
            return
        raised = before is None or person.person_id in self.changed
        after = person if raised else person.model_copy(update={"version": person.version + 1})
        self.by_id[person.person_id] = self.changed[person.person_id] = after

    def add_role(self, details: PersonDetails, held: RoleOf, new_id: NewId) -> Person:
        """The person of these details, now with this role too."""
        found = self.with_address(details.email)
        person = found or Person(
            person_id=new_id("per"), name=" ".join(details.name.split()), email=details.email.strip()
        )
        roles = person.roles if held in person.roles else (*person.roles, held)
        phone = details.phone or person.phone
        self.put(person.model_copy(update={"name": " ".join(details.name.split()), "phone": phone, "roles": roles}))
        return self.by_id[person.person_id]

    def drop_role(self, person_id: str, held: RoleOf) -> None:
        """The person no longer holds this role."""
        person = self.by_id.get(person_id)
        if person is not None:
            roles = tuple(role for role in person.roles if role != held)
            self.put(person.model_copy(update={"roles": roles}))


def cast(
    wanted: Iterable[PersonDetails],
    before: Iterable[HeldRole],
    known: Known,
    place: Mapping[str, str],
    new_id: NewId,
) -> tuple[HeldRole, ...]:
    """The people of an enrolment; who held a role before and is not named loses it.

    `place` is the enrolment's school and programme.
    """
    cast_now = []
    for details in wanted:
        person = known.add_role(details, RoleOf(role=details.role, **place), new_id)
        held = HeldRole(person_id=person.person_id, role=details.role, dates_not_possible=details.dates_not_possible)
        cast_now.append(held)
    kept = {(held.person_id, held.role) for held in cast_now}
    for held in before:
        if (held.person_id, held.role) not in kept:
            known.drop_role(held.person_id, RoleOf(role=held.role, **place))
    return tuple(cast_now)
