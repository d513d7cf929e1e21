"""Who takes part in a demo, what they write into the form, and that the form takes it as it is."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kindred.demo import cast
from kindred.demo.workbook import fill_in
from services.programmes.domain.enrolment.columns import URN, headings
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.table import hand_table
from services.programmes.files.workbook import workbook_form
from shared.commands.programmes_queries import SchoolRow
from shared.errors import Permanent
from shared.events.programmes import SchoolFacts
from shared.tables.opening import sheets_in
from tests.unit.programmes.made import TEMPLATE, TERMS


def school(number: int, **changed: Any) -> SchoolRow:
    phase = "secondary" if number % 3 == 0 else "primary"
    told: dict[str, Any] = {"school_id": f"sch-{number}", "urn": 107000 + number, "name": f"School {number}"}
    told |= {"phase": phase}
    told |= {"authority_code": "373", "authority": "Sheffield", "easting": 430000 + number * 900, "northing": 387000}
    facts = SchoolFacts(**{**told, **changed})
    return SchoolRow(facts=facts, status="open", enrollable=changed.get("phase") != "closed")


REGION = [school(number) for number in range(1, 121)]


def test_two_primaries_to_a_secondary_take_part_around_one_place() -> None:
    chosen = cast.choose(REGION, 24, seed=1)
    assert [row.facts.phase for row in chosen].count("secondary") == 8
    assert len({row.facts.urn for row in chosen}) == 24
    spread = [row.facts.easting or 0 for row in chosen]
    assert max(spread) - min(spread) < 120 * 900
    assert cast.choose(REGION, 24, seed=1) == chosen
    assert cast.choose(REGION, 24, seed=2) != chosen


def test_too_small_a_register_is_said_with_figures() -> None:
    with pytest.raises(Permanent, match=r"^The register holds 6 primary schools that can enrol; 8 are needed\.$"):
        cast.choose(REGION[:8], 12, seed=1)
    with pytest.raises(Permanent, match="no school that can enrol and has a place on the map"):
        cast.choose([school(1, easting=None)], 3, seed=1)


def test_the_filled_form_is_taken_by_the_service_as_it_is(tmp_path: Path) -> None:
    joining = cast.joining(cast.choose(REGION, 6, seed=1), TEMPLATE.enrolment.topics, seed=1, first_year=2027)
    form, filled = tmp_path / "form.xlsx", tmp_path / "filled.xlsx"
    form.write_bytes(workbook_form(TERMS))
    assert fill_in(form, filled, joining, {topic.key: topic.title for topic in TEMPLATE.enrolment.topics}) == 6
    rows = hand_table(sheets_in(filled.read_bytes()), headings(TERMS), URN).rows
    wishes = [read_wish(row.cells, "prg-1", TERMS) for row in rows]
    assert [faults for _, faults in wishes] == [[]] * 6
    for (wish, _), made in zip(wishes, joining, strict=True):
        assert wish is not None
        assert (wish.urn, wish.farthest_travel_km) == (made.urn, made.wishes.farthest_travel_km)
        assert wish.strengths == made.wishes.strengths
        assert wish.needs == made.wishes.needs
        assert [person.email for person in wish.people] == [person.email for person in made.people]
        assert wish.dates_not_possible == made.wishes.dates_not_possible
    assert openpyxl.load_workbook(io.BytesIO(filled.read_bytes())).sheetnames[0] == "Enrolments"


def test_there_is_a_facilitator_for_about_eight_schools_three_at_least() -> None:
    assert [len(cast.facilitators(schools, 1)) for schools in (3, 24, 25, 60)] == [3, 3, 4, 8]
