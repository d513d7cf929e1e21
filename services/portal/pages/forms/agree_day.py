"""Answering days on offer: which of them suit, settled with the other person once both have answered."""

import datetime as dt
from typing import Any, ClassVar

from services.portal.domain import access, words
from services.portal.domain.reading import Reading
from services.portal.pages.forms.form import Facts, FormPage, Saved
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.base import Command
from shared.commands.scheduling_dates import AgreementDetail, AnswerDates, DayLine, DayReply, ShowAgreement

REPLIES: dict[DayReply, str] = {"yes": "Yes", "if-need-be": "If need be", "no": "No"}
LONGEST = 1000


class AgreeDayPage(FormPage):
    """One choice a day: `day-<date>`. `none` says no to all of them; a note goes with either."""

    purpose: ClassVar[str] = "answer"
    template: ClassVar[str] = "agree-day.html"

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return the days on offer and what was said of them; raises Hidden for somebody whom they are not offered."""
        agreement: AgreementDetail = await portal.owners.find(ShowAgreement(agreement_id=visitor.link.target_id))
        if not access.may_agree(visitor.person_id, agreement.person_ids):
            raise Hidden
        names = await portal.read.people.names(agreement.person_ids)
        others = [one for one in agreement.person_ids if one != visitor.person_id]
        other = words.listed([names.get(one) or "the other" for one in others])
        day = agreement.settled or agreement.withdrawn
        programme_id = visitor.link.programme_id
        return {
            "programme": await portal.read.programmes.get(programme_id) if programme_id else None,
            "title": f"Your day with {other}" if day else f"Which day suits you and {other}?",
            "other": other,
            "agreement": agreement,
            "deadline": _local(agreement.deadline),
            "answered": any(row.person_id == visitor.person_id for row in agreement.said),
            "other_answered": not set(others) & set(agreement.waiting_for),
            "other_notes": [row.note for row in agreement.notes if row.person_id in others],
            "over": day is not None and day < _local(visitor.now).date(),
            "replies": REPLIES,
            "longest": LONGEST,
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with what they have said before."""
        agreement: AgreementDetail = facts["agreement"]
        said = {f"day-{row.on}": row.answer for row in agreement.said if row.person_id == visitor.person_id}
        notes = [row.note for row in agreement.notes if row.person_id == visitor.person_id]
        return {**said, "note": "".join(notes)}

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return what is said of each day; none suits where they pressed that button."""
        agreement: AgreementDetail = facts["agreement"]
        note = reading.values.get("note", "").strip()
        if len(note) > LONGEST:
            reading.wrong("note", f"The note takes at most {LONGEST:,} characters; you have written {len(note):,}.")
        return AnswerDates(
            agreement_id=agreement.agreement_id,
            person_id=visitor.person_id,
            lines=tuple(DayLine(on=on, answer=_said(reading, on, button)) for on in agreement.offers),
            note=note[:LONGEST],
        )

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what was saved and what happens next, in the owner's words."""
        suits = [line.on for line in command.lines if line.answer != "no"]
        days = words.listed([words.day(on) for on in suits])
        said = f"You can come on {days}." if suits else "You have said that none of the days suits you."
        return Saved("Your answer is saved", tuple(filter(None, (said, reply.sentence))), "See your answer")


def _said(reading: Reading, on: dt.date, button: str) -> DayReply:
    if button == "none":
        return "no"
    chosen = reading.choice(f"day-{on}", f"does {words.day(on)} suit you?", tuple(REPLIES))
    return next((one for one in REPLIES if one == chosen), "no")  # without one, the problem noted keeps it unsent


def _local(at: dt.datetime) -> dt.datetime:
    return at.astimezone(words.LONDON)
