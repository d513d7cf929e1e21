"""Who came to a day of a course: whoever leads it says it for each person. GET changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from services.portal.domain import words
from services.portal.domain.reading import Reading
from services.portal.pages.courses.many import MANY, NAMED, Guest, lines_of, named_before
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.sessions import RecordSession, SessionDetail, SessionLine, ShowSession, Was
from shared.errors import Rejected

CAME = "came-"
OPTIONS = {"present": "All of it", "part": "A part", "absent": "Not there"}


@dataclass(frozen=True)
class Row:
    """Somebody who was invited."""

    person_id: str
    name: str
    school: str
    role: str
    every_date: bool


def _guests(rows: Sequence[Row]) -> list[Guest]:
    return [Guest(one.person_id, one.name or one.role, one.school) for one in rows]


def _all_but(guests: list[Guest], reading: Reading) -> tuple[SessionLine, ...]:
    """Everybody, except those who are named; what is wrong with a name stands at the first list."""
    try:
        return lines_of(guests, reading.values)
    except Rejected as wrong:
        reading.wrong("absent", wrong.sentence)
        return (SessionLine(person_id=guests[0].person_id, was="present"),)


class RollPage(FormPage):
    """The link's target is the day's event. One question a person: `came-<person id>`."""

    purpose: ClassVar[str] = "roll"
    template: ClassVar[str] = "course-roll.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return who was invited; raises Hidden for whoever does not lead the course."""
        found: SessionDetail = await portal.shown(ShowSession(event_id=visitor.link.target_id))
        programme = await portal.read.whole.get(found.programme_id)
        coordinates = programme is not None and programme.coordinator_id == visitor.person_id
        if visitor.person_id not in found.leaders and not coordinates:
            raise Hidden
        names = await portal.read.people.names([one.person_id for one in found.guests])
        titles = {role.key: role.title or role.key for role in programme.template.roles} if programme else {}
        rows = [
            Row(one.person_id, names.get(one.person_id, ""), one.school, titles.get(one.role, one.role), one.every_date)
            for one in found.guests
        ]
        return {
            "programme": programme,
            "title": "Who came?",
            "found": found,
            "rows": sorted(rows, key=lambda one: (one.school, one.name)),
            "options": OPTIONS,
            "strict": any(one.every_date for one in rows),
            "many": NAMED if len(rows) > MANY else {},
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was said before, so that nobody is counted by default."""
        found: SessionDetail = facts["found"]
        if facts["many"]:
            return dict(named_before(_guests(facts["rows"]), {one.person_id: one.was for one in found.guests}))
        return {f"{CAME}{one.person_id}": one.was for one in found.guests if one.was}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return a line for each person."""
        found: SessionDetail = facts["found"]
        if facts["many"]:
            return RecordSession(
                course_id=found.course_id, number=found.number, by=visitor.person_id,
                lines=_all_but(_guests(facts["rows"]), reading),
            )  # fmt: skip
        lines = []
        for row in facts["rows"]:
            was = reading.choice(f"{CAME}{row.person_id}", f"was {row.name or 'this person'} there?", tuple(OPTIONS))
            lines.append(SessionLine(person_id=row.person_id, was=cast("Was", was or "absent")))
        return RecordSession(course_id=found.course_id, number=found.number, by=visitor.person_id, lines=tuple(lines))

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say how many came and what follows."""
        found: SessionDetail = facts["found"]
        return Saved(
            "Saved, thank you",
            (
                f"{found.title}, {words.day(found.on)}: {reply.sentence}",
                "Who has to make up for it is asked to by mail.",
            ),
            "See the list",
        )
