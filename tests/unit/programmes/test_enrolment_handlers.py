"""Enrolments as commands, queries and files bring them about, on stores in memory."""

import csv
import io
from collections import Counter

import openpyxl
import pytest

from services.programmes.domain.enrolment.columns import headings
from services.programmes.domain.enrolment.terms import terms_of
from shared.commands.programmes import (
    AddPerson,
    AmendEnrolment,
    AppointFacilitator,
    CloseEnrolment,
    CorrectAddress,
    EnrolSchool,
    ErasePerson,
    OpenProgramme,
    PersonDetails,
    ReplacePerson,
    TopicClaim,
    WithdrawSchool,
)
from shared.commands.programmes_queries import (
    EnrolmentForm,
    ListEnrolments,
    ListProgrammes,
    ListTemplates,
    NamedPerson,
    NamePeople,
)
from shared.errors import Rejected
from shared.events import programmes as told
from shared.events.people import ContactCard

ROLES = ("headteacher", "senior-leader", "cpd-lead", "chair-of-governors", "clerk")


def people(urn, *roles):
    return tuple(
        PersonDetails(role=role, name=f"{role} {urn}", email=f"{role}@s{urn}.example") for role in roles or ROLES
    )


def wish(programme_id, urn=106557, **changed):
    told = {
        "people": people(urn),
        "strengths": (TopicClaim(topic="phonics", weight=4, evidence="Visitors come to see it."),),
        "needs": (TopicClaim(topic="writing", weight=5, evidence="Our own review said so."),),
    }
    return EnrolSchool(programme_id=programme_id, urn=urn, **(told | changed))


async def test_a_programme_from_opening_to_close(office, programme_id):
    with pytest.raises(Rejected, match="name-taken"):
        await office.do(
            OpenProgramme(
                template="peer-visits", name="yorkshire  PEER visits", year=2026,
                coordinator_name="Other", coordinator_email="other@kindred.example",
            )
        )  # fmt: skip
    enrolled = await office.do(wish(programme_id, not_with=(106564,)))
    with pytest.raises(Rejected, match="already-enrolled"):
        await office.do(wish(programme_id))
    await office.do(wish(programme_id, 106564))
    await office.do(AmendEnrolment(**wish(programme_id, farthest_travel_km=25).model_dump()))
    await office.do(WithdrawSchool(programme_id=programme_id, urn=106564, reason="Merges."))
    closed = await office.do(CloseEnrolment(programme_id=programme_id))
    with pytest.raises(Rejected, match="enrolment-closed"):
        await office.do(wish(programme_id, 106579))
    with pytest.raises(Rejected, match="enrolment-closed"):
        await office.do(AmendEnrolment(**wish(programme_id).model_dump()))

    assert closed.sentence == "Enrolment is closed with 1 school; matching begins."
    opened = office.of(told.ProgrammeOpened)[0]
    assert (opened.template.key, opened.year, len(opened.template.enrolment.topics)) == ("peer-visits", 2026, 34)
    first = office.of(told.SchoolEnrolled)[0]
    assert (first.enrolment_id, first.version, first.school.urn) == (enrolled.id, 1, 106557)
    assert (first.school.phase, first.school.authority_code) == ("primary", "370")
    assert first.farthest_travel_km == 40
    assert [person.role for person in first.people] == list(ROLES)
    assert len(first.not_with) == 1
    amended = office.of(told.EnrolmentAmended)
    assert [(e.version, e.farthest_travel_km, e.not_with) for e in amended] == [(2, 25, ())]
    assert [e.version for e in office.of(told.SchoolWithdrawn)] == [2]
    final = office.of(told.EnrolmentClosed)[0]
    assert (final.enrolments, final.enrolment_ids) == (1, (enrolled.id,))
    rows = (await office.find(ListProgrammes())).programmes
    assert [(row.state, row.enrolled, row.withdrawn) for row in rows] == [("closed", 1, 1)]
    listed = (await office.find(ListEnrolments(programme_id=programme_id))).enrolments
    assert [(row.school.urn, row.state, row.withdrawal_reason) for row in listed] == [
        (106557, "enrolled", ""),
        (106564, "withdrawn", "Merges."),
    ]


async def test_people_are_replaced_corrected_and_forgotten(office, programme_id):
    await office.do(wish(programme_id))
    new_head = PersonDetails(role="headteacher", name="New Head", email="new@s106557.example")
    await office.do(ReplacePerson(programme_id=programme_id, urn=106557, person=new_head))
    added = await office.do(AddPerson(programme_id=programme_id, urn=106557, person=people(1, "governor")[0]))
    row = (await office.find(ListEnrolments(programme_id=programme_id))).enrolments[0]
    head = next(person for person in row.people if person.role == "headteacher")
    await office.do(CorrectAddress(person_id=head.person_id, email="newer@s106557.example"))
    with pytest.raises(Rejected, match="address-taken"):
        await office.do(CorrectAddress(person_id=added.id, email="newer@s106557.example"))
    with pytest.raises(Rejected, match="invalid-address"):
        await office.do(CorrectAddress(person_id=added.id, email="no address"))
    await office.do(ErasePerson(person_id=head.person_id))
    with pytest.raises(Rejected, match="unknown-person"):
        await office.do(ErasePerson(person_id=head.person_id))

    replaced = office.of(told.PersonReplaced)[0]
    assert (replaced.role, replaced.replaced_by, replaced.version) == ("headteacher", head.person_id, 2)
    assert office.of(told.PersonErased)[0].person_id == head.person_id
    cards = [card for card in office.of(ContactCard) if card.person_id == replaced.person_id]
    assert cards[-1].roles == ()
    after = (await office.find(ListEnrolments(programme_id=programme_id))).enrolments[0]
    assert [person.role for person in after.people] == ["senior-leader", "cpd-lead", "chair-of-governors", "clerk"]


async def test_everybody_is_whoever_holds_a_role_however_they_came_to_it(office, programme_id):
    await office.do(wish(programme_id))
    await office.do(AddPerson(programme_id=programme_id, urn=106557, person=people(1, "governor")[0]))
    found = await office.find(ListEnrolments(programme_id=programme_id, limit=1))
    assert found.everybody == ()
    assert "governor" not in {person.role for person in found.enrolments[0].people}
    asked = await office.find(ListEnrolments(programme_id=programme_id, limit=1, everybody=True))
    assert Counter((one.role, one.school_urn) for one in asked.everybody) == Counter(
        {("governor", 106557): 1, ("coordinator", None): 1} | {(role, 106557): 1 for role in ROLES}
    )


async def test_people_are_named_with_their_schools_whatever_their_programme(office, programme_id):
    await office.do(wish(programme_id))
    appoint = AppointFacilitator(programme_id=programme_id, name="Fay", email="fay@x.example", capacity=20)
    await office.do(appoint)
    found = await office.find(ListEnrolments(programme_id=programme_id))
    (enrolled,), fay = found.enrolments, next(one for one in found.programme_people if one.role == "facilitator")
    head = enrolled.people[0]
    named = await office.find(NamePeople(person_ids=(head.person_id, fay.person_id, "per-nobody")))
    assert {one.person_id: one for one in named.people} == {
        head.person_id: NamedPerson(person_id=head.person_id, name=head.name, schools=(enrolled.school.name,)),
        fay.person_id: NamedPerson(person_id=fay.person_id, name="Fay"),
    }


async def test_facilitators_are_appointed_by_command_and_file(office, programme_id):
    appoint = AppointFacilitator(programme_id=programme_id, name="Fay", email="fay@x.example", capacity=20)
    await office.do(appoint)
    await office.do(appoint)
    lines = (
        "Name,E-mail,Regions,Most visit days",
        "Fay,FAY@x.example,,25",
        "Gus,gus@x,East Midlands,",
        "Hal,hal@x.example,East Midlands; London,",
    )
    content = "\r\n".join(lines).encode()
    report = await office.bring_in("facilitators", content, programme_id=programme_id)

    assert (report.added, report.changed, report.rejected) == (1, 1, 1)
    assert [(p.line, p.column, p.reason) for p in report.problems] == [
        (3, "Email", "The e-mail address is not written like name@school.example.")
    ]
    found = [(e.version, e.capacity, e.regions) for e in office.of(told.FacilitatorAppointed)]
    assert found == [(1, 20, ()), (2, 25, ()), (1, 40, ("East Midlands", "London"))]


def filled(terms, rows, separator=","):
    """An enrolment file as a coordinator fills it in."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [heading.name for heading in headings(terms)], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def row(urn, **changed):
    cells = {"URN": str(urn)}
    for title in ("Headteacher", "Senior leader", "CPD lead", "Chair of governors", "Clerk to governors"):
        cells[f"{title} name"] = f"{title} of {urn}"
        cells[f"{title} email"] = f"{title.split()[0].lower()}@s{urn}.example"
    cells |= {"Strength 1": "Phonics and early reading", "Strength 1 weight": "4", "Strength 1 evidence": "Seen."}
    cells |= {
        "Need 1": "writing",
        "Need 1 evidence": "Our review.",
        "Dates not possible": "17/05/2027; 24 May 2027 to 28 May 2027",
    }
    return cells | changed


async def test_a_file_of_enrolments_goes_in_and_again_amends(office, programme_id):
    terms = terms_of((await office.find(ListTemplates())).templates[0])
    rows = [
        {"URN": "EXAMPLE - this row is ignored", "Headteacher name": "Alex"},
        row(106557, **{"Need 1 evidence": '=HYPERLINK("http://x")', "Headteacher name": "Zoë O'Neill"}),
        row(106564, **{"Need 1": "juggling", "Strength 1 weight": "4"}),
        row(106575),
        row(999999),
        row(106579, **{"Need 1 weight": "9", "Dates not possible": "31/02/2027"}),
        row(106582, **{"Senior leader email": "headteacher@s106582.example"}),
        row(106584),
    ]  # fmt: skip
    first = await office.bring_in("enrolments", filled(terms, rows, ";").encode("cp1252"), programme_id=programme_id)
    rows[1]["Farthest travel (km)"] = "20 miles"
    again = await office.bring_in("enrolments", filled(terms, rows).encode("utf-8-sig"), programme_id=programme_id)

    assert (first.state, first.added, first.rejected) == ("done", 2, 5)
    assert [(p.line, p.column, p.rule) for p in first.problems] == [
        (4, "Need 1", "unknown-topic"),
        (5, "URN", "closed-school"),
        (6, "URN", "unknown-urn"),
        (7, "Need 1 weight", "unreadable"),
        (7, "Dates not possible", "unreadable"),
        (8, "Senior leader name", "same-person-twice"),
        (8, "Senior leader email", "shared-address"),
    ]
    assert (again.added, again.changed, again.unchanged, again.rejected) == (0, 1, 1, 5)
    assert [(c.key, c.field, c.old, c.new) for c in again.changes] == [("106557", "farthest travel (km)", "40", "32.2")]
    listed = await office.find(ListEnrolments(programme_id=programme_id))
    assert [(e.school.urn, e.version, e.people[0].name) for e in listed.enrolments] == [
        (106557, 2, "Zoë O'Neill"),
        (106584, 1, "Headteacher of 106584"),
    ]
    assert [e.school.urn for e in office.of(told.SchoolEnrolled)] == [106557, 106584]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_the_form_comes_back_filled_in(office, programme_id, form):
    empty = await office.find(EnrolmentForm(programme_id=programme_id, format=form))
    untouched = await office.bring_in("enrolments", empty.content, programme_id=programme_id)
    assert (untouched.state, untouched.sentence) == ("refused", "The file has headings but no row to import.")

    if form == "csv":
        lines = list(csv.reader(io.StringIO(empty.content.decode("utf-8-sig"))))
        text = io.StringIO()
        csv.writer(text).writerows([*lines, [row(106557).get(name, "") for name in lines[0]]])
        content = text.getvalue().encode()
    else:
        book = openpyxl.load_workbook(io.BytesIO(empty.content))
        sheet = book["Enrolments"]
        sheet.append([row(106557).get(cell.value, "") for cell in sheet[1]])
        sheet.cell(3, 1).value = 106557
        saved = io.BytesIO()
        book.save(saved)
        content = saved.getvalue()
        assert [cell.value for cell in book["Topics"]["A"]][1] == "Feedback and marking"
    report = await office.bring_in("enrolments", content, filename=empty.filename, programme_id=programme_id)

    assert (report.state, report.problems, report.added) == ("done", (), 1)


async def test_an_import_without_a_programme_is_refused(office):
    report = await office.bring_in("enrolments", b"URN\r\n106557\r\n", programme_id="prg-none")
    assert (report.state, report.sentence) == ("refused", "There is no programme 'prg-none'.")
