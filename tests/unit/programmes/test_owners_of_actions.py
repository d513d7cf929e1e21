"""Owners of actions whom an entry names by address: known people, or contacts without a role."""

import pytest

from services.programmes.domain.programme import opened
from services.programmes.handlers.contacts import Contacts
from services.programmes.handlers.workers.owners import OwnersWorker
from shared.commands.actions import OwnerNamed, OwnersOfActions
from shared.commands.programmes import OpenProgramme
from shared.events.forms import FormAgreed, PlanChanged, PlannedLine
from shared.events.people import ContactCard
from shared.template.reading import read_template
from tests.fakes import FakeWork
from tests.fakes.programmes import memory_stores
from tests.fakes.programmes.namings import NamedInTable
from tests.unit.programmes.made import ids
from tests.unit.programmes.test_naming import CIRCLE, NOW

PLAN = "  - {key: plan, title: Plan, by: [lead], fields: [{key: actions, kind: actions, label: Actions}]}\n"
TEMPLATE = read_template(CIRCLE + PLAN, "circle.yaml")
FACTS = {
    "version": 4, "entry_id": "ent-1", "programme_id": "prg-1", "form": "plan", "about": "school", "about_id": "sch-1",
    "number": 1,
}  # fmt: skip
SAM = OwnerNamed(line_id="act-1", name="Sam Hill", address="sam@works.example")


class Office:
    """The worker, its stores, and what reporting would answer."""

    def __init__(self):
        self.stores, self.table = memory_stores(), NamedInTable()
        self.worker = OwnersWorker(self.stores.programmes, Contacts(self.stores.people, ids()), self.table)

    async def open(self):
        command = OpenProgramme(
            template="circle", name="C", year=2026, coordinator_name="C", coordinator_email="c@x.example"
        )
        programme, _ = opened(command, TEMPLATE, "prg-1", "per-0")
        await self.stores.programmes.add(programme)
        return self

    async def agreed(self, *owners, **facts):
        self.table.actions["ent-1"] = OwnersOfActions(entry_id="ent-1", number=1, owners=owners)
        work = FakeWork(now=NOW)
        await (await self.worker.agreed(FormAgreed(**{**FACTS, **facts})))(work)
        return work


@pytest.fixture
async def office():
    return await Office().open()


async def test_somebody_new_becomes_a_contact_without_a_role(office):
    work = await office.agreed(SAM)
    (event,) = work.published
    assert (event.owners, event.number, event.version) == ({"act-1": "per-1"}, 1, 4)
    assert "Sam" not in event.model_dump_json()
    (card,) = [one for one in work.contacts if isinstance(one, ContactCard)]
    assert (card.person_id, card.name, card.email, card.roles) == ("per-1", "Sam Hill", "sam@works.example", ())


async def test_somebody_who_is_known_keeps_name_and_id(office):
    await office.agreed(SAM)
    work = await office.agreed(SAM.model_copy(update={"name": "Samuel", "address": "SAM@works.example"}))
    assert work.published[0].owners == {"act-1": "per-1"}
    assert work.contacts == []
    assert (await office.stores.people.get("per-1")).name == "Sam Hill"


async def test_two_lines_of_one_address_are_one_person_and_a_bad_address_is_nobody(office):
    again = SAM.model_copy(update={"line_id": "act-2"})
    nobody = OwnerNamed(line_id="act-3", name="Kim", address="kim@schöol.example")
    work = await office.agreed(SAM, again, nobody)
    assert work.published[0].owners == {"act-1": "per-1", "act-2": "per-1", "act-3": ""}
    assert len(work.contacts) == 1


async def test_nobody_is_looked_for_where_nobody_is_awaited(office):
    assert (await office.agreed()).published == []
    assert (await office.agreed(SAM, form="note")).published == []
    work = FakeWork(now=NOW)
    for awaited in (False, True):
        line = PlannedLine(line_id="act-1", awaited=awaited)
        office.table.actions["ent-1"] = OwnersOfActions(entry_id="ent-1", number=1, owners=(SAM,))
        await (await office.worker.changed(PlanChanged(**FACTS, plan=(line,))))(work)
        assert len(work.published) == int(awaited)
