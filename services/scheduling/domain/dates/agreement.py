"""Two people agree a day. Up to three days on which both can are offered; each answers yes, if need be, or no.

Offered days are held for both until the deadline, so that nobody else books them. Then they are free again.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from services.scheduling.planner.horizon import Horizon
from shared.errors import Rejected

OFFERS = 3
Reply = Literal["yes", "if-need-be", "no"]
State = Literal["waiting", "settled", "nothing-suits", "lapsed"]
WEIGHT: dict[Reply, int] = {"yes": 0, "if-need-be": 1}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Days on offer to people until `deadline` (aware), what each has said of each, and the day that was settled.

    `about`: what the day is for; `notes`: what each has added to their answer; `withdrawn`: the settled day does not
    take place.
    """

    people: tuple[str, ...]
    offers: tuple[dt.date, ...]
    deadline: dt.datetime
    replies: Mapping[str, Mapping[dt.date, Reply]] = field(default_factory=dict)
    settled: dt.date | None = None
    withdrawn: bool = False
    about: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def held(self, now: dt.datetime) -> tuple[dt.date, ...]:
        """The days that others must leave alone at this time."""
        if self.withdrawn:
            return ()
        if self.settled is not None:
            return (self.settled,)
        return self.offers if now < self.deadline else ()

    def waiting_for(self) -> tuple[str, ...]:
        """Who has not answered: the only ones to be reminded."""
        return tuple(one for one in self.people if one not in self.replies)

    def state(self, now: dt.datetime) -> State:
        """The state at this time. A day that was settled and withdrawn has lapsed."""
        if self.withdrawn or (self.settled is None and now >= self.deadline):
            return "lapsed"
        if self.settled is not None:
            return "settled"
        return "nothing-suits" if nothing_suits(self) else "waiting"


def offer(
    horizon: Horizon, able: int, people: tuple[str, ...], deadline: dt.datetime, *, earliest: dt.date, about: str = ""
) -> Agreement:
    """Offer up to three days, spread evenly over those that suit. `able`: mask of the days on which all can.

    Raises Rejected when there is none.
    """
    days = list(horizon.dates(able & horizon.between(earliest, dt.date.max)))
    if not days:
        raise Rejected("no-common-day", "There is no day on which everybody can. Ask for other days, or for longer.")
    count = min(OFFERS, len(days))
    chosen = tuple(days[(2 * n + 1) * len(days) // (2 * count)] for n in range(count))
    return Agreement(people, chosen, deadline, about=about)


def reply(
    agreement: Agreement, person: str, said: Mapping[dt.date, Reply], now: dt.datetime, note: str = ""
) -> Agreement:
    """Note what somebody says of the days on offer; a later reply takes the place of an earlier one, with its note.

    The day is settled once all have answered and one suits: the one with the fewest "if need be", then the earliest.
    Raises Rejected for a stranger, after the deadline, once settled, and for days that are not on offer or left out.
    """
    if person not in agreement.people:
        raise Rejected("not-invited", "Only the people concerned can answer.")
    if agreement.withdrawn:
        raise Rejected("withdrawn", "The day has been withdrawn. The coordinator can offer other days.")
    if agreement.settled is not None:
        raise Rejected("already-settled", "The day is settled. The coordinator can withdraw it and offer other days.")
    if now >= agreement.deadline:
        raise Rejected(
            "too-late", "The deadline has passed, and the days are free again. The coordinator can offer new ones."
        )
    if set(said) != set(agreement.offers):
        raise Rejected("answer-each-day", "Please answer each of the days on offer with yes, if need be, or no.")
    replies = {**agreement.replies, person: dict(said)}
    notes = {one: text for one, text in {**agreement.notes, person: note.strip()}.items() if text}
    changed = replace(agreement, replies=replies, notes=notes)
    return replace(changed, settled=_best(changed)) if not changed.waiting_for() else changed


def withdraw(agreement: Agreement, today: dt.date) -> Agreement:
    """The settled day does not take place.

    Raises Rejected where none is settled, where it has been withdrawn already, and once it has come.
    """
    if agreement.settled is None:
        raise Rejected("not-settled", "No day is settled yet. The days on offer are free again after the deadline.")
    if agreement.withdrawn:
        raise Rejected("withdrawn", "The day has been withdrawn already; there is nothing to withdraw.")
    if agreement.settled <= today:
        raise Rejected("already-over", "The day has come or passed; there is nothing to withdraw.")
    return replace(agreement, withdrawn=True)


def _best(agreement: Agreement) -> dt.date | None:
    def reluctance(day: dt.date) -> int:
        return sum(WEIGHT[said[day]] for said in agreement.replies.values())

    suits = [day for day in agreement.offers if all(said[day] != "no" for said in agreement.replies.values())]
    return min(suits, key=lambda day: (reluctance(day), day), default=None)


def nothing_suits(agreement: Agreement) -> bool:
    """Whether all have answered and no day suits: new days must be offered."""
    return not agreement.waiting_for() and agreement.settled is None
