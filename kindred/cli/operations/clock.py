"""`kindred clock`: the adjustable clock, on which a school year passes in minutes."""

import datetime as dt
import re
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from kindred.cli.operations import connection
from kindred.cli.session import current
from kindred.output.display import emit
from kindred.output.wording import date
from shared.bus import clock as shared_clock
from shared.bus.offset import must_be_adjustable
from shared.clock import AdjustableClock
from shared.errors import Rejected

app = typer.Typer(no_args_is_help=True)
ZONE = ZoneInfo("Europe/London")
FARTHEST = dt.timedelta(days=731)
_STEP = re.compile(r"\+(\d{1,4})(m|h|d|w)")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NINE = dt.time(9)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@app.command("show")
def show() -> None:
    """What time it is for the services."""
    now = _now()
    emit({"now": now.isoformat()}, _said(now))


@app.command("advance")
def advance(
    to: Annotated[
        str,
        typer.Argument(
            help="2027-03-11, 2027-03-11T16:30 (London), a step (+30m, +2h, +7d, +6w), or monday: the next, at 9"
        ),
    ],
) -> None:
    """Move the clock on; reminders that become due fire at once."""
    current().run(must_be_adjustable(connection.jetstream()))
    now = _now()
    moment = target(to, now)
    if moment - now > FARTHEST:
        raise Rejected("too-far", "The clock moves on by two years at most at a time, and never back.")
    fired = current().run(shared_clock.advance(connection.jetstream(), moment))
    emit({"now": moment.isoformat(), "reminders": fired}, f"It is {_said(moment)}.")


def _now() -> dt.datetime:
    clock = AdjustableClock()
    current().run(shared_clock.read_offset(connection.jetstream(), clock))
    return clock.now()


def target(text: str, now: dt.datetime) -> dt.datetime:
    """Return the moment that somebody named, London's unless it says otherwise; a step counts from now."""
    if step := _STEP.fullmatch(text):
        return now + dt.timedelta(**{_UNITS[step[2]]: int(step[1])})
    if (weekday := text.lower()) in _WEEKDAYS:
        return _next(_WEEKDAYS.index(weekday), now)
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Rejected(
            "bad-time", f"{text!r} is no time; write 2027-03-11, 2027-03-11T16:30, a step like +7d, or monday."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _next(weekday: int, now: dt.datetime) -> dt.datetime:
    """Return nine o'clock in London of the next such weekday, today's only before nine."""
    local = now.astimezone(ZONE)
    day = local.date() + dt.timedelta(days=(weekday - local.weekday()) % 7)
    nine = dt.datetime.combine(day, _NINE, ZONE)
    return nine if nine > local else nine + dt.timedelta(days=7)


def _said(moment: dt.datetime) -> str:
    local = moment.astimezone(ZONE)
    return f"{date(local.date())}, {local.hour}:{local:%M}"
