"""What people owe in any programme: doing it from a list of their own, and which mails must have said it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kindred.demo.browser import Browser, Page, PageFault
from kindred.demo.checks import Failed
from kindred.demo.filling import Values, deliver, ready, rows_added, whole
from kindred.demo.programme import ASKED, MISSED, REMINDED, WEEKLY, Programme
from kindred.demo.round import Round
from shared.commands.tasks import ListTasks, TaskRow, TaskRows, TaskStanding
from shared.events.tasks import TaskAsked, TaskFacts, TaskMissed, TaskReminded, TaskReopened
from shared.template import Template

PAGE = 500
STILL: tuple[TaskStanding, ...] = ("open", "missed")
TO_THE_LIST = frozenset({WEEKLY, "task", "task-reminder", "own-words"})
"""Kinds of mail with a link to the person's own list."""
OF_TASKS = frozenset({"task", "task-reminder"})
TOLD_OTHERWISE = frozenset({"changes-asked", "withdrawn", "changed", "resumed"})
"""Why something is owed again of which its people hear by another mail, or know."""
__all__ = ["OF_TASKS", "WEEKLY", "bundled", "do", "expect_mails", "mails_about", "opened", "owed", "own_list"]
NO_ROWS: Mapping[str, int] = MappingProxyType({})


async def owed(this: Round, programme_id: str, task: str = "", *, every: bool = False) -> list[TaskRow]:
    """The tasks of a programme that are still to be done, of one kind or all; with `every` those that are done, too."""
    found: list[TaskRow] = []
    for state in (None,) if every else STILL:
        seen = 0
        while True:
            query = ListTasks(programme_id=programme_id, task=task, state=state, limit=PAGE, offset=seen)
            page: TaskRows = await this.client.find(query)
            seen += len(page.tasks)
            found += page.tasks
            if seen >= page.total or not page.tasks:
                break
    return sorted(found, key=lambda row: (row.due, row.task_id))


async def do(
    this: Round, row: TaskRow, values: Values, who: str = "", button: str = "send", rows: Mapping[str, int] = NO_ROWS
) -> Page:
    """Somebody does what they owe, from their list; the first of those who owe it unless `who` says.

    `rows`: question -> how many rows it needs.
    """
    browser, page = await opened(this, row, who)
    for field, number in rows.items():
        page = await rows_added(browser, page, field, number)
    return await deliver(browser, page, values, button)


async def opened(this: Round, row: TaskRow, who: str = "") -> tuple[Browser, Page]:
    """Open what somebody owes, from their list."""
    person = who or row.person_ids[0]
    browser, page = await own_list(this, person)
    found = [link for link in page.links if link.endswith(f"/task/{row.task_id}")]
    if not found:
        raise PageFault(f"The list of {this.story.name(person)} does not hold {row.title!r}: {page.text[:600]}")
    return browser, await ready(browser, await browser.open(whole(page.url, found[0])))


async def own_list(this: Round, person_id: str) -> tuple[Browser, Page]:
    """Somebody's list of what they owe, by the link that any of their mails about tasks has."""
    browser = Browser(this.transport)
    if link := this.story.lists.get(person_id):
        return browser, await browser.open(link)
    rows = [row for row in this.ledger.rows.values() if row.person_id == person_id and row.template in TO_THE_LIST]
    for row in sorted(rows, key=lambda row: row.queued_at, reverse=True):
        letter = this.ledger.letter(row)
        for link in reversed(letter.links if letter else []):
            page = await browser.look(link)
            if page.status == 200 and page.url.endswith("/todo"):
                this.story.lists[person_id] = link
                return browser, page
    raise Failed(f"{this.story.name(person_id)} has no mail that leads to their list.")


async def expect_mails(this: Round, mine: Programme) -> None:
    """Every mail about a task that follows from what was told of tasks is owed."""
    told = await this.told_of_tasks()
    for (what, person), count in mails_about(told, mine.programme_id, mine.template).items():
        how, _, title = what.partition(" ")
        mine.expected[how, title, this.story.people[person].email.casefold()] += count


def mails_about(told: Iterable[TaskFacts], programme_id: str, template: Template) -> Counter[tuple[str, str]]:
    """How often each person gets which mail about a task: once when asked, at each reminder, when told of it."""
    declared = {task.key: task for task in template.tasks}
    asked: set[tuple[str, str]] = set()
    found: Counter[tuple[str, str]] = Counter()
    for event in told:
        if event.programme_id != programme_id:
            continue
        task = declared[event.task]
        people, how = _to(event), ASKED
        if isinstance(event, TaskReminded):
            how = REMINDED
        elif isinstance(event, TaskMissed):
            how = MISSED
        if task.bundled and how != MISSED:
            continue
        if isinstance(event, TaskAsked):
            people = tuple(one for one in people if (event.task_id, one) not in asked)
            asked |= {(event.task_id, one) for one in people}
        found.update((f"{how} {task.title}", one) for one in people)
    return found


def bundled(told: Iterable[TaskFacts], programme_id: str, template: Template) -> set[str]:
    """Who is asked or reminded by a list."""
    keys = {task.key for task in template.tasks if task.bundled}
    mine = [event for event in told if event.programme_id == programme_id and event.task in keys]
    return {one for event in mine if not isinstance(event, TaskMissed) for one in _to(event)}


def _to(event: TaskFacts) -> tuple[str, ...]:
    match event:
        case TaskAsked():
            return event.person_ids
        case TaskReopened():
            return () if event.reason in TOLD_OTHERWISE else event.person_ids
        case TaskReminded():
            return event.silent or event.person_ids
        case TaskMissed():
            return event.tell
        case _:
            return ()
