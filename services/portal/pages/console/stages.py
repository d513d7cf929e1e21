"""Where a school stands, as three things side by side: an inspection, its own view, and the stage that was agreed.

None is turned into another. A school with a report card has no earlier grade here either; the register leaves it out.
"""

from services.portal.domain import words
from services.portal.domain.entries import told_in
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.console.desk import Desk
from shared.commands.forms import EntryRows, ListEntries
from shared.commands.parties import CategoryRows, ListCategories
from shared.commands.programmes_queries import EnrolmentRow, SchoolRow, ShowSchool

__all__ = ["inspected", "stages"]

NOTHING, UNSAID = "The register has no inspection of it.", "It has not said."


async def stages(desk: Desk, programme: WholeProgramme | None, one: EnrolmentRow) -> tuple[tuple[str, str], ...]:
    """What each is called, and what it says; nothing where the programme's schools stand in no categories."""
    categories = programme.template.categories if programme else None
    if programme is None or categories is None:
        return ()
    school: SchoolRow = await desk.find(ShowSchool(urn=one.school.urn))
    about = {"programme_id": programme.programme_id, "urn": one.school.urn}
    decided: CategoryRows = await desk.find(ListCategories(**about))
    own = await _own_view(desk, programme, one.school.school_id) if categories.own_view else None
    latest = next(iter(decided.decisions), None)
    agreed = (
        f"{latest.title}, since {words.day(latest.since)}. {latest.reason}" if latest else categories.values[0].title
    )
    return (
        ("By inspection", inspected(school)),
        *((("By its own view", own),) if own else ()),
        ("By what was agreed", agreed),
    )


def inspected(school: SchoolRow) -> str:
    """What the latest inspection said, in the words of its own regime."""
    on = f", inspected on {words.written_day(school.inspected_on)}" if school.inspected_on else ""
    if school.report_card:
        said = "; ".join(f"{area}: {grade}" for area, grade in school.report_card.items())
        return f"Report card{on}. {said[:1].upper()}{said[1:]}."
    if school.overall_grade:
        return f"Overall grade {words.capital(school.overall_grade)}{on}. Such grades were given until August 2024."
    return NOTHING


async def _own_view(desk: Desk, programme: WholeProgramme, school_id: str) -> str:
    """What the school answered last to the question about itself."""
    categories = programme.template.categories
    form, _, field = (categories.own_view if categories else "").partition(".")
    asked = ListEntries(programme_id=programme.programme_id, form=form, about_id=school_id)
    rows: EntryRows = await desk.find(asked)
    known = await desk.portal.read.entries.find(row.entry_id for row in rows.entries)
    said = [told_in(one, programme, field) for one in known.values() if one.stands]
    return next((one for one in reversed(said) if one), UNSAID)
