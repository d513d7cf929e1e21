"""What is left of an entry when somebody is erased."""

from collections.abc import Collection, Sequence

from services.reporting.domain.entries.records import DraftField, Entry, Introduced, PlanLine, SubmittedVersion
from shared.roster import Membership
from shared.template import Template
from shared.template.answers import PERSON, Answer
from shared.template.naming import named_roles


def without(entry: Entry, person_id: str, *, names: bool = False, named: Collection[str] = ()) -> Entry | None:
    """The entry without the person's id. None where it was theirs alone: nobody agreed to it, reads it, or owns it.

    `names` and `named` as for `emptied`.
    """
    alone = set(entry.author_ids) == {person_id}
    if alone and not entry.agreed_by and not entry.reader_ids and entry.about != "school":
        return None
    empty = emptied(entry, person_id, names=names, named=named)
    draft = {key: _left(field, person_id, own=empty is None or key in empty) for key, field in entry.draft.items()}
    submitted = version_unnamed(entry.submitted, empty) if entry.submitted else None
    if submitted is not None and submitted.person_id == person_id:
        submitted = submitted.model_copy(update={"person_id": ""})
    changes = tuple(one.model_copy(update={"person_id": _unless(one.person_id, person_id)}) for one in entry.changes)
    update = {
        "author_ids": tuple(one for one in entry.author_ids if one != person_id),
        "reader_ids": tuple(one for one in entry.reader_ids if one != person_id),
        "agreed_by": _unless(entry.agreed_by, person_id),
        "agreements": tuple(one for one in entry.agreements if one != person_id),
        "silent": tuple(one for one in entry.silent if one != person_id),
        "draft": draft,
        "plan": tuple(_unowned(line, person_id) for line in entry.plan),
        "answered": {
            key: one.model_copy(update={"person_id": _unless(one.person_id, person_id)})
            for key, one in entry.answered.items()
        },
        "introduced": tuple(_forgotten(one, person_id) for one in entry.introduced),
        "submitted": submitted,
        "changes": changes,
    }
    return entry.model_copy(update=update)


def _left(field: DraftField, person_id: str, *, own: bool) -> DraftField:
    """A field of the draft; `own`: a name and address in it are those of the person, also as others have typed it."""
    update = {
        "value": unnamed(field.value) if own else field.value,
        "person_id": _unless(field.person_id, person_id),
        "others": tuple(
            one.model_copy(update={"value": unnamed(one.value) if own else one.value})
            for one in field.others
            if one.person_id != person_id
        ),
    }
    return field.model_copy(update=update)


def version_unnamed(version: SubmittedVersion, fields: Collection[str] | None = None) -> SubmittedVersion:
    """What was submitted, without names and addresses that were asked for as such: in these questions, or in all."""
    answers = {key: unnamed(one) if fields is None or key in fields else one for key, one in version.answers.items()}
    return version.model_copy(update={"answers": answers})


def emptied(entry: Entry, person_id: str, *, names: bool = False, named: Collection[str] = ()) -> frozenset[str] | None:
    """The questions of an entry that lose names and addresses when somebody is erased; None: all of them.

    A name and address that they alone wrote down are their own, unless the entry names others for a role (`names`).
    Else it is the questions in which they are named: for a role (`named`), or to be introduced.
    """
    if set(entry.author_ids) == {person_id} and not names:
        return None
    return frozenset(named) | {one.field for one in entry.introduced if one.person_id == person_id}


def named_in(entry: Entry, person_id: str, memberships: Sequence[Membership], template: Template | None) -> set[str]:
    """The questions in which an entry names somebody for a role. `memberships`: those that the entry brought about.

    Who of several in one question somebody is stands nowhere, so all of them are meant.
    """
    form = template.form(entry.form) if template else None
    roles = {one.role for one in memberships if one.person_id == person_id}
    asked = named_roles(form, template) if form and template else {}
    return {key for key, role in asked.items() if role in roles}


def unnamed(answer: Answer) -> Answer:
    """An answer; empty where it is somebody's name and address, or those of several."""
    if isinstance(answer, dict):
        return {} if "address" in answer else answer
    return () if any(isinstance(row, dict) and row.keys() == PERSON.keys() for row in answer) else answer


def _unowned(line: PlanLine, person_id: str) -> PlanLine:
    if line.owner_id != person_id:
        return line
    written = {key: value for key, value in line.written.items() if key != "address"}
    return line.model_copy(update={"owner_id": "", "address": "", "awaited": False, "written": written})


def _forgotten(one: Introduced, person_id: str) -> Introduced:
    if one.person_id != person_id:
        return one
    return one.model_copy(update={"person_id": "", "name": "", "address": "", "willing": None})


def _unless(known: str, person_id: str) -> str:
    return "" if known == person_id else known
