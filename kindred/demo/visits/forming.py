"""Late September: groups are drafted, looked at, overruled once and published; then the calendar."""

import datetime as dt

from kindred.demo.checks import Failed
from kindred.demo.round import Round, local
from kindred.demo.visits import introducing
from shared.commands.matching import CohortDetail, ShowCohort
from shared.commands.scheduling import CalendarDetail, ListVisits, ShowCalendar, VisitRows
from shared.events.people import Role

PAGE = 500
EVERYBODY: tuple[Role, ...] = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")


async def play(this: Round) -> None:
    """Close, review, part two schools, publish groups and dates."""
    await groups(this)
    await _publish_dates(this)
    introducing.later(this)


async def groups(this: Round) -> None:
    """Close, review, part two schools, publish groups."""
    this.tell("Enrolment closes; schools are matched")
    await this.until(local(dt.date(this.story.first_year, 9, 25), 16))
    await this.coordinator.run("programmes", "close")
    draft = await drafted(this, 1)
    if draft.cohort.groups >= 2:
        this.tell("The coordinator reviews the draft and parts two schools")
        draft = await _overrule(this, draft)
    this.tell("The cohort is published; dates are planned")
    await _publish_cohort(this, draft)


async def drafted(this: Round, revision: int) -> CohortDetail:
    """Wait for a draft of at least this revision; raises Failed when there is none."""

    async def look() -> CohortDetail:
        found: CohortDetail = await this.client.find(ShowCohort(programme_id=this.story.programme_id, limit=500))
        return found

    found: CohortDetail = await this.ask_until(
        look,
        lambda seen: seen.cohort.revision >= revision and seen.cohort.state in {"draft", "failed"},
        "A draft cohort",
    )
    if found.cohort.state == "failed":
        raise Failed(f"No cohort could be formed: {' '.join(found.blocking)}")
    this.story.expect("cohort-draft", [this.story.coordinator()])
    return found


async def _overrule(this: Round, draft: CohortDetail) -> CohortDetail:
    first = draft.groups[0]
    why = await this.coordinator.run("cohorts", "why", str(first.number))
    this.checks.true("every group has its reasons", bool(why["group"]["reasons"]) and len(why["schools"]) >= 3)
    one, other = first.urns[0], first.urns[1]
    await this.coordinator.run("cohorts", "part", str(one), str(other))
    await this.coordinator.run("cohorts", "rematch")
    again = await drafted(this, draft.cohort.revision + 1)
    together = [group for group in again.groups if one in group.urns and other in group.urns]
    this.checks.equal("schools that the coordinator parted are apart", len(together), 0)
    not_so = await this.coordinator.run("cohorts", "why-not", str(one), str(other))
    this.checks.true("why two schools are not together has an answer", bool(not_so["sentence"]))
    return again


async def _publish_cohort(this: Round, draft: CohortDetail) -> None:
    story = this.story
    stale = await this.coordinator.refused("cohorts", "publish", "--revision", "999")
    this.checks.true("only the draft that was reviewed can be published", bool(stale["rule"]))
    await this.coordinator.run("cohorts", "publish", "--revision", str(draft.cohort.revision))
    await this.settle()
    story.cohort = await this.client.find(ShowCohort(programme_id=story.programme_id, limit=500))
    assert story.cohort is not None
    placed = [school_id for group in story.cohort.groups for school_id in group.school_ids]
    sizes = {len(group.school_ids) for group in story.cohort.groups}
    this.checks.true("groups have three or four schools", sizes <= {3, 4}, str(sizes))
    this.checks.equal("no school is in two groups", len(placed), len(set(placed)))
    this.checks.equal("every school is placed or waiting", len(placed) + len(story.cohort.waiting), len(story.joining))
    for school_id in placed:
        story.expect("cohort-formed", story.at(school_id, *EVERYBODY))
    for row in story.cohort.waiting:
        story.expect("waiting-list", story.at(row.school_id, *EVERYBODY))


async def _publish_dates(this: Round) -> None:
    story = this.story
    assert story.cohort is not None
    planned = await planned_dates(this, story.cohort.cohort.cohort_id)
    if planned.state == "failed":
        raise Failed("No calendar: " + " ".join(clash.sentence for clash in planned.blocking))
    await this.settle()
    story.expect("calendar-draft", [story.coordinator()])
    ours = [row for row in this.ledger.rows.values() if row.programme_id == story.programme_id]
    early = [row.template for row in ours if row.template.startswith(("visit-", "event-"))]
    this.checks.equal("nobody is invited before the calendar is published", early, [])
    await this.coordinator.run("visits", "publish", "--revision", str(planned.revision))
    await this.settle()
    await remember_visits(this)
    schools = sum(len(group.school_ids) for group in story.cohort.groups)
    this.checks.equal("one visit day at each school", len(story.visits), schools)
    _expect_invitations(this)


async def planned_dates(this: Round, cohort_id: str) -> CalendarDetail:
    """Wait for the draft of a calendar, or for what keeps one from being made."""

    async def look() -> CalendarDetail:
        found: CalendarDetail = await this.client.find(ShowCalendar(cohort_id=cohort_id))
        return found

    planned: CalendarDetail = await this.ask_until(look, lambda seen: seen.state in {"draft", "failed"}, "A calendar")
    return planned


async def remember_visits(this: Round) -> None:
    """Learn the calendar as `kindred visits list` shows it."""
    story, offset = this.story, 0
    assert story.cohort is not None
    while True:
        query = ListVisits(cohort_id=story.cohort.cohort.cohort_id, limit=PAGE, offset=offset)
        page: VisitRows = await this.client.find(query)
        story.visits |= {row.visit.visit_id: row for row in page.visits}
        story.events |= {row.event.event_id: row for row in page.events}
        offset += len(page.visits)
        if offset >= page.total or not page.visits:
            return


def _expect_invitations(this: Round) -> None:
    story = this.story
    for visit_id, row in story.visits.items():
        story.expect("visit-invitation", [a.person_id for a in row.visit.attendees], visit_id)
        story.expect("visit-facilitator", [row.visit.facilitator_id] if row.visit.facilitator_id else [], visit_id)
    for event_id, row_ in story.events.items():
        story.expect("event-invitation", [a.person_id for a in row_.event.attendees], event_id)
