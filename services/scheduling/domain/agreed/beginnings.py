"""Decisions about an arrangement as a whole: it begins, needs more or fewer days, is closed, and goes on."""

from collections.abc import Mapping

from services.scheduling.domain.agreed.changes import cancel_ahead
from services.scheduling.domain.agreed.days import Changing, must_be_open, settle
from services.scheduling.domain.agreed.records import Arrangement, Placement
from services.scheduling.domain.agreed.setting import Setting, turn
from services.scheduling.domain.agreed.window import closes_on, opens_on
from services.scheduling.domain.decision import Decision
from services.scheduling.domain.ids import arrangement_id
from shared.errors import Rejected
from shared.events import agreed_visits as told
from shared.events.forms import Told
from shared.template import Activity, Template


def new(activity: Activity, placement: Placement) -> Arrangement:
    """The days of an activity for a placement, before anything is known of them."""
    return Arrangement(
        arrangement_id=arrangement_id(placement.match_id, activity.key),
        programme_id=placement.programme_id,
        activity=activity.key,
        kind=activity.kind,
        match_id=placement.match_id,
        school_id=placement.school_id,
        host_school_id=placement.host_school_id,
        person_id=placement.person_id,
        role=placement.role,
    )


def begun(arrangement: Arrangement, placement: Placement, setting: Setting) -> Decision[Arrangement]:
    """Days can be agreed once the first of them is known; that is said once."""
    change = Changing(arrangement)
    programme, activity = setting.programme, setting.activity
    first = opens_on(activity, programme, placement)
    if arrangement.opened is not None or arrangement.closed or placement.ended or first is None:
        return change.decided()
    last = closes_on(activity, programme, placement)
    change.record = arrangement.model_copy(update={"first": first, "last": last, "opened": setting.today})
    change.tell(
        told.DaysAsked,
        person_ids=tuple(dict.fromkeys(one for party in setting.parties for one in party.people)),
        first=first,
        last=last,
        timezone=programme.template.timezone,
        asked=not asked_by_a_task(programme.template, activity),
    )
    return change.decided()


def needed(activity: Activity, answers: Mapping[str, Mapping[str, Told]]) -> int:
    """How many days there are to be: what the entry says, within what the template allows."""
    form, _, key = activity.as_many_as.rpartition(".")
    said = answers.get(form, {}).get(key)
    number = max(activity.least, int(said)) if isinstance(said, int | float) else activity.least
    return min(number, activity.most) if activity.most else number


def need(
    arrangement: Arrangement, number: int, setting: Setting, *, fixed: bool, because: str = ""
) -> Decision[Arrangement]:
    """So many days are needed. `fixed`: the coordinator says so, and why.

    Raises Rejected for more than the template allows, and where the coordinator gives no reason.
    """
    most = setting.activity.most
    if fixed:
        must_be_open(arrangement)
        if not because:
            raise Rejected("no-reason", "Say why so many days are needed: the people who agree them read it.")
        if most is not None and number > most:
            raise Rejected("too-many", f"There are at most {most} days.")
    elif arrangement.fixed:
        return Decision((arrangement,))
    completed = arrangement.completed and number <= arrangement.needed
    update = {"needed": number, "fixed": fixed or arrangement.fixed, "completed": completed, "because": because}
    change = Changing(arrangement.model_copy(update=update))
    settle(change, setting)
    return change.decided(f"{number} {'day is' if number == 1 else 'days are'} needed.")


def close(arrangement: Arrangement, why: told.Why, setting: Setting) -> Decision[Arrangement]:
    """No more days are agreed, and those that are to come are cancelled. A placement may end while it is paused.

    A pause takes nothing from days that have all taken place: what followed from them goes on to hold.
    """
    over = why == "postponed" and arrangement.completed
    if over or arrangement.closed in {why, "placement-ended"}:
        return Decision((arrangement,))
    change = Changing(arrangement.model_copy(update={"closed": why, "suits": (), "declined": ()}))
    cancel_ahead(change, why, setting)
    change.tell(told.DaysClosed, why=why)
    return change.decided()


def resume(arrangement: Arrangement, placement: Placement, setting: Setting) -> Decision[Arrangement]:
    """Days can be agreed again, up to the last one as it lies now. What the pause has cancelled is agreed anew."""
    if arrangement.closed != "postponed":
        return Decision((arrangement,))
    last = closes_on(setting.activity, setting.programme, placement)
    open_again = {"closed": "", "last": last if arrangement.opened else None, "told_settled": False}
    change = Changing(arrangement.model_copy(update=open_again))
    if arrangement.opened:
        change.tell(told.DaysResumed, last=last, waiting_for=turn(change.record, setting))
        settle(change, setting)
    return change.decided()


def asked_by_a_task(template: Template, activity: Activity) -> bool:
    """Whether a task of the template asks people to choose the days of the activity."""
    return any(task.do.choose == activity.key for task in template.tasks)


def moved_to(arrangement: Arrangement, placement: Placement) -> Arrangement:
    """The same for whoever goes on in the placement."""
    update = {"person_id": placement.person_id, "role": placement.role, "school_id": placement.school_id}
    return arrangement.model_copy(update=update)
