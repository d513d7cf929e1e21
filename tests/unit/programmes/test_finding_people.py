"""Finding people and schools, as a coordinator searches for them."""

from shared.commands.people import FindPeople, PlaceRow
from shared.commands.programme_states import ArchiveProgramme
from shared.commands.programmes import AppointFacilitator, OpenProgramme
from shared.commands.programmes_queries import ListEnrolments
from tests.unit.programmes.test_enrolment_handlers import wish


async def test_people_are_found_with_everything_that_they_do(office, programme_id):
    await office.do(wish(programme_id))
    await office.do(AppointFacilitator(programme_id=programme_id, name="Fay", email="fay@x.example", capacity=20))
    found = await office.find(FindPeople(search="headteacher@"))
    (head,) = found.people
    school = (await office.find(ListEnrolments(programme_id=programme_id))).enrolments[0].school
    place = PlaceRow(
        role="headteacher", title="headteacher", programme_id=programme_id, programme="Yorkshire peer visits",
        under_way=True, urn=school.urn, school=school.name,
    )  # fmt: skip
    assert (found.total, head.places) == (1, (place,))
    assert (await office.find(FindPeople(person_id=head.person_id))).people == (head,)
    assert (await office.find(FindPeople(person_id="per-x"))).total == 0
    (fay,) = (await office.find(FindPeople(search="fay"))).people
    assert [(one.role, one.school) for one in fay.places] == [("facilitator", "")]
    assert (await office.find(FindPeople(programme_id="prg-x"))).total == 0


async def test_a_place_of_a_programme_that_is_over_is_not_handed_over(office, programme_id):
    opening = OpenProgramme(
        template="project-exchange", name="Exchange", year=2026, coordinator_name="Cy",
        coordinator_email="cy@x.example",
        draft=True,
    )  # fmt: skip
    exchange = (await office.do(opening)).id
    for under_way in (True, False):
        (person,) = (await office.find(FindPeople(search="cy@"))).people
        assert [(one.role, one.under_way) for one in person.places] == [("coordinator", under_way)]
        if under_way:
            await office.do(ArchiveProgramme(programme_id=exchange))


async def test_schools_of_a_programme_are_searched(office, programme_id):
    await office.do(wish(programme_id))
    name = (await office.find(ListEnrolments(programme_id=programme_id))).enrolments[0].school.name
    for text, total in ((name[:6].upper(), 1), ("106557", 1), ("106564", 0), ("nowhere", 0), ("  ", 1)):
        assert (await office.find(ListEnrolments(programme_id=programme_id, search=text))).total == total, text
