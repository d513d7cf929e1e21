"""What is left of an entry when somebody is erased."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

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
    owning = owned_by(entry, person_id)
    draft = {
        key: _left(field, person_id, owning, own=empty is None or key in empty) for key, field in entry.draft.items()
    }
    submitted = version_unnamed(entry.submitted, empty, owning) if entry.submitted else None
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


def _left(field: DraftField, person_id: str, owning: Collection[str], *, own: bool) -> DraftField:
    """A field of the draft; `own`: a name and address in it are those of the person, also as others have typed it."""
    others = (one for one in field.others if one.person_id != person_id)
    update = {
        "value": _cleared(field.value, owning, own=own),
        "person_id": _unless(field.person_id, person_id),
        "others": tuple(one.model_copy(update={"value": _cleared(one.value, owning, own=own)}) for one in others),
    }
    return field.model_copy(update=update)


def version_unnamed(
    version: SubmittedVersion, fields: Collection[str] | None = None, owning: Collection[str] = ()
) -> SubmittedVersion:
    """What was submitted, without names and addresses that were asked for as such: in these questions, or in all.

    `owning`: the addresses of owners of actions that go with their names, wherever they stand.
    """
    answers = {key: _cleared(one, owning, own=fields is None or key in fields) for key, one in version.answers.items()}
    return version.model_copy(update={"answers": answers})


def owned_by(entry: Entry, person_id: str) -> frozenset[str]:
    """The addresses by which an entry's action plan names somebody as an owner, in small letters."""
    mine = (line for line in entry.plan if line.owner_id == person_id and line.address)
    return frozenset(line.address.casefold() for line in mine)


def _cleared(answer: Answer, owning: Collection[str], *, own: bool) -> Answer:
    answer = unnamed(answer) if own else answer
    rows = tuple(row for row in answer if isinstance(row, dict)) if isinstance(answer, tuple) else ()
    return tuple(map(partial(_disowned, owning), rows)) if rows else answer


def _disowned(owning: Collection[str], row: Mapping[str, str]) -> dict[str, str]:
    """A row of answers; `owning`: addresses of owners that go, with the names beside them."""
    gone = "owner" in row and row.get("address", "").casefold() in owning
    return {**row, "owner": "", "address": ""} if gone else dict(row)


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
    gone = {"owner", "address"} if line.address else {"address"}
    written = {key: value for key, value in line.written.items() if key not in gone}
    owner = "" if line.address else line.owner
    update = {"owner": owner, "owner_id": "", "address": "", "awaited": False, "written": written}
    return line.model_copy(update=update)


def _forgotten(one: Introduced, person_id: str) -> Introduced:
    if one.person_id != person_id:
        return one
    return one.model_copy(update={"person_id": "", "name": "", "address": "", "willing": None})


def _unless(known: str, person_id: str) -> str:
    return "" if known == person_id else known
