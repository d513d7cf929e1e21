"""What people of the visits must have been asked, by what has happened; and which mails follow from it."""

from collections import Counter
from collections.abc import Iterable

from kindred.demo.exchange.story import ASKED, MISSED, REMINDED
from kindred.demo.round import Round
from kindred.demo.story import Story
from shared.commands.forms import EntryRows, ListEntries
from shared.commands.scheduling import VisitDetail
from shared.commands.tasks import TaskRow
from shared.events.people import Role
from shared.events.tasks import TaskAsked, TaskFacts, TaskMissed, TaskReminded, TaskReopened

WEEKLY = "weekly-tasks"
OF_TASKS = frozenset({"task", "task-reminder"})
TOLD_OTHERWISE = frozenset({"changes-asked", "withdrawn", "changed", "resumed"})
"""Why something is owed again of which its people hear by another mail, or know."""
PAGE = 200
LEADERS: tuple[Role, ...] = ("headteacher", "senior-leader")
Asked = Counter[tuple[str, str]]
"""Thing and person -> how often."""


def who_was_asked(this: Round, rows: Iterable[TaskRow]) -> None:
    """Hold what the tasks service has asked against what has happened, person by person."""
    found: dict[str, Asked] = {}
    for row in rows:
        found.setdefault(row.task, Counter()).update((row.about_id, person) for person in row.person_ids)
    for task, asked in _expected(this.story).items():
        this.checks.same_counts(f"asked to {task}, person by person", found.get(task, Counter()), asked)


async def expect_news(this: Round) -> None:
    """Who offered help hears what the host takes up; a group hears who lets it have their address."""
    story = this.story
    query = ListEntries(programme_id=story.programme_id, form="help", limit=PAGE)
    offers: EntryRows = await this.client.find(query)
    for offer in offers.entries:
        if offer.entry_id in story.answered:
            story.expect("entry-news", list(offer.author_ids))
    for person in story.in_touch:
        story.expect("entry-news", story.others(person, *LEADERS))


def mails_about_tasks(told: Iterable[TaskFacts], story: Story) -> Counter[tuple[str, str]]:
    """How often each person gets which mail about a task: once when asked, at each reminder, when told of it."""
    assert story.template is not None
    declared = {task.key: task for task in story.template.tasks}
    asked: set[tuple[str, str]] = set()
    found: Counter[tuple[str, str]] = Counter()
    for event in told:
        if event.programme_id != story.programme_id:
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


def bundled(told: Iterable[TaskFacts], story: Story) -> set[str]:
    """Who is asked or reminded by a list."""
    assert story.template is not None
    keys = {task.key for task in story.template.tasks if task.bundled}
    mine = [event for event in told if event.programme_id == story.programme_id and event.task in keys]
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


def _expected(story: Story) -> dict[str, Asked]:
    assert story.cohort is not None
    found: dict[str, Asked] = {}

    def asked(task: str, about: str, people: Iterable[str]) -> None:
        found.setdefault(task, Counter()).update((about, person) for person in people)

    for key, row in story.visits.items():
        visit, there = row.visit, _present(row)
        asked("brief", key, story.at(visit.host_school_id, "headteacher", "cpd-lead"))
        asked("appraisal", key, [visit.facilitator_id or ""])
        asked("next-steps", key, story.at(visit.host_school_id, *LEADERS))
        asked("visit-survey", key, there)
        asked("take-home", key, [one for one, school in there.items() if school != visit.host_school_id])
    for group in story.cohort.groups:
        for school_id in group.school_ids:
            asked("findings", school_id, story.at(school_id, *LEADERS))
            asked("reflection", school_id, story.at(school_id, *LEADERS))
    return found


def _present(row: VisitDetail) -> dict[str, str | None]:
    return {one.person_id: one.school_id for one in row.present}
