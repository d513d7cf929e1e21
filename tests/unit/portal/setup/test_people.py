"""On the page of a person and of a school: who stands in, an interim head, somebody further, what is kept."""

import json

import pytest

from shared.commands.people import FindPeople
from shared.commands.programmes import LeaveRole
from shared.commands.scheduling import ShowVisit
from shared.events.portal import ListExported
from tests.unit.peer_visits.year import Year
from tests.unit.portal.bad_input.desks import desk, said


@pytest.fixture
async def year():
    found = Year()
    await found.enrol()
    await found.group()
    await found.date()
    return found


async def person(year, role, number):
    address = year.who(role, number).address
    return (await year.town.find(FindPeople(search=address))).people[0]


async def test_somebody_of_the_school_stands_in_at_one_visit(year):
    at = await desk(year.town, "Coral Bright", "coral@x.example")
    head, lead = await person(year, "headteacher", year.first.host), await person(year, "cpd-lead", year.first.host)
    page = await at.look(f"/console/people/{head.person_id}")
    assert "Dates to come" in said(page)
    button = f"stand-in:{year.first.visit_id}"
    refused = await at.press(page, {"do": button})
    assert "Choose who comes instead." in said(refused)
    strange = await at.press(page, {"do": button, "substitute": "per-of-another-school"})
    assert strange.status_code == 422
    year.came()
    page = await at.press(page, {"do": button, "substitute": lead.person_id})
    assert page.status_code == 200, said(page)
    visit = (await year.town.find(ShowVisit(visit_id=year.first.visit_id))).visit
    (place,) = [one for one in visit.attendees if one.person_id == lead.person_id]
    assert place.substitute_for == head.person_id
    assert {to for to, _ in year.came()} >= {lead.email, head.email}


async def test_somebody_further_is_added_on_the_page_of_the_school(year):
    at = await desk(year.town, "Coral Bright", "coral@x.example")
    typed = {"do": "add", "name": "Di Deputy", "role": "senior-leader"}
    page = await at.press(await at.look(f"{year.here}/schools/100"), {**typed, "address": ""})
    assert page.status_code == 422
    assert "Give the name, the work address and what they are." in said(page)
    page = await at.press(page, {**typed, "address": "di@s.example"})
    assert "at most 1 person is taken" in said(page)
    await year.town.ask(
        LeaveRole(programme_id=year.programme_id, urn=100, role="clerk", leaving=year.who("clerk", 0).address)
    )
    page = await at.press(page, {**typed, "role": "clerk", "address": "di@s.example"})
    assert page.status_code == 200, said(page)
    added = (await year.town.find(FindPeople(search="di@s.example"))).people[0]
    assert [place.role for place in added.places] == ["clerk"]


async def test_an_interim_head_takes_over_from_the_page_of_the_head(year):
    at = await desk(year.town, "Coral Bright", "coral@x.example")
    head = await person(year, "headteacher", 2)
    page = await at.look(f"/console/people/{head.person_id}")
    typed = {"name": "Ina Interim", "email": "ina@s2.example", "interim": "yes"}
    page = await at.press(page, {"do": "replace:1", **typed})
    assert page.status_code == 200, said(page)
    interim = (await year.town.find(FindPeople(search="ina@s2.example"))).people[0]
    assert [place.role for place in interim.places] == ["headteacher"]


async def test_what_is_kept_about_somebody_is_had_as_a_file_without_the_words_that_they_wrote(year):
    at = await desk(year.town, "Coral Bright", "coral@x.example")
    head = await person(year, "headteacher", 1)
    page = await at.look(f"/console/people/{head.person_id}/kept.json")
    found = json.loads(page.text)
    assert page.headers["content-disposition"].startswith("attachment")
    assert found["person"]["email"] == head.email
    assert found["mails"]
    assert "written" not in found
    assert [one.what for one in year.town.of(ListExported)] == [f"kept-about {head.person_id}"]
    assert (await at.look("/console/people/per-nothing/kept.json")).status_code == 404
