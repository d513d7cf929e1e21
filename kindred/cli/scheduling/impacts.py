"""What closed days do to the calendars of cohorts, as tables: the impact check by itself and after an import."""

from rich.console import RenderableType

from kindred.cli.input import lookup
from kindred.cli.session import find
from kindred.output import wording
from kindred.output.display import emit, table
from shared.commands.base import Done
from shared.commands.matching import CohortDetail
from shared.commands.programmes_queries import ListProgrammes, ProgrammeRow, ProgrammeRows
from shared.commands.scheduling import CalendarImpact, ImpactRow, ShowCalendarImpact
from shared.errors import Rejected, Retryable

LISTED = 3
LATER = "What this does to the dates of '{}' cannot be said yet; `kindred calendars impact` shows it in a while."


def shown(cohort: CohortDetail, found: CalendarImpact, title: str = "On closed days") -> RenderableType:
    """The dates of a cohort that stand on closed days, with the repair of each; or the sentence that there is none."""
    if not found.rows:
        return "No visit and no event stands on a closed day."
    names = wording.schools(cohort)
    rows = [
        (wording.date(row.on), row.target_kind, row.state, _closed(row, names), _people(row), _repair(row))
        for row in found.rows
    ]
    columns = ("when", "what", "state", "closed for", "#people", "proposed")
    return table(f"{title} ({_how_many(found)})", columns, rows)


def emit_with_impact(done: Done, programmes: list[ProgrammeRow]) -> None:
    """Show what became of an import, then the impact check of each programme that has a calendar."""
    rendered: list[RenderableType] = [done.sentence or "Taken in."]
    impact: dict[str, CalendarImpact] = {}
    for programme in programmes:
        try:
            cohort = lookup.cohort(programme.programme_id)
            found = find(ShowCalendarImpact(cohort_id=cohort.cohort.cohort_id), CalendarImpact)
        except Rejected:  # no cohort has been formed: there are no dates to check
            continue
        except Retryable:
            rendered.append(LATER.format(programme.name))
            continue
        impact[programme.programme_id] = found
        rendered.append(shown(cohort, found, f"{programme.name}: on closed days"))
    rows = {name: found.model_dump(mode="json")["rows"] for name, found in impact.items()}
    total = {name: max(found.total, len(found.rows)) for name, found in impact.items()}
    emit({**done.model_dump(mode="json"), "impact": rows, "impact_total": total}, *rendered)


def programmes_checked(named: str) -> list[ProgrammeRow]:
    """The programme of that name or id, or all of them."""
    return [lookup.programme(named)] if named else list(find(ListProgrammes(), ProgrammeRows).programmes)


def _closed(row: ImpactRow, names: dict[str, str]) -> str:
    listed = [f"{names.get(one.school_id, one.school_id)} {one.sentence}" for one in row.closed[:LISTED]]
    left = max(row.closed_in_all, len(row.closed)) - len(listed)
    return "; ".join([*listed, *([f"and {left} more"] if left > 0 else [])])


def _how_many(found: CalendarImpact) -> str:
    shown = len(found.rows)
    return f"{shown} of {found.total}, the first by date" if found.total > shown else str(shown)


def _people(row: ImpactRow) -> int:
    return row.people or len(row.person_ids)


def _repair(row: ImpactRow) -> str:
    return " ".join(one.sentence for one in row.repair) or row.advice
