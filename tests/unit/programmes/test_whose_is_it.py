"""Whose a row is, and what it says: where that is doubtful it is asked, and where a file is silent nothing changes."""

import pytest

from services.programmes.domain.enrolment.columns import DATES, NOT_WITH, TRAVEL
from services.programmes.domain.enrolment.days import read_spans
from services.programmes.domain.enrolment.decide import enrol
from services.programmes.domain.enrolment.differences import renamed
from services.programmes.domain.enrolment.facilitators import as_before
from services.programmes.domain.enrolment.partial import completed
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.enrolment.row import read_wish
from services.programmes.domain.enrolment.rules import broken_rules
from services.programmes.domain.enrolment.standing import Elsewhere, Standing
from services.programmes.domain.enrolment.whole_file import looked_through
from services.programmes.domain.enrolment.whose import names_agree
from services.programmes.domain.records import Appointment
from services.programmes.domain.tables.phones import corrected_phone
from shared.commands.programmes import AppointFacilitator
from tests.made_tables import csv_file
from tests.unit.programmes.made import ON, OTHER, TERMS, claim, facts, ids, people, standing, wish
from tests.unit.programmes.made_files import NAMES, lines, read, row, wrong


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("", "Burton Road Primary School"),
        ("Burton Road Primary", "Burton Road Primary School"),
        ("burton rd primary school", "Burton Road Primary School"),
        ("St Mary's CE Primary", "Saint Mary's Church of England Voluntary Aided Primary School"),
        ("St. Marys C of E Prim Sch", "St Mary's CofE Primary School"),
        ("The Bawburgh School", "Bawburgh"),
        ("Abbey Academy", "Abbey Primary School"),
        ("Aldborogh Primary", "Aldborough Primary School"),
        ("St Mary's, Lewes", "St Mary's Catholic Primary School"),
        ("Primary School", "Primary School"),
    ],
)
def test_a_name_as_people_write_it_is_the_schools(written, registered):
    assert names_agree(written, registered)


@pytest.mark.parametrize(
    ("written", "registered"),
    [
        ("Aldborough Primary School", "The Bawburgh School"),
        ("St Mary's Primary School", "St John's Primary School"),
        ("North Hill Primary", "South Hill Primary"),
        ("Bacton Primary School", "Barford Primary School"),
        ("Junior School", "Abbey Junior School"),
    ],
)
def test_another_schools_name_is_no_name_of_it(written, registered):
    assert not names_agree(written, registered)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1632960001", "01632960001"),
        ("01632960002.0", "01632960002"),
        ("7700900123", "07700900123"),
        ("447700900123", "+447700900123"),
        ("01632 960001", "01632 960001"),
        ("+44 1632 960001", "+44 1632 960001"),
        ("01632 960001 ext 12", "01632 960001 ext 12"),
        ("169772345", "0169772345"),
    ],
)
def test_a_telephone_number_gets_back_what_a_spreadsheet_took_where_that_is_certain(text, number):
    assert corrected_phone(text) == number


@pytest.mark.parametrize("text", ["440000000000", "1.6E+09", "4,4E+11", "96001", "12"])
def test_a_telephone_number_that_lost_digits_is_named(text):
    with pytest.raises(ValueError, match=r"Type it anew, as text\."):
        corrected_phone(text)


def test_a_bad_telephone_number_keeps_nobody_out_and_is_told():
    found = read(csv_file(*lines(row(Headteacher_phone="440000000000"))))
    asked, faults = read_wish(found.rows[0].cells, "prg-1", TERMS, faults=found.rows[0].faults)
    assert asked
    assert asked.people[0].phone is None
    assert [(fault.column, fault.row_kept) for fault in faults] == [("Headteacher phone", True)]


SURE = "date only if its month comes first"


@pytest.mark.parametrize("column", ["Dates not possible", "Headteacher dates not possible"])
@pytest.mark.parametrize("sure", ["05/24/2027", "4/19/2027 to 4/23/2027", "1-31-27"])
@pytest.mark.parametrize("either", ["03/05/2027", "02/04/2027 to 02/11/2027", "17/05/2027; 01/02/2027", "3.5.27"])
def test_one_date_with_its_month_first_makes_its_column_doubtful(column, sure, either):
    table = read(csv_file(*lines(row(), row(106564, **{column: either}), row(106579, **{column: sure}))))
    assert [(line, where) for line, where, said in wrong(table) if SURE in said] == [(3, column), (4, column)]


@pytest.mark.parametrize("clear", ["17/05/2027", "2027-03-05", "3 May 2027", "05/05/2027", ""])
def test_dates_that_can_be_read_one_way_only_stay(clear):
    table = read(csv_file(*lines(row(Dates_not_possible=clear), row(106564, Dates_not_possible="05/24/2027"))))
    assert [line for line, _, _ in wrong(table)] == [3]


def test_another_column_is_not_doubted():
    rows = row(Dates_not_possible="03/05/2027"), row(106564, Headteacher_dates_not_possible="05/24/2027")
    assert [(line, column) for line, column, _ in wrong(read(csv_file(*lines(*rows))))] == [
        (3, "Headteacher dates not possible")
    ]


def test_a_school_twice_with_other_words_is_asked_about_and_neither_counts():
    table = read(csv_file(*lines(row(), row(106564), row(Need_1="Reading"), row(106579))))
    assert [(line, column) for line, column, _ in wrong(table)] == [(2, "URN"), (4, "URN")]
    said = "The same school also stands on line 4, with other words under Need 1. Delete the rows that do not count."
    assert wrong(table)[0][2] == said


def test_a_school_under_its_old_and_its_new_urn_is_one():
    from services.programmes.domain.enrolment.columns import URN, headings
    from services.programmes.domain.enrolment.table import hand_table
    from shared.tables.opening import sheets_in

    content = csv_file(*lines(row(106557), row(143107)))
    same = {106557: "sch-1", 143107: "sch-1"}
    table = looked_through(hand_table(sheets_in(content), headings(TERMS), URN), TERMS, same)
    assert [(line, column) for line, column, _ in wrong(table)] == [(2, "URN"), (3, "URN")]


def test_a_row_that_repeats_another_word_for_word_counts_once():
    table = read(csv_file(*lines(row(), row(106564), row())))
    assert ([each.line for each in table.rows], wrong(table)) == ([2, 3], [])
    assert table.notes[0] == "Passed over: line 4, which repeats line 2 word for word."


def test_one_address_for_people_of_two_schools_is_told_in_both_rows():
    shared = {"Headteacher email": "office@trust.example"}
    table = read(csv_file(*lines(row(**shared), row(106564, **{**shared, "Headteacher name": "Bob Second"}))))
    assert [(line, column) for line, column, _ in wrong(table)] == [(2, "Headteacher email"), (3, "Headteacher email")]
    assert "Bob Second" in wrong(table)[0][2]
    assert "School 106564" in wrong(table)[0][2]


def test_one_person_of_two_schools_is_no_problem():
    shared = {"Headteacher email": "office@trust.example", "Headteacher name": "Ann  First"}
    table = read(csv_file(*lines(row(**shared), row(106564, **{**shared, "Headteacher name": "ann first"}))))
    assert wrong(table) == []


def test_an_address_that_somebody_of_another_school_has_is_not_taken():
    found = standing()
    known = {"headteacher@school.example": Elsewhere("Ann First", ("Bacton Primary School",))}
    broken = broken_rules(wish(), Standing(found.state, found.terms, found.year, found.known, known))
    assert [(each.rule, each.column) for each in broken] == [("shared-address", "Headteacher email")]
    assert "Ann First (Bacton Primary School)" in broken[0].sentence


def before(**changed):
    """An enrolment as it stands, and the people known since."""
    asked = wish(
        strengths=(claim(), claim("reading", 2, "Kept.")),
        dates_not_possible=read_spans("17/05/2027"),
        farthest_travel_km=15,
        not_with=(OTHER,),
        **changed,
    )
    decision = enrol(asked, standing(), facts=facts(), before=None, known=Known.of([]), new_id=ids(), on=ON)
    return decision.enrolment, Known.of(decision.people)


def without(*columns):
    return set(NAMES) - set(columns)


@pytest.mark.parametrize(
    ("columns", "field"),
    [((DATES,), "dates_not_possible"), ((TRAVEL,), "farthest_travel_km"), ((NOT_WITH,), "not_with")],
)
def test_what_a_file_has_no_column_for_stays(columns, field):
    record, known = before()
    kept = completed(wish(), record, known, without(*columns), TERMS)
    told = tuple(other.urn for other in record.not_with) if field == "not_with" else getattr(record, field)
    assert getattr(kept, field) == told
    assert getattr(completed(wish(), record, known, set(NAMES), TERMS), field) == getattr(wish(), field)


def test_people_and_topics_without_a_column_stay():
    record, known = before()
    silent = {f"Clerk to governors {part}" for part in ("name", "email", "phone")}
    silent |= {"Strength 1 weight", "Strength 1 evidence", "Strength 2", "Strength 2 weight", "Strength 2 evidence"}
    asked = wish(people=people()[:4], strengths=(claim(weight=5, evidence=""),))
    kept = completed(asked, record, known, set(NAMES) - silent, TERMS)
    assert [person.role for person in kept.people][-1] == "clerk"
    assert [(each.topic, each.weight, each.evidence) for each in kept.strengths] == [
        ("phonics", 3, "We have seen it."), ("reading", 2, "Kept."),
    ]  # fmt: skip
    assert completed(asked, record, known, set(NAMES), TERMS).strengths == asked.strengths


def test_a_facilitators_columns_that_a_file_lacks_stay():
    asked = AppointFacilitator(programme_id="prg-1", name="Fay", email="fay@x.example")
    known = Appointment(
        appointment_id="app-1", programme_id="prg-1", person_id="per-1", regions=("London",), capacity=12
    )
    kept = as_before(asked, known, {"Name", "Email"})
    assert (kept.regions, kept.capacity) == (("London",), 12)
    assert as_before(asked, known, {"Name", "Email", "Regions", "Most visit days"}).regions == ()


def test_a_corrected_name_or_telephone_number_counts_as_a_change():
    record, known = before()
    again = wish(
        people=people(headteacher={"name": "A New Name"}, clerk={"phone": "01632 960001"}),
        strengths=record.strengths,
        dates_not_possible=record.dates_not_possible,
        farthest_travel_km=15,
        not_with=(OTHER,),
    )
    decision = enrol(again, standing(), facts=facts(), before=record, known=known, new_id=ids(), on=ON)
    assert decision.events == ()
    now = {person.person_id: person for person in decision.people}
    assert [(each.field, each.new) for each in renamed(record, known.by_id, now)] == [
        ("headteacher name", "corrected"),
        ("clerk to governors phone", "corrected"),
    ]


def test_a_phone_or_dates_without_a_name_are_named():
    cells = row(Clerk_to_governors_phone="01632 960001", Need_2_weight="4")
    asked, faults = read_wish(cells, "prg-1", TERMS)
    assert asked is None
    assert [(each.column, each.row_kept) for each in faults] == [("Clerk to governors name", False), ("Need 2", True)]
