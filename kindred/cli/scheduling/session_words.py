"""Words for dates of courses and places in them."""

from kindred.output import wording
from shared.commands.sessions import CoursePlaceRow, SessionRow

__all__ = ["notes", "numbers", "standing"]

STATES = {
    "asked": "is to tick the dates",
    "waiting": "waits, the room is full",
    "taken": "comes",
    "ended": "comes no more",
}
WHY = {
    "left": "has left",
    "declined": "cannot come to a date of every date",
    "missed": "missed a date of every date",
    "left-early": "was there for a part of a date of every date",
    "asked": "by the coordinator or themselves",
    "begun": "the course had begun",
}


def notes(row: SessionRow, names: dict[str, str]) -> str:
    """Who cannot come on a date, and which schools are closed then."""
    cannot = f"cannot: {wording.listed([names[one] for one in row.missing])}" if row.missing else ""
    closed = f"closed: {wording.listed(list(row.closed))}" if row.closed else ""
    return "\n".join(part for part in (cannot, closed) if part)


def standing(place: CoursePlaceRow, *, signs_up: bool) -> str:
    """How somebody stands in a course."""
    picked = f" on {numbers(place.numbers)}" if place.numbers else ""
    state = "may sign up" if signs_up and place.state == "asked" else STATES[place.state]
    return f"{state}{picked}" + (f": {WHY[place.why]}" if place.why else "")


def numbers(numbers: tuple[int, ...]) -> str:
    """Dates by their numbers, in order."""
    return ", ".join(str(one) for one in sorted(numbers))
