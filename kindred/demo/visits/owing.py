"""What people of the visits must have been asked, by what has happened; and what they must have heard besides."""

from collections import Counter
from collections.abc import Iterable

from kindred.demo.round import Round
from kindred.demo.story import Story
from shared.commands.forms import EntryRows, ListEntries
from shared.commands.scheduling import VisitDetail
from shared.commands.tasks import TaskRow
from shared.events.people import Role

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
