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
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@app.command("show")
def show() -> None:
    """What time it is for the services."""
    now = _now()
    emit({"now": now.isoformat()}, _said(now))


@app.command("advance")
def advance(
    to: Annotated[str, typer.Argument(help="2027-03-11, 2027-03-11T16:30 (London), or a step: +30m, +2h, +7d, +6w")],
) -> None:
    """Move the clock on; reminders that become due fire at once."""
    current().run(must_be_adjustable(connection.jetstream()))
    now = _now()
    target = _target(to, now)
    if target - now > FARTHEST:
        raise Rejected("too-far", "The clock moves on by two years at most at a time, and never back.")
    fired = current().run(shared_clock.advance(connection.jetstream(), target))
    emit({"now": target.isoformat(), "reminders": fired}, f"It is {_said(target)}.")


def _now() -> dt.datetime:
    clock = AdjustableClock()
    current().run(shared_clock.read_offset(connection.jetstream(), clock))
    return clock.now()


def _target(text: str, now: dt.datetime) -> dt.datetime:
    if step := _STEP.fullmatch(text):
        return now + dt.timedelta(**{_UNITS[step[2]]: int(step[1])})
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Rejected(
            "bad-time", f"{text!r} is no time; write 2027-03-11, 2027-03-11T16:30 or a step like +7d."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _said(moment: dt.datetime) -> str:
    local = moment.astimezone(ZONE)
    return f"{date(local.date())}, {local.hour}:{local:%M}"
