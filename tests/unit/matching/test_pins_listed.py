"""A coordinator's wishes are listed by name, until they are taken back."""

from shared.commands.matching import ListPins, PinSchools
from shared.events.matching import CohortDrafted
from tests.fakes.matching import facts


async def test_wishes_are_listed_and_taken_back(world):
    await world.tell(*facts.everything(6))
    await world.until(CohortDrafted)
    assert (await world.client.find(ListPins(programme_id="prg-1"))).pins == ()
    shown = await world.shown()
    names = {urn: name for group in shown.groups for urn, name in zip(group.urns, group.names, strict=True)}
    one, other, third = sorted(names)[:3]
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(one, other), how="apart"))
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(one, third), how="together"))
    found = (await world.client.find(ListPins(programme_id="prg-1"))).pins
    assert [(pin.how, set(pin.urns)) for pin in found] == [("together", {one, third}), ("apart", {one, other})]
    assert all(pin.names == tuple(names[urn] for urn in pin.urns) for pin in found)
    await world.client.ask(PinSchools(programme_id="prg-1", urns=(one, other), how="free"))
    assert [pin.how for pin in (await world.client.find(ListPins(programme_id="prg-1"))).pins] == ["together"]
