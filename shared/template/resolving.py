"""Who a reference names: the same answer in every service.

A service keeps who holds which role (`shared.roster`), and describes what a thing is about as a `Situation`.
Everything else is here: `needed` says what must be loaded to resolve references, `people_for` resolves them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from shared.template.forms import Form, names_role
from shared.template.kinds import TOGETHER
from shared.template.people import Relation
from shared.template.references import Reference, parse_reference
from shared.template.template import Template

__all__ = ["Directory", "Needed", "Situation", "needed", "people_for", "roles_everywhere", "roles_named"]

EVERYWHERE = ("cohort", "programme")
_OF_PARTIES = ("party", "trust")
_AT_SCHOOLS = ("own", "host", "guest", "group", *_OF_PARTIES)


class Directory(Protocol):
    """Who is who in one programme, as it stands now."""

    def holding(self, role: str, school_ids: Iterable[str] | None) -> tuple[str, ...]:
        """The people who hold the role at one of these schools, or at their party; `None`: anywhere."""
        ...

    def standing(self, relation: str, to_person: str) -> tuple[str, ...]:
        """The people who stand in that relation to the person."""
        ...

    def stood_to(self, relation: str, from_person: str) -> tuple[str, ...]:
        """The people to whom the person stands in that relation."""
        ...

    def together(self, school_ids: Iterable[str], kinds: Collection[str]) -> tuple[str, ...]:
        """The schools of the parties of these kinds that these schools are of."""
        ...

    def of_party(self, party_id: str) -> tuple[str, ...]:
        """The schools of a party."""
        ...


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a thing is about. Empty fields are things that it has not."""

    school_id: str | None = None
    party_id: str | None = None
    """The trust or partnership that the thing is about; its schools are its own."""
    host_school_id: str | None = None
    guest_school_ids: tuple[str, ...] = ()
    group_school_ids: tuple[str, ...] = ()
    person_id: str | None = None
    person_role: str = ""
    """The role in which the person is meant; without a person: somebody who is not known yet."""
    author_ids: tuple[str, ...] = ()
    form_authors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Form -> who wrote the entry of it that the thing is about, for `nomination.author`."""
    form_named: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    """Form -> role -> whom that entry names for it, for `policy.policy-owner`."""
    coordinator_id: str | None = None
    facilitator_id: str | None = None
    attendee_ids: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    """Who is invited to it -> who comes in their place, and is meant wherever their role or person is named."""
    present_ids: tuple[str, ...] = ()
    owner_ids: tuple[str, ...] = ()
    partner_ids: tuple[str, ...] = ()
    introduced_ids: tuple[str, ...] = ()

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


def roles_everywhere(references: Iterable[str], template: Template) -> frozenset[str]:
    """The roles whose holders are looked for beyond the schools that a thing is about."""
    beyond = (*EVERYWHERE, *(_OF_PARTIES if template.party.kind in TOGETHER else ()))
    found: set[str] = set()
    for one in map(parse_reference, references):
        if one.scope in beyond:
            found.update(template.roles_of(one.role))
        elif one.is_function and one.role in beyond:
            found.update(role.key for role in template.roles)
    return frozenset(found)


def needed(references: Iterable[str], template: Template, about: Situation) -> Needed:
    """What a `Directory` must hold so that `people_for` finds everybody."""
    references = list(references)
    schools = (about.school_id, about.host_school_id, *about.guest_school_ids, *about.group_school_ids)
    everywhere = roles_everywhere(references, template)
    if about.party_id:
        everywhere |= {role.key for role in template.roles}
    named = (person for roles in about.form_named.values() for people in roles.values() for person in people)
    return Needed(
        school_ids=frozenset(school for school in schools if school),
        person_ids=frozenset(person for person in (about.person_id, *about.author_ids, *named) if person),
        roles_everywhere=everywhere,
    )


def people_for(references: Iterable[str], template: Template, about: Situation, known: Directory) -> tuple[str, ...]:
    """The ids of everybody the references name, each once, in the order in which they are named."""
    named = (
        about.stand_ins.get(person, person) if _is_a_place(one, template) else person
        for one in map(parse_reference, references)
        for person in _people(one, template, about, known)
        if person
    )
    return tuple(dict.fromkeys(named))


def _is_a_place(one: Reference, template: Template) -> bool:
    """Whether people are meant by what they are, which a stand-in is for them; not by what they have done."""
    return not one.is_function and one.role != "owner" and template.form(one.scope) is None


def _people(one: Reference, template: Template, about: Situation, known: Directory) -> Iterable[str | None]:
    if one.is_function or one.is_function_there:
        found = _by_function(one.role, template, about, known)
        there = set(_everybody(template, about.schools(one.scope), known)) if one.is_function_there else set(found)
        return (person for person in found if person in there)
    if one.relation or (one.scope == "own" and _is_relation(one.role, template)):
        return _by_relation(one, template, about, known)
    if one.scope in _AT_SCHOOLS or one.scope in EVERYWHERE:
        return _holding(one, template, about, known)
    if one.role == "owner":
        return about.owner_ids
    if form := template.form(one.scope):
        return _of_form(form, one, template, about, known)
    return _standing(one, template, _before_the_dot(one.scope, template, about, known), known)


def _of_form(form: Form, one: Reference, template: Template, about: Situation, known: Directory) -> Iterable[str]:
    """Whom the entry of a form names for a role, else who wrote it, or who stands in a relation to them."""
    if names_role(form, one.role):
        return _named_by(one, about)
    authors = about.form_authors.get(one.scope, ())
    return authors if one.role == "author" else _standing(one, template, authors, known)


def _by_relation(one: Reference, template: Template, about: Situation, known: Directory) -> Iterable[str]:
    """Whoever holds a role is followed along a relation; a relation alone is that of the person, or of the author."""
    if one.relation:
        by_form = template.form(one.scope) is not None
        holders = _named_by(one, about) if by_form else _holding(Reference(one.scope, one.role), template, about, known)
        return _standing(Reference(one.role, one.relation), template, holders, known)
    whom = (about.person_id,) if about.person_id else about.author_ids
    return _standing(Reference("author", one.role), template, whom, known)


def _named_by(one: Reference, about: Situation) -> tuple[str, ...]:
    """Whom the entry of a form names for a role."""
    return about.form_named.get(one.scope, {}).get(one.role, ())


def _by_function(role: str, template: Template, about: Situation, known: Directory) -> tuple[str | None, ...]:
    if role == "party":
        return _everybody(template, _schools("party", about, known), known)
    return {
        "coordinator": (about.coordinator_id,),
        "facilitator": (about.facilitator_id,),
        "author": about.author_ids,
        "attendees": about.attendee_ids,
        "present": about.present_ids,
        "partners": about.partner_ids,
        "introduced": about.introduced_ids,
    }[role]


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
        for person in known.holding(role, None if _of_programme(role, template) else _schools(one.scope, about, known))
    )


def _schools(scope: str, about: Situation, known: Directory) -> tuple[str, ...] | None:
    """The schools that a scope means; of a thing about a party its schools are meant wherever a school's own are."""
    if scope not in {"own", *_OF_PARTIES}:
        return about.schools(scope)
    own = known.of_party(about.party_id) if about.party_id else about.schools("own") or ()
    match scope:
        case "party":
            return tuple(dict.fromkeys((*own, *known.together(own, TOGETHER))))
        case "trust":
            return known.together(own, ("trust",))
        case _:
            return own


def _is_relation(key: str, template: Template) -> bool:
    """Whether the word is a relation of the template, and no role."""
    return any(one.key == key for one in template.relations) and all(role.key != key for role in template.roles)


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


def _standing(one: Reference, template: Template, people: Iterable[str], known: Directory) -> Iterator[str]:
    """Who is at the other end of a relation in which these people stand.

    Whoever is before the dot in the role from which a relation goes is followed to whom it leads; in the role to which
    it goes, to whoever stands in it. Where no role is before the dot, it is followed to who leads.
    """
    ways = _ways(one, template)
    return (other for person in people for key, onward in ways for other in _others(key, person, known, onward=onward))


def _others(relation: str, person: str, known: Directory, *, onward: bool) -> tuple[str, ...]:
    return known.stood_to(relation, person) if onward else known.standing(relation, person)


def _ways(one: Reference, template: Template) -> tuple[tuple[str, bool], ...]:
    """Relation -> whether it is followed the way it goes, of those that the word after the dot names."""
    fitting = [
        relation
        for relation in template.relations
        if one.scope == relation.key or one.role in {relation.key, relation.from_role, relation.to_role}
    ]
    onward = [each.key for each in fitting if one.scope == each.from_role and one.role != each.from_role]
    back = [each.key for each in fitting if one.scope in {each.to_role, each.key} and one.role != each.to_role]
    if onward and (one.role in onward or not back):
        return tuple(dict.fromkeys((key, True) for key in onward))
    if back:
        return tuple(dict.fromkeys((key, False) for key in back))
    return tuple(dict.fromkeys((each.key, _leads_on(each, one.role)) for each in fitting))


def _leads_on(relation: Relation, role: str) -> bool:
    """Whether it is followed the way it goes from somebody of whom no role is said."""
    return role == relation.to_role or (role == relation.key and relation.upward)
