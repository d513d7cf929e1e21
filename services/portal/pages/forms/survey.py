"""The survey: how far somebody agrees with each statement, on five points."""

from typing import Any, ClassVar, get_args

from services.portal.domain import access
from services.portal.domain.questions import Question, statements
from services.portal.domain.reading import Reading
from services.portal.domain.records import Programme
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.forms.meeting import MeetingView, meeting_view
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.reporting import Agreement, AnswerSurvey, FormState, ShowForm

POINTS: tuple[str, ...] = get_args(Agreement)
LABELS = {
    "strongly-agree": "Strongly agree",
    "agree": "Agree",
    "neither": "Neither agree nor disagree",
    "disagree": "Disagree",
    "strongly-disagree": "Strongly disagree",
}


class SurveyPage(FormPage):
    """Answering again replaces the answer; whose it is is not shown to anybody."""

    purpose: ClassVar[str] = "survey"
    template: ClassVar[str] = "survey.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the statements."""
        view = await meeting_view(portal, visitor, kinds=("visit", "cohort-event"))
        form = view.programme.form("survey") if view.programme else None
        if not access.took_part(visitor.person_id, view.meeting, form):
            raise Hidden
        return {
            "view": view, "programme": view.programme, "title": form.title if form else "How was it?",
            "statements": statements(form), "points": LABELS, "intro": form.intro if form else "",
        }  # fmt: skip

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was answered before."""
        asked = ShowForm(form="survey", target_id=visitor.link.target_id, person_id=visitor.person_id)
        state: FormState = await portal.owners.find(asked)
        answers = state.content.get("answers")
        return {key: str(point) for key, point in answers.items()} if isinstance(answers, dict) else {}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the agreement with each statement."""
        asked: tuple[Question, ...] = facts["statements"]
        view: MeetingView = facts["view"]
        chosen = {one.key: reading.choice(one.key, f"“{one.label}”", POINTS, required=one.required) for one in asked}
        return AnswerSurvey(
            target_id=view.meeting.target_id,
            target_kind=view.meeting.kind,
            person_id=visitor.person_id,
            answers={key: point for key, point in chosen.items() if point},
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Thank them."""
        programme: Programme | None = facts["programme"]
        least = programme.template.smallest_shown if programme else 5
        counts = "Your answer counts towards the figures for this day, shown without names and only when at least"
        return Saved("Thank you for answering", (f"{counts} {least} people have answered.",), "Change your answer")
