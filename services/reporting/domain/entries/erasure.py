"""What is left of an entry when somebody is erased."""

from services.reporting.domain.entries.records import Entry, PlanLine


def without(entry: Entry, person_id: str) -> Entry | None:
    """The entry without the person's id. None where it was theirs alone: nobody agreed to it, reads it, or owns it."""
    alone = set(entry.author_ids) == {person_id}
    if alone and not entry.agreed_by and not entry.reader_ids and entry.about != "school":
        return None
    draft = {
        key: field.model_copy(
            update={
                "person_id": _unless(field.person_id, person_id),
                "others": tuple(one for one in field.others if one.person_id != person_id),
            }
        )
        for key, field in entry.draft.items()
    }
    submitted = entry.submitted
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
        "submitted": submitted,
        "changes": changes,
    }
    return entry.model_copy(update=update)


def _unowned(line: PlanLine, person_id: str) -> PlanLine:
    if line.owner_id != person_id:
        return line
    written = {key: value for key, value in line.written.items() if key != "address"}
    return line.model_copy(update={"owner_id": "", "address": "", "awaited": False, "written": written})


def _unless(known: str, person_id: str) -> str:
    return "" if known == person_id else known
