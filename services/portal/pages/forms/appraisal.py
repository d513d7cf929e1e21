"""The facilitator's appraisal of the host: strengths, points to develop, next steps, evidence; a line for each."""

from typing import Any, ClassVar

from services.portal.domain import access
from services.portal.domain.questions import Question, worded
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.forms.meeting import meeting_view
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.reporting import FormState, ShowForm, SubmitAppraisal

MOST = {"strengths": 20, "develop": 20, "next_steps": 20, "evidence": 40}
QUESTIONS = (
    Question("strengths", "Strengths seen", kind="lines", free=True),
    Question("develop", "Points to develop", required=False, kind="lines", free=True),
    Question("next_steps", "Next steps", required=False, kind="lines", free=True),
    Question("evidence", "Evidence", "What you saw, where, how often.", required=False, kind="lines", free=True),
)


class AppraisalPage(FormPage):
    """Sending it again replaces it and makes the report anew."""

    purpose: ClassVar[str] = "appraisal"
    template: ClassVar[str] = "appraisal.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the visit and the questions."""
        view = await meeting_view(portal, visitor)
        if not access.may_appraise(visitor.person_id, view.meeting):
            raise Hidden
        form = view.programme.form("appraisal") if view.programme else None
        return {
            "view": view, "programme": view.programme,
            "title": form.title if form else "Appraisal of the host school",
            "questions": worded(QUESTIONS, form), "intro": form.intro if form else "",
        }  # fmt: skip

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was sent before."""
        asked = ShowForm(form="appraisal", target_id=visitor.link.target_id, person_id=visitor.person_id)
        state: FormState = await portal.owners.find(asked)
        return {key: "\n".join(entries) for key in MOST if isinstance(entries := state.content.get(key), list | tuple)}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the appraisal."""
        asked: dict[str, Question] = facts["questions"]
        said = {key: reading.lines(key, asked[key], most) for key, most in MOST.items()}
        if reading.problems:
            said = dict.fromkeys(said, ("-",))
        return SubmitAppraisal(visit_id=visitor.link.target_id, person_id=visitor.person_id, **said)

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say that the report follows."""
        after = "The report is being made now. The host school gets it by mail, and so do you."
        return Saved("Appraisal saved", (f"Thank you: {facts['view'].title}.", after))
