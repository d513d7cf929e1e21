"""A programme's states: drafted, recruiting, running, postponed, taken up again, completed, archived."""

import datetime as dt

import pytest

from services.programmes.domain.register.words import Status
from shared.commands import programme_states as asks
from shared.commands.programmes import (
    AdmitSchool,
    CloseEnrolment,
    EnrolSchool,
    OpenProgramme,
    PersonDetails,
    ReopenEnrolment,
)
from shared.commands.programmes_queries import ListProgrammes
from shared.errors import Rejected
from shared.events import programme_states as told
from shared.events import programmes_parts as parts
from tests.unit.programmes.made import entry

FEBRUARY = dt.datetime(2027, 2, 10, 9, tzinfo=dt.UTC)
APRIL = dt.datetime(2028, 4, 26, 9, tzinfo=dt.UTC)
URN = 106557


def opening(**changed):
    told = {"template": "project-exchange", "name": "Exchange", "year": 2026, "coordinator_name": "Coral"}
    return OpenProgramme(**(told | {"coordinator_email": "coral@kindred.example"} | changed))


def joining(programme_id, urn=URN, kind=EnrolSchool):
    people = tuple(
        PersonDetails(role=role, name=f"{role} {urn}", email=f"{role}@s{urn}.example")
        for role in ("headteacher", "cpd-lead")
    )
    return kind(programme_id=programme_id, urn=urn, people=people, strengths=(), needs=())


@pytest.fixture
async def exchange(office):
    """A programme in the language of templates, opened in August, with a school in it."""
    await office.stores.register.put_entries([entry(urn, status=Status.OPEN) for urn in (URN, 106564)], [])
    office.bus.clock.at = dt.datetime(2026, 8, 24, 9, tzinfo=dt.UTC)
    programme_id = (await office.bus.ask(opening())).id
    await office.bus.ask(joining(programme_id))
    return programme_id


async def row(office):
    (found,) = (await office.find(ListProgrammes())).programmes
    return found


def moments(office):
    return {f"{one.moment}.{one.state}".rstrip("."): one.on for one in office.of(parts.MomentReached)}


async def test_a_programme_recruits_then_runs(office, exchange):
    assert (await row(office)).stands == "recruiting"
    await office.bus.ask(CloseEnrolment(programme_id=exchange))

    assert (await row(office)).stands == "running"
    assert office.of(parts.ProgrammeOpened)[0].state == "recruiting"


async def test_postponed_over_a_summer_and_14_months_every_moment_comes_once(office, exchange):
    await office.bus.to(FEBRUARY)
    before = moments(office)
    await office.bus.ask(asks.PostponeProgramme(programme_id=exchange, until=dt.date(2028, 4, 24), reason="A flood."))
    await office.bus.to(APRIL)
    assert moments(office) == before

    await office.bus.ask(asks.ResumeProgramme(programme_id=exchange))
    await office.bus.to(dt.datetime(2029, 9, 1, tzinfo=dt.UTC))

    (postponed,) = office.of(told.ProgrammePostponed)
    (resumed,) = office.of(told.ProgrammeResumed)
    assert (postponed.state, postponed.until) == ("postponed", dt.date(2028, 4, 24))
    assert "flood" not in postponed.model_dump_json()
    assert (resumed.state, resumed.on, resumed.postponed_on) == ("recruiting", APRIL.date(), FEBRUARY.date())
    came = office.of(parts.MomentReached)
    assert len({one.moment_id for one in came}) == len(came) == 9
    late = {key: on for key, on in moments(office).items() if key not in before}
    assert late == {"carry-out.closes": dt.date(2028, 9, 22), "present-by": dt.date(2028, 11, 3)}


async def test_a_postponed_programme_takes_nobody_in_and_says_what_to_do(office, exchange):
    await office.bus.to(FEBRUARY)
    await office.bus.ask(asks.PostponeProgramme(programme_id=exchange))

    for refused in (
        joining(exchange, 106564),
        joining(exchange, 106564, AdmitSchool),
        CloseEnrolment(programme_id=exchange),
        asks.PostponeProgramme(programme_id=exchange),
    ):
        with pytest.raises(Rejected, match=r"^postponed: .*`kindred programmes resume` takes it up again"):
            await office.bus.ask(refused)
    shown = await row(office)
    assert (shown.stands, shown.postponed_until, shown.enrolled) == ("postponed", None, 1)


async def test_a_day_that_has_passed_is_no_day_to_go_on(office, exchange):
    await office.bus.to(FEBRUARY)

    with pytest.raises(Rejected, match=r"^date-passed"):
        await office.bus.ask(asks.PostponeProgramme(programme_id=exchange, until=FEBRUARY.date()))
    with pytest.raises(Rejected, match=r"^not-postponed"):
        await office.bus.ask(asks.ResumeProgramme(programme_id=exchange))


async def test_a_programme_is_completed_then_archived(office, exchange):
    with pytest.raises(Rejected, match=r"^not-running: 'Exchange' is recruiting; `kindred programmes close`"):
        await office.bus.ask(asks.CompleteProgramme(programme_id=exchange))
    with pytest.raises(Rejected, match=r"^not-completed"):
        await office.bus.ask(asks.ArchiveProgramme(programme_id=exchange))
    await office.bus.ask(CloseEnrolment(programme_id=exchange))
    await office.bus.ask(asks.CompleteProgramme(programme_id=exchange))
    before = len(office.of(parts.MomentReached))
    await office.bus.to(dt.datetime(2027, 9, 1, tzinfo=dt.UTC))
    await office.bus.ask(asks.ArchiveProgramme(programme_id=exchange))

    assert [one.state for one in (*office.of(told.ProgrammeCompleted), *office.of(told.ProgrammeArchived))] == [
        "completed",
        "archived",
    ]
    assert len(office.of(parts.MomentReached)) == before
    with pytest.raises(Rejected, match=r"^archived"):
        await office.bus.ask(joining(exchange, 106564))


async def test_nobody_hears_of_a_draft_before_it_recruits(office, exchange):
    programme_id = (await office.bus.ask(opening(name="Next", draft=True))).id
    with pytest.raises(Rejected, match=r"^draft: .*`kindred programmes recruit`"):
        await office.bus.ask(joining(programme_id, 106564))
    assert [one.programme_id for one in office.of(parts.ProgrammeOpened)] == [exchange]

    await office.bus.ask(asks.RecruitProgramme(programme_id=programme_id))
    await office.bus.ask(joining(programme_id, 106564))

    assert office.of(parts.ProgrammeOpened)[1].programme_id == programme_id
    with pytest.raises(Rejected, match=r"^not-draft"):
        await office.bus.ask(asks.RecruitProgramme(programme_id=programme_id))


async def test_an_enrolment_that_was_opened_again_stays_open_as_long_after_a_pause(office, exchange):
    await office.bus.ask(CloseEnrolment(programme_id=exchange))
    await office.bus.to(dt.datetime(2027, 2, 8, 9, tzinfo=dt.UTC))
    await office.bus.ask(ReopenEnrolment(programme_id=exchange, until=dt.date(2027, 2, 19)))
    await office.bus.to(FEBRUARY)
    await office.bus.ask(asks.PostponeProgramme(programme_id=exchange))
    await office.bus.to(APRIL)
    assert len(office.of(parts.EnrolmentClosed)) == 1

    await office.bus.ask(asks.ResumeProgramme(programme_id=exchange))
    assert (await row(office)).open_until == dt.date(2028, 5, 5)
    await office.bus.to(dt.datetime(2028, 5, 7, tzinfo=dt.UTC))

    assert len(office.of(parts.EnrolmentClosed)) == 2


async def test_a_programme_in_the_language_of_0_1_0_has_no_states(office, programme_id):
    with pytest.raises(Rejected, match=r"^no-states"):
        await office.bus.ask(asks.PostponeProgramme(programme_id=programme_id))
    with pytest.raises(Rejected, match=r"^no-states"):
        await office.bus.ask(opening(template="peer-visits", name="Draft", draft=True))
