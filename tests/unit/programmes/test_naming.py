"""Whoever an entry names takes the role that its form names them for, and leaves it when they are no longer named."""

import datetime as dt

import pytest

from services.programmes.domain.enrolment.people import Known
from services.programmes.domain.naming import name, unname
from services.programmes.domain.programme import opened
from services.programmes.domain.records import local_day
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.workers.naming import NamingWorker
from shared.commands.people_named import PeopleNamed, PersonNamed
from shared.commands.programmes import OpenProgramme
from shared.errors import Permanent
from shared.events.forms import EntryWithdrawn, FormSubmitted
from shared.template.reading import read_template
from tests.fakes import FakeWork
from tests.fakes.programmes import memory_stores
from tests.fakes.programmes.namings import NamedInTable
from tests.unit.programmes.made import ids

CIRCLE = """\
key: reading-circle
version: 1
title: Reading circle
summary: Schools read together.
roles:
  - {key: lead, title: lead, least: 1}
  - {key: reader, title: reader, later: true}
  - {key: mentor, title: mentor, later: true}
relations:
  - {key: mentors, from_role: mentor, to_role: reader}
clock:
  moments:
    - {key: recruit, opens: 09-01, closes: 09-25}
forms:
  - key: joining
    title: A reader
    by: [lead]
    many: true
    fields:
      - {key: reader, kind: person, label: "Who reads?"}
      - {key: mentor, kind: person, label: "Who is their mentor?"}
      - {key: friend, kind: person, label: "Who else?", required: false}
  - {key: note, title: Note, by: [reader], about: reader, fields: [{key: guest, kind: person, label: "Your guest?"}]}
"""
TEMPLATE = read_template(CIRCLE, "circle.yaml")
NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
READER = PersonNamed(role="reader", name="Rea Der", address="rea@s.example")
OTHER = PersonNamed(role="reader", name="Otto", address="otto@s.example")
MENTOR = PersonNamed(role="mentor", name="Men Tor", address="men@s.example")


def submitted(number=1, version=2, form="joining"):
    return FormSubmitted(
        version=version, entry_id="ent-1", programme_id="prg-1", form=form, about="school", about_id="sch-1",
        school_id="sch-1", number=number, author_ids=("per-lead",), person_id="per-lead",
    )  # fmt: skip


class Naming:
    """The worker, its stores, and what reporting would answer."""

    def __init__(self):
        self.stores, self.table, new_id = memory_stores(), NamedInTable(), ids()
        self.worker = NamingWorker(
            self.stores.programmes, self.stores.namings, contacts=Contacts(self.stores.people, new_id),
            people=self.table,
        )  # fmt: skip

    async def open(self):
        command = OpenProgramme(
            template="circle", name="C", year=2026, coordinator_name="C", coordinator_email="c@x.example"
        )
        programme, _ = opened(command, TEMPLATE, "prg-1", "per-0")
        await self.stores.programmes.add(programme)
        return self

    async def submit(self, *people, **event):
        told = submitted(**event)
        self.table.people["ent-1"] = PeopleNamed(entry_id="ent-1", number=told.number, people=people)
        take = await self.worker.submitted(told)
        work = FakeWork(now=NOW)
        await take(work)
        return work.published


def said(events):
    return [
        (type(one).__name__, getattr(one, "role", "") or one.relation, getattr(one, "person_id", "") or one.from_person)
        for one in events
    ]


@pytest.fixture
async def naming():
    return await Naming().open()


async def test_whoever_is_named_takes_the_role_and_stands_in_the_relation(naming):
    events = await naming.submit(READER, MENTOR)

    assert said(events) == [
        ("RoleTaken", "reader", "per-1"),
        ("RoleTaken", "mentor", "per-2"),
        ("RelationDeclared", "mentors", "per-2"),
    ]
    assert {one.entry_id for one in events[:2]} == {"ent-1"}
    assert events[0].since == local_day(NOW, "Europe/London")
    assert events[2].to_person == "per-1"


async def test_names_travel_in_contact_cards_only(naming):
    events = await naming.submit(READER)

    assert "Rea" not in "".join(one.model_dump_json() for one in events)
    assert (await naming.stores.people.get("per-1")).name == "Rea Der"


async def test_somebody_else_is_named_in_the_next_version(naming):
    await naming.submit(READER, MENTOR)

    events = await naming.submit(OTHER, MENTOR, number=2, version=4)

    assert said(events) == [
        ("RelationEnded", "mentors", "per-2"),
        ("RoleLeft", "reader", "per-1"),
        ("RoleTaken", "reader", "per-3"),
        ("RelationDeclared", "mentors", "per-2"),
    ]
    assert {one.version for one in events} == {4}


async def test_the_same_again_and_an_older_version_change_nothing(naming):
    await naming.submit(READER, number=2, version=4)

    assert await naming.submit(READER, number=3, version=5) == []
    assert await naming.submit(OTHER, number=1, version=2) == []


async def test_somebody_who_is_known_keeps_their_name(naming):
    await naming.submit(READER)

    await naming.submit(READER.model_copy(update={"name": "Somebody Else"}), number=2, version=3)

    assert (await naming.stores.people.get("per-1")).name == "Rea Der"


async def test_a_withdrawn_entry_takes_its_roles_back(naming):
    await naming.submit(READER, MENTOR)
    work = FakeWork(now=NOW)
    told = submitted().model_dump(exclude={"answers", "lines"})

    await naming.worker.withdrawn(EntryWithdrawn(**{**told, "version": 9, "on": NOW.date()}), work)

    assert said(work.published) == [
        ("RelationEnded", "mentors", "per-2"),
        ("RoleLeft", "reader", "per-1"),
        ("RoleLeft", "mentor", "per-2"),
    ]


async def test_a_form_that_names_nobody_asks_nobody(naming):
    assert await naming.submit(READER, form="unheard-of") == []


async def test_an_address_that_mail_cannot_reach_waits_for_a_person(naming):
    with pytest.raises(Permanent, match="names somebody as reader"):
        await naming.submit(READER.model_copy(update={"address": "nowhere"}))


def test_a_decision_leaves_what_it_was_given():
    known = Known.of([])
    renaming = name(submitted(), 2, [], TEMPLATE, number=1, before=None, known=known, new_id=ids(), on=NOW.date())

    assert (renaming.people, renaming.events, known.changed) == ((), (), {})
    assert unname(renaming.naming, 3, TEMPLATE, known=known, on=NOW.date()).events == ()
