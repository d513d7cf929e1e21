"""What there is to do for a programme, as its template says: the rounds that bring people together, its duties."""

from services.portal.domain.whole import WholeProgramme
from shared.template import Activity, Round
from shared.template.kinds import AGREED, SESSION

GROUPS = "groups"
DUTY = "duty"


def rounds_of(whole: WholeProgramme | None) -> tuple[Round, ...]:
    """The rounds of people: placements, pairs and rings. Groups of schools are reviewed on a page of their own."""
    return tuple(one for one in whole.template.matching if one.kind != GROUPS) if whole else ()


def forms_groups(whole: WholeProgramme | None) -> bool:
    """Whether schools are brought into groups; every template of release 0.1.0 does."""
    return whole is None or any(one.kind == GROUPS for one in whole.template.matching)


def has_duties(whole: WholeProgramme | None) -> bool:
    """Whether people owe something again and again in term time."""
    return whole is not None and any(one.kind == DUTY for one in whole.template.activities)


def agrees_days(whole: WholeProgramme | None) -> bool:
    """Whether people agree days between themselves."""
    return whole is not None and any(one.kind in AGREED for one in whole.template.activities)


def courses_of(whole: WholeProgramme | None) -> tuple[Activity, ...]:
    """Its courses of sessions, meetings with a cadence among them."""
    return tuple(one for one in whole.template.activities if one.kind == SESSION) if whole else ()
