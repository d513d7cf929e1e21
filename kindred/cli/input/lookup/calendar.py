"""Visits and cohort events."""

from kindred.cli.input.lookup.cohorts import cohort
from kindred.cli.input.lookup.single import begins, one
from kindred.cli.session import find
from shared.commands.scheduling import CohortEventDetail, ListVisits, VisitDetail, VisitRows


def visits(programme_named: str = "", *, drafts: bool = False) -> VisitRows:
    """All visits and cohort events of a programme's cohort."""
    cohort_id = cohort(programme_named).cohort.cohort_id
    found = find(ListVisits(cohort_id=cohort_id, drafts=drafts, limit=500), VisitRows)
    rows = list(found.visits)
    while len(rows) < found.total:
        more = find(ListVisits(cohort_id=cohort_id, drafts=drafts, limit=500, offset=len(rows)), VisitRows).visits
        if not more:
            break
        rows += more
    return found.model_copy(update={"visits": tuple(rows)})


def visit(named: str, programme_named: str = "") -> VisitDetail:
    """The visit with that id (or its beginning), or at the host with that URN."""
    detail = cohort(programme_named)
    hosts = {str(urn): school for row in detail.groups for urn, school in zip(row.urns, row.school_ids, strict=True)}
    rows = visits(programme_named, drafts=True).visits
    return one(
        named,
        [r for r in rows if begins(named, r.visit.visit_id) or r.visit.host_school_id == hosts.get(named)],
        "visit",
    )


def event(named: str, programme_named: str = "") -> CohortEventDetail:
    """The cohort event with that id (or its beginning), activity (launch) or title."""
    query = ListVisits(cohort_id=cohort(programme_named).cohort.cohort_id, drafts=True, limit=1)
    rows = find(query, VisitRows).events
    wanted = named.casefold()
    found = [
        row
        for row in rows
        if begins(named, row.event.event_id) or wanted in (row.event.activity, row.event.title.casefold())
    ]
    return one(named, found, "cohort event")
