"""In which category a school stands: who decided, from when, why."""

from services.programmes.domain.parties.records import CategoryDecision, StandingRecord
from shared.errors import Rejected
from shared.events.base import Event
from shared.events.parties import CategoryFrom, SchoolCategorised
from shared.template import Template

__all__ = ["category_title", "decide"]


def decide(
    before: StandingRecord, decision: CategoryDecision, template: Template, *, roles: frozenset[str], who: str
) -> tuple[StandingRecord, Event | None]:
    """The school's categories with one more decision, which takes the place of one from the same day.

    `roles`: those that `who` decided holds at the school, its party or for the programme. Raises Rejected.
    """
    categories = template.categories
    if categories is None:
        raise Rejected("no-categories", "This programme has no categories of schools.")
    if decision.category not in {one.key for one in categories.values}:
        known = ", ".join(one.key for one in categories.values)
        raise Rejected("unknown-category", f"There is no category '{decision.category}'; categories: {known}.")
    if decision.decided_by is not None and categories.decided_by and categories.decided_by not in roles:
        title = next((role.title for role in template.roles if role.key == categories.decided_by), "")
        said = title or categories.decided_by
        raise Rejected("not-theirs-to-decide", f"{who} is not the {said} of this school, who decides on its category.")
    kept = [one for one in before.decisions if one.since != decision.since]
    decisions = tuple(sorted((*kept, decision), key=lambda one: one.since))
    if decisions == before.decisions:
        return before, None
    after = before.model_copy(update={"decisions": decisions, "version": before.version + 1})
    return after, SchoolCategorised(
        version=after.version,
        standing_id=after.standing_id,
        programme_id=after.programme_id,
        school_id=after.school_id,
        decisions=tuple(CategoryFrom(**one.model_dump(exclude={"reason"})) for one in decisions),
    )


def category_title(template: Template, key: str) -> str:
    """What the template calls a category."""
    values = template.categories.values if template.categories else ()
    return next((one.title for one in values if one.key == key), key)
