"""Decisions about days that are agreed: moved, cancelled, held, with other people. One day leaves the others alone."""

from collections.abc import Mapping

from services.scheduling.domain.agreed.days import Changing, hours_fit, must_be_free, settle
from services.scheduling.domain.agreed.records import Arrangement, VisitDay
from services.scheduling.domain.agreed.setting import Setting, admit
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.stand_ins import stood_in, whose
from services.scheduling.planner.wording import in_words
from shared.commands.agreed_visits import ChosenDay
from shared.errors import Rejected
from shared.events import agreed_visits as told

SUBSTITUTE = "substitute"
"""Why a day has other people: somebody stands in."""


def move(
    arrangement: Arrangement, visit_id: str, person: str, chosen: ChosenDay, setting: Setting
) -> Decision[Arrangement]:
    """Another day or other hours, as its people have agreed. Raises Rejected as `agree` does, and once it is over."""
    before = _standing(arrangement, visit_id)
    admit(setting, person, before)
    if before.state == "held" or before.on < setting.today:
        raise Rejected("already-over", "This day is over. Agree on a further one.")
    if arrangement.closed:
        raise Rejected("closed", "No days are agreed here any more.")
    doings = chosen.doings or before.doings
    wanted = chosen.model_copy(update={"doings": doings})
    there = setting.with_stand_ins(before, wanted.on, arrangement.host_school_id)
    if wanted.on != before.on:
        must_be_free(arrangement, [wanted.on], there, besides=before)
    hours_fit(wanted, setting)
    host = arrangement.host_school_id
    attendees = there.at(wanted.on, host) if wanted.on != before.on else before.attendees
    changes = {"on": wanted.on, "starts": wanted.starts, "ends": wanted.ends, "doings": doings, "attendees": attendees}
    if before == before.model_copy(update=changes):
        raise Rejected("nothing-changes", "It is on that day and at that time already.")
    day = _next(before, changes)
    change = Changing(arrangement)
    change.tell_visit(told.AgreedVisitMoved, day, setting, moved_from=before.on, by=person)
    return change.decided(f"Moved to {in_words(day.on)}. Everybody's calendar is updated.")


def cancel(arrangement: Arrangement, visit_id: str, person: str, words: str, setting: Setting) -> Decision[Arrangement]:
    """It does not take place, or did not although it counted as held.

    Raises Rejected where it is cancelled, and where the coordinator does not say why to who agreed it.
    """
    before = _standing(arrangement, visit_id)
    admit(setting, person, before)
    if not person and not words.strip():
        raise Rejected("no-reason", "Say why it does not take place; everybody who is invited reads it.")
    change = Changing(arrangement)
    _cancelled(change, before, setting, why="person" if person else "coordinator", by=person, words=words.strip())
    settle(change, setting)
    return change.decided(f"Cancelled: {in_words(before.on)}. The other days stay.")


def stand_in(
    arrangement: Arrangement, visit_id: str, person: str, substitute: str, setting: Setting
) -> Decision[Arrangement]:
    """The coordinator lets somebody come in an invited person's place, who may do about this day what they may.

    Raises Rejected once it is over, and as `stood_in` does.
    """
    before = _standing(arrangement, visit_id)
    if before.state == "held" or before.on < setting.today:
        raise Rejected("already-over", "This day is over. Say who was missing instead.")
    attendees = stood_in(before.attendees, person, substitute)
    change = Changing(arrangement)
    facts = {"joined": (substitute,), "left": (person,), "why": SUBSTITUTE}
    change.tell_visit(told.AgreedVisitChanged, _next(before, {"attendees": attendees}), setting, **facts)
    return change.decided("The substitute is allowed for this day.")


def hold(arrangement: Arrangement, visit_id: str, setting: Setting) -> Decision[Arrangement]:
    """Its day is over: it counts as held unless somebody says otherwise."""
    before = arrangement.visit(visit_id)
    change = Changing(arrangement)
    if before is None or before.state != "published":
        return change.decided()
    _held(change, before, (), setting)
    return change.decided()


def record(
    arrangement: Arrangement, visit_id: str, person: str, absent: tuple[str, ...], setting: Setting
) -> Decision[Arrangement]:
    """Somebody says who was missing. Raises Rejected before the day, and for somebody who was not invited."""
    before = _standing(arrangement, visit_id)
    admit(setting, person, before)
    if before.on > setting.today:
        raise Rejected("not-over", "The day is still to come.")
    if strangers := [one for one in absent if one not in before.people]:
        raise Rejected("not-invited", f"{len(strangers)} of these people were not invited.")
    if set(absent) >= set(before.people):
        raise Rejected("nobody-there", "If nobody was there, say that it did not take place.")
    change = Changing(arrangement)
    _held(change, before, tuple(sorted(set(absent))), setting)
    return change.decided("Noted.")


def refreshed(arrangement: Arrangement, setting: Setting) -> Decision[Arrangement]:
    """Days to come have the people whom the template names now; who has gone is taken out, who is new is invited."""
    change = Changing(arrangement)
    now = {one.person_id: one for one in setting.invited}
    for day in arrangement.visits:
        if day.state != "published" or day.on < setting.today:
            continue
        staying = tuple(place for one in day.attendees if (place := _place_now(one, now)))
        known = {person for one in staying for person in (one.person_id, whose(one))}
        new = tuple(one for one in setting.at(day.on, arrangement.host_school_id) if one.person_id not in known)
        attendees = (*staying, *new)
        here = {one.person_id for one in attendees}
        left = tuple(one for one in day.people if one not in here)
        joined = tuple(one.person_id for one in attendees if one.person_id not in day.people)
        if left or joined:
            after = _next(day, {"attendees": attendees})
            change.tell_visit(told.AgreedVisitChanged, after, setting, joined=joined, left=left)
    gone = {one.person_id for one in change.record.suits} - {one for party in setting.parties for one in party.people}
    suits = tuple(one for one in change.record.suits if one.person_id not in gone)
    change.record = change.record.model_copy(update={"suits": suits})
    return change.decided()


def _place_now(place: told.Invited, now: Mapping[str, told.Invited]) -> told.Invited | None:
    """Somebody's place as the template names them now: a substitute keeps it while the person belongs."""
    if whose(place) in now:
        own = now[whose(place)]
        return place if place.substitute_for else own
    return now.get(place.person_id)


def _standing(arrangement: Arrangement, visit_id: str) -> VisitDay:
    found = arrangement.visit(visit_id)
    if found is None:
        raise Rejected("unknown-visit", f"There is no day '{visit_id[:60]}'.")
    if found.state == "cancelled":
        raise Rejected("already-cancelled", "This day has been cancelled already.")
    return found


def _cancelled(change: Changing, before: VisitDay, setting: Setting, *, why: told.Why, by: str, words: str) -> None:
    day = _next(before, {"state": "cancelled", "words": words})
    change.tell_visit(told.AgreedVisitCancelled, day, setting, why=why, by=by)


def cancel_ahead(change: Changing, why: told.Why, setting: Setting) -> None:
    """Cancel every day that is to come."""
    for day in change.record.visits:
        if day.state == "published" and day.on >= setting.today:
            _cancelled(change, day, setting, why=why, by="", words="")


def _held(change: Changing, before: VisitDay, absent: tuple[str, ...], setting: Setting) -> None:
    day = before.model_copy(update={"state": "held", "absent": absent, "version": before.version + 1})
    present = tuple(one for one in day.attendees if one.person_id not in absent)
    change.tell_visit(told.AgreedVisitHeld, day, setting, present=present, absent=absent)
    held = [one.on for one in change.record.visits if one.state == "held"]
    if len(held) >= change.record.needed and not change.record.completed:
        change.record = change.record.model_copy(update={"completed": True})
        change.tell(told.DaysCompleted, on=max(held))


def _next(before: VisitDay, changes: dict[str, object]) -> VisitDay:
    """The day in its next version, which calendars take for an update."""
    return before.model_copy(update={**changes, "sequence": before.sequence + 1, "version": before.version + 1})
