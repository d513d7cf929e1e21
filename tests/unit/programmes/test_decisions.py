import datetime as dt

import pytest

from services.programmes.domain.enrolment.decide import add_person, enrol, enrolment_id, replace, withdraw
from services.programmes.domain.enrolment.differences import differences
from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.people import correct, erase
from services.programmes.domain.programme import appoint, close, opened
from services.programmes.domain.records import Person, Programme, RoleOf
from shared.commands.programmes import AppointFacilitator, OpenProgramme
from shared.errors import Rejected
from shared.events.programmes import EnrolmentClosed, PersonReplaced, ProgrammeOpened
from tests.unit.programmes.made import ON, OTHER, TEMPLATE, claim, facts, ids, people, person, standing, wish

PROGRAMME = Programme(programme_id="prg-1", name="Round", year=2026, template=TEMPLATE, coordinator_id="per-0")


def taken(before=None, known=None, new_id=None, **changed):
    known = known if known is not None else Known.of(())
    decision = enrol(
        wish(**changed), standing(), facts=facts(), before=before, known=known, new_id=new_id or ids(), on=ON
    )  # fmt: skip
    return decision, since(decision, known)


def since(decision, known):
    """The people as they are after a decision, those it changed among them."""
    changed = {person.person_id: person for person in decision.people}
    return Known(known.by_id | changed, changed)


def again(known):
    return Known.of(known.by_id.values())


def test_a_first_enrolment():
    decision, known = taken(not_with=(OTHER,))
    event = decision.events[0]
    assert decision.enrolment.enrolment_id == enrolment_id("prg-1", "sch-106557")
    assert (type(event).__name__, event.version, event.farthest_travel_km) == ("SchoolEnrolled", 1, 40)
    assert (event.strengths[0].topic, event.needs[0].topic, event.not_with) == ("phonics", "writing", (f"sch-{OTHER}",))
    assert [p.person_id for p in event.people] == ["per-1", "per-2", "per-3", "per-4", "per-5"]
    assert "evidence" not in event.model_dump_json()
    assert "@" not in event.model_dump_json()
    assert known.changed["per-1"].roles == (
        RoleOf(role="headteacher", school_id="sch-106557", programme_id="prg-1"),
    )  # fmt: skip


def test_the_same_again_changes_nothing():
    first, known = taken()
    second, later = taken(before=first.enrolment, known=again(known))
    assert (second.events, later.changed) == ((), {})


def test_an_amended_one_rises_by_one_version():
    first, known = taken()
    second, _ = taken(before=first.enrolment, known=again(known), needs=(claim("eal", 5),))
    assert [(type(e).__name__, e.version) for e in second.events] == [("EnrolmentAmended", 2)]
    assert [(c.field, c.old, c.new) for c in differences(first.enrolment, second.enrolment)] == [
        ("needs", "writing 3", "eal 5")
    ]


def test_new_evidence_alone_is_an_amendment():
    first, known = taken()
    second, _ = taken(before=first.enrolment, known=again(known), needs=(claim("writing", 3, "New words."),))
    assert [(c.field, c.old, c.new) for c in differences(first.enrolment, second.enrolment)] == [
        ("evidence", "", "reworded")
    ]


def test_a_corrected_name_changes_the_person_and_nothing_else():
    first, known = taken()
    second, later = taken(
        before=first.enrolment, known=again(known), people=people(headteacher={"name": "Dr Jane Smith"})
    )  # fmt: skip
    assert second.events == ()
    assert {p.person_id: (p.name, p.version) for p in later.changed.values()} == {"per-1": ("Dr Jane Smith", 2)}


def test_somebody_no_longer_named_loses_the_role():
    first, known = taken()
    second, later = taken(
        before=first.enrolment,
        known=again(known),
        new_id=lambda prefix: f"{prefix}-9",
        people=people(clerk={"name": "New Clerk", "email": "new@school.example"}),
    )
    assert later.by_id["per-5"].roles == ()
    assert later.by_id["per-9"].roles[0].role == "clerk"
    assert second.enrolment.holder("clerk") == "per-9"
    assert [(c.field, c.new) for c in differences(first.enrolment, second.enrolment)] == [
        ("clerk to governors", "another person")
    ]


def test_one_address_is_one_person_in_two_roles():
    same = {"name": "Sam Same", "email": "sam@school.example"}
    decision, known = taken(people=people(senior_leader=same, cpd_lead=same))
    assert decision.enrolment.holder("senior-leader") == decision.enrolment.holder("cpd-lead")
    assert len(known.changed) == 4
    assert {p.version for p in known.changed.values()} == {1}


def test_a_school_that_left_may_come_back_under_the_same_id():
    first, known = taken()
    gone = withdraw(first.enrolment, known, ON)
    assert [(type(e).__name__, e.version) for e in gone.events] == [("SchoolWithdrawn", 2)]
    known = since(gone, known)
    assert known.by_id["per-1"].roles == ()
    back, _ = taken(before=gone.enrolment, known=again(known))
    assert [(type(e).__name__, e.version, e.enrolment_id) for e in back.events] == [
        ("SchoolEnrolled", 3, first.enrolment.enrolment_id)
    ]
    with pytest.raises(Rejected, match="not-enrolled"):
        withdraw(gone.enrolment, known, ON)


def test_why_a_school_left_stays_in_its_record_until_it_comes_back():
    first, known = taken()
    gone = withdraw(first.enrolment, known, ON, " Merges with Brook. ")
    assert gone.enrolment.withdrawal_reason == "Merges with Brook."
    assert "Brook" not in gone.events[0].model_dump_json()
    back, _ = taken(before=gone.enrolment, known=again(known))
    assert back.enrolment.withdrawal_reason == ""


def test_somebody_else_takes_over():
    first, known = taken()
    new = person("headteacher", name="New Head", email="new@school.example")
    after = replace(first.enrolment, PROGRAMME, new, again(known), new_id=lambda prefix: f"{prefix}-9", on=ON)
    event = after.events[0]
    assert isinstance(event, PersonReplaced)
    assert (event.person_id, event.replaced_by, event.version) == ("per-1", "per-9", 2)
    assert after.enrolment.holder("headteacher") == "per-9"


@pytest.mark.parametrize(
    ("role", "email", "rule"),
    [
        ("governor", "new@school.example", "no-such-role"),
        ("headteacher", "headteacher@school.example", "same-person"),
        ("headteacher", "senior-leader@school.example", "same-person-twice"),
    ],
)
def test_who_cannot_take_over(role, email, rule):
    first, known = taken()
    with pytest.raises(Rejected) as refused:
        replace(first.enrolment, PROGRAMME, person(role, email=email), again(known), new_id=ids(), on=ON)
    assert refused.value.rule == rule
    assert "@" not in refused.value.sentence


def test_a_decision_leaves_what_it_was_given_as_it_was():
    first, known = taken()
    before = dict(known.by_id)
    given = again(known)
    withdraw(first.enrolment, given, ON)
    replace(
        first.enrolment,
        PROGRAMME,
        person("clerk", email="new@school.example"),
        given,
        new_id=lambda prefix: "per-9",
        on=ON,
    )
    add_person(
        first.enrolment,
        PROGRAMME,
        person("governor", email="governor@school.example"),
        given,
        new_id=lambda prefix: "per-9",
        on=ON,
    )
    taken(before=first.enrolment, known=given, people=people(clerk={"email": "other@school.example"}))
    assert (given.by_id, given.changed) == (before, {})


def test_a_further_person_of_a_school():
    first, known = taken()
    added = add_person(
        first.enrolment,
        PROGRAMME,
        person("governor", email="Clerk@School.example"),
        again(known),
        new_id=lambda prefix: f"{prefix}-9",
        on=ON,
    )
    place = {"school_id": "sch-106557", "programme_id": "prg-1"}
    assert added.person.person_id == "per-5"
    assert added.person.roles == (RoleOf(role="clerk", **place), RoleOf(role="governor", **place))
    assert added.people == (added.person,)


def test_an_address_is_corrected_only_to_one_that_mail_can_reach():
    known = Person(person_id="per-1", name="Ada", email="old@school.example", version=3)
    assert correct(known, " new@school.example ") == known.model_copy(
        update={"email": "new@school.example", "version": 4}
    )
    with pytest.raises(Rejected, match=r"^invalid-address: The e-mail address has no @\.$"):
        correct(known, "school.example")


def test_forgetting_is_told_as_of_a_day():
    known = Person(person_id="per-1", name="Ada", email="old@school.example", version=3)
    told = erase(known, dt.date(2027, 3, 1))
    assert (told.person_id, told.version, told.erased_on) == ("per-1", 4, dt.date(2027, 3, 1))
    assert "Ada" not in told.model_dump_json()


def test_opening_and_closing():
    command = OpenProgramme(
        template="peer-visits", name=" The  round ", year=2026, coordinator_name="C", coordinator_email="c@x.example"
    )
    programme, event = opened(command, TEMPLATE, "prg-1", "per-0")
    assert isinstance(event, ProgrammeOpened)
    assert (programme.name, event.version, event.template) == ("The round", 1, TEMPLATE)
    closed, told = close(programme, ["enr-1", "enr-2"])
    assert isinstance(told, EnrolmentClosed)
    assert (closed.state, told.version, told.enrolments) == ("closed", 2, 2)
    with pytest.raises(Rejected, match="enrolment-closed"):
        close(closed, [])


def test_an_appointment_is_told_only_when_it_says_something_new():
    command = AppointFacilitator(programme_id="prg-1", name="Fay", email="fay@x.example")
    first, told = appoint(command, "per-1", None)
    same, silent = appoint(command, "per-1", first)
    more, retold = appoint(command.model_copy(update={"capacity": 10}), "per-1", first)
    assert (len(told), silent, same) == (1, [], first)
    assert (retold[0].version, retold[0].capacity, more.appointment_id) == (2, 10, first.appointment_id)
