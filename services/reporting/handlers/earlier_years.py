"""Counts what programmes with the same template came to in the latest earlier year, for a report for everybody."""

from collections.abc import Iterable, Sequence

from services.reporting.domain.counting.sheets import Sheet
from services.reporting.domain.entries.records import EngineProgramme
from services.reporting.domain.entries.searching import Wanted
from services.reporting.domain.reports.material import LastYear
from services.reporting.ports.stores import Stores
from shared.template import Form
from shared.template.counting import mark
from shared.template.reports import Report
from shared.template.resolving import Needed

__all__ = ["EarlierYears"]

LAST_YEAR = "last-year"


class EarlierYears:
    """Reads what is kept; nothing of it says who."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def before(self, programme: EngineProgramme, report: Report) -> LastYear | None:
        """Return the counts of the latest earlier year; None where no block asks, or there was none."""
        if not wants_last_year(report):
            return None
        found = await self.programmes(programme)
        if not found:
            return None
        meetings = [one for each in found for one in await self._stores.meetings.held(each.programme_id)]
        return LastYear(
            year=found[0].year,
            programmes=len(found),
            schools=len({one for each in found for one in await self._schools(each)}),
            people=len({one for each in found for one in await self._people(each)}),
            held=meetings,
            titles={one.key: one.title for each in found for one in each.template.activities},
            placed=await self._placed(found),
            finished=await self._finished(found),
            sheets={form.key: await self._sheets(programme, form, found) for form in counted_before(programme, report)},
        )

    async def programmes(self, programme: EngineProgramme) -> list[EngineProgramme]:
        """Return the programmes with the same template of the latest year before this one's."""
        every = await self._stores.engine_programmes.of_template(programme.template.key)
        earlier = [one for one in every if one.year < programme.year]
        latest = max((one.year for one in earlier), default=0)
        return [one for one in earlier if one.year == latest]

    async def _schools(self, programme: EngineProgramme) -> Iterable[str]:
        return [one.school_id for one in await self._stores.members.of_programme(programme.programme_id)]

    async def _people(self, programme: EngineProgramme) -> Iterable[str]:
        """Whoever held a role at a school, a trust or a partnership."""
        roles = frozenset(role.key for role in programme.template.roles if role.at != "programme")
        found = await self._stores.roster.members(programme.programme_id, Needed(roles_everywhere=roles))
        return [one.person_id for one in found if one.role in roles]

    async def _placed(self, programmes: Sequence[EngineProgramme]) -> dict[str, int]:
        placed = dict[str, int]()
        for programme in programmes:
            titles = {one.key: one.title or one.key.replace("-", " ") for one in programme.template.matching}
            for one in await self._stores.placements.of_programme(programme.programme_id):
                label = f"People placed: {titles.get(one.round, one.round)}"
                placed[label] = placed.get(label, 0) + (not one.ended)
        return placed

    async def _finished(self, programmes: Sequence[EngineProgramme]) -> dict[str, int]:
        finished = dict[str, int]()
        for programme in programmes:
            for form in programme.template.forms:
                if form.findings:
                    wanted = Wanted(programme_id=programme.programme_id, form=form.key, states=("agreed", "released"))
                    total, _ = await self._stores.entries.search(wanted, limit=1)
                    finished[form.title] = finished.get(form.title, 0) + total
        return finished

    async def _sheets(self, programme: EngineProgramme, form: Form, earlier: Sequence[EngineProgramme]) -> list[Sheet]:
        """Sheets of the same question in the same words; answers to other words say something else."""
        words = mark(form, programme.template)
        every = [
            sheet for one in earlier for sheet in await self._stores.sheets.of_form(one.programme_id, form.key, None)
        ]
        return [sheet for sheet in every if sheet.mark == words]


def wants_last_year(report: Report) -> bool:
    """Whether a block of the report counts what came before."""
    return any(block.kind == LAST_YEAR for block in report.blocks)


def counted_before(programme: EngineProgramme, report: Report) -> list[Form]:
    """The forms whose answers of last time a report shows."""
    keys = {block.form for block in report.blocks if block.kind == LAST_YEAR and block.form}
    return [form for form in programme.template.forms if form.key in keys]
