"""What events say of an entry: ids, states and the short facts that the template marks as told. Never free text."""

from services.reporting.domain.entries.context import Context
from services.reporting.domain.entries.parsing import number_from
from services.reporting.domain.entries.records import Entry
from shared.events.forms import Told
from shared.events.reporting import ProjectFindingsSubmitted
from shared.template import FormField, kinds
from shared.template.answers import Answer


def facts(entry: Entry) -> dict[str, object]:
    """The fields that every event about an entry has."""
    return {
        "version": entry.version,
        "entry_id": entry.entry_id,
        "programme_id": entry.programme_id,
        "form": entry.form,
        "about": entry.about,
        "about_id": entry.about_id,
        "school_id": entry.school_id,
        "number": max(entry.number, 1),
        "author_ids": entry.author_ids,
    }


def told(entry: Entry, context: Context) -> dict[str, Told]:
    """The answers that may be told: of marked questions whose kind can be, and none of a form that is only counted."""
    if entry.submitted is None or context.form.confidential == "counts-only":
        return {}
    answers = entry.submitted.answers
    fields = [field for field in context.form.fields if field.told and _can_be_told(field)]
    return {field.key: _fact(field, answers[field.key]) for field in fields if field.key in answers}


def lines(entry: Entry, context: Context) -> int:
    """How many lines the entry's action plans have."""
    if entry.submitted is None or context.form.confidential == "counts-only":
        return 0
    plans = [field.key for field in context.form.fields if field.kind == "actions"]
    return sum(len(entry.submitted.answers.get(key, ())) for key in plans)


def findings_of(entry: Entry, context: Context) -> ProjectFindingsSubmitted:
    """The findings that the entry is; the school is the one that they are about."""
    subject = context.subject
    return ProjectFindingsSubmitted(
        version=entry.findings_version,
        findings_id=entry.entry_id,
        programme_id=entry.programme_id,
        cohort_id=subject.cohort_id,
        school_id=subject.situation.host_school_id or entry.school_id or "",
        person_id=entry.submitted.person_id if entry.submitted else "",
        project_id=subject.project_id,
    )


def _can_be_told(field: FormField) -> bool:
    kind = kinds.FIELDS.get(field.kind)
    return kind is not None and "told" in kind.may


def _fact(field: FormField, answer: Answer) -> Told:
    if isinstance(answer, tuple):
        return tuple(one for one in answer if isinstance(one, str))
    text = str(answer)
    if field.kind == "yes-no":
        return text == "yes"
    number = number_from(text) if field.kind == "number" else None
    return text if number is None else int(number) if number.is_integer() else number
