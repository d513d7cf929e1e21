"""Cohorts and their groups."""

from kindred.cli.input.lookup.programmes import programme
from kindred.cli.session import find
from shared.commands.matching import CohortDetail, GroupRow, ShowCohort
from shared.errors import Rejected


def cohort(programme_named: str = "") -> CohortDetail:
    """The whole cohort of a programme, all groups."""
    chosen = programme(programme_named)
    found = find(ShowCohort(programme_id=chosen.programme_id, limit=500), CohortDetail)
    groups = list(found.groups)
    while len(groups) < found.groups_total:
        query = ShowCohort(programme_id=chosen.programme_id, limit=500, offset=len(groups))
        more = find(query, CohortDetail).groups
        if not more:
            break
        groups += more
    return found.model_copy(update={"groups": tuple(groups)})


def group(named: str, programme_named: str = "") -> GroupRow:
    """The group of that number or id."""
    groups = cohort(programme_named).groups
    for row in groups:
        if named in {row.group_id, str(row.number)}:
            return row
    raise Rejected("unknown-group", f"There is no group {named!r}; groups have the numbers 1 to {len(groups)}.")
