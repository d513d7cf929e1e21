"""An enrolment put right after it was closed: impossible dates, and schools to be kept apart; nothing else changes."""

import datetime as dt

from services.programmes.domain.enrolment.decide import Decision, amended
from services.programmes.domain.enrolment.partial import as_before
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.standing import Standing
from services.programmes.domain.enrolment.terms import role_title
from services.programmes.domain.records import EnrolmentRecord, NotWith
from shared.commands.programmes import CorrectEnrolment, EnrolSchool
from shared.errors import Rejected
from shared.events.programmes import SchoolFacts

__all__ = ["correct", "corrected_wish"]


def corrected_wish(command: CorrectEnrolment, before: EnrolmentRecord, known: Known) -> EnrolSchool:
    """The enrolment as it shall stand, for the rules to judge; `known` holds its people.

    Raises Rejected("nothing-to-correct") and Rejected("no-such-role").
    """
    if command.dates_not_possible is None and command.not_with is None and not command.role_dates:
        raise Rejected(
            "nothing-to-correct", "Name the dates that are not possible, or the schools not to be matched with."
        )
    dates = {each.role: each.dates_not_possible for each in command.role_dates}
    for role in dates:
        if before.holder(role) is None:
            raise Rejected("no-such-role", f"The school has no {role_title(role)} in this programme.")
    people = (as_before(held, known) for held in before.people if held.person_id in known.by_id)
    own = before.dates_not_possible if command.dates_not_possible is None else command.dates_not_possible
    named = tuple(other.urn for other in before.not_with) if command.not_with is None else command.not_with
    return EnrolSchool(
        programme_id=before.programme_id,
        urn=before.urn,
        people=tuple(
            one.model_copy(update={"dates_not_possible": dates.get(one.role, one.dates_not_possible)}) for one in people
        ),
        strengths=before.strengths,
        needs=before.needs,
        dates_not_possible=own,
        farthest_travel_km=before.farthest_travel_km,
        not_with=named,
    )


def correct(
    wish: EnrolSchool, before: EnrolmentRecord, standing: Standing, facts: SchoolFacts, on: dt.date
) -> Decision:
    """Take over the dates and the schools to be kept apart from a wish that breaks no rule."""
    dates = {one.role: one.dates_not_possible for one in wish.people}
    update = {
        "people": tuple(
            held.model_copy(update={"dates_not_possible": dates.get(held.role, held.dates_not_possible)})
            for held in before.people
        ),
        "dates_not_possible": wish.dates_not_possible,
        "not_with": tuple(NotWith(urn=urn, school_id=standing.known[urn].school_id) for urn in wish.not_with),
    }
    return amended(before, before.model_copy(update=update), facts, on)
