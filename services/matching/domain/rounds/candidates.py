"""Who and what takes part in a round, read from entries by what their forms ask: no form or field is known by name.

people      entries of the round's form of people that stand; the person is whoever the entry named, or its subject
wishes      the ranked answer that the round names
conflicts   answers that choose among things and are no wishes: schools the person must not go to
skills      answers out of a list from which things have answers too
agreements  forms about such an entry that begin with yes or no: each must have been answered yes
managers    whoever stands to the person in a relation of the template
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from services.matching.domain.rounds.records import EntryRecord, SchoolRecord
from shared.roster import Membership, Relationship
from shared.template import Form, Template
from shared.template.resolving import roles_named
from shared.template.rounds import Round

__all__ = ["Candidate", "Known", "Thing", "agreements", "candidates", "things"]

_FROM_LISTS = ("topic", "topics", "choice", "several")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a programme: what counts, who takes part, who is who today."""

    template: Template
    of: Round
    entries: Sequence[EntryRecord]
    schools: Mapping[str, SchoolRecord]
    members: Sequence[Membership]
    relations: Sequence[Relationship]

    def of_form(self, key: str | None) -> list[EntryRecord]:
        """The entries of a form, in the order in which they came, withdrawn ones too."""
        found = [one for one in self.entries if one.form == key]
        return sorted(found, key=lambda one: (one.since, one.entry_id))

    def takes_part(self, school_id: str) -> bool:
        """Whether the school is in."""
        school = self.schools.get(school_id)
        return school is not None and not school.withdrawn


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be placed. `missing`: titles of agreements that nobody has given or that were refused."""

    entry_id: str
    person_id: str
    role: str
    title: str
    school_id: str
    author_ids: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    in_force: bool = True
    again: bool = False
    """Named before, by another entry."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody could be placed to. `answering`: the people who answer for it at its school."""

    entry_id: str
    school_id: str
    words: str
    skills: frozenset[str] = frozenset()
    answering: frozenset[str] = field(default_factory=frozenset)
    in_force: bool = True


def things(known: Known) -> list[Thing]:
    """Every thing that was posted, withdrawn ones too."""
    form = known.template.form(known.of.things or "")
    if form is None:
        return []
    roles = roles_named(form.by, known.template)
    holders = defaultdict[str, set[str]](set)
    for member in known.members:
        if member.role in roles and member.school_id and member.until is None:
            holders[member.school_id].add(member.person_id)
    return [
        Thing(
            entry_id=one.entry_id,
            school_id=one.school_id,
            words=_in_words(one, form, known.template),
            skills=frozenset(_chosen(one, form, _shared_lists(known))),
            answering=frozenset({*one.author_ids, *holders[one.school_id]}),
            in_force=not one.withdrawn and known.takes_part(one.school_id),
        )
        for one in known.of_form(form.key)
    ]


def candidates(known: Known) -> list[Candidate]:
    """Everybody who was named, in turn; of several entries about one person all but the first are marked `again`."""
    form = known.template.form(known.of.people or "")
    if form is None:
        return []
    standing_last = sorted(known.members, key=lambda one: one.until is None)
    named = {one.entry_id: one.person_id for one in standing_last if one.entry_id and one.role == form.about}
    people = {one.person_id for one in known.members}
    role = next((one for one in known.template.roles if one.key == form.about), None)
    agreed, managers = _agreed(known), _managers(known)
    seen, found = set[str](), []
    for one in known.of_form(form.key):
        person = named.get(one.entry_id) or (one.about_id if one.about_id in people else "")
        in_force = not one.withdrawn and known.takes_part(one.school_id)
        found.append(
            Candidate(
                entry_id=one.entry_id,
                person_id=person,
                role=form.about,
                title=(role.title if role else "") or form.about,
                school_id=one.school_id,
                author_ids=one.author_ids,
                wishes=_wishes(one, known.of),
                skills=frozenset(_chosen(one, form, _shared_lists(known))),
                conflicts=frozenset(_conflicts(one, form, known.of)),
                managers=frozenset(managers[person]),
                missing=tuple(title for key, title in agreements(known).items() if key not in agreed[one.entry_id]),
                in_force=in_force,
                again=in_force and bool(person) and person in seen,
            )
        )
        if in_force and person:
            seen.add(person)
    return found


def agreements(known: Known) -> dict[str, str]:
    """Form -> its title, of the forms about a person's entry that begin with a yes or no that is told."""
    return {
        form.key: form.title
        for form in known.template.forms
        if form.about == known.of.people and form.fields and form.fields[0].kind == "yes-no" and form.fields[0].told
    }


def _agreed(known: Known) -> defaultdict[str, set[str]]:
    """Entry of a person -> agreements that were given. The last word counts, where several have one."""
    given = defaultdict[str, set[str]](set)
    firsts = {form.key: form.fields[0].key for form in known.template.forms if form.key in agreements(known)}
    for one in sorted(known.entries, key=lambda one: one.since):
        if one.form in firsts and not one.withdrawn:
            said = given[one.about_id].add if one.answers.get(firsts[one.form]) is True else given[one.about_id].discard
            said(one.form)
    return given


def _managers(known: Known) -> defaultdict[str, set[str]]:
    found = defaultdict[str, set[str]](set)
    for one in known.relations:
        if not one.ended:
            found[one.to_person].add(one.from_person)
    return found


def _listed(entry: EntryRecord, key: str) -> tuple[str, ...]:
    answer = entry.answers.get(key, ())
    return answer if isinstance(answer, tuple) else (str(answer),)


def _wishes(entry: EntryRecord, of: Round) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_listed(entry, of.wishes.rpartition(".")[2]))) if of.wishes else ()


def _conflicts(entry: EntryRecord, form: Form, of: Round) -> Iterable[str]:
    wishes = of.wishes.rpartition(".")[2]
    for each in form.fields:
        if each.of == of.things and each.kind == "several" and each.key != wishes:
            yield from _listed(entry, each.key)


def _shared_lists(known: Known) -> frozenset[str]:
    """The lists out of which both people and things have answers."""
    both = [known.template.form(key or "") for key in (known.of.people, known.of.things)]
    lists = [{_list_of(each.kind, each.of) for each in form.fields} if form else set() for form in both]
    return frozenset(set.intersection(*lists) - {""})


def _list_of(kind: str, of: str) -> str:
    return (of or "topics") if kind.startswith("topic") else of if kind in _FROM_LISTS else ""


def _chosen(entry: EntryRecord, form: Form, lists: frozenset[str]) -> Iterable[str]:
    for each in form.fields:
        if _list_of(each.kind, each.of) in lists and each.told:
            yield from _listed(entry, each.key)


def _in_words(entry: EntryRecord, form: Form, template: Template) -> str:
    """What the thing is, by the first answer out of a list that is told: titles are people's own words and are not."""
    for each in form.fields:
        titles = {one.key: one.title for one in template.entries(_list_of(each.kind, each.of))}
        words = [titles[key] for key in _listed(entry, each.key) if key in titles]
        if words:
            return ", ".join(words)
    return form.key.replace("-", " ")
