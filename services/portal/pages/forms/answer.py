"""Answering an invitation: who, where, when, and three buttons."""

from typing import Any, ClassVar

from services.portal.domain import access, words
from services.portal.domain.reading import Reading, whole_number
from services.portal.domain.rows import indexes
from services.portal.pages.forms.form import Facts, FormPage, Saved, Values
from services.portal.pages.forms.meeting import MeetingView, brief_of, event_of, meeting_view
from services.portal.pages.forms.spans import spans_of, spans_stepped
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.scheduling import AnswerInvitation

ANSWERS = ("accepted", "tentative", "declined")
NEXT = {
    ("accepted", ""): "If the date has to move, you get a new invitation.",
    ("tentative", ""): "Come back to this page when you know. We will remind you.",
    ("declined", "cohort-event"): "The event goes ahead for the others.",
    (
        "declined",
        "",
    ): "We now look for another date that suits everybody; everyone affected gets a new invitation. "
    "If the visit is very near, your coordinator decides and will be in touch.",
}


class AnswerPage(FormPage):
    """Accept, perhaps, decline; with a decline, further days on which one cannot come."""

    purpose: ClassVar[str] = "answer"
    template: ClassVar[str] = "answer.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the invitation as it stands now, and whether this mail's is out of date."""
        view = await meeting_view(portal, visitor, kinds=("visit", "cohort-event"))
        meeting = view.meeting
        if not access.may_answer(visitor.person_id, meeting):
            raise Hidden
        answered = (await portal.read.answers.of_person(visitor.person_id)).get(meeting.target_id)
        stale = visitor.link.sequence is not None and visitor.link.sequence < meeting.date_sequence
        return {
            "view": view,
            "brief": await brief_of(portal, visitor, meeting.target_id) if meeting.kind == "visit" else None,
            "event": await event_of(portal, visitor, meeting) if meeting.kind == "cohort-event" else None,
            "answered": answered,
            "for_earlier_date": answered is not None and answered.sequence < meeting.date_sequence,
            "changed_since": answered is not None and answered.sequence < meeting.sequence,
            "moved_from": visitor.link.on if stale and visitor.link.on != meeting.on else None,
            "over": meeting.over(visitor.now),
            "indexes": indexes,
            "programme": view.programme,
            "title": view.title,
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with the invitation's number and one empty row of dates."""
        return {"sequence": str(facts["view"].meeting.sequence), "dates-0-first": "", "dates-0-last": ""}

    def step(self, values: Values, button: str) -> tuple[dict[str, str], str] | None:
        """Add or remove a row of dates; Enter in a date answers nothing."""
        if button == "stay":
            return dict(values), next((name for name in values if name.startswith("dates-")), "add-dates")
        return spans_stepped(values, button, "dates")

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the answer."""
        view: MeetingView = facts["view"]
        answer = button if button in ANSWERS else reading.choice("answer", "are you coming?", ANSWERS)
        given = reading.values.get("sequence", "")
        return AnswerInvitation(
            target_id=view.meeting.target_id,
            target_kind=view.meeting.kind,
            person_id=visitor.person_id,
            answer=answer or "tentative",  # without one, the problem noted keeps it unsent
            sequence=whole_number(given) if given else None,
            dates_not_possible=spans_of(reading, "dates", view.meeting.today(visitor.now))
            if answer == "declined"
            else (),
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what was saved and what happens next."""
        view: MeetingView = facts["view"]
        when = words.moment(view.meeting.on, view.meeting.starts)
        titles = {"accepted": "You are coming", "tentative": "You may be coming", "declined": "You cannot come"}
        first = {
            "accepted": f"You are expected: {view.title}, {when}.",
            "tentative": f"{view.title}, {when}: we have noted that you are not sure yet.",
            "declined": f"{view.title}, {when}: we have noted that you cannot come.",
        }
        consequence = reply.sentence if command.answer == "declined" else ""
        then = consequence or NEXT.get((command.answer, view.meeting.kind), NEXT[command.answer, ""])
        return Saved(titles[command.answer], (first[command.answer], then), "Change your answer")
