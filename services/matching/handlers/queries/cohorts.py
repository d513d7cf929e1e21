"""Cohorts, their groups and their curves."""

from services.matching.domain.ids import cohort_id
from services.matching.handlers.loading import cohort_of, gather, known_programme
from services.matching.handlers.queries import replies
from services.matching.ports.stores import Stores
from shared.commands import matching as contract

__all__ = ["CohortQueries"]


class CohortQueries:
    """Shows cohorts and what could be chosen."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def cohorts(self, query: contract.ListCohorts) -> contract.CohortRows:
        """Cohorts of a programme, or all; newest first."""
        return contract.CohortRows(
            cohorts=tuple(replies.cohort_row(one) for one in await self._stores.cohorts.listed(query.programme_id))
        )

    async def cohort(self, query: contract.ShowCohort) -> contract.CohortDetail:
        """A cohort whole, its groups by the page."""
        cohort = await cohort_of(self._stores, query.cohort_id or cohort_id(query.programme_id))
        programme = await known_programme(self._stores, cohort.programme_id)
        progress = None
        if cohort.state == "matching":
            progress = await self._stores.progress.progress(cohort.cohort_id, cohort.revision) or 0.0
        groups = await self._stores.groups.groups(cohort.cohort_id, query.limit, query.offset)
        named = {school for group in groups for school in group.members} | {one.school_id for one in cohort.waiting}
        matching = await gather(self._stores, programme, named, cohort)
        by_id = {school.id: school for school in matching.schools}
        return contract.CohortDetail(
            cohort=replies.cohort_row(cohort, progress, enrolling=programme.enrolling_again),
            groups=tuple(replies.group_row(group, programme, matching) for group in groups),
            groups_total=cohort.groups,
            waiting=tuple(
                contract.WaitingRow(
                    school_id=one.school_id,
                    urn=by_id[one.school_id].urn,
                    name=by_id[one.school_id].name,
                    rule=one.rule,
                    sentence=one.sentence,
                    place=by_id[one.school_id].place,
                    region=by_id[one.school_id].region,
                )
                for one in cohort.waiting
                if one.school_id in by_id
            ),
            parts=cohort.parts,
            minimum=cohort.minimum,
            p5=cohort.p5,
            seed=cohort.seed,
            engine=cohort.engine,
            seconds=cohort.seconds,
            bound=cohort.bound,
            bound_kind=cohort.bound_kind,
            blocking=tuple(one.sentence for one in cohort.blocking),
        )

    async def curve(self, query: contract.ShowCurve) -> contract.CurveDetail:
        """Changes against score of the latest re-match."""
        cohort = await cohort_of(self._stores, cohort_id(query.programme_id))
        return contract.CurveDetail(cohort=replies.cohort_row(cohort), points=replies.curve_points(cohort))
