"""Answers what people ask about cohorts: worked out from the groups when asked, nothing is kept for it."""

from services.matching.domain.ids import cohort_id
from services.matching.domain.records import CohortRecord, ProgrammeRecord
from services.matching.handlers import answers
from services.matching.handlers.rounds import gather
from services.matching.ports import Stores
from shared.commands import matching as contract
from shared.errors import Rejected

__all__ = ["Asking"]

NEAREST = 12
"""Groups looked at for the best exchange."""


class Asking:
    """Answers queries."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def cohorts(self, query: contract.ListCohorts) -> contract.CohortRows:
        """Cohorts of a programme, or all; newest first."""
        return contract.CohortRows(
            cohorts=tuple(answers.cohort_row(one) for one in await self._stores.cohorts.listed(query.programme_id))
        )

    async def cohort(self, query: contract.ShowCohort) -> contract.CohortDetail:
        """A cohort whole, its groups by the page."""
        cohort = await self._cohort(query.cohort_id or cohort_id(query.programme_id))
        programme = await self._programme(cohort.programme_id)
        progress = None
        if cohort.state == "matching":
            progress = await self._stores.drafts.progress(cohort.cohort_id, cohort.revision) or 0.0
        groups = await self._stores.cohorts.groups(cohort.cohort_id, query.limit, query.offset)
        named = {school for group in groups for school in group.members} | {one.school_id for one in cohort.waiting}
        matching = await gather(self._stores, programme, named, cohort)
        by_id = {school.id: school for school in matching.schools}
        return contract.CohortDetail(
            cohort=answers.cohort_row(cohort, progress),
            groups=tuple(answers.group_row(group, programme, by_id) for group in groups),
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

    async def why_group(self, query: contract.WhyGroup) -> contract.GroupReasons:
        """The reasons for a group, and the best exchange with one nearby."""
        group = await self._stores.cohorts.group(query.group_id)
        if group is None:
            raise Rejected("unknown-group", f"There is no group '{query.group_id[:60]}'.")
        cohort, programme = await self._cohort(group.cohort_id), await self._programme(group.programme_id)
        found = await self._stores.cohorts.groups_near(group.cohort_id, group.where, NEAREST + 1)
        near = [one for one in found if one.group_id != group.group_id][:NEAREST]
        named = {school for one in (group, *near) for school in one.members}
        matching = await gather(self._stores, programme, named, cohort)
        return answers.group_reasons(group, cohort, programme, matching, near)

    async def curve(self, query: contract.ShowCurve) -> contract.CurveDetail:
        """Changes against score of the latest re-match."""
        cohort = await self._cohort(cohort_id(query.programme_id))
        return contract.CurveDetail(cohort=answers.cohort_row(cohort), points=answers.curve_points(cohort))

    async def why_not(self, query: contract.WhyNot) -> contract.WhyNotReasons:
        """Why two schools are not in one group."""
        cohort = await self._cohort(cohort_id(query.programme_id))
        programme = await self._programme(query.programme_id)
        a, b = [await self._school(query.programme_id, urn) for urn in (query.urn, query.other_urn)]
        here = await self._stores.cohorts.group_of(cohort.cohort_id, a)
        there = await self._stores.cohorts.group_of(cohort.cohort_id, b)
        ids = {a, b, *(here.members if here else ()), *(there.members if there else ())}
        matching = await gather(self._stores, programme, ids, cohort)
        by_id = {school.id: school for school in matching.schools}
        if a == b:
            raise Rejected("same-school", "That is one and the same school.")
        if here and there and here.group_id == there.group_id:
            return contract.WhyNotReasons(sentence=f"{by_id[a].name} and {by_id[b].name} are in one group.")
        groups = tuple(answers.members(one, by_id) if one else () for one in (here, there))
        waiting = {one.school_id: one.sentence for one in cohort.waiting}
        return answers.why_not_reasons(matching, (by_id[a], by_id[b]), (groups[0], groups[1]), waiting)

    async def _cohort(self, key: str) -> CohortRecord:
        cohort = await self._stores.cohorts.cohort(key)
        if cohort is None:
            raise Rejected("unknown-cohort", "There is no such cohort; it is drafted when enrolment closes.")
        return cohort

    async def _programme(self, programme_id: str) -> ProgrammeRecord:
        programme = await self._stores.enrolments.programme(programme_id)
        if programme is None:
            raise Rejected("unknown-programme", f"There is no programme '{programme_id[:60]}'.")
        return programme

    async def _school(self, programme_id: str, urn: int) -> str:
        found = await self._stores.enrolments.by_urn(programme_id, [urn])
        if not found:
            raise Rejected("unknown-school", f"No school with URN {urn} takes part in this programme.")
        return found[0].school.school_id
