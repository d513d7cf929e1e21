"""Whether a school takes part: yes, maybe or no, with a reason where it is not yes; it can be changed later."""

from collections.abc import Mapping
from typing import Any, ClassVar

from services.portal.domain import words
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Portal, Visitor
from shared.commands.base import Command
from shared.commands.participation import AnswerParticipation, ParticipationShown, ShowParticipation

LONGEST = 500
_TITLES = {"yes": "Yes, we take part", "maybe": "Maybe, we do not know yet", "no": "No, not this time"}


class ParticipationPage(FormPage):
    """The link's target is the school, its programme the one that is meant."""

    purpose: ClassVar[str] = "participation"
    template: ClassVar[str] = "participation.html"
    fields: ClassVar[Mapping[str, str]] = {
        "reason-missing": "reason", "no-such-answer": "answer", "too-late": "answer", "too-long": "reason",
    }  # fmt: skip

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return how the school's part stands; raises Hidden for somebody who has no say in it."""
        programme_id = visitor.link.programme_id or ""
        query = ShowParticipation(
            programme_id=programme_id, school_id=visitor.link.target_id, person_id=visitor.person_id
        )
        found: ParticipationShown = await portal.shown(query)
        options = {key: _TITLES[key] for key in found.answers}
        if "maybe" in options and found.until:
            options["maybe"] = f"{_TITLES['maybe']} (counts until {words.day(found.until)})"
        return {
            "programme": await portal.read.whole.get(programme_id),
            "title": f"Does {found.school or 'your school'} take part?",
            "found": found,
            "options": options,
            "longest": LONGEST,
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what was said last."""
        found: ParticipationShown = facts["found"]
        again = {"again": "yes"} if found.ask_again else {}
        return {"answer": found.answer, "reason": found.reason, **again}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return the answer."""
        found: ParticipationShown = facts["found"]
        said, reason = reading.values.get("answer", ""), " ".join(reading.values.get("reason", "").split())
        if said not in found.answers:
            reading.wrong("answer", "Choose one of the answers.")
        if len(reason) > LONGEST:
            reading.wrong("reason", f"This takes at most {LONGEST} characters; you have written {len(reason):,}.")
        return AnswerParticipation.model_validate(
            {
                "programme_id": visitor.link.programme_id or "",
                "urn": found.urn,
                "answer": said if said in found.answers else found.answers[0],
                "reason": "" if said == "yes" else reason[:LONGEST],
                "person_id": visitor.person_id,
                "ask_again": said == "yes" or "again" in reading.values,
            }
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what the answer means, and what comes next."""
        found: ParticipationShown = facts["found"]
        return Saved(_SAVED[command.answer], _next_steps(found, command), "Change your answer")


_SAVED = {
    "yes": "Your school takes part, thank you",
    "maybe": "Noted: maybe",
    "no": "Noted: not this time",
}


def _next_steps(found: ParticipationShown, command: AnswerParticipation) -> tuple[str, ...]:
    if command.answer == "maybe":
        until = f" Please say yes or no by {words.day(found.until)}." if found.until else ""
        return (f"You get a mail a week before it runs out.{until}" if until else "You can change it at any time.",)
    if command.answer == "no":
        again = found.asked_again and command.ask_again
        return ("You hear from us again next year." if again else "You are not asked again.",)
    later = f"You name {words.listed(list(found.later))} later." if found.later else ""
    who = "" if found.enrolled else "The coordinator asks you for the people who take part."
    return tuple(said for said in (who, later, *found.missing) if said)
