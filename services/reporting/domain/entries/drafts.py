"""Saving a draft as typed. Several people may write in one entry: field by field, and nobody overwrites anybody.

A field that somebody else has changed since the writer's page was made keeps what is there; what the writer wrote is
kept beside it, and both are shown. Whoever then saves the field has seen both and decides.
"""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from services.reporting.domain.decisions.decision import Decision
from services.reporting.domain.entries.access import may, unknown
from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.opening import refuse_counted
from services.reporting.domain.entries.records import DraftField, Entry, Written
from services.reporting.domain.problems import LONGEST_FORM
from shared.errors import Rejected
from shared.template.answers import Answer, blank, fits


@dataclass(frozen=True, kw_only=True)
class DraftSaving(Decision[Entry]):
    """`conflicts`: the fields in which somebody else's text stands, and the writer's beside it."""

    entry: Entry
    conflicts: tuple[str, ...] = ()


def save_draft(
    given: Mapping[str, Answer], entry: Entry, context: Context, *, person_id: str, seen: int, now: dt.datetime
) -> DraftSaving:
    """Take what somebody typed, valid or not. `seen`: the draft's revision on the writer's page.

    An entry without authors is new.

    Raises Rejected: unknown-entry, counted, unknown-field, wrong-shape, too-long, agreed.
    """
    is_new = not entry.author_ids
    if not may(person_id, "fill", None if is_new else entry, context):
        raise unknown()
    refuse_counted(context.form)
    _open_for_changes(entry, context)
    typed = {key: plain(value) for key, value in given.items()}
    readable(typed, context)
    draft = dict(entry.draft)
    for key, value in typed.items():
        changed = _merged(key, value, entry, context, person_id=person_id, seen=seen)
        if changed is not None:
            draft[key] = changed
    _bounded(draft)
    if draft == entry.draft and not is_new:
        return DraftSaving(entry=entry)
    saved = entry.model_copy(
        update={
            "draft": draft,
            "revision": entry.revision + 1,
            "author_ids": tuple(dict.fromkeys((*entry.author_ids, person_id))),
            "state": "draft" if entry.state == "withdrawn" else entry.state,
            "wording": context.programme.template.version,
            "changed_at": now,
        }
    )
    conflicts = tuple(key for key, value in typed.items() if key in draft and draft[key].value != value)
    return DraftSaving(record=saved, entry=saved, conflicts=conflicts)


def plain(answer: Answer) -> Answer:
    """The answer without control characters, which nobody types and no page can show; lines end in LF."""
    if isinstance(answer, str):
        text = answer.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    if isinstance(answer, dict):
        return {key: str(plain(value)) for key, value in answer.items()}
    rows = tuple({key: str(plain(value)) for key, value in row.items()} for row in answer if isinstance(row, dict))
    return rows or tuple(str(plain(one)) for one in answer if isinstance(one, str))


def characters(answer: Answer) -> int:
    """How long an answer is, names of columns included."""
    if isinstance(answer, str):
        return len(answer)
    if isinstance(answer, dict):
        return sum(len(key) + len(value) for key, value in answer.items())
    return sum(len(one) if isinstance(one, str) else characters(one) for one in answer)


def _merged(key: str, value: Answer, entry: Entry, context: Context, *, person_id: str, seen: int) -> DraftField | None:
    """The field with what was typed; None where nothing changes."""
    field, asked = entry.draft.get(key), context.form.field(key)
    stands = field.value if field else (blank(asked) if asked else "")
    others = tuple(one for one in field.others if one.person_id != person_id) if field else ()
    if value == stands:
        return field.model_copy(update={"others": others}) if field and field.others != others else None
    if field and field.revision > seen:
        return field.model_copy(update={"others": (*others, Written(person_id=person_id, value=value))})
    return DraftField(value=value, person_id=person_id, revision=entry.revision + 1)


def _open_for_changes(entry: Entry, context: Context) -> None:
    """What somebody has agreed to is not changed behind their back, unless the form lives on in versions."""
    if entry.state in {"agreed", "released"} and context.form.sign_off and not context.form.versioned:
        raise Rejected("agreed", "This has been agreed to and can no longer be changed.")


def readable(typed: Mapping[str, Answer], context: Context) -> None:
    """Raises Rejected: unknown-field, wrong-shape."""
    for key, value in typed.items():
        field = context.form.field(key)
        if field is None:
            raise Rejected("unknown-field", "The form has changed; please reload the page.")
        if not fits(field, value):
            raise Rejected(
                "wrong-shape", f"The answer to “{field.label or key}” cannot be read; please reload the page."
            )


def _bounded(draft: Mapping[str, DraftField]) -> None:
    length = sum(
        characters(field.value) + sum(characters(other.value) for other in field.others) for field in draft.values()
    )
    if length > LONGEST_FORM:
        raise Rejected("too-long", f"The form has {length:,} characters; {LONGEST_FORM:,} is the most.")
