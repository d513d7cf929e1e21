"""Days that named people agree: say which suit, choose from those that suit the others, enter, move or cancel one.

Choosing takes two steps, so that hours and doings are asked only of the days that were ticked. GET changes nothing.
"""

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any, ClassVar

from services.portal.domain import words
from services.portal.domain.reading import Reading
from services.portal.pages.days import fields
from services.portal.pages.forms.form import Facts, FormPage, Saved, Values
from services.portal.pages.papers import papers_of
from services.portal.pages.portal import Hidden, Portal, Visitor
from shared.commands.agreed_visits import (
    AgreeDays,
    ArrangementDetail,
    CancelAgreedVisit,
    DeclineDays,
    MoveAgreedVisit,
    ProposeDays,
    ShowDays,
)
from shared.commands.base import Command

LONGEST = 1000
SAID: dict[type[Any], str] = {
    AgreeDays: "Agreed, thank you",
    ProposeDays: "Your days are saved",
    DeclineDays: "The coordinator is told",
    MoveAgreedVisit: "The day is moved",
    CancelAgreedVisit: "The day is cancelled",
}


class DaysPage(FormPage):
    """The link's target is the placement, its form the activity. Buttons: `next`, `agree`, `propose`, `outside` ..."""

    purpose: ClassVar[str] = "days"
    template: ClassVar[str] = "days.html"
    fields: ClassVar[Mapping[str, str]] = {}

    async def facts(self, portal: Portal, visitor: Visitor) -> Facts:
        """Return how the days stand; raises Hidden for somebody who has no part in them."""
        query = ShowDays(match_id=visitor.link.target_id, activity=visitor.link.form, person_id=visitor.person_id)
        found: ArrangementDetail = await portal.shown(query)
        names = await portal.read.people.names(_people(found))
        own = next((party for party in found.parties if visitor.person_id in party.person_ids), None)
        speaks = own is not None and found.state == "waiting"
        programme = await portal.read.whole.get(found.programme_id)
        return {
            "programme": programme,
            "title": f"{found.title.rstrip('.')}: agree on {'the day' if found.needed == 1 else 'days'}",
            "found": found,
            "names": names,
            "mine": own.days if own else (),
            "others": [
                (words.listed([names.get(one, "somebody") for one in party.person_ids]), party.days)
                for party in found.parties
                if party != own
            ],
            "standing": [day for day in found.visits if day.state != "cancelled"],
            "gone": [day for day in found.visits if day.state == "cancelled"],
            "months": _months(found.free) if speaks else [],
            "speaks": speaks,
            "may_enter": found.state in {"waiting", "agreed"},
            "today": visitor.now.astimezone(words.LONDON).date(),
            "longest": LONGEST,
            "papers": await papers_of(portal, visitor),
            "papers_at": f"{visitor.root}/days/papers" if visitor.link.purpose == self.purpose else "",
        }

    async def start(self, portal: Portal, visitor: Visitor, facts: Facts) -> dict[str, str]:
        """Begin with the days named before, and the usual hours."""
        found: ArrangementDetail = facts["found"]
        hours = {"outside-from": f"{found.starts:%H:%M}", "outside-to": f"{found.ends:%H:%M}"}
        for day in found.visits:
            hours |= {f"{day.visit_id}-from": f"{day.starts:%H:%M}", f"{day.visit_id}-to": f"{day.ends:%H:%M}"}
            hours[f"{day.visit_id}-on"] = day.on.isoformat()
        return {**hours, **{f"suit-{day}": "on" for day in facts["mine"]}}

    def step(self, values: Values, button: str) -> tuple[dict[str, str], str] | None:
        """Go on to the hours of the days that were ticked, or back to ticking."""
        if button == "next":
            first = next((name for name in values if name.startswith("take-")), "")
            return {**values, "chosen": "on" if first else ""}, first
        if button == "back":
            return {name: value for name, value in values.items() if name != "chosen"}, ""
        return None

    def read(self, visitor: Visitor, facts: Facts, reading: Reading, button: str) -> Command:
        """Return what the button says; problems noted keep it from being sent."""
        found: ArrangementDetail = facts["found"]
        act, _, visit_id = button.partition(":")
        whose: dict[str, str] = {"match_id": found.match_id, "activity": found.activity, "person_id": visitor.person_id}
        match act:
            case "propose":
                days = fields.ticked(reading.values, "suit-")
                if not days:
                    reading.wrong("", "Tick at least one day that suits you.")
                return ProposeDays(**whose, days=days or (visitor.now.date(),))
            case "agree":
                days = fields.ticked(reading.values, "take-")
                chosen = tuple(fields.chosen(reading, f"take-{day}", day, found) for day in days)
                return AgreeDays(**whose, days=chosen)
            case "outside":
                day = fields.day(reading, "outside-on")
                return AgreeDays(**whose, days=(fields.chosen(reading, "outside", day, found),), outside=True)
            case "decline":
                return DeclineDays(**whose, words=_words(reading, "words"))
            case "move":
                day = fields.day(reading, f"{visit_id}-on")
                moved = fields.chosen(reading, visit_id, day, found, same=True)
                return MoveAgreedVisit(visit_id=visit_id, person_id=visitor.person_id, day=moved)
            case "cancel":
                said = _words(reading, f"{visit_id}-words")
                return CancelAgreedVisit(visit_id=visit_id, person_id=visitor.person_id, words=said)
            case _:
                raise Hidden

    def saved(self, facts: Facts, command: Any, reply: Any) -> Saved:
        """Say what was saved, in the owner's words."""
        return Saved(SAID[type(command)], tuple(filter(None, (reply.sentence,))), "See all days")


def _people(found: ArrangementDetail) -> set[str]:
    people = {one for party in found.parties for one in party.person_ids}
    places = [one for day in found.visits for one in day.attendees]
    return people | {each for one in places for each in (one.person_id, one.substitute_for) if each}


def _months(days: tuple[dt.date, ...]) -> list[tuple[str, list[dt.date]]]:
    return [(month, list(group)) for month, group in groupby(days, key=lambda day: f"{day:%B %Y}")]


def _words(reading: Reading, name: str) -> str:
    said = reading.values.get(name, "").strip()
    if len(said) > LONGEST:
        reading.wrong(name, f"This takes at most {LONGEST:,} characters; you have written {len(said):,}.")
    return said[:LONGEST]
