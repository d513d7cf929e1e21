"""The query about what inspections said of a programme's schools."""

from services.programmes.domain.outcomes import counted, since_of
from services.programmes.ports.enrolments import Enrolled
from services.programmes.ports.programmes import Programmes
from services.programmes.ports.register import ReportCards, Schools
from shared.commands.outcomes import CountOutcomes, Outcomes

__all__ = ["OutcomeQueries"]


class OutcomeQueries:
    """One method a query."""

    def __init__(self, programmes: Programmes, enrolled: Enrolled, schools: Schools, cards: ReportCards) -> None:
        self._programmes, self._enrolled = programmes, enrolled
        self._schools, self._cards = schools, cards

    async def count(self, query: CountOutcomes) -> Outcomes:
        """The schools that take part, under all the URNs that each has had. Raises Rejected: unknown-programme."""
        programme = await self._programmes.get(query.programme_id)
        ids = [one.school_id for one in await self._enrolled.enrolled(query.programme_id)]
        entries = await self._schools.entries_of(ids)
        cards = await self._cards.report_cards([one.school.urn for found in entries.values() for one in found])
        schools = []
        for school_id in ids:
            own = [one.school for one in entries.get(school_id, ())]
            urns = {one.urn for one in own}
            schools.append((own, [card for (urn, _), card in cards.items() if urn in urns]))
        return counted(schools, since_of(programme.year))
