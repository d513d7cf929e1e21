"""A school names somebody on a form; who was named, and whoever stands in a relation to them, goes on from there."""

import pytest

from shared.commands.people_named import ShowNamedPeople
from shared.errors import Rejected
from shared.template.naming import named_roles
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import at_work

JO = {"name": "Jo Bell", "address": "jo@school.example"}
ANN = {"name": "Ann Ley", "address": "ann@school.example"}


async def named(made, **answers):
    return await made.send("naming", exchange.OWN, exchange.OWN_LEAD, {"who": JO, **answers}, another="1")


def test_questions_name_people_for_roles():
    template = exchange.template()
    assert named_roles(template.form("naming"), template) == {"who": "practitioner", "manager": "manager"}
    assert named_roles(template.form("nomination"), template) == {"contact": "practitioner"}
    assert named_roles(template.form("plan"), template) == {}


async def test_whoever_keeps_people_is_told_whom_a_form_names_and_no_event_is():
    made = await at_work(placed=False)
    entry_id, work = await named(made, manager=ANN)
    found = await made.find(ShowNamedPeople(entry_id=entry_id))
    assert [(one.role, one.name, one.address) for one in found.people] == [
        ("practitioner", "Jo Bell", "jo@school.example"),
        ("manager", "Ann Ley", "ann@school.example"),
    ]
    assert "Jo" not in "".join(event.model_dump_json() for event in work.published)


async def test_nobody_is_named_by_a_draft_or_an_unknown_entry():
    made = await at_work(placed=False)
    draft = await made.save("naming", exchange.OWN, exchange.OWN_LEAD, {"who": JO}, another="1")
    for entry_id in (draft.entry_id, "ent-unknown"):
        with pytest.raises(Rejected, match="no such entry"):
            await made.find(ShowNamedPeople(entry_id=entry_id))


async def test_who_was_named_and_their_manager_fill_in_what_follows():
    made = await at_work(placed=False)
    entry_id, _ = await named(made)
    with pytest.raises(Rejected, match="no such entry"):
        await made.save("agreement", entry_id, "per-jo", {"agree": "yes"})
    await made.tell(
        exchange.role_taken("per-jo", "practitioner", exchange.OWN, entry_id=entry_id),
        exchange.managed().model_copy(update={"relation_id": "rel-2", "from_person": "per-ann", "to_person": "per-jo"}),
    )
    for person in ("per-jo", "per-ann"):
        await made.send("agreement", entry_id, person, {"agree": "yes"})
    for stranger in (exchange.VISITOR, exchange.MANAGER, exchange.OWN_LEAD):
        with pytest.raises(Rejected, match="no such entry"):
            await made.save("agreement", entry_id, stranger, {"agree": "yes"})


async def test_a_school_that_takes_no_part_names_nobody():
    made = await at_work(placed=False)
    with pytest.raises(Rejected, match="no such entry"):
        await made.save("naming", "sch-elsewhere", exchange.OWN_LEAD, {"who": JO}, another="1")
