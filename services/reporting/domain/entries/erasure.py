"""What is left of an entry when somebody is erased."""

from services.reporting.domain.entries.records import DraftField, Entry, Introduced, PlanLine, SubmittedVersion
from shared.template.answers import PERSON, Answer


def without(entry: Entry, person_id: str, *, names: bool = False) -> Entry | None:
    """The entry without the person's id. None where it was theirs alone: nobody agreed to it, reads it, or owns it.

    A name and address that they alone wrote down are their own and go, unless the entry names others for a role.
    """
    alone = set(entry.author_ids) == {person_id}
    if alone and not entry.agreed_by and not entry.reader_ids and entry.about != "school":
        return None
    own = alone and not names
    theirs = introduced_as(entry, person_id)
    draft = {key: _left(field, person_id, own=own or key in theirs) for key, field in entry.draft.items()}
    submitted = version_unnamed(entry.submitted, theirs) if entry.submitted else None
    if submitted is not None and submitted.person_id == person_id:
        submitted = submitted.model_copy(update={"person_id": ""})
    if submitted is not None and own:
        submitted = version_unnamed(submitted)
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
    """A field of the draft; `own`: a name and address in it are those of the person."""
    update = {
        "value": unnamed(field.value) if own else field.value,
        "person_id": _unless(field.person_id, person_id),
        "others": tuple(one for one in field.others if one.person_id != person_id),
    }
    return field.model_copy(update=update)


def version_unnamed(version: SubmittedVersion, fields: frozenset[str] | None = None) -> SubmittedVersion:
    """What was submitted, without names and addresses that were asked for as such: in these questions, or in all."""
    answers = {key: unnamed(one) if fields is None or key in fields else one for key, one in version.answers.items()}
    return version.model_copy(update={"answers": answers})


def introduced_as(entry: Entry, person_id: str) -> frozenset[str]:
    """The questions in which somebody is named who is introduced to others."""
    return frozenset(one.field for one in entry.introduced if one.person_id == person_id)


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
