"""What a visit held means for pins: a group that has met stays as it is, unless it has become too small.

Such a group may take others in; the schools that have met each other stay together.
"""

from collections.abc import Iterable
from itertools import combinations

from services.matching.domain.pins import How
from services.matching.domain.records import GroupRecord
from services.matching.domain.relationships import Pairs, relationships
from services.matching.ports.stores import Stores
from shared.errors import Rejected

__all__ = ["bonds", "groups_of"]


async def groups_of(stores: Stores, cohort_id: str, ids: tuple[str, ...], how: How) -> list[GroupRecord]:
    """The groups of these schools, each once.

    Raises Rejected when one of them is frozen, or keeping the schools apart would part two that have met.
    """
    found: dict[str, GroupRecord] = {}
    for school in ids:
        group = await stores.cohorts.group_of(cohort_id, school)
        if group is not None:
            found[group.group_id] = group
    parted = {frozenset(pair) for pair in combinations(ids, 2)} if how == "apart" else set()
    for group in found.values():
        if group.frozen or parted & bonds([group]):
            raise Rejected("frozen-group", f"Group {group.number} has had a visit; its schools stay together.")
    return list(found.values())


def bonds(groups: Iterable[GroupRecord]) -> Pairs:
    """Pairs of schools that stay together because they have met."""
    return relationships(group.school_ids for group in groups if group.held)
