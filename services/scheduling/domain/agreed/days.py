"""Decisions about days that are still to be agreed: people propose, decline and agree them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.scheduling.domain.agreed.records import Arrangement, Declined, Suits, VisitDay
from services.scheduling.domain.agreed.setting import Setting, admit, common, turn
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.ids import agreed_visit_id
from services.scheduling.domain.local_time import instant
from services.scheduling.planner.horizon import add_working_days
from services.scheduling.planner.wording import in_words
from shared.commands.agreed_visits import ChosenDay
from shared.errors import Rejected
from shared.events import agreed_visits as told
from shared.events.base import Event

STARTS, ENDS = dt.time(9), dt.time(15)
"""From when to when a day takes place where the template does not say."""
_MORNING = dt.time(7)


@dataclass
class Changing:
    """An arrangement on its way through one decision, with what is published of it."""

    record: Arrangement
    events: list[Event] = field(default_factory=list)

    def tell(self, kind: type[Any], **facts: Any) -> None:
        """Publish a fact about the arrangement itself."""
        self.record = self.record.model_copy(update={"version": self.record.version + 1})
        self.events.append(kind(**facts_of(self.record), version=self.record.version, **facts))

    def tell_visit(self, kind: type[Any], day: VisitDay, setting: Setting, **facts: Any) -> None:
        """Keep a day and publish a fact about it."""
        self.record = self.record.with_visit(day)
        shown = visit_facts(self.record, day, setting)
        self.events.append(kind(**shown, version=day.version, **facts))

    def decided(self, sentence: str = "") -> Decision[Arrangement]:
        """The decision."""
        return Decision((self.record,), tuple(self.events), sentence)


def propose(arrangement: Arrangement, person: str, days: Sequence[dt.date], setting: Setting) -> Decision[Arrangement]:
    """Somebody says which days suit; they are kept free for so many working days, in place of those said before.

    Raises Rejected for a stranger, while days are not to be agreed, and for days that are not free.
    """
    admit(setting, person)
    still_open(arrangement)
    if setting.party_of(person) is None:
        raise Rejected("not-invited", "Only the people concerned can say which days suit them.")
    wanted = sorted(set(days))
    must_be_free(arrangement, wanted, setting)
    for day in wanted:
        if not setting.can(person, day, arrangement.host_school_id):
            raise Rejected("day-taken", f"You are somewhere else on {in_words(day)}. Take it off the list.")
    until = kept_until(setting)
    others = tuple(one for one in arrangement.suits if one.person_id != person)
    mine = tuple(Suits(person_id=person, on=day, until=until) for day in wanted)
    declined = tuple(one for one in arrangement.declined if one.person_id != person)
    change = Changing(arrangement.model_copy(update={"suits": (*others, *mine), "declined": declined}))
    change.tell(
        told.DaysProposed,
        person_id=person,
        days=tuple(wanted),
        until=until,
        timezone=setting.programme.template.timezone,
        waiting_for=turn(change.record, setting, person),
    )
    number = "The day is" if len(wanted) == 1 else f"The {len(wanted)} days are"
    return change.decided(f"{number} kept free until {in_words(setting.programme.today(until))}.")


def decline(arrangement: Arrangement, person: str, words: str, setting: Setting) -> Decision[Arrangement]:
    """Somebody says that no day suits; the coordinator hears of it. Raises Rejected as `propose` does."""
    admit(setting, person)
    still_open(arrangement)
    if not person:
        raise Rejected("not-invited", "Name the person whom no day suits.")
    mine = Declined(person_id=person, words=words.strip(), at=setting.now)
    declined = (*(one for one in arrangement.declined if one.person_id != person), mine)
    suits = tuple(one for one in arrangement.suits if one.person_id != person)
    change = Changing(arrangement.model_copy(update={"declined": declined, "suits": suits}))
    change.tell(told.DaysDeclined, person_id=person, waiting_for=turn(change.record, setting, person))
    return change.decided("The coordinator is told, with what you have written.")


def agree(
    arrangement: Arrangement, person: str, chosen: Sequence[ChosenDay], setting: Setting, *, outside: bool
) -> Decision[Arrangement]:
    """Agree on days, each a visit of its own. `outside`: the people have agreed by themselves, by phone.

    Raises Rejected for a stranger, for days that are not free, that do not suit all others, or are too many, and as
    `hours_fit` does.
    """
    admit(setting, person)
    must_be_open(arrangement)
    days = [one.on for one in chosen]
    if len(set(days)) < len(days):
        raise Rejected("same-day", "A day is named twice. Two visits cannot be on one day.")
    must_be_free(arrangement, days, setting)
    suiting = common(arrangement, setting, person)
    if wrong := [day for day in days if not outside and day not in suiting]:
        raise Rejected("does-not-suit", f"{_listed(wrong)} does not suit all others yet. Propose it to them first.")
    most = setting.activity.most
    if most is not None and len(arrangement.standing) + len(days) > most:
        raise Rejected("too-many", f"There are at most {most} days. Cancel one before you agree on another.")
    change = Changing(arrangement)
    for one in sorted(chosen, key=lambda each: each.on):
        hours_fit(one, setting)
        day = _new(change.record, one, setting)
        change.tell_visit(told.AgreedVisitScheduled, day, setting, by=person)
    left = tuple(one for one in change.record.suits if one.on not in days)
    change.record = change.record.model_copy(update={"suits": left})
    settle(change, setting)
    missing = change.record.needed - len(change.record.standing)
    more = "" if missing <= 0 else f" {missing} more {'day is' if missing == 1 else 'days are'} needed."
    return change.decided(f"Agreed: {_listed(sorted(days))}. Everybody gets a calendar entry.{more}")


def settle(change: Changing, setting: Setting, spoke: str = "") -> None:
    """Say so where as many days are agreed as are needed, or no longer are."""
    before, after = change.record.told_settled, change.record.settled
    if after and not before:
        change.record = change.record.model_copy(update={"suits": (), "declined": (), "told_settled": True})
        change.tell(told.DaysSettled)
    elif before and not after:
        change.record = change.record.model_copy(update={"told_settled": False, "completed": False})
        agreed, waiting = len(change.record.standing), turn(change.record, setting, spoke)
        change.tell(told.DaysReopened, agreed=agreed, waiting_for=waiting)


def hours_fit(day: ChosenDay, setting: Setting) -> None:
    """Raise Rejected for hours the wrong way round and for doings that the activity does not have or lacks."""
    if day.ends <= day.starts:
        raise Rejected("hours", f"On {in_words(day.on)} it ends before it starts. Look at the times.")
    known = {one.key for one in setting.activity.doings}
    if wrong := sorted(set(day.doings) - known):
        raise Rejected("unknown-doing", f"'{wrong[0][:60]}' is none of: {', '.join(sorted(known)) or 'no doings'}.")
    if known and not day.doings:
        raise Rejected("no-doing", f"Say what you will do on {in_words(day.on)}: tick one thing at least.")


def must_be_free(
    arrangement: Arrangement, days: Iterable[dt.date], setting: Setting, *, besides: VisitDay | None = None
) -> None:
    """Raise Rejected for days on which the host is closed or somebody is somewhere else, or that are agreed already."""
    host = arrangement.host_school_id
    agreed = {one.on for one in arrangement.standing if one != besides}
    for day in days:
        if day <= setting.today:
            raise Rejected("too-late", f"{in_words(day)} is not to come any more. Choose a later day.")
        if day in agreed:
            raise Rejected("same-day", f"{in_words(day)} is agreed already. Two visits cannot be on one day.")
        if day not in setting.school_days:
            sentence = f"On {in_words(day)} the host school is closed, or the time for this is over or has not begun."
            raise Rejected("no-school-day", f"{sentence} Choose another day.")
        if not setting.free(day, host):
            raise Rejected("day-taken", f"On {in_words(day)} somebody is somewhere else. Choose another day.")


def still_open(arrangement: Arrangement) -> None:
    """Raise Rejected unless days are still to be agreed."""
    must_be_open(arrangement)
    if arrangement.settled:
        raise Rejected("already-agreed", "All days are agreed. Enter one more, or move one that does not suit.")


def must_be_open(arrangement: Arrangement) -> None:
    """Raise Rejected before days can be agreed, and once they cannot any more."""
    if arrangement.closed:
        raise Rejected("closed", f"No days are agreed here any more: {_CLOSED[arrangement.closed]}")
    if arrangement.opened is None:
        raise Rejected("not-open", "Days cannot be agreed yet. You get a mail when they can.")


_CLOSED = {
    "postponed": "the programme pauses. You get a mail when it goes on.",
    "placement-ended": "the placement has ended.",
    "person": "somebody has ended it.",
    "coordinator": "the coordinator has ended it.",
    "people-changed": "its people have changed.",
}


def kept_until(setting: Setting) -> dt.datetime:
    """Until when days are kept free that somebody proposes now: the morning after so many working days."""
    last = add_working_days(setting.today, setting.activity.hold_working_days, setting.bank_holidays)
    return instant(last + dt.timedelta(days=1), _MORNING, setting.programme.template.timezone)


def facts_of(record: Arrangement) -> dict[str, Any]:
    """What every event of an arrangement says."""
    return record.model_dump(include={*told.ArrangementFacts.model_fields})


def visit_facts(record: Arrangement, day: VisitDay, setting: Setting) -> dict[str, Any]:
    """What every event of a day says."""
    shared = record.model_dump(include={*told.AgreedVisit.model_fields})
    own = day.model_dump(include={*told.AgreedVisit.model_fields})
    place = setting.activity.at or "host"
    return {**shared, **own, "timezone": setting.programme.template.timezone, "place": place}


def _new(record: Arrangement, chosen: ChosenDay, setting: Setting) -> VisitDay:
    number = 1 + max((one.number for one in record.visits), default=0)
    order = [one.key for one in setting.activity.doings]
    return VisitDay(
        visit_id=agreed_visit_id(record.arrangement_id, number),
        number=number,
        on=chosen.on,
        starts=chosen.starts,
        ends=chosen.ends,
        doings=tuple(sorted(set(chosen.doings), key=order.index)),
        attendees=setting.at(chosen.on, record.host_school_id),
    )


def _listed(days: Sequence[dt.date]) -> str:
    return ", ".join(in_words(day) for day in days)
