"""2,000 schools: every list of the console comes by the page and stays small, and everybody can be found."""

import pytest

from shared.commands.matching import WhatIf
from shared.commands.participation import ListParticipation, ParticipationRow, ParticipationRows
from shared.commands.parties import DeclareRelation, RelationRows
from shared.commands.people import FindPeople, FoundPeople, FoundPerson
from shared.commands.programmes_queries import EnrolmentRow, EnrolmentRows, ListEnrolments
from shared.events.programmes import SchoolFacts
from tests.unit.portal import console
from tests.unit.portal.driver import read
from tests.unit.portal.test_console import HOME, press
from tests.unit.portal.world import PROGRAMME
from tests.unit.reporting.entries import exchange

SCHOOLS, MOST_BYTES, SHOWN = 2_000, 150_000, 50


def name(number):
    return f"School {number:04}"


@pytest.fixture
async def full(world, desk):
    """Services that answer for 2,000 schools, by the page as they do."""
    parts = tuple(
        ParticipationRow(urn=100000 + one, school_id=f"sch-{one}", school=name(one), enrolled=True)
        for one in range(SCHOOLS)
    )

    def participation(query: ListParticipation) -> ParticipationRows:
        fits = [one for one in parts if query.search in f"{one.urn} {one.school.casefold()}"]
        return ParticipationRows(rows=cut(fits, query), total=len(fits), known=SCHOOLS)

    def enrolments(query: ListEnrolments) -> EnrolmentRows:
        fits = [one for one in range(SCHOOLS) if query.search.casefold() in name(one).casefold()]
        return EnrolmentRows(total=len(fits), enrolments=tuple(map(_enrolment, cut(fits, query))))

    def people(query: FindPeople) -> FoundPeople:
        fits = [one for one in range(SCHOOLS * 2) if query.search in f"Person {one:04}"]
        return FoundPeople(total=len(fits), people=tuple(map(_person, cut(fits, query))))

    world.owners.finds |= {
        "ListParticipation": participation, "ListEnrolments": enrolments, "FindPeople": people,
        "ListRelations": RelationRows(relations=()),
    }  # fmt: skip
    return desk


def cut(fits, query):
    return fits[query.offset : query.offset + query.limit]


def _enrolment(one):
    facts = SchoolFacts(
        school_id=f"sch-{one}", urn=100000 + one, name=name(one), phase="primary", authority_code="373", authority="S"
    )  # fmt: skip
    return EnrolmentRow(
        enrolment_id=f"enr-{one}", state="enrolled", version=1, school=facts, people=(), strengths=(), needs=()
    )  # fmt: skip


def _person(one):
    return FoundPerson(person_id=f"per-{one}", name=f"Person {one:04}", email=f"p{one}@x.example")


@pytest.mark.parametrize(
    ("path", "first", "last", "pages"),
    [
        (f"{HOME}/participation", name(0), name(SCHOOLS - 1), SCHOOLS // SHOWN),
        (f"{HOME}/schools", name(0), name(SCHOOLS - 1), SCHOOLS // SHOWN),
        ("/console/people", "Person 0000", f"Person {SCHOOLS * 2 - 1:04}", SCHOOLS * 2 // SHOWN),
    ],
)
async def test_a_list_comes_by_the_page(full, path, first, last, pages):
    one, end = await full.get(path), await full.get(f"{path}?page={pages}")
    assert f"Page 1 of {pages}" in one.text
    assert (first in one.text, last in one.text, last in end.text) == (True, False, True)
    assert f"Page {pages} of {pages}" in end.text
    assert max(len(one.content), len(end.content)) < MOST_BYTES


async def test_one_school_of_two_thousand_is_found_by_name_or_urn(full):
    for search in ("school 1234", "101234"):
        page = await full.get(f"{HOME}/participation?search={search}")
        assert (name(1234) in page.text, name(1233) in page.text) == (True, False)
    assert "No school fits." in (await full.get(f"{HOME}/participation?search=nowhere")).text


async def test_a_relation_is_declared_between_people_who_stand_in_no_menu_at_first(world, full):
    relations = [{"key": "manages", "from_role": "lead", "to_role": "lead"}]
    await world.handle(exchange.opened(relations=relations).model_copy(update={"version": 2}))
    page = await full.get(f"{HOME}/relations")
    assert "500 people of 4,000 stand in the menus below" in " ".join(read(page).text.split())
    assert "per-3456" not in page.text
    page = await full.get(f"{HOME}/relations?search=Person 3456, Person 0007")
    form = next(at for at, one in enumerate(read(page).forms) if "declare" in one.buttons)
    await press(full, page, {"do": "declare", "one": "per-3456", "to": "per-7", "relation": "manages"}, form=form)
    about = {"programme_id": PROGRAMME, "relation": "manages"}
    assert world.owners.commands == [DeclareRelation(person="per-3456", to="per-7", **about)]


@pytest.fixture
def wished(world):
    """What is wished for which schools, and a cohort of groups that are numbered from 1."""
    world.owners.finds["WhatIf"] = lambda _query: console._what_if()
    return lambda: [one for one in world.owners.found if isinstance(one, WhatIf)][-1]


async def test_any_school_of_two_thousand_may_be_wished_for_by_a_part_of_its_name(full, wished):
    page = await full.get(f"{HOME}/groups")
    assert '<select id="one"' not in page.text
    await press(full, page, {"one": "school 1234", "other": "Somewhere (101999)", "how": "apart", "do": "what-if"})
    assert (wished().urns, wished().how) == ((101234, 101999), "apart")


async def test_where_several_fit_one_is_chosen_from_a_short_list_and_too_many_are_said(full, wished):
    page = await full.get(f"{HOME}/groups")
    values = {"one": "School 123", "other": "101999", "how": "together", "do": "what-if"}
    page = await press(full, page, values)
    assert (page.status_code, "10 schools fit" in page.text) == (422, True)
    assert page.text.count('<option value="10123') == 10
    await press(full, page, {"one": "101235", "do": "what-if"})
    assert wished().urns == (101235, 101999)
    many = await press(full, page, {**values, "one": "school 1"})
    assert "1,000 schools fit" in many.text
    none = await press(full, page, {**values, "one": "\u202eNowhere \U0001f393"})
    assert (none.status_code, "No school of this programme is called" in none.text) == (422, True)


async def test_a_school_moves_to_a_group_by_its_number(full, wished):
    page = await full.get(f"{HOME}/groups")
    await press(full, page, {"one": "School 1234", "to": "7", "do": "move"}, form=2)
    assert (wished().urns, wished().how) == ((101234, 107000), "together")
    gone = await press(full, page, {"one": "School 1234", "to": "8", "do": "move"}, form=2)
    assert "There is no group 8." in gone.text
