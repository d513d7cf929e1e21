"""Who came: the facilitator says it for each invited person."""

from typing import Any, ClassVar

from services.portal.domain import access, words
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.forms.meeting import Guest, MeetingView, meeting_view
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.scheduling import AttendanceLine, RecordAttendance


class AttendancePage(FormPage):
    """One line a person: `came-<person id>` is `yes` or `no`."""

    purpose: ClassVar[str] = "attendance"
    template: ClassVar[str] = "attendance.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return who was expected."""
        view = await meeting_view(portal, visitor)
        if not access.may_record(visitor.person_id, view.meeting, view.programme):
            raise Hidden
        form = view.programme.form("attendance") if view.programme else None
        return {
            "view": view,
            "programme": view.programme,
            "title": form.title if form else "Who came?",
            "intro": form.intro if form else "",
            "guests": view.guests(),
            "too_early": view.meeting.today(visitor.now) < view.meeting.on,
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with nothing, so that nobody is counted by default."""
        return {}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return a line for each invited person."""
        guests: list[Guest] = facts["guests"]
        lines = [
            AttendanceLine(
                person_id=guest.person_id,
                present=reading.choice(f"came-{guest.person_id}", f"did {guest.name or 'they'} come?", ("yes", "no"))
                == "yes",
            )
            for guest in guests
        ]
        return RecordAttendance(visit_id=visitor.link.target_id, by=visitor.person_id, lines=tuple(lines))

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say how many came and what is asked next."""
        view: MeetingView = facts["view"]
        came = sum(line.present for line in command.lines)
        invited = words.count(len(command.lines), "person", "people")
        said = f"{view.title}, {words.day(view.meeting.on)}: {came} of {invited} came."
        after = (
            "Everyone who came is now asked what they take home. The link to your appraisal of the host comes by mail."
        )
        return Saved("Attendance saved", (said, after), "See the list")
