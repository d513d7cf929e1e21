"""Who a reference names: the same answer in every service.

A service keeps who holds which role (`RoleTaken`, `RoleLeft`) and who stands how to whom (`RelationDeclared`), and
describes what a thing is about as a `Situation`. Everything else is here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from shared.template.references import Reference, parse_reference
from shared.template.template import Template

__all__ = ["Directory", "Situation", "people_for"]


class Directory(Protocol):
    """Who is who in one programme, as it stands now."""

    def holding(self, role: str, school_ids: Iterable[str] | None) -> tuple[str, ...]:
        """The people who hold the role at one of these schools; `None`: anywhere in the programme."""
        ...

    def standing(self, relation: str, to_person: str) -> tuple[str, ...]:
        """The people who stand in that relation to the person."""
        ...


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a thing is about. Empty fields are things that it has not."""

    school_id: str | None = None
    host_school_id: str | None = None
    guest_school_ids: tuple[str, ...] = ()
    group_school_ids: tuple[str, ...] = ()
    person_id: str | None = None
    person_role: str = ""
    author_ids: tuple[str, ...] = ()
    coordinator_id: str | None = None
    facilitator_id: str | None = None
    attendee_ids: tuple[str, ...] = ()
    present_ids: tuple[str, ...] = ()
    owner_ids: tuple[str, ...] = ()

    def schools(self, scope: str) -> tuple[str, ...] | None:
        """The schools that a scope means; `None`: all of the programme."""
        match scope:
            case "own" | "party":
                return (self.school_id,) if self.school_id else ()
            case "host":
                return (self.host_school_id,) if self.host_school_id else ()
            case "guest":
                return self.guest_school_ids
            case "group":
                return self.group_school_ids
            case "cohort" | "programme":
                return None
            case _:
                return ()


def people_for(references: Iterable[str], template: Template, about: Situation, known: Directory) -> tuple[str, ...]:
    """The ids of everybody the references name, each once, in the order in which they are named."""
    named = (
        person for text in references for person in _people(parse_reference(text), template, about, known) if person
    )
    return tuple(dict.fromkeys(named))


def _people(one: Reference, template: Template, about: Situation, known: Directory) -> Iterable[str | None]:
    if one.is_function:
        return _by_function(one.role, about)
    if one.scope == "author":
        return (person for author in about.author_ids for person in known.standing(_relation(one, template), author))
    if (schools := about.schools(one.scope)) != () or one.scope in {"own", "host", "guest", "group", "party"}:
        return _holding(one, template, about, schools, known)
    if one.role == "owner":
        return about.owner_ids
    if one.scope == about.person_role and about.person_id is not None:
        return known.standing(_relation(one, template), about.person_id)
    return ()


def _by_function(role: str, about: Situation) -> tuple[str | None, ...]:
    match role:
        case "coordinator":
            return (about.coordinator_id,)
        case "facilitator":
            return (about.facilitator_id,)
        case "author":
            return about.author_ids
        case "attendees" | "party":
            return about.attendee_ids
        case _:
            return about.present_ids


def _holding(
    one: Reference, template: Template, about: Situation, schools: tuple[str, ...] | None, known: Directory
) -> Iterable[str]:
    """Who holds the role there. The person the thing is about is meant by their own role, not all who share it."""
    if one.scope == "own" and one.role == about.person_role and about.person_id is not None:
        return (about.person_id,)
    return (person for role in template.roles_of(one.role) for person in known.holding(role, schools))


def _relation(one: Reference, template: Template) -> str:
    """The key of the relation in which the named role stands to the role before the dot."""
    found = (relation.key for relation in template.relations if one.role in {relation.from_role, relation.key})
    return next(found, one.role)
