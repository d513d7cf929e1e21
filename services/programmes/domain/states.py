"""A programme's state: a draft is opened to schools, a programme stands still and goes on, is over, is put away."""

import datetime as dt

from services.programmes.domain.programme import published, refuse_unless_open
from services.programmes.domain.records import Programme
from shared.errors import Rejected
from shared.events import programme_states as told
from shared.events.base import Event
from shared.template.pauses import Pause

__all__ = ["archive", "complete", "drafted", "postpone", "recruit", "resume"]


def drafted(programme: Programme) -> Programme:
    """A programme of which nobody hears yet. Raises Rejected for a template in the language of 0.1.0."""
    _in_parts(programme)
    return programme.model_copy(update={"stage": "draft"})


def recruit(programme: Programme) -> tuple[Programme, Event]:
    """Open a draft to schools. Raises Rejected("not-draft")."""
    if programme.stage != "draft":
        raise Rejected("not-draft", f"'{programme.name}' is no draft: schools know of it.")
    after = programme.model_copy(update={"stage": None})
    return after, published(after)


def postpone(programme: Programme, until: dt.date | None, reason: str, today: dt.date) -> tuple[Programme, Event]:
    """Let a programme stand still from today. Raises Rejected where it cannot, or `until` has passed."""
    _in_parts(programme)
    refuse_unless_open(programme)
    if until is not None and until <= today:
        raise Rejected("date-passed", f"{until:%d/%m/%Y} has passed; name a later day, or none.")
    pauses = (*programme.pauses, Pause(first=today))
    after = _next(programme, stage="postponed", pauses=pauses, until=until, reason=" ".join(reason.split()))
    return after, told.ProgrammePostponed(**_facts(after, today), until=until)


def resume(programme: Programme, today: dt.date) -> tuple[Programme, Event]:
    """Go on with a programme. Raises Rejected("not-postponed")."""
    if programme.stage != "postponed":
        raise Rejected("not-postponed", f"'{programme.name}' is not postponed; it is {programme.stands}.")
    *before, standing = programme.pauses
    pause = Pause(first=standing.first, last=today)
    open_until = pause.after(programme.open_until) if programme.open_until else None
    update = {"stage": None, "until": None, "reason": "", "open_until": open_until}
    after = _next(programme, pauses=(*before, pause), **update)
    return after, told.ProgrammeResumed(**_facts(after, today), postponed_on=standing.first)


def complete(programme: Programme, today: dt.date) -> tuple[Programme, Event]:
    """The programme is over, also one that never came back. Raises Rejected where it never ran, or is over already."""
    _in_parts(programme)
    if programme.stands not in {"running", "postponed"}:
        hint = "; `kindred programmes close` closes its enrolment" if programme.stands == "recruiting" else ""
        raise Rejected("not-running", f"'{programme.name}' is {programme.stands}{hint}.")
    after = _next(programme, stage="completed", until=None, reason="")
    return after, told.ProgrammeCompleted(**_facts(after, today))


def archive(programme: Programme, today: dt.date) -> tuple[Programme, Event | None]:
    """Put a programme away; nobody is told of a draft. Raises Rejected("not-completed")."""
    if programme.stage not in {"completed", "draft"}:
        sentence = f"'{programme.name}' is {programme.stands}; `kindred programmes complete` ends it first."
        raise Rejected("not-completed", sentence)
    after = _next(programme, stage="archived")
    return after, None if programme.stage == "draft" else told.ProgrammeArchived(**_facts(after, today))


def _in_parts(programme: Programme) -> None:
    if not programme.in_parts:
        sentence = (
            f"'{programme.name}' runs by a template in the language of 0.1.0, which has no states; "
            "its visits are cancelled and moved one by one."
        )
        raise Rejected("no-states", sentence)


def _next(programme: Programme, **update: object) -> Programme:
    return programme.model_copy(update={**update, "version": programme.version + 1})


def _facts(programme: Programme, today: dt.date) -> dict[str, object]:
    stated = programme.model_dump(include={"version", "programme_id", "pauses"})
    return {**stated, "state": programme.stands, "on": today}
