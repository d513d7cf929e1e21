"""Entries of forms as events tell of them: their state, and the answers that the template marks as told."""

from dataclasses import dataclass
from typing import Literal

from services.portal.domain import words
from services.portal.domain.whole import WholeProgramme
from shared.events.forms import Told
from shared.template import FormField
from shared.template.answers import choices

EntryState = Literal["submitted", "changes-asked", "agreed", "released", "withdrawn"]


@dataclass(frozen=True)
class Entry:
    """An entry that was handed in. Free text stays with its owner."""

    entry_id: str
    programme_id: str
    form: str
    about: str
    about_id: str
    number: int
    state: EntryState
    school_id: str | None = None
    author_ids: tuple[str, ...] = ()
    answers: dict[str, Told] | None = None

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.state != "withdrawn"


def told(entry: Entry, programme: WholeProgramme) -> dict[str, str]:
    """Question -> answer in words, of what events tell; what would need other entries to be named is left out."""
    form = programme.template.form(entry.form)
    answers = entry.answers or {}
    found = ((field, answers[field.key]) for field in (form.fields if form else ()) if field.key in answers)
    return {field.label or field.key: said for field, value in found if (said := _said(field, value, programme))}


def told_in(entry: Entry, programme: WholeProgramme, key: str) -> str:
    """What an entry says in one question, in words; empty where events tell nothing of it."""
    form = programme.template.form(entry.form)
    field = form.field(key) if form else None
    value = (entry.answers or {}).get(key)
    return _said(field, value, programme) if field is not None and value is not None else ""


def _said(field: FormField, value: Told, programme: WholeProgramme) -> str:
    options = choices(field, programme.template)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if field.kind == "day":
        return words.written_day(str(value))
    if field.kind == "number":
        return f"{value:g}" if isinstance(value, float) else str(value)
    if options is None:
        return ""
    given = value if isinstance(value, tuple) else (str(value),)
    return words.listed([options.get(one, one) for one in given])
