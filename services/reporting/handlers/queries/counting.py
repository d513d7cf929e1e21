"""What was only counted, as far as it may be shown."""

from collections.abc import Mapping

from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.counting.tables import Asked, CountTable, shown_of, tables, withheld
from services.reporting.domain.entries.context import Options
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.words import day
from services.reporting.handlers.contexts import Contexts
from services.reporting.handlers.sheets import CountedSheets
from services.reporting.ports.stores import Stores
from shared.clock import Clock
from shared.commands.counting import CountedQuestion, CountRow, CountSheet, CountSheets, ShowCounts
from shared.errors import Rejected
from shared.template import Form
from shared.template.answers import choices, levelled
from shared.template.counting import is_counted, promise

__all__ = ["CountingQueries"]


class CountingQueries:
    """One method a query."""

    def __init__(self, stores: Stores, contexts: Contexts, sheets: CountedSheets, clock: Clock) -> None:
        self._stores = stores
        self._contexts = contexts
        self._sheets = sheets
        self._clock = clock

    async def show(self, query: ShowCounts) -> CountSheets:
        """Return the counts of a form. Raises Rejected: unknown-form."""
        programme = await self._stores.engine_programmes.get(query.programme_id)
        form = programme.template.form(query.form) if programme else None
        if programme is None or form is None or not is_counted(form):
            raise Rejected("unknown-form", "There is no such form whose answers are only counted.")
        wanted = [query.about_id] if query.about_id else None
        found = await self._stores.sheets.of_form(programme.programme_id, form.key, wanted)
        today = programme.local_day(self._clock.now())
        asked = await self._sheets.asked(programme, form, found, today)
        options = _options(programme, form)
        return CountSheets(
            form=form.key,
            title=form.title,
            promise=promise(form, programme.template),
            sheets=tuple([await self._sheet(programme, form, one, asked, options) for one in found]),
        )

    async def _sheet(
        self, programme: EngineProgramme, form: Form, sheet: Sheet, asked: Mapping[str, Asked], options: Options
    ) -> CountSheet:
        subject = await self._contexts.subject(programme, sheet.about, sheet.about_id)
        shown = shown_of([sheet], asked)
        found = (
            tables(form, programme.template, shown, options)
            if shown.cells
            else [CountTable(question=form.title, note=withheld(shown))]
        )
        return CountSheet(
            about=sheet.about,
            about_id=sheet.about_id,
            title=subject.title if subject else "",
            period=sheet.period,
            begun=day(sheet.begun),
            people=sheet.people,
            asked=shown.asked,
            least=sheet.least,
            questions=tuple(map(_question, found)),
        )


def _question(table: CountTable) -> CountedQuestion:
    rows = tuple(CountRow(words=words, numbers=numbers) for words, numbers in table.rows)
    return CountedQuestion(
        question=table.question, columns=table.columns, rows=rows, texts=table.texts, note=table.note
    )


def _options(programme: EngineProgramme, form: Form) -> Options:
    template = programme.template
    return {
        field.key: {**(choices(field, template) or {}), **(levelled(field, template) or {})} for field in form.fields
    }
