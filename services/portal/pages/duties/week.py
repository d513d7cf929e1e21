"""Tick off a week of duties: one press for all, or the exceptions first. GET changes nothing."""

import datetime as dt
from typing import Any, ClassVar

from services.portal.domain import words
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.duties import DutyDay, DutyWeek, ShowDutyWeek, TickDuties, WeekDuty

NOT, ALSO = "not-", "also-"


class DutyWeekPage(FormPage):
    """The link's target is the week. Buttons: `all`, and `except` for all but those whose boxes are ticked."""

    purpose: ClassVar[str] = "duties"
    template: ClassVar[str] = "duty-week.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the duties of the week; raises Hidden for somebody whose they are not."""
        found: DutyWeek = await portal.shown(ShowDutyWeek(week_id=visitor.link.target_id))
        if found.person_id != visitor.person_id:
            raise Hidden
        names = await portal.read.people.names({one for duty in found.duties for one in duty.person_ids})
        due = [duty for duty in found.duties if duty.days]
        return {
            "programme": await portal.read.whole.get(found.programme_id),
            "title": "Your duties of the week",
            "found": found,
            "strands": _by_strand(due, visitor.person_id, names),
            "some_left": any(duty.not_done for duty in due),
            "as_needed": [duty for duty in found.duties if not duty.days],
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was said before."""
        found: DutyWeek = facts["found"]
        said = {f"{NOT}{duty.duty_id}-{day}": "on" for duty in found.duties for day in duty.not_done}
        return {**said, **{f"{ALSO}{duty.duty_id}": "on" for duty in facts["as_needed"] if duty.done}}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return what the button says: `all` leaves the boxes of what was not done aside."""
        found: DutyWeek = facts["found"]
        left = () if button == "all" else tuple(_left(found, reading))
        if button != "all" and not left:
            reading.wrong("", "Tick what was not done, or press “All done”.")
        also = tuple(one.duty_id for one in facts["as_needed"] if f"{ALSO}{one.duty_id}" in reading.values)
        whose: dict[str, Any] = {"programme_id": found.programme_id, "person_id": found.person_id}
        return TickDuties(**whose, week=found.monday, not_done=left, also=also)

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what was saved."""
        return Saved("Ticked off, thank you", (reply.sentence, "You can change it as long as the year runs."), "See it")


def _left(found: DutyWeek, reading: Reading) -> list[DutyDay]:
    return [
        DutyDay(duty_id=duty.duty_id, on=day)
        for duty in found.duties
        for day in duty.days
        if f"{NOT}{duty.duty_id}-{day}" in reading.values
    ]


def _by_strand(
    duties: list[WeekDuty], person_id: str, names: dict[str, str]
) -> list[tuple[str, list[tuple[str, str, str, tuple[dt.date, ...]]]]]:
    """Strand -> (id, title, with whom and where, days)."""
    found: dict[str, list[tuple[str, str, str, tuple[dt.date, ...]]]] = {}
    for one in duties:
        others = words.listed([names.get(each, "somebody") for each in one.person_ids if each != person_id])
        where = ", ".join(filter(None, (f"with {others}" if others else "", one.school if others else "")))
        found.setdefault(one.strand, []).append((one.duty_id, one.title, where, one.days))
    return list(found.items())
