"""Why a group is as it is, and why two schools are not in one."""

from services.matching.domain.ids import cohort_id
from services.matching.handlers.loading import cohort_of, gather, known_programme
from services.matching.handlers.queries import replies
from services.matching.ports.stores import Stores
from shared.commands import matching as contract
from shared.commands.sharing import GroupSharing, ShowSharing
from shared.errors import Rejected

__all__ = ["ReasonQueries"]

NEAREST = 12
"""Groups looked at for the best exchange."""


class ReasonQueries:
    """Explains groups."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    async def why_group(self, query: contract.WhyGroup) -> contract.GroupReasons:
        """The reasons for a group, and the best exchange with one nearby."""
        group = await self._stores.groups.group(query.group_id)
        if group is None:
            raise Rejected("unknown-group", f"There is no group '{query.group_id[:60]}'.")
        cohort, programme = (
            await cohort_of(self._stores, group.cohort_id),
            await known_programme(self._stores, group.programme_id),
        )
        found = await self._stores.groups.groups_near(group.cohort_id, group.where, NEAREST + 1)
        near = [one for one in found if one.group_id != group.group_id][:NEAREST]
        named = {school for one in (group, *near) for school in one.members}
        matching = await gather(self._stores, programme, named, cohort)
        return replies.group_reasons(group, cohort, programme, matching, near)

    async def sharing(self, query: ShowSharing) -> GroupSharing:
        """Who shares what with whom, for the schools of a group."""
        group = await self._stores.groups.group(query.group_id)
        if group is None:
            raise Rejected("unknown-group", f"There is no group '{query.group_id[:60]}'.")
        cohort = await cohort_of(self._stores, group.cohort_id)
        programme = await known_programme(self._stores, group.programme_id)
        matching = await gather(self._stores, programme, set(group.members), cohort)
        schools = replies.members(group, {school.id: school for school in matching.schools})
        return replies.group_sharing(group, schools, programme.terms.titles)

    async def why_not(self, query: contract.WhyNot) -> contract.WhyNotReasons:
        """Why two schools are not in one group."""
        cohort = await cohort_of(self._stores, cohort_id(query.programme_id))
        programme = await known_programme(self._stores, query.programme_id)
        a, b = [await self._school(query.programme_id, urn) for urn in (query.urn, query.other_urn)]
        here = await self._stores.groups.group_of(cohort.cohort_id, a)
        there = await self._stores.groups.group_of(cohort.cohort_id, b)
        ids = {a, b, *(here.members if here else ()), *(there.members if there else ())}
        matching = await gather(self._stores, programme, ids, cohort)
        by_id = {school.id: school for school in matching.schools}
        if a == b:
            raise Rejected("same-school", "That is one and the same school.")
        if here and there and here.group_id == there.group_id:
            return contract.WhyNotReasons(sentence=f"{by_id[a].name} and {by_id[b].name} are in one group.")
        groups = tuple(replies.members(one, by_id) if one else () for one in (here, there))
        waiting = {one.school_id: one.sentence for one in cohort.waiting}
        return replies.why_not_reasons(matching, (by_id[a], by_id[b]), (groups[0], groups[1]), waiting)

    async def _school(self, programme_id: str, urn: int) -> str:
        found = await self._stores.enrolments.by_urn(programme_id, [urn])
        if not found:
            raise Rejected("unknown-school", f"No school with URN {urn} takes part in this programme.")
        return found[0].school.school_id
