"""People change their own school's profile: who may, until when, and what is kept from an earlier year."""

import datetime as dt

import pytest

from services.programmes.domain.register.words import Status
from shared.commands.participation import AskSchool
from shared.commands.profiles import ChangeProfile, ShowProfile
from shared.commands.programmes import CloseEnrolment, OpenProgramme, PersonDetails, TopicClaim
from shared.errors import Rejected
from shared.events import programmes as told
from shared.events import programmes_parts as parts
from tests.fakes.programmes.office import Office
from tests.unit.programmes.made import entry
from tests.unit.programmes.test_after_closing import OTHER, URN, span, wish

SCHOOL = f"sch-{URN}"
CLAIM = TopicClaim(topic="reading", weight=5, evidence="Our pupils read every day.")


async def person_of(office, programme_id, role, urn=URN):
    """The id of who holds the role at the school."""
    people = await office.stores.people.of_programme(programme_id)
    address = f"{role}@s{urn}.example"
    return next(one.person_id for one in people if one.email == address)


async def shown(office, programme_id, person_id, school_id=SCHOOL):
    return await office.find(ShowProfile(programme_id=programme_id, school_id=school_id, person_id=person_id))


def change(programme_id, person_id, version=1, **changed):
    return ChangeProfile(programme_id=programme_id, urn=URN, person_id=person_id, version=version, **changed)


@pytest.fixture
async def head(office, programme_id):
    """The head of a school that is enrolled, beside another."""
    await office.do(wish(programme_id))
    await office.do(wish(programme_id, OTHER))
    return await person_of(office, programme_id, "headteacher")


async def test_the_profile_says_what_stands_and_until_when(office, programme_id, head):
    found = await shown(office, programme_id, head)
    assert (found.open, found.until, found.version, found.kept_from) == (True, dt.date(2026, 9, 25), 1, "")
    assert [one.topic for one in found.strengths] == ["phonics"]
    assert "headteacher 106557, headteacher" in found.people


async def test_somebody_changes_their_own_school(office, programme_id, head):
    done = await office.do(change(programme_id, head, strengths=(CLAIM,), dates_not_possible=span("2027-02-03")))
    found = await shown(office, programme_id, head)
    assert (done.version, found.strengths, found.dates_not_possible) == (2, (CLAIM,), span("2027-02-03"))
    assert [one.topic for one in found.needs] == ["writing"]
    assert office.of(told.EnrolmentAmended)[-1].dates_not_possible == span("2027-02-03")


@pytest.mark.parametrize("who", ["headteacher", "nobody"])
async def test_another_school_s_profile_is_not_there(office, programme_id, head, who):
    stranger = await person_of(office, programme_id, who, OTHER) if who != "nobody" else "per-nobody"
    with pytest.raises(Rejected, match="no such school"):
        await shown(office, programme_id, stranger)
    with pytest.raises(Rejected, match="no such school"):
        await office.do(change(programme_id, stranger, strengths=(CLAIM,)))


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office, programme_id, head):
    await office.do(change(programme_id, head, strengths=(CLAIM,)))
    with pytest.raises(Rejected, match="changed this meanwhile"):
        await office.do(change(programme_id, head, needs=(CLAIM,)))


async def test_the_rules_of_enrolment_hold(office, programme_id, head):
    bad = CLAIM.model_copy(update={"topic": "juggling"})
    with pytest.raises(Rejected, match="is not a topic of this programme"):
        await office.do(change(programme_id, head, strengths=(bad,)))


async def test_after_enrolment_has_closed_only_days_change(office, programme_id, head):
    await office.do(CloseEnrolment(programme_id=programme_id))
    assert (await shown(office, programme_id, head)).open is False
    with pytest.raises(Rejected, match="can be changed no more"):
        await office.do(change(programme_id, head, strengths=(CLAIM,)))
    await office.do(change(programme_id, head, dates_not_possible=span("2027-02-03")))
    assert (await shown(office, programme_id, head)).dates_not_possible == span("2027-02-03")


async def test_a_school_comes_back_with_its_profile_of_the_year_before():
    office = Office()
    await office.stores.register.put_entries([entry(URN, status=Status.OPEN)], [])
    first, second = [await opened(office, year) for year in (2026, 2027)]
    await office.do(wish(first))
    head = await person_of(office, first, "headteacher")
    with pytest.raises(Rejected, match="no such school"):
        await shown(office, second, head)
    asked = PersonDetails(role="headteacher", name=f"headteacher {URN}", email=f"headteacher@s{URN}.example")
    await office.do(AskSchool(programme_id=second, urn=URN, person=asked))
    found = await shown(office, second, head)
    assert (found.version, found.kept_from) == (0, "Visits 2026")
    assert [one.topic for one in found.strengths] == ["phonics"]
    await office.do(change(second, head, version=0, needs=(CLAIM,)))
    enrolled = office.of(parts.SchoolEnrolled)[-1]
    assert (enrolled.programme_id, [one.topic for one in enrolled.needs]) == (second, ["reading"])
    assert (await shown(office, second, head)).kept_from == ""


async def opened(office, year):
    """A programme of today's peer visits."""
    command = OpenProgramme(
        template="peer-visits", name=f"Visits {year}", year=year, coordinator_name="Coral",
        coordinator_email="coral@kindred.example",
    )  # fmt: skip
    return (await office.do(command)).id
