"""The figures of an action plan: how each action stands, what to see first, and what the charts show."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from services.reporting.domain.reports.model import Bar, Card, Part, Segment
from services.reporting.domain.status import RATINGS, STATUS_WORDS, Rating, rating
from services.reporting.domain.words import count, listed, sentence, spelt
from shared.commands.reporting import PlannedAction

MOST_BARS = 8
MOST_MONTHS = 18
NO_PRIORITY = "Other actions"
OPEN: tuple[Rating, ...] = ("on-track", "at-risk", "off-track")


class ActionLine(Part):
    """An action as the report shows it."""

    number: int
    what: str
    owner: str
    due: dt.date
    success: str
    status: str
    rating: Rating
    priority: str


class MonthDue(Part):
    """How many open actions fall due in a month."""

    month: dt.date
    number: int


def action_line(number: int, action: PlannedAction, today: dt.date) -> ActionLine:
    """An action as it stands on `today`."""
    return ActionLine(
        number=number,
        what=action.what,
        owner=action.owner,
        due=action.due,
        success=action.success,
        status=STATUS_WORDS[action.status],
        rating=rating(action.status, action.due, today),
        priority=action.priority.strip(),
    )


def lead(actions: Sequence[ActionLine], findings: int) -> str:
    """How many findings there are and how the actions stand, in a sentence or two."""
    if not actions:
        return f"{sentence(count(findings, 'finding'))}, with no action planned yet."
    how = Counter(action.rating for action in actions)
    words = {"complete": "complete", "on-track": "on track", "at-risk": "at risk", "off-track": "off track"}
    parts = [f"{spelt(how[key])} {_is(how[key])} {words.get(key, 'dropped')}" for key in RATINGS if how[key]]
    if len(parts) == 1 and len(actions) > 1:
        all_of_them = "Both" if len(actions) == 2 else f"All {spelt(len(actions))}"
        state = parts[0].partition(" are ")[2]
        return f"{sentence(count(findings, 'finding'))}. {all_of_them} actions are {state}."
    return f"{sentence(count(findings, 'finding'))}. Of {count(len(actions), 'action')}, {listed(parts)}."


def cards(actions: Sequence[ActionLine], findings: int, visits: int, today: dt.date) -> tuple[Card, ...]:
    """What is done, late and next, and how many findings there are after how many visits (0: not known)."""
    waiting = [action for action in actions if action.rating in OPEN]
    late = sum(action.rating == "off-track" for action in waiting)
    ahead = sorted(action.due for action in waiting if action.due >= today)
    complete = sum(action.rating == "complete" for action in actions)
    return (
        Card(
            label="Actions complete",
            value=f"{complete} of {len(actions)}" if actions else "None yet",
            note=f"{len(waiting)} still to do" if actions else "no action planned",
        ),
        Card(label="Past their due date", value=str(late), note="open and late" if late else "nothing is late"),
        Card(
            label="Next due",
            value=f"{ahead[0].day} {ahead[0]:%b %Y}" if ahead else "None",
            note=f"{ahead.count(ahead[0])} due that day" if ahead else "no open action ahead",
        ),
        Card(
            label="Findings",
            value=str(findings),
            note=f"after {count(visits, 'visit')}" if visits else "each with its evidence",
        ),
    )


def bars(labelled: Iterable[tuple[str, Rating]]) -> tuple[Bar, ...]:
    """A bar for each label, parted by rating; at most so many, the others together under one."""
    by_label: dict[str, Counter[Rating]] = {}
    for label, how in labelled:
        by_label.setdefault(label or NO_PRIORITY, Counter())[how] += 1
    if len(by_label) > MOST_BARS:
        rest: Counter[Rating] = Counter()
        for key in list(by_label)[MOST_BARS - 1 :]:
            rest += by_label.pop(key)
        by_label[NO_PRIORITY] = by_label.get(NO_PRIORITY, Counter()) + rest
    return tuple(
        Bar(
            label="All actions" if len(by_label) == 1 and label == NO_PRIORITY else label,
            segments=tuple(Segment(rating=key, number=how[key]) for key in RATINGS if how[key]),
        )
        for label, how in by_label.items()
    )


def months(actions: Iterable[ActionLine]) -> tuple[MonthDue, ...]:
    """Every month from the first to the last due date, at most a year and a half, with its number of open actions."""
    due = Counter(action.due.replace(day=1) for action in actions if action.rating in OPEN)
    if not due:
        return ()
    found: list[MonthDue] = []
    month, last = min(due), max(due)
    while month <= last and len(found) < MOST_MONTHS:
        found.append(MonthDue(month=month, number=due[month]))
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return tuple(found)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
