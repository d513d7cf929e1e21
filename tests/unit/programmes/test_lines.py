"""Who stands in which relation to whom, and in which category a school stands."""

import datetime as dt

import pytest

from shared.commands.parties import (
    DecideCategory,
    EndRelation,
    HandOverPlaces,
    LeavePartyRole,
    ListCategories,
    NamePartyPerson,
    ReplacePartyPerson,
)
from shared.commands.programmes import AddPerson, LeaveRole, ReplacePerson
from shared.errors import Rejected
from shared.events.parties import SchoolCategorised
from tests.unit.programmes.made_trust import ASH, BIRCH, Trust, details, mail

FEBRUARY = dt.date(2027, 2, 1)
EXECUTIVE = {"party": "Aspire Trust", "person": details("executive-headteacher", "Sue")}


@pytest.fixture
async def staffed(tmp_path):
    return await Trust(tmp_path).staffed()


async def test_heads_report_to_executive_heads_and_those_to_the_chief_executive(staffed):
    assert await staffed.lines() == [("Exe", "Chi", None), ("Ann", "Exe", None), ("Bob", "Exe", None)]


async def test_nobody_reports_to_themselves(staffed):
    await staffed.ask(LeaveRole, urn=ASH, role="headteacher", leaving=mail("Ann"))
    await staffed.ask(AddPerson, urn=ASH, person=details("headteacher", "Exe"))
    said = await staffed.refused_report("Exe", "Exe")
    assert said == "to-oneself: Exe cannot stand in 'reports-to' to themselves."


async def test_a_circle_is_refused_with_its_names(staffed):
    await staffed.ask(LeaveRole, urn=ASH, role="headteacher", leaving=mail("Ann"))
    await staffed.ask(AddPerson, urn=ASH, person=details("headteacher", "Chi"))
    said = await staffed.refused_report("Chi", "Exe")
    assert said == "circle: 'reports-to' would go in a circle: Chi -> Exe -> Chi."


async def test_a_circle_of_other_days_is_none(staffed):
    await staffed.ask(LeaveRole, urn=ASH, role="headteacher", leaving=mail("Ann"))
    await staffed.ask(AddPerson, urn=ASH, person=details("headteacher", "Chi"))
    await staffed.ask(EndRelation, relation="reports-to", person=mail("Exe"), to=mail("Chi"), until=FEBRUARY)
    await staffed.report("Chi", "Exe", since=FEBRUARY)
    assert ("Exe", "Chi", FEBRUARY) in await staffed.lines()


@pytest.mark.parametrize(
    ("person", "to", "relation", "said"),
    [
        (
            "Ann",
            "Chi",
            "reports-to",
            "other-roles: Ann and Chi do not hold the roles of 'reports-to': from headteacher",
        ),
        ("Ann", "Exe", "loves", "unknown-relation: This programme has no relation 'loves'; relations: reports-to,"),
        ("Ann", "Zed", "reports-to", "unknown-person: Nobody in this programme has the address or id 'zed@"),
    ],
)
async def test_what_will_not_do_is_said(staffed, person, to, relation, said):
    assert (await staffed.refused_report(person, to, relation)).startswith(said)


async def test_a_relation_ends_once(staffed):
    ending = {"relation": "reports-to", "person": mail("Ann"), "to": mail("Exe")}
    await staffed.ask(EndRelation, **ending)
    assert staffed.said() == [("ended", "reports-to", "Ann", "Exe")]
    assert (await staffed.refused(EndRelation, **ending)).startswith("no-such-relation:")


async def test_a_relation_that_is_said_again_is_told_once(staffed):
    await staffed.report("Ann", "Exe")
    assert staffed.said() == []


async def test_who_takes_over_in_the_middle_takes_over_everybody_and_all_are_told_once(staffed):
    await staffed.ask(ReplacePartyPerson, **EXECUTIVE)
    said = staffed.said()
    assert said[:2] == [
        ("left", "executive-headteacher", "Exe", "Sue"),
        ("taken", "executive-headteacher", "Sue", "Exe"),
    ]
    assert sorted(said[2:-1]) == [
        ("ended", "reports-to", "Ann", "Exe"), ("ended", "reports-to", "Bob", "Exe"),
        ("ended", "reports-to", "Exe", "Chi"), ("stands", "reports-to", "Ann", "Sue"),
        ("stands", "reports-to", "Bob", "Sue"), ("stands", "reports-to", "Sue", "Chi"),
    ]  # fmt: skip
    assert said[-1] == ("told", "Exe", "Sue", ("Ann", "Bob", "Chi"))


async def test_a_head_who_becomes_executive_head_does_not_report_to_themselves(staffed):
    await staffed.ask(ReplacePartyPerson, party="16028", person=details("executive-headteacher", "Ann"))
    standing = [(person, to) for person, to, until in await staffed.lines() if until is None]
    assert sorted(standing) == [("Ann", "Chi"), ("Bob", "Ann")]


async def test_a_new_head_reports_to_whom_the_one_before_did(staffed):
    await staffed.ask(ReplacePerson, urn=ASH, person=details("headteacher", "New"))
    said = staffed.said()
    assert ("stands", "reports-to", "New", "Exe") in said
    assert said[-1] == ("told", "Ann", "New", ("Exe",))


async def test_who_keeps_another_role_of_the_relation_keeps_their_line(staffed):
    await staffed.ask(AddPerson, urn=ASH, person=details("middle-leader", "Mid"))
    await staffed.ask(LeaveRole, urn=BIRCH, role="headteacher", leaving=mail("Bob"))
    await staffed.ask(AddPerson, urn=BIRCH, person=details("headteacher", "Exe"))
    await staffed.ask(ReplacePerson, urn=BIRCH, person=details("headteacher", "New"), leaving=mail("Exe"))
    standing = [(person, to) for person, to, until in await staffed.lines() if until is None]
    assert ("Exe", "Chi") in standing


async def test_who_leaves_without_a_successor_leaves_people_without_a_line(staffed):
    await staffed.ask(NamePartyPerson, **EXECUTIVE)
    done = await staffed.ask(LeavePartyRole, party="Aspire Trust", role="executive-headteacher", leaving=mail("Exe"))
    assert done.sentence == "They have left this role at Aspire Trust. Nobody has taken over from them for: Ann, Bob."


async def test_a_head_who_leaves_stands_to_nobody(staffed):
    await staffed.ask(LeaveRole, urn=BIRCH, role="headteacher", leaving=mail("Bob"))
    assert ("ended", "reports-to", "Bob", "Exe") in staffed.said()


async def test_a_leaver_hands_over_every_place_in_one_act(staffed):
    await staffed.ask(AddPerson, urn=BIRCH, person=details("middle-leader", "Exe"))
    staffed.office.published.clear()
    handing = HandOverPlaces(person=mail("Exe"), name="Sue", email=mail("Sue"))
    done = await staffed.office.bus.ask(handing)
    assert done.sentence == (
        "Sue has taken over 2 places from Exe: executive headteacher in 'The year', middle leader in 'The year'."
    )
    said = staffed.said()
    assert [one for one in said if one[0] == "taken"] == [
        ("taken", "executive-headteacher", "Sue", "Exe"),
        ("taken", "middle-leader", "Sue", "Exe"),
    ]
    assert ("told", "Exe", "Sue", ("Ann", "Bob", "Chi")) in said
    with pytest.raises(Rejected, match="Exe has no role that could be handed over"):
        await staffed.office.bus.ask(handing)


async def test_a_category_holds_from_a_day_on_with_who_decided_and_why(staffed):
    deciding = {"urn": BIRCH, "category": "attention-needed", "since": FEBRUARY, "reason": "Results fell."}
    done = await staffed.ask(DecideCategory, **deciding, decided_by=mail("Chi"))
    assert done.sentence == f"The school with URN {BIRCH} is 'Attention needed' from 01/02/2027 on."
    chi = next(key for key, one in staffed.office.stores.people.kept.items() if one.name == "Chi")
    (told,) = staffed.office.of(SchoolCategorised)
    assert [(one.category, one.since, one.decided_by) for one in told.decisions] == [
        ("attention-needed", FEBRUARY, chi)
    ]
    assert "Results" not in told.model_dump_json()
    found = await staffed.office.find(ListCategories(programme_id=staffed.programme_id, urn=BIRCH))
    assert [(one.school, one.title, one.decided_by, one.reason) for one in found.decisions] == [
        ("Birch", "Attention needed", "Chi", "Results fell.")
    ]
    (party,) = await staffed.parties()
    assert [one.category for one in party.schools] == ["standard", "standard"]
    staffed.office.bus.clock.at = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)
    assert [one.category for one in (await staffed.parties())[0].schools] == ["standard", "attention-needed"]


async def test_a_decision_of_the_same_day_takes_the_place_of_the_one_before(staffed):
    for category, reason in (("attention-needed", "Results fell."), ("standard", "A mistake.")):
        await staffed.ask(DecideCategory, urn=BIRCH, category=category, since=FEBRUARY, reason=reason)
    (told,) = staffed.office.of(SchoolCategorised)[-1:]
    assert [one.category for one in told.decisions] == ["standard"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"category": "awful"}, "unknown-category: There is no category 'awful'; categories: standard, attention-"),
        ({"decided_by": mail("Exe")}, "not-theirs-to-decide: Exe is not the chief executive of this school, who"),
        ({"urn": 1}, "not-enrolled: The school with URN 1 is not enrolled in this programme."),
    ],
)
async def test_what_will_not_do_for_a_category_is_said(staffed, asked, said):
    deciding = {"urn": BIRCH, "category": "attention-needed", "reason": "So.", **asked}
    assert (await staffed.refused(DecideCategory, **deciding)).startswith(said)
