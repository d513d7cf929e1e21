"""Who a reference names: the same answer in every service.

A service keeps who holds which role (`shared.roster`), and describes what a thing is about as a `Situation`.
Everything else is here: `needed` says what must be loaded to resolve references, `people_for` resolves them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from shared.template.references import Reference, parse_reference
from shared.template.template import Template

__all__ = ["Directory", "Needed", "Situation", "needed", "people_for", "roles_named"]

EVERYWHERE = ("cohort", "programme")
_AT_SCHOOLS = ("own", "party", "host", "guest", "group")


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
    """The role in which the person is meant; without a person: somebody who is not known yet."""
    author_ids: tuple[str, ...] = ()
    form_authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Form -> who wrote the entry of it that the thing is about, for `nomination.author`."""
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


@dataclass(frozen=True, kw_only=True)
class Needed:
    """What must be known to say whom references name: people of schools, people by themselves, roles everywhere."""

    school_ids: frozenset[str] = frozenset()
    person_ids: frozenset[str] = frozenset()
    roles_everywhere: frozenset[str] = frozenset()


def roles_named(
    references: Iterable[str], template: Template, scopes: Collection[str] | None = None
) -> tuple[str, ...]:
    """The roles behind these references, each once; of some scopes only, where they are given. Functions have none."""
    named = (
        role
        for one in map(parse_reference, references)
        if not one.is_function and (scopes is None or one.scope in scopes)
        for role in template.roles_of(one.role)
    )
    return tuple(dict.fromkeys(named))


def needed(references: Iterable[str], template: Template, about: Situation) -> Needed:
    """What a `Directory` must hold so that `people_for` finds everybody."""
    parsed = [parse_reference(text) for text in references]
    schools = (about.school_id, about.host_school_id, *about.guest_school_ids, *about.group_school_ids)
    everywhere = (role for one in parsed if one.scope in EVERYWHERE for role in template.roles_of(one.role))
    return Needed(
        school_ids=frozenset(school for school in schools if school),
        person_ids=frozenset(person for person in (about.person_id, *about.author_ids) if person),
        roles_everywhere=frozenset(everywhere),
    )


def people_for(references: Iterable[str], template: Template, about: Situation, known: Directory) -> tuple[str, ...]:
    """The ids of everybody the references name, each once, in the order in which they are named."""
    named = (
        person for text in references for person in _people(parse_reference(text), template, about, known) if person
    )
    return tuple(dict.fromkeys(named))


def _people(one: Reference, template: Template, about: Situation, known: Directory) -> Iterable[str | None]:
    if one.is_function:
        return _by_function(one.role, template, about, known)
    if one.is_function_there:
        there = set(_everybody(template, about.schools(one.scope), known))
        return (person for person in _by_function(one.role, template, about, known) if person in there)
    if one.scope in _AT_SCHOOLS or one.scope in EVERYWHERE:
        return _holding(one, template, about, known)
    if one.role == "owner":
        return about.owner_ids
    if template.form(one.scope):
        authors = about.form_authors.get(one.scope, ())
        return authors if one.role == "author" else _standing(one, template, authors, known)
    return _standing(one, template, _before_the_dot(one.scope, template, about, known), known)


def _by_function(role: str, template: Template, about: Situation, known: Directory) -> tuple[str | None, ...]:
    match role:
        case "coordinator":
            return (about.coordinator_id,)
        case "facilitator":
            return (about.facilitator_id,)
        case "author":
            return about.author_ids
        case "attendees":
            return about.attendee_ids
        case "present":
            return about.present_ids
        case _:
            return _everybody(template, about.schools("own"), known)


def _everybody(template: Template, schools: tuple[str, ...] | None, known: Directory) -> tuple[str, ...]:
    """Whoever has a part at these schools."""
    return tuple(person for each in template.roles for person in known.holding(each.key, schools))


def _holding(one: Reference, template: Template, about: Situation, known: Directory) -> Iterable[str]:
    """Who holds the role there. The person the thing is about is meant by their own role, not all who share it."""
    if one.scope == "own" and one.role == about.person_role:
        return (about.person_id,) if about.person_id else ()
    return (
        person
        for role in template.roles_of(one.role)
        for person in known.holding(role, None if _of_programme(role, template) else about.schools(one.scope))
    )


def _of_programme(key: str, template: Template) -> bool:
    """Whether people hold the role for the whole programme, at no school."""
    return any(role.key == key and role.at == "programme" for role in template.roles)


def _before_the_dot(scope: str, template: Template, about: Situation, known: Directory) -> Iterable[str]:
    """The people to whom somebody stands in a relation: authors, the person the thing is about, holders of a role."""
    if scope == "author":
        return about.author_ids
    if any(relation.key == scope for relation in template.relations):
        return (about.person_id,) if about.person_id else ()
    return _holding(Reference("own", scope), template, about, known)


def _standing(one: Reference, template: Template, to_people: Iterable[str], known: Directory) -> Iterable[str]:
    relations = _relations(one, template)
    return (person for to in to_people for relation in relations for person in known.standing(relation, to))


def _relations(one: Reference, template: Template) -> tuple[str, ...]:
    """The relations in which the role after the dot stands to whoever is before it."""
    fitting = [
        relation
        for relation in template.relations
        if one.scope == relation.key or one.role in {relation.from_role, relation.key}
    ]
    exact = [relation for relation in fitting if one.scope in {relation.to_role, relation.key}]
    return tuple(relation.key for relation in exact or fitting)
