"""Finds the sheets that a report or a page shows, and brings what may be shown of them up to date."""

import datetime as dt
from collections.abc import Mapping, Sequence

from services.reporting.domain.counting.pairing import moved_since
from services.reporting.domain.counting.rounds import round_before
from services.reporting.domain.counting.sheets import ALL, Sheet
from services.reporting.domain.counting.showing import brought_up_to_date
from services.reporting.domain.entries.context import Subject
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.related import Related
from services.reporting.ports.counting import Sheets
from shared.template import Form, Template
from shared.template.answers import choices
from shared.template.counting import is_counted, references_by_group
from shared.template.reports import Report

__all__ = ["CountedSheets"]


class CountedSheets:
    """Sheets by the thing that a report is about."""

    def __init__(self, sheets: Sheets, contexts: Contexts, related: Related) -> None:
        self._sheets = sheets
        self._contexts = contexts
        self._related = related

    async def of(self, programme: EngineProgramme, form: Form, about: str, subject: Subject) -> list[Sheet]:
        """Return the sheets of a form that belong to what a report is about, the first begun first."""
        ids = await self._related.things(programme, form, about, subject)
        return await self._sheets.of_form(programme.programme_id, form.key, ids)

    async def brought_up_to_date(self, programme: EngineProgramme, report: Report, subject: Subject) -> None:
        """Let the report say what may be said by now. Only this moves what is shown, in the transaction of its order.

        A worker that compiles the report again after a crash therefore says the same.
        """
        for form in counted_forms(programme, report):
            found = await self.of(programme, form, report.about, subject)
            for sheet in found:
                now = brought_up_to_date(sheet)
                before = round_before(sheet, found)
                if before is not None and form.paired:
                    now = moved_since(now, before, stages_of(form, programme.template))
                if now != sheet:
                    await self._sheets.put(now)

    async def asked(
        self, programme: EngineProgramme, form: Form, sheets: Sequence[Sheet], on: dt.date
    ) -> dict[str, Mapping[str, int]]:
        """Return sheet -> group -> how many could answer on that day; nothing of what is counted over everything."""
        found: dict[str, Mapping[str, int]] = {}
        template = programme.template
        groups = references_by_group(form, template) if form.by_role else {ALL: form.by}
        for sheet in [] if form.once_a_person or form.shared_link else sheets:
            subject = await self._contexts.subject(programme, form.about, sheet.about_id)
            if subject is not None:
                named = {
                    group: await self._contexts.named(programme, people, subject, on)
                    for group, people in groups.items()
                }
                found[sheet.sheet_id] = {group: len(people) for group, people in named.items()}
        return found


def stages_of(form: Form, template: Template) -> dict[str, int]:
    """Level -> its place, over all questions of levels; the lowest is 0."""
    levels = [choices(field, template) or {} for field in form.fields if field.kind == "level"]
    return {key: place for each in levels for place, key in enumerate(each)}


def counted_forms(programme: EngineProgramme, report: Report) -> list[Form]:
    """The forms of a report's blocks whose answers are only counted."""
    keys = {block.form for block in report.blocks}
    return [form for form in programme.template.forms if form.key in keys and is_counted(form)]
