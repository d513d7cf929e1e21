"""Who references name."""

import datetime as dt

import pytest

from shared.roster import RoleDirectory, directory
from shared.template.resolving import Needed, Situation, needed, people_for
from tests.fakes.roster import MemoryRoster
from tests.fakes.roster.contract import membership, relationship
from tests.unit.template.samples import template

TODAY = dt.date(2026, 10, 1)
MEMBERS = [
    membership(1, "head-1", "headteacher", "sch-1"),
    membership(2, "lead-1", "cpd-lead", "sch-1"),
    membership(3, "head-2", "headteacher", "sch-2"),
    membership(4, "lead-2", "cpd-lead", "sch-2"),
    membership(5, "prac-1", "practitioner", "sch-1"),
    membership(6, "prac-2", "practitioner", "sch-1"),
    membership(7, "mentee-1", "mentee", "sch-1"),
    membership(8, "boss-1", "line-manager", "sch-1"),
    membership(9, "boss-2", "line-manager", "sch-1"),
    membership(10, "consultant", "consultant"),
    membership(11, "gone", "headteacher", "sch-1", until=TODAY),
    membership(12, "to-come", "headteacher", "sch-1", since=dt.date(2027, 1, 1)),
]
RELATIONS = [
    relationship(1, "boss-1", "prac-1"),
    relationship(2, "boss-2", "prac-2"),
    relationship(3, "boss-2", "mentee-1").model_copy(update={"relation": "leads"}),
    relationship(4, "boss-2", "prac-1").model_copy(update={"relation": "leads"}),
    relationship(5, "head-1", "prac-1", ended=True),
]
MATCH = Situation(
    school_id="sch-1",
    host_school_id="sch-2",
    person_id="prac-1",
    person_role="practitioner",
    author_ids=("prac-2",),
    form_authors={"nomination": ("lead-1",)},
    coordinator_id="coordinator",
    attendee_ids=("prac-1", "lead-2"),
    present_ids=("prac-1",),
    owner_ids=("owner",),
)
GROUP = Situation(group_school_ids=("sch-1", "sch-2"), guest_school_ids=("sch-2",), facilitator_id="facilitator")


def named(*references, about=MATCH, **more):
    return people_for(references, template(**more), about, RoleDirectory(MEMBERS, RELATIONS, TODAY))


@pytest.mark.parametrize(
    ("reference", "people"),
    [
        ("headteacher", ("head-1",)),
        ("own.cpd-lead", ("lead-1",)),
        ("party.cpd-lead", ("lead-1",)),
        ("host.cpd-lead", ("lead-2",)),
        ("guest.cpd-lead", ()),
        ("group.cpd-lead", ()),
        ("cohort.headteacher", ("head-1", "head-2")),
        ("programme.headteacher", ("head-1", "head-2")),
        ("pair", ("head-1", "lead-1")),
        ("host.pair", ("head-2", "lead-2")),
        ("consultant", ("consultant",)),
        ("practitioner", ("prac-1",)),
        ("host.practitioner", ()),
        ("line-manager", ("boss-1", "boss-2")),
        ("practitioner.line-manager", ("boss-1",)),
        ("line-manages.line-manager", ("boss-1",)),
        ("mentee.line-manager", ("boss-2",)),
        ("author.line-manager", ("boss-2",)),
        ("nomination.author", ("lead-1",)),
        ("actions.owner", ("owner",)),
        ("coordinator", ("coordinator",)),
        ("facilitator", ()),
        ("author", ("prac-2",)),
        ("attendees", ("prac-1", "lead-2")),
        ("present", ("prac-1",)),
        ("trust.headteacher", ()),
        ("nobody-we-know", ()),
        ("practitioner.line-manages", ("boss-1",)),
        ("line-manages", ("boss-1",)),
        ("own.practitioner.line-manager", ("boss-1",)),
        ("host.practitioner.line-manager", ()),
    ],
)
def test_a_reference_names_these_people(reference, people):
    assert named(reference) == people


def test_a_group_names_people_of_all_its_schools():
    assert named("group.cpd-lead", "guest.headteacher", "facilitator", about=GROUP) == (
        "lead-1", "lead-2", "head-2", "facilitator",
    )  # fmt: skip


def test_who_was_there_can_be_meant_of_some_schools_only():
    present = ("head-1", "lead-2", "head-2")
    about = Situation(host_school_id="sch-1", guest_school_ids=("sch-2",), present_ids=present)
    assert named("guest.present", about=about) == ("lead-2", "head-2")
    assert named("host.present", about=about) == ("head-1",)
    assert named("host.attendees", about=about) == ()
    assert named("present", about=about) == present


def test_a_party_is_everybody_whom_the_school_names():
    assert set(named("party")) == {"head-1", "lead-1", "prac-1", "prac-2", "mentee-1", "boss-1", "boss-2"}


def test_everybody_is_named_once_in_the_order_of_the_references():
    assert named("cpd-lead", "pair", "attendees") == ("lead-1", "head-1", "prac-1", "lead-2")


def test_without_a_person_a_role_means_everybody_who_holds_it():
    about = Situation(school_id="sch-1")
    assert named("practitioner", about=about) == ("prac-1", "prac-2")
    assert named("practitioner.line-manager", about=about) == ("boss-1", "boss-2")


def test_says_what_must_be_loaded():
    wanted = needed(["host.cpd-lead", "cohort.pair", "practitioner.line-manager"], template(), MATCH)
    assert wanted == Needed(
        school_ids=frozenset({"sch-1", "sch-2"}),
        person_ids=frozenset({"prac-1", "prac-2"}),
        roles_everywhere=frozenset({"headteacher", "cpd-lead"}),
    )


async def test_what_is_loaded_is_enough():
    roster = MemoryRoster()
    for member in MEMBERS:
        await roster.put_membership(member)
    for relation in RELATIONS:
        await roster.put_relationship(relation)
    references = ["host.pair", "practitioner.line-manager", "author.line-manager", "consultant", "cohort.cpd-lead"]
    known = await directory(roster, "prg-1", references, template(), about=MATCH, on=TODAY)
    assert people_for(references, template(), MATCH, known) == named(*references)
