"""A second template of somebody else, played to its last mail by people who do whatever their mails ask for."""

import datetime as dt
from pathlib import Path

import pytest

from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import Status
from shared.commands.matching import CohortDetail, PublishCohort, ShowCohort
from shared.commands.parties import NamePartyPerson
from shared.commands.programmes import (
    AppointFacilitator,
    CloseEnrolment,
    EnrolSchool,
    OpenProgramme,
    PersonDetails,
    TopicClaim,
)
from shared.commands.scheduling import CalendarDetail, PublishVisits, ShowCalendar
from shared.events.forms import FormSubmitted
from shared.events.tasks import TaskAsked
from tests.fakes.town import Town
from tests.unit.own_template.willing import Willing

TEMPLATES = Path(__file__).parent / "templates"
SCHOOLS = range(3)
TOPICS = ("phones", "uniform", "voting")
JUDGE = "judge@league.example"
ROLES = ("debate-coach", "second-coach", "bursar")


def school(number: int) -> School:
    return School(
        urn=100 + number, name=f"School {number}", status=Status.OPEN, phase="primary", authority_code="373",
        authority="Sheffield", easting=430000 + 500 * number, northing=390000,
    )  # fmt: skip


async def opened(templates: Path = TEMPLATES) -> tuple[Town, str]:
    town = Town(templates, dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC))
    town.register([school(number) for number in SCHOOLS])
    found = await town.ask(
        OpenProgramme(
            template="debating-league", name="League", year=2026, coordinator_name="Cora Coe",
            coordinator_email="cora@league.example",
        )
    )  # fmt: skip
    await town.ask(AppointFacilitator(programme_id=found.id, name="Fay Fell", email="fay@league.example"))
    for number in SCHOOLS:
        people = tuple(
            PersonDetails(role=role, name=f"{role} {number}", email=f"{role}@s{number}.example") for role in ROLES
        )
        strong, weak = (TopicClaim(topic=TOPICS[(number + at) % 3], weight=5, evidence="Seen.") for at in (0, 1))
        about = {"programme_id": found.id, "urn": 100 + number, "people": people}
        await town.ask(EnrolSchool(**about, strengths=(strong,), needs=(weak,)))
    judge = PersonDetails(role="judge", name="Jude Judge", email=JUDGE)
    await town.ask(NamePartyPerson(programme_id=found.id, person=judge))
    return town, found.id


async def paired_and_dated(town: Town, programme_id: str) -> None:
    await town.ask(CloseEnrolment(programme_id=programme_id))
    cohort: CohortDetail = await town.find(ShowCohort(programme_id=programme_id))
    await town.ask(PublishCohort(cohort_id=cohort.cohort.cohort_id, revision=cohort.cohort.revision))
    calendar: CalendarDetail = await town.find(ShowCalendar(cohort_id=cohort.cohort.cohort_id))
    await town.ask(PublishVisits(cohort_id=cohort.cohort.cohort_id, revision=calendar.revision))


@pytest.mark.timeout(120)
async def test_it_runs_from_its_opening_to_its_last_mail() -> None:
    town, programme_id = await opened()
    everybody = Willing(town, programme_id)
    await everybody.until(dt.date(2026, 9, 26))
    await paired_and_dated(town, programme_id)
    await everybody.until(dt.date(2027, 7, 30))
    assert everybody.refused == []
    assert everybody.early == {"You can read this once “Verdict” has been released."}
    assert town.waiting() == {}
    form_tasks = {"vote", "name-team", "needs", "judge-it", "division", "write-plan", "practise"}
    assert form_tasks < {one.task for one in town.of(TaskAsked)}
    forms = {"motion", "team", "asked-for", "verdict", "plan", "how-it-stands", "penfriends", "standing"}
    assert {one.form for one in town.of(FormSubmitted)} == forms
    subjects = {str(message["Subject"]) for _, _, message in town.post.mailboxes.mails}
    assert {"The votes are in: League", "The season is over", "The season, School 0"} < subjects
    judged = [task for task in town.of(TaskAsked) if task.task == "division"]
    assert len(judged) == len(SCHOOLS)
