"""The visit brief: what the host wants explored, where the challenge lies, how visitors find their way in."""

from typing import Any, ClassVar

from services.portal.domain import access, words
from services.portal.domain.questions import Question, worded
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.forms.meeting import MeetingView, meeting_view
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.scheduling import ShowVisit, VisitDetail, VisitorNotes, WriteVisitBrief

QUESTIONS = (
    Question(
        "practice",
        "What leading practice should visitors explore?",
        "What works well, where to see it, whom to talk to.",
        free=True,
        rows=6,
    ),
    Question(
        "challenge",
        "What challenge would you like their view on?",
        "An honest question gets a useful answer.",
        free=True,
        rows=6,
    ),
    Question("arrival", "Arrival time", "For example 8:45.", required=False, longest=100, kind="line"),
    Question("sign_in", "Where to sign in", "For example: main reception.", required=False, longest=1000, rows=2),
    Question("identity", "What to bring", "For example: photo identification.", required=False, longest=500, rows=2),
    Question("parking", "Parking and travel", required=False, longest=1000, rows=2),
    Question(
        "safeguarding_lead",
        "Designated safeguarding lead",
        "Name and how to reach them on the day.",
        required=False,
        longest=200,
        kind="line",
    ),
)
NOTES = ("safeguarding_lead", "sign_in", "identity", "parking", "arrival")


class VisitBriefPage(FormPage):
    """Written by the host's people, read by every visitor."""

    purpose: ClassVar[str] = "visit-brief"
    template: ClassVar[str] = "visit-brief.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the visit and the questions."""
        view = await meeting_view(portal, visitor)
        form = view.programme.form("visit-brief") if view.programme else None
        if not access.may_brief(visitor.person_id, view.host, form):
            raise Hidden
        return {
            "view": view, "programme": view.programme, "title": "Visit brief",
            "questions": worded(QUESTIONS, form), "intro": form.intro if form else "",
        }  # fmt: skip

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what has been written before."""
        detail: VisitDetail = await portal.owners.find(ShowVisit(visit_id=visitor.link.target_id))
        if detail.brief is None:
            return {}
        written = {"practice": detail.brief.practice, "challenge": detail.brief.challenge}
        return {**written, **detail.brief.notes.model_dump()}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the brief."""
        asked: dict[str, Question] = facts["questions"]
        said = {
            key: (reading.line if question.kind == "line" else reading.text)(key, question)
            for key, question in asked.items()
        }
        if reading.problems:
            said = dict.fromkeys(said, "-")
        notes = VisitorNotes(**{key: said[key] for key in NOTES})
        return WriteVisitBrief(
            visit_id=visitor.link.target_id,
            person_id=visitor.person_id,
            practice=said["practice"],
            challenge=said["challenge"],
            notes=notes,
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say who gets it when."""
        view: MeetingView = facts["view"]
        when = words.moment(view.meeting.on, view.meeting.starts)
        after = "You can change it until the day of the visit."
        return Saved("Visit brief saved", (f"Everyone invited to the visit on {when} can read it now.", after))
