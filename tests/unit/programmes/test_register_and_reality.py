"""What the register says of schools that are enrolled is followed: events tell of it, and people are warned."""

import datetime as dt

import pytest

from shared.commands.programmes import AppointFacilitator, CloseEnrolment
from shared.commands.programmes_queries import FindAuthority, ListEnrolments, ListProgrammes, ListSchools
from shared.errors import Rejected
from shared.events import programmes as told
from tests.unit.programmes.made_register import register
from tests.unit.programmes.test_enrolment_handlers import wish

NAMES = {"EstablishmentName": "School 106557", "LA (code)": "370", "LA (name)": "Barnsley"}
NO_TRUST = {"Trusts (code)": "", "Trusts (name)": "", "CloseDate": ""}
TRUST = {"Trusts (code)": "5140", "Trusts (name)": "Acorn Trust"}


def rows(*changed):
    return register(*(NAMES | NO_TRUST | {"URN": "106557"} | each for each in changed))


@pytest.fixture
async def enrolled(office, programme_id):
    """Two schools are enrolled; whatever is told from now on is new."""
    for urn in (106557, 106564):
        await office.do(wish(programme_id, urn))
    await office.bring_in("register", rows({}, {"URN": "106564", "EstablishmentName": "School 106564"}))
    office.published.clear()
    return programme_id


def warned(report):
    return [note for note in report.notes if "enrolled in" in note or "same trust" in note]


async def test_a_school_that_joins_a_trust_is_told_with_its_enrolment(office, enrolled):
    report = await office.bring_in("register", rows(TRUST))
    (changed,) = office.of(told.SchoolFactsChanged)
    assert (changed.school_id, changed.school.trust, changed.changed) == (
        "sch-106557", "Acorn Trust", ("trust_id", "trust"),
    )  # fmt: skip
    (again,) = office.of(told.EnrolmentAmended)
    assert (again.school.trust_id, again.version) == ("trust-5140", 2)
    (said,) = warned(report)
    assert said.endswith("enrolled in 'Yorkshire peer visits', has changed: its trust was none and is Acorn Trust.")


async def test_two_of_one_trust_in_one_programme_are_warned_of(office, enrolled):
    await office.bring_in("register", rows(TRUST))
    report = await office.bring_in("register", rows(TRUST | {"URN": "106564", "EstablishmentName": "School 106564"}))
    assert warned(report)[1].startswith("School 106557 is of the same trust as School 106564. New drafts keep schools")


async def test_a_new_name_is_told(office, enrolled):
    report = await office.bring_in("register", rows({"EstablishmentName": "Burton Road Academy"}))
    assert [each.changed for each in office.of(told.SchoolFactsChanged)] == [("name",)]
    assert "its name was School 106557 and is Burton Road Academy." in warned(report)[0]
    shown = await office.find(ListEnrolments(programme_id=enrolled, urn=106557))
    assert shown.enrolments[0].school.name == "Burton Road Academy"


async def test_the_same_file_again_tells_nothing(office, enrolled):
    await office.bring_in("register", rows(TRUST))
    office.published.clear()
    report = await office.bring_in("register", rows(TRUST))
    assert (office.of(told.SchoolFactsChanged), office.of(told.EnrolmentAmended), warned(report)) == ([], [], [])


async def test_schools_that_are_not_enrolled_tell_nothing(office, enrolled):
    await office.bring_in("register", rows(TRUST | {"URN": "106579", "EstablishmentName": "School 106579"}))
    assert office.of(told.SchoolFactsChanged) == []


CLOSED = {"EstablishmentStatus (code)": "2", "CloseDate": "31-12-2026"}


async def test_a_school_that_closes_is_told_once_and_warned_of_at_import_and_at_closing(office, enrolled):
    report = await office.bring_in("register", rows(CLOSED))
    (closed,) = office.of(told.SchoolClosed)
    assert (closed.school_id, closed.urn, closed.closed_on) == ("sch-106557", 106557, dt.date(2026, 12, 31))
    (said,) = warned(report)
    assert said.startswith("School 106557 (URN 106557), enrolled in 'Yorkshire peer visits', has closed on 31/12/2026.")
    assert said.endswith("`kindred enrolments withdraw 106557` takes it out.")
    await office.bring_in("register", rows(CLOSED))
    assert len(office.of(told.SchoolClosed)) == 1
    (row,) = (await office.find(ListProgrammes(name=enrolled, check=True))).programmes
    assert row.warnings[0].startswith("School 106557 (URN 106557) has closed.")


CLOSING = {"EstablishmentStatus (code)": "3", "CloseDate": "31-08-2027"}


async def test_a_school_that_is_to_close_takes_part_and_is_warned_of_once_and_at_closing(office, enrolled):
    report = await office.bring_in("register", rows(CLOSING))
    (said,) = warned(report)
    assert said.startswith("School 106557 (URN 106557), enrolled in 'Yorkshire peer visits', is proposed to close on ")
    assert said.endswith("31/08/2027. It takes part until then; see whether its visits lie before that day.")
    assert warned(await office.bring_in("register", rows(CLOSING))) == []
    (later,) = warned(await office.bring_in("register", rows(CLOSING | {"CloseDate": "31-12-2027"})))
    assert "is proposed to close on 31/12/2027" in later
    assert office.of(told.SchoolClosed) == []
    (row,) = (await office.find(ListProgrammes(name=enrolled, check=True))).programmes
    assert row.warnings[0].startswith("School 106557 (URN 106557) is proposed to close on 31/12/2027. It gets visits")


async def test_enrolled_schools_that_a_file_of_open_schools_does_not_have_are_named(office, enrolled):
    def gone(report):
        return [note for note in report.notes if "not in this file" in note]

    both = rows({}, {"URN": "106564", "EstablishmentName": "School 106564"})
    assert gone(await office.bring_in("register", both)) == []
    (said,) = gone(await office.bring_in("register", rows({"URN": "106564"})))
    assert said.startswith("1 enrolled school is not in this file: School 106557 (URN 106557). They stay as they were.")
    (said,) = gone(await office.bring_in("register", rows({"URN": "106579"})))
    assert said.startswith("2 enrolled schools are not in this file: ")
    assert gone(await office.bring_in("register", rows(CLOSED))) == [], "a file of closed schools has no open ones"
    assert office.of(told.SchoolClosed)[0].urn == 106557


async def test_a_school_that_goes_on_under_another_urn_stays_enrolled(office, enrolled):
    await office.bring_in("register", rows(CLOSED))
    await office.bring_in("register", rows(TRUST | {"URN": "150001", "EstablishmentName": "New Academy"}))
    office.published.clear()
    links = b"URN,LinkURN,LinkName,LinkType,LinkEstablishedDate\r\n106557,150001,New Academy,Successor,01-01-2027\r\n"
    report = await office.bring_in("register", links)
    (changed,) = office.of(told.SchoolFactsChanged)
    assert (changed.school_id, changed.school.urn, changed.school.name) == ("sch-106557", 150001, "New Academy")
    shown = await office.find(ListEnrolments(programme_id=enrolled))
    assert [row.school.urn for row in shown.enrolments] == [106564, 150001]
    assert "its URN was 106557 and is 150001" in warned(report)[0]


async def test_closing_warns_of_visit_days_that_nobody_could_lead(office, enrolled):
    async def warnings():
        return (await office.find(ListProgrammes(name=enrolled, check=True))).programmes[0].warnings

    (said,) = await warnings()
    assert said.startswith("No facilitator is appointed, and 2 visit days are to be led. `kindred facilitators add`")
    fay = AppointFacilitator(programme_id=enrolled, name="Fay", email="fay@x.example", capacity=1)
    await office.do(fay)
    assert await warnings() == ("2 visit days are to be led, and all facilitators together lead at most 1.",)
    await office.do(fay.model_copy(update={"capacity": 2}))
    assert await warnings() == ()
    done = await office.do(CloseEnrolment(programme_id=enrolled))
    assert done.sentence == "Enrolment is closed with 2 schools; matching begins."


async def test_a_region_that_no_facilitator_travels_in_is_warned_of(office, enrolled):
    await office.bring_in("register", rows({"GOR (name)": "London"}))
    fay = AppointFacilitator(programme_id=enrolled, name="Fay", email="fay@x.example", regions=("south east",))
    await office.do(fay)
    (row,) = (await office.find(ListProgrammes(name=enrolled, check=True))).programmes
    assert row.warnings == ("No facilitator travels in London, where 1 visit day is to be led.",)


async def test_regions_and_limits_of_facilitators_are_checked_and_listed(office, enrolled):
    fay = AppointFacilitator(programme_id=enrolled, name="Fay", email="fay@x.example", regions=("yorkshire & humber",))
    await office.do(fay)
    with pytest.raises(Rejected, match="'Yorkshir' is no region; the nearest is 'Yorkshire and The Humber'"):
        await office.do(fay.model_copy(update={"regions": ("Yorkshir",)}))
    (row,) = (await office.find(ListEnrolments(programme_id=enrolled))).facilitators
    assert (row.regions, row.capacity) == (("Yorkshire and The Humber",), 40)


async def test_an_authority_that_no_school_has_is_refused_wherever_it_is_asked(office, enrolled):
    assert (await office.find(FindAuthority(named="barnsley"))).code == "370"
    assert (await office.find(ListSchools(authority="Barnsley"))).total == 6
    for query in (FindAuthority(named="Barnsly"), ListSchools(authority="Barnsly")):
        with pytest.raises(Rejected, match="the nearest is 370 Barnsley"):
            await office.find(query)
