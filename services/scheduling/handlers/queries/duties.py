"""The query that lays out a recurring duty over a school year; nothing is saved."""

from services.scheduling.domain.calendars.common_days import able, of_year, year_of_days
from services.scheduling.domain.dates.duties import Cadence, lay_out
from services.scheduling.domain.dates.feeds import Series, series
from services.scheduling.domain.local_time import LONDON
from services.scheduling.handlers.loading.days import SchoolDays, busy, ruled_out, school_days
from services.scheduling.planner.model import TermCalendar
from services.scheduling.ports.stores import Stores
from shared.commands.scheduling_duties import CommitmentDays, GapRow, LayOutCommitment, SeriesRow
from shared.errors import Rejected

__all__ = ["DutyQueries"]


class DutyQueries:
    """The query about duties."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def lay_out(self, query: LayOutCommitment) -> CommitmentDays:
        """The days of a duty: school days on which everybody can."""
        schools = await self._school_days(query)
        terms = of_year(schools.terms[0], query.year)
        horizon = year_of_days(query.year, (await self._stores.calendars.in_force()).bank_holidays)
        taken = await ruled_out(self._stores, query.person_ids)
        taken |= await busy(self._stores, query.person_ids, self._stores.now())
        duty = lay_out(Cadence(query.cadence), terms, horizon, able(horizon, [terms], taken | schools.closed))
        return CommitmentDays(
            cadence=query.cadence,
            days=duty.days,
            moved=duty.moved,
            gaps=tuple(GapRow(first=gap.first, last=gap.last, sentence=gap.sentence) for gap in duty.gaps),
            series=_row(series(duty)),
            timezone=LONDON,
            calendar=_whose(terms),
        )

    async def _school_days(self, query: LayOutCommitment) -> SchoolDays:
        if bool(query.school_id) == bool(query.authority_code):
            raise Rejected("school-or-authority", "Name either a school or an authority, whose term dates count.")
        if query.school_id:
            return await school_days(self._stores, [query.school_id])
        calendars = await self._stores.calendars.in_force()
        return SchoolDays((calendars.of(query.authority_code),), frozenset())


def _whose(terms: TermCalendar) -> str:
    return f"{terms.source} (plausible defaults)" if terms.generated else terms.source


def _row(found: Series) -> SeriesRow:
    if not found.rule:
        return SeriesRow(singles=found.singles)
    fields = {
        "freq": found.rule["FREQ"],
        "interval": found.rule.get("INTERVAL", 1),
        "by_day": found.rule["BYDAY"],
        "first": found.first,
        "until": found.rule["UNTIL"],
        "exceptions": found.exceptions,
        "singles": found.singles,
    }
    return SeriesRow.model_validate(fields)
