"""Between which days an activity of a placement may take place: by the clock, and by what has happened to it."""

import datetime as dt

from services.scheduling.domain.agreed.records import EngineProgramme, Placement
from shared.template import Activity, Template
from shared.template.days import day_of, programme_ends, shifted
from shared.template.moments import parse_moment
from shared.template.pauses import through


def opens_on(activity: Activity, programme: EngineProgramme, placement: Placement) -> dt.date | None:
    """The first day, or None while nobody can tell."""
    return moment_of(activity.opens, programme, placement)


def closes_on(activity: Activity, programme: EngineProgramme, placement: Placement) -> dt.date:
    """The last day; that of the programme's last school year where nobody can tell."""
    ends = programme_ends(programme.template, programme.year, programme.pauses)
    return moment_of(activity.closes, programme, placement) or ends


def moment_of(text: str, programme: EngineProgramme, placement: Placement) -> dt.date | None:
    """The day of a moment for a placement; None while it has not come and the clock does not say it."""
    return _moment(text, programme, placement, len(programme.template.clock.moments))


def _moment(text: str, programme: EngineProgramme, placement: Placement, steps: int) -> dt.date | None:
    if day := day_of(text, programme.template, programme.year, programme.pauses):
        return day
    instant = parse_moment(text)
    if named := programme.template.clock.moment(instant.anchor):
        day = _moment(named.text(instant.state), programme, placement, steps - 1) if steps else None
    else:
        day = _came(instant.anchor, instant.state, programme.template, placement)
    if day is None or instant.offset is None:
        return day
    return through(shifted(day, instant.offset), programme.pauses, since=day)


def _came(anchor: str, state: str, template: Template, placement: Placement) -> dt.date | None:
    wanted = state or _usual(anchor, template)
    return next((one.on for one in placement.came if (one.anchor, one.state) == (anchor, wanted)), None)


def _usual(anchor: str, template: Template) -> str:
    """What is meant where a moment names only the thing."""
    if any(one.key == anchor for one in template.matching):
        return "published"
    return "submitted" if template.form(anchor) else "held"
