"""Trusts and partnerships: enrolled, with people of their own, followed by the register, withdrawn."""

import datetime as dt

import pytest

from shared.commands.parties import (
    ChangePartnership,
    EnrolPartnership,
    EnrolTrust,
    LeavePartyRole,
    ListParties,
    NamePartyPerson,
    ReplacePartyPerson,
    WithdrawParty,
)
from shared.commands.programmes import AddPerson, EnrolSchool, ErasePerson, LeaveRole, OpenProgramme, WithdrawSchool
from shared.errors import Rejected
from shared.events.parties import PartyAmended, PartyEnrolled, PartyWithdrawn
from shared.events.programmes_parts import RoleTaken, SchoolWithdrawn
from tests.unit.programmes.made_trust import ASH, BIRCH, CEDAR, DOGWOOD, Trust, at, details, mail

LEADERS = (("chief-executive", "Chi"), ("executive-headteacher", "Exe"))
A_DAY = dt.timedelta(days=1)


@pytest.fixture
async def trust(tmp_path):
    return await Trust(tmp_path).open()


@pytest.fixture
async def staffed(tmp_path):
    return await Trust(tmp_path).staffed()


async def test_a_trust_takes_part_with_its_open_schools_and_its_people(trust):
    await trust.enrol()
    (party,) = trust.office.of(PartyEnrolled)
    assert (party.kind, party.name, party.trust_id) == ("trust", "Aspire Trust", "trust-16028")
    assert [(one.school_id, one.part_way, one.until) for one in party.schools] == [
        (f"sch-{ASH}", False, None),
        (f"sch-{BIRCH}", False, None),
    ]
    assert {one.party_id for one in trust.office.of(RoleTaken)} == {party.party_id}
    assert trust.said() == [
        ("taken", "chief-executive", "Chi", None),
        ("taken", "executive-headteacher", "Exe", None),
        ("enrolled", "Ash"),
        ("enrolled", "Birch"),
    ]


async def test_who_is_missing_is_shown_until_somebody_names_them(trust):
    await trust.enrol()
    await trust.ask(AddPerson, urn=ASH, person=details("headteacher", "Ann"))
    (party,) = await trust.parties()
    assert [(one.school, one.missing) for one in party.schools] == [("Ash", ()), ("Birch", ("headteacher",))]
    assert [(one.name, one.title) for one in party.people] == [
        ("Chi", "chief executive"), ("Exe", "executive headteacher"),
    ]  # fmt: skip


async def test_the_parties_of_somebody_are_those_at_which_they_have_a_role(trust):
    await trust.enrol()
    await trust.enrol("16029", (("chief-executive", "Bol"), ("executive-headteacher", "Exe")))
    people = {one.name: key for key, one in trust.office.stores.people.kept.items()}
    assert [one.name for one in await trust.parties(person_id=people["Bol"])] == ["Bold Trust"]
    assert [one.name for one in await trust.parties(person_id=people["Exe"])] == ["Aspire Trust", "Bold Trust"]
    assert await trust.parties(person_id="per-nobody") == ()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"trust": "Nowhere"}, "unknown-trust: The register has no trust 'Nowhere'."),
        ({"trust": "Trust"}, "which-trust: Several trusts go by 'Trust': Aspire Trust (16028), Bold Trust (16029)."),
        ({"people": LEADERS[:1]}, "missing-role: Aspire Trust names no executive headteacher. Name who it is, as in"),
        ({"people": (*LEADERS, ("king", "K"))}, "unknown-role: This programme has no 'king' at a trust; roles there:"),
        ({"people": (*LEADERS, ("chief-executive", "Two"))}, "role-twice: Aspire Trust has 2 people as chief exec"),
    ],
)
async def test_what_will_not_do_is_said(trust, asked, said):
    asked = {"trust": "aspire trust", "people": LEADERS, **asked}
    asked["people"] = [details(*one) for one in asked["people"]]
    refused = await trust.refused(EnrolTrust, **asked)
    assert refused.startswith(said), refused
    assert trust.office.of(PartyEnrolled) == []


async def test_a_trust_takes_part_once(trust):
    await trust.enrol()
    again = await trust.refused(EnrolTrust, trust="16028", people=[details(*one) for one in LEADERS])
    assert again == "already-enrolled: Aspire Trust takes part in 'The year' already."


async def test_a_trust_without_an_open_school_takes_no_part(trust):
    await trust.register(at(CEDAR, "Cedar", "16029", "Bold Trust", **{"EstablishmentStatus (code)": "2"}))
    said = await trust.refused(EnrolTrust, trust="Bold Trust", people=[details(*one) for one in LEADERS])
    assert said == "no-schools: The register has no open school of Bold Trust (16029)."


async def test_where_trusts_take_part_a_school_comes_with_its_trust(trust):
    asked = {"urn": DOGWOOD, "people": [details("headteacher", "Dan")], "strengths": (), "needs": ()}
    said = await trust.refused(EnrolSchool, **asked)
    assert said.startswith(f"outside-party: The school with URN {DOGWOOD} is of no trust that takes part")


async def test_where_schools_take_part_no_trust_does(trust):
    opening = OpenProgramme(
        template="partnership-year", name="P", year=2026, coordinator_name="C", coordinator_email="c@x.example"
    )
    trust.programme_id = (await trust.office.bus.ask(opening)).id
    assert (await trust.refused(EnrolTrust, trust="16028")).startswith("party-kind: 'P' takes in no trusts.")


async def test_a_school_that_joins_takes_part_from_then_on(staffed):
    staffed.office.bus.clock.advance(90 * A_DAY)
    today = staffed.office.bus.clock.now().date()
    (note,) = await staffed.register(at(DOGWOOD, "Dogwood"))
    assert note == (
        f"Dogwood (URN {DOGWOOD}) has joined Aspire Trust and takes part in 'The year' from {today:%d/%m/%Y} on. "
        f"Name its headteacher: `kindred people add {DOGWOOD}`."
    )
    (party,) = staffed.office.of(PartyAmended)
    came = party.schools[-1]
    assert (came.since, came.until, came.part_way) == (today, None, True)
    assert ("enrolled", "Dogwood") in staffed.said()
    assert await staffed.register(at(DOGWOOD, "Dogwood Academy")) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (at(BIRCH, "Birch", "", ""), "is of Aspire Trust no longer"),
        (at(BIRCH, "Birch", "16029", "Bold Trust"), "is of Aspire Trust no longer"),
        (at(BIRCH, "Birch", **{"EstablishmentStatus (code)": "2"}), "has closed"),
    ],
)
async def test_a_school_that_leaves_by_the_register_ends_its_part_and_keeps_its_history(staffed, row, why):
    staffed.office.bus.clock.advance(90 * A_DAY)
    today = staffed.office.bus.clock.now().date()
    notes = await staffed.register(row)
    assert f"Birch (URN {BIRCH}) {why} by the register: its part in 'The year' ends today" in notes[-1]
    (party,) = staffed.office.of(PartyAmended)
    assert [one.until for one in party.schools] == [None, today]
    assert len(staffed.office.of(SchoolWithdrawn)) == 1
    assert staffed.said() == [
        ("left", "headteacher", "Bob", None),
        ("ended", "reports-to", "Bob", "Exe"),
    ]
    assert (await staffed.parties())[0].schools[-1].until == today


async def test_a_school_may_change_from_one_trust_that_takes_part_to_another(staffed):
    await staffed.enrol("16029", (("chief-executive", "Bol"), ("executive-headteacher", "Box")))
    staffed.office.published.clear()
    notes = await staffed.register(at(BIRCH, "Birch", "16029", "Bold Trust"))
    assert [note.split(" by the")[0].split(" and takes")[0] for note in notes] == [
        f"Birch (URN {BIRCH}) is of Aspire Trust no longer",
        f"Birch (URN {BIRCH}) has joined Bold Trust",
    ]
    named = {one.name: [each.school for each in one.schools if each.until is None] for one in await staffed.parties()}
    assert named == {"Aspire Trust": ["Ash"], "Bold Trust": ["Birch", "Cedar"]}


async def test_a_trust_leaves_with_its_schools_and_its_people(staffed):
    done = await staffed.ask(WithdrawParty, party="Aspire Trust", reason="No time.")
    assert done.sentence == "Aspire Trust has left the programme with 2 schools."
    (party,) = staffed.office.of(PartyWithdrawn)
    assert all(one.until for one in party.schools)
    assert [one for one in staffed.said() if one[0] == "left"] == [
        ("left", "chief-executive", "Chi", None),
        ("left", "executive-headteacher", "Exe", None),
        ("left", "headteacher", "Ann", None),
        ("left", "headteacher", "Bob", None),
    ]
    assert await staffed.parties() == ()
    await staffed.enrol()
    assert [one.until for one in staffed.office.of(PartyEnrolled)[-1].schools[2:]] == [None, None]


async def test_a_school_that_a_coordinator_withdraws_leaves_its_trust(staffed):
    await staffed.ask(WithdrawSchool, urn=BIRCH, reason="It merges.")
    assert [one.school for one in (await staffed.parties())[0].schools if one.until is None] == ["Ash"]
    assert ("left", "headteacher", "Bob", None) in staffed.said()


async def test_people_of_a_trust_are_named_handed_over_and_leave(staffed):
    await staffed.ask(NamePartyPerson, party="16028", person=details("executive-headteacher", "Eve"))
    said = await staffed.refused(
        ReplacePartyPerson, party="Aspire Trust", person=details("executive-headteacher", "Sue")
    )
    assert said.startswith("which-person: Aspire Trust has 2 people as executive headteacher; say by their address")
    await staffed.ask(LeavePartyRole, party="Aspire Trust", role="executive-headteacher", leaving=mail("Eve"))
    last = await staffed.refused(
        LeavePartyRole, party="Aspire Trust", role="executive-headteacher", leaving=mail("Exe")
    )
    assert last.startswith("role-needed: Aspire Trust must have an executive headteacher;")
    assert [one[:3] for one in staffed.said()] == [
        ("taken", "executive-headteacher", "Eve"),
        ("left", "executive-headteacher", "Eve"),
    ]


async def test_people_may_have_a_role_for_the_programme(staffed):
    await staffed.ask(NamePartyPerson, person=details("consultant", "Con"))
    (taken,) = staffed.office.of(RoleTaken)
    assert (taken.role, taken.school_id, taken.party_id) == ("consultant", None, None)
    found = await staffed.office.find(ListParties(programme_id=staffed.programme_id))
    assert [one.name for one in found.programme_people] == ["Con"]
    said = await staffed.refused(NamePartyPerson, person=details("chief-executive", "Con"))
    assert said.startswith("unknown-role: This programme has no 'chief-executive' for the programme; roles there:")


async def test_one_person_may_be_executive_head_and_head(staffed):
    exe = {"role": "headteacher", "name": "Exe", "email": mail("Exe")}
    await staffed.ask(LeaveRole, urn=BIRCH, role="headteacher", leaving=mail("Bob"))
    await staffed.ask(AddPerson, urn=BIRCH, person=details("headteacher", "Exe").model_copy(update=exe))
    people = [one for one in staffed.office.stores.people.kept.values() if one.name == "Exe"]
    assert len(people) == 1
    assert {one.role for one in people[0].roles} == {"executive-headteacher", "headteacher"}


async def test_nobody_is_left_of_who_is_erased(staffed):
    exe = next(key for key, one in staffed.office.stores.people.kept.items() if one.name == "Exe")
    await staffed.office.bus.ask(ErasePerson(person_id=exe))
    kept = staffed.office.stores.parties
    assert exe not in f"{kept.kept}{kept.related}{kept.categories}"


async def test_a_partnership_has_schools_of_several_trusts_and_a_lead(tmp_path):
    trust = await Trust(tmp_path).open("partnership-year")
    await trust.ask(EnrolPartnership, name="North", urns=(ASH, CEDAR), people=[details("lead", "Lea")])
    taken = await trust.refused(EnrolPartnership, name="South", urns=(CEDAR, DOGWOOD))
    assert taken == f"of-another-party: Cedar (URN {CEDAR}) takes part with North already."
    await trust.ask(ChangePartnership, party="north", joining=(DOGWOOD,), leaving=(ASH,))
    (party,) = await trust.parties()
    assert [(one.school, one.until is None, one.part_way) for one in party.schools] == [
        ("Cedar", True, False), ("Dogwood", True, True), ("Ash", False, False),
    ]  # fmt: skip
    unknown = await trust.refused(ChangePartnership, party="West", joining=(ASH,))
    assert unknown == "unknown-party: 'West' does not take part in 'The year'; those that do: North."


async def test_schools_of_a_trust_are_changed_by_the_register_alone(staffed):
    said = await staffed.refused(ChangePartnership, party="Aspire Trust", joining=(DOGWOOD,))
    assert said.startswith("follows-register: The schools of Aspire Trust follow the register;")


async def test_nobody_is_withdrawn_without_a_reason(staffed):
    for command, whom in ((WithdrawSchool, {"urn": BIRCH}), (WithdrawParty, {"party": "Aspire Trust"})):
        with pytest.raises(Rejected, match="no-reason"):
            await staffed.ask(command, **whom, reason=" ")
