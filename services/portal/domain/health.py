"""How everything runs, in sentences: what goes, what does not, and what to do about it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from services.portal.domain import words
from shared.commands.health import HealthDetail

__all__ = ["Line", "Mailing", "Seen", "lines"]

Colour = Literal["good", "look", "bad"]
MESSAGES = "Messages between services"
OPERATOR = "Whoever runs Kindred must look; the guide to operating says how."
OLD_BACKUP = dt.timedelta(days=2)
SLOW = 30.0
"""Seconds after which a fact that waits to be told is late."""
_RELAY = ("relay", "mails wait")


@dataclass(frozen=True)
class Line:
    """One thing: how it is, and what to do where it is not well. `path`: where that is done."""

    what: str
    said: str
    colour: Colour = "good"
    todo: str = ""
    path: str = ""


@dataclass(frozen=True)
class Mailing:
    """How mails stand. `last`: when the latest went out."""

    by_state: Mapping[str, int]
    last: dt.datetime | None = None
    paused: bool = False
    reason: str = ""
    held: int = 0


@dataclass(frozen=True)
class Seen:
    """What was found out; None where nobody answered. `replies`, `letters`: how many wait for somebody."""

    services: Mapping[str, HealthDetail | None]
    mails: Mailing | None
    replies: int | None
    letters: int | None
    now: dt.datetime


def lines(seen: Seen) -> list[Line]:
    """Everything there is to say, in the order in which a coordinator would ask."""
    return [
        _mails(seen), *_unsent(seen), _held(seen), _listener(seen), _bus(seen), *_services(seen), _database(seen),
        _backup(seen),
    ]  # fmt: skip


def _mails(seen: Seen) -> Line:
    mails, notifications = seen.mails, seen.services.get("notifications")
    if mails is None:
        return Line("Mails", "It is not known whether mails go out: their service does not answer.", "bad", OPERATOR)
    if mails.paused:
        why = f" {words.sentence(mails.reason)}" if mails.reason else ""
        waits = _count(mails.by_state.get("queued", 0), "mail waits", "mails wait")
        return Line(
            "Mails", f"All mails are stopped; {waits}.{why}", "look", "Let them go again.", "/console/mails/pause"
        )
    last = f"the last went {words.when(mails.last)}" if mails.last else "none has gone out yet"
    away = next((one for one in notifications.problems if any(w in one for w in _RELAY)), "") if notifications else ""
    if away:
        said = f"Mails do not go out; {last}. {words.sentence(away)}"
        return Line("Mails", said, "bad", f"They wait, and go by themselves once it is mended. {OPERATOR}")
    waiting = sum(mails.by_state.get(state, 0) for state in ("queued", "deferred"))
    if waiting:
        return Line("Mails", f"{_count(waiting, 'mail is', 'mails are').capitalize()} about to go; {last}.",
                    path="/console/mails?state=queued")  # fmt: skip
    return Line("Mails", f"Mails go out; {last}." if mails.last else "No mail has gone out yet.", path="/console/mails")


def _unsent(seen: Seen) -> Iterator[Line]:
    lost = sum(seen.mails.by_state.get(state, 0) for state in ("bounced", "failed")) if seen.mails else 0
    if lost:
        said = f"{_count(lost, 'mail did', 'mails did')} not arrive."
        yield Line("Mails that came back", said, "look", "See why, and correct the addresses.", "/console/stuck")


def _held(seen: Seen) -> Line:
    held = seen.mails.held if seen.mails else 0
    if held:
        said = f"{_count(held, 'mail is', 'mails are')} held since a restore: it may have gone out before."
        return Line("Held mails", said, "look", "Decide about them.", "/console/mails/held")
    return Line("Held mails", "None is held." if seen.mails else "Not known just now.", "good" if seen.mails else "bad")


def _listener(seen: Seen) -> Line:
    notifications = seen.services.get("notifications")
    if notifications is None:
        return Line("Replies", "It is not known whether replies are taken in.", "bad", OPERATOR)
    if "inbound" not in notifications.tasks:
        said = "Replies, answers of calendars and returned mails do not reach Kindred: nothing listens for them."
        return Line("Replies", said, "look", f"People still answer on their pages. {OPERATOR}")
    if seen.replies:
        said = f"Replies are taken in; {_count(seen.replies, 'waits', 'wait')} for you."
        return Line("Replies", said, "look", "Read them.", "/console/replies")
    return Line("Replies", "Replies and returned mails are taken in; none waits for you.", path="/console/replies")


def _bus(seen: Seen) -> Line:
    if seen.letters is None:
        return Line(MESSAGES, "The message bus does not answer.", "bad", OPERATOR)
    if seen.letters:
        said = f"{_count(seen.letters, 'message', 'messages')} did not go through."
        return Line(
            "Messages between services", said, "look", "See what they are, and try them again.", "/console/stuck"
        )
    return Line("Messages between services", "All go through.")


def _services(seen: Seen) -> Iterator[Line]:
    """One line for all that is well, and one for each service that is not."""
    wrong = list(_wrong(seen.services))
    waiting = sum(one.waiting for one in seen.services.values() if one)
    facts = (
        f"; {_count(waiting, 'fact is', 'facts are')} just being told"
        if waiting
        else ", and nothing waits in an outbox"
    )
    well = len(seen.services) - len({line.what for line in wrong})
    if well:
        yield Line("Services", f"{well} of {len(seen.services)} services are at work{facts}.")
    yield from wrong


def _wrong(services: Mapping[str, HealthDetail | None]) -> Iterator[Line]:
    for name, one in services.items():
        what = f"The service {name}"
        if one is None:
            yield Line(what, "It does not answer: what it does waits, and nothing is lost.", "bad", OPERATOR)
        elif one.problems:
            told = " ".join(words.sentence(each) for each in one.problems if "`" not in each)
            yield Line(what, told or "It is not ready.", "bad", OPERATOR)
        elif one.waiting_seconds > SLOW:
            late = f"What it has to tell others is {round(one.waiting_seconds)} seconds late ({one.waiting} facts)."
            yield Line(what, late, "look", "It catches up by itself. Look again in some minutes.")


def _database(seen: Seen) -> Line:
    known = [one for one in seen.services.values() if one]
    if not known:
        return Line("Database", "Nothing is known of it: no service answers.", "bad", OPERATOR)
    if any("MongoDB" in each for one in known for each in one.problems):
        return Line("Database", "It takes no writes, or is not reached.", "bad", OPERATOR)
    return Line("Database", "It takes what is written.")


def _backup(seen: Seen) -> Line:
    portal = seen.services.get("portal")
    last = portal.backed_up if portal else None
    if last is None:
        return Line("Backup", "No backup is known of.", "look", f"Ask for one a day. {OPERATOR}")
    said = f"The last was taken {words.when(last)}."
    if seen.now - last > OLD_BACKUP:
        return Line("Backup", said, "look", f"It is more than two days old. {OPERATOR}")
    return Line("Backup", said)


def _count(number: int, one: str, many: str) -> str:
    return words.count(number, one, many)


def worst(found: Sequence[Line]) -> Colour:
    """How everything is in one word."""
    colours = {line.colour for line in found}
    return "bad" if "bad" in colours else "look" if "look" in colours else "good"
