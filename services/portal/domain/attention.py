"""What needs the coordinator: a sentence, why it matters, and one verb with where it leads. In order of need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from services.portal.domain import words


@dataclass(frozen=True)
class Need:
    """One thing that waits. `of` and `programme_id`: the programme, where it belongs to one."""

    sentence: str
    verb: str
    path: str
    why: str = ""
    of: str = ""
    programme_id: str = ""


@dataclass(frozen=True)
class Mailing:
    """How mails stand."""

    by_state: Mapping[str, int]
    paused: bool = False
    held: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Standing:
    """How a programme stands: its cohort's draft, its calendar's draft, tasks that were missed, polls.

    `drafts`: key and title of each round of people with a draft that nobody has published. `dayless`: duties that found
    no day in a period; `missing`: which authorities have no term dates, so that nothing is laid out.
    """

    programme_id: str
    name: str
    groups_state: str = ""
    groups: int = 0
    matched: int = 0
    waiting_schools: int = 0
    calendar_state: str = ""
    undated: int = 0
    missed: int = 0
    full_links: int = 0
    tied_polls: int = 0
    enquiries: int = 0
    drafts: tuple[tuple[str, str], ...] = ()
    dayless: int = 0
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def of_mails(mails: Mailing) -> list[Need]:
    """What mails need: first what keeps them all from going."""
    found = []
    if mails.paused:
        waiting = words.count(mails.by_state.get("queued", 0), "mail waits", "mails wait")
        found.append(Need(f"All mails are stopped; {waiting}.", "Let them go", "/console/mails/pause", mails.reason))
    if mails.held:
        said = words.count(mails.held, "mail is held", "mails are held")
        found.append(
            Need(f"{said} since a restore.", "Decide", "/console/mails/held", "They may have gone out before.")
        )
    failed = {state: mails.by_state.get(state, 0) for state in ("failed", "bounced", "unknown")}
    sentences = {
        "failed": ("mail failed", "mails failed", "Look at why"),
        "bounced": ("mail came back", "mails came back", "Look at why"),
        "unknown": ("mail may not have arrived", "mails may not have arrived", "Look"),
    }
    for state, number in failed.items():
        if number:
            one, many, verb = sentences[state]
            said = f"{words.count(number, one, many)}."
            found.append(Need(said, verb, f"/console/mails?state={state}", "Those people do not know."))
    return found


def of_register(known: int) -> list[Need]:
    """What a new deployment needs first."""
    why = "Programmes enrol the schools that it lists."
    return [] if known else [Need("No school is known yet.", "Take the register in", "/console/register", why)]


def of_replies(waiting: int) -> list[Need]:
    """What came in by mail."""
    if not waiting:
        return []
    said = words.count(waiting, "reply waits", "replies wait")
    return [Need(f"{said} for you.", "Read" if waiting == 1 else "Read them", "/console/replies")]


def of_programmes(programmes: Iterable[Standing]) -> list[Need]:
    """What programmes need: drafts to publish, shortages, what was missed."""
    found = []
    for one in programmes:
        mine = partial(Need, of=one.name, programme_id=one.programme_id)
        review = f"/console/programmes/{one.programme_id}/groups"
        if one.groups_state == "failed":
            found.append(mine("No groups could be found.", "Look at why", review))
        if one.groups_state == "draft":
            without = words.count(one.waiting_schools, "school waits", "schools wait")
            why = f"{without} without a group." if one.waiting_schools else "Nobody knows of them before you publish."
            said = f"A draft of {words.count(one.groups, 'group')} is ready."
            found.append(mine(said, "Review and publish", review, why))
        if one.calendar_state == "draft":
            why = f"{words.count(one.undated, 'group has', 'groups have')} no dates." if one.undated else ""
            path = f"/console/programmes/{one.programme_id}/calendar"
            found.append(mine("A draft of the calendar is ready.", "Review and publish", path, why))
        for key, title in one.drafts:
            path = f"/console/programmes/{one.programme_id}/rounds/{key}"
            said, why = f"A draft is ready: {title}.", "Nobody knows of it before you publish."
            found.append(mine(said, "Review and publish", path, why))
        if one.missed:
            said = f"{words.count(one.missed, 'task was', 'tasks were')} not done in time."
            path = f"/console/programmes/{one.programme_id}/tasks?state=missed"
            found.append(mine(said, "See who owes them", path))
        found += _of_duties(one)
        found += _of_polls(one)
        if one.enquiries:
            said = words.count(one.enquiries, "enquiry waits for an answer.", "enquiries wait for an answer.")
            path = f"/console/programmes/{one.programme_id}/enquiries"
            found.append(mine(said, "Read" if one.enquiries == 1 else "Read them", path))
        found += [mine(said, "Look", f"/console/programmes/{one.programme_id}") for said in one.warnings]
    return found


def _of_duties(one: Standing) -> list[Need]:
    """Duties for which there is no day, and schools for which there are no term dates."""
    mine = partial(Need, of=one.name, programme_id=one.programme_id)
    path = f"/console/programmes/{one.programme_id}/duties"
    found = [mine(said, "Bring in term dates", "/console/register") for said in one.missing]
    if one.dayless:
        said = words.count(one.dayless, "duty has a period without a day.", "duties have a period without a day.")
        found.append(
            mine(said, "See who is where", path, "Somebody is elsewhere on each of its days, or the school is closed.")
        )
    return found


def _of_polls(one: Standing) -> list[Need]:
    """Links that took as many answers as they may, and polls that somebody must settle."""
    mine = partial(Need, of=one.name, programme_id=one.programme_id)
    found, path = [], f"/console/programmes/{one.programme_id}/polls"
    if one.full_links:
        said = words.count(one.full_links, "shared link is full and closed.", "shared links are full and closed.")
        found.append(mine(said, "Close or begin anew", path, "It may have been posted in public."))
    if one.tied_polls:
        said = words.count(one.tied_polls, "poll waits for somebody to choose.", "polls wait for somebody to choose.")
        found.append(mine(said, "See who chooses", path))
    return found
