"""What a visitor takes home from a visit and will use."""

from typing import Any, ClassVar

from services.portal.domain import access
from services.portal.domain.questions import Question, worded
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.forms.meeting import meeting_view
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.reporting import FormState, RecordTakeHome, ShowForm

QUESTIONS = (
    Question("learnt", "What did you learn?", free=True),
    Question("will_use", "What will you use in your own school?", "One thing you will really do is enough.", free=True),
    Question("contact_consent", "My group may keep my work contact details after the programme", required=False),
)


class TakeHomePage(FormPage):
    """Each visitor's own; sending it again replaces it."""

    purpose: ClassVar[str] = "take-home"
    template: ClassVar[str] = "take-home.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the visit and the questions."""
        view = await meeting_view(portal, visitor)
        form = view.programme.form("take-home") if view.programme else None
        if not access.may_take_home(visitor.person_id, view.meeting, form):
            raise Hidden
        return {
            "view": view, "programme": view.programme, "title": form.title if form else "What you take home",
            "questions": worded(QUESTIONS, form), "intro": form.intro if form else "",
        }  # fmt: skip

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was sent before."""
        asked = ShowForm(form="take-home", target_id=visitor.link.target_id, person_id=visitor.person_id)
        state: FormState = await portal.owners.find(asked)
        return {
            "learnt": str(state.content.get("learnt", "")),
            "will_use": str(state.content.get("will_use", "")),
            "contact_consent": "yes" if state.content.get("contact_consent") else "",
        }

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return what they take home."""
        asked: dict[str, Question] = facts["questions"]
        return RecordTakeHome(
            visit_id=visitor.link.target_id,
            person_id=visitor.person_id,
            learnt=reading.text("learnt", asked["learnt"]) or "-",
            will_use=reading.text("will_use", asked["will_use"]) or "-",
            contact_consent=reading.values.get("contact_consent") == "yes",
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Thank them."""
        consent = (
            "Your group may keep your work contact details." if command.contact_consent
            else "Your group does not get your contact details for afterwards."
        )  # fmt: skip
        return Saved("Saved, thank you", (f"What you take home from {facts['view'].title} is noted.", consent))
