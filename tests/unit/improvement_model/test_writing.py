"""Who leads several schools of a trust finds on their own list what they may write about each of them."""

from shared.commands.entries_listed import ListOpenForms
from tests.unit.improvement_model.trust import HEADS, Trust, details


async def open_to(trust: Trust, name: str, form: str) -> list[str]:
    """The schools about which somebody is offered a form."""
    person_id = next(one.person_id for one in trust.town.stores.people.kept.values() if one.name == name)
    found = await trust.town.find(ListOpenForms(programme_id=trust.programme_id, person_id=person_id))
    return sorted(one.about for one in found.forms if one.form == form)


EVERY = [f"School {100 + number}" for number in range(len(HEADS))]


async def test_people_of_the_trust_write_about_the_schools_they_lead_and_no_others() -> None:
    trust = await Trust().open()
    assert await open_to(trust, "Chi", "learning-walk") == EVERY
    assert await open_to(trust, "Chi", "pupil-progress") == []
    assert await open_to(trust, "Exe", "quality-visit") == EVERY[:4]
    assert await open_to(trust, "Eve", "quality-visit") == EVERY[4:8]
    assert await open_to(trust, "Clo", "learning-walk") == []
    assert await open_to(trust, "Ann", "pupil-progress") == EVERY[:1]
    assert await open_to(trust, "Ann", "quality-visit") == []


async def test_a_consultant_of_the_programme_writes_about_any_of_its_schools() -> None:
    trust = await Trust().open()
    await trust.name(details("consultant", "Con"))
    assert await open_to(trust, "Con", "consultant-report") == [
        f"School {100 + number}" for number in range(len(HEADS))
    ]
    assert await open_to(trust, "Con", "quality-visit") == []
