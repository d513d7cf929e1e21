"""Somebody's place in a course: tick its dates, or say what was made up for. GET changes nothing."""

from typing import Any, ClassVar

from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.sessions import (
    CatchUpSessions,
    CoursePlaceDetail,
    EndCoursePlace,
    SessionRow,
    ShowCoursePlace,
    TickSessions,
)

TICK, CAUGHT = "tick-", "caught-"


class CoursePlacePage(FormPage):
    """The link's target is the place. Buttons: `tick`, and `caught-up` for the days whose boxes are ticked; `leave`."""

    purpose: ClassVar[str] = "sessions"
    template: ClassVar[str] = "course-place.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the course as the person sees it; raises Hidden for somebody whose place it is not."""
        found: CoursePlaceDetail = await portal.shown(ShowCoursePlace(place_id=visitor.link.target_id))
        if found.place.person_id != visitor.person_id:
            raise Hidden
        open_ = [one for one in found.sessions if one.state == "published"]
        return {
            "programme": await portal.read.whole.get(found.programme_id),
            "title": found.title,
            "found": found,
            "to_tick": open_ if _may_tick(found) else [],
            "signing_up": found.signs_up and found.whole and found.place.state == "asked",
            "leaving": found.signs_up and found.place.state in {"taken", "waiting"},
            "to_make_up": [one for one in found.sessions if one.number in found.place.missed],
            "rows": [(one, _how(one, found)) for one in found.sessions],
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was picked before; nothing is ticked for anybody."""
        found: CoursePlaceDetail = facts["found"]
        return {f"{TICK}{number}": "on" for number in found.place.numbers}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return what the button says."""
        found: CoursePlaceDetail = facts["found"]
        if button == "caught-up":
            made_up = tuple(one.number for one in facts["to_make_up"] if f"{CAUGHT}{one.number}" in reading.values)
            if not made_up:
                reading.wrong("", "Tick what you have made up for.")
                made_up = found.place.missed or (0,)
            return CatchUpSessions(
                course_id=found.course_id, person_id=visitor.person_id, numbers=made_up, by=visitor.person_id
            )
        if button == "leave" and facts["leaving"]:
            return EndCoursePlace(course_id=found.course_id, person_id=visitor.person_id, by=visitor.person_id)
        every = tuple(one.number for one in facts["to_tick"])
        ticked = every if facts["signing_up"] else tuple(n for n in every if f"{TICK}{n}" in reading.values)
        return TickSessions(course_id=found.course_id, person_id=visitor.person_id, numbers=ticked)

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what was saved."""
        if isinstance(command, CatchUpSessions):
            return Saved("Noted, thank you", ("It stands beside the date, and in your record.",), "See it")
        if isinstance(command, EndCoursePlace):
            return Saved("You have left the list", (reply.sentence,), "See it")
        if facts["signing_up"]:
            return Saved("You are on the list", (reply.sentence,), "See the dates")
        after = "The invitation comes by mail, with all of them."
        return Saved("Your dates are ticked", (reply.sentence, after), "See the dates")


def _may_tick(found: CoursePlaceDetail) -> bool:
    return found.place.state == "asked" or (found.place.state == "taken" and not found.whole)


def _how(session: SessionRow, found: CoursePlaceDetail) -> str:
    """How a day stands for somebody, in a word or two."""
    place = found.place
    if session.number in place.caught_up:
        return "made up for"
    if session.number in place.missed:
        return "to make up for"
    if session.number in place.came:
        return "you were there"
    if session.state == "held":
        return "you were not there"
    return "" if session.state == "published" else "over"
