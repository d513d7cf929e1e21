"""An enrolment that was stored before its people were kept learns them from the history."""

from services.matching.domain.decisions.decision import Decision
from services.matching.domain.decisions.facts import enrolment_of, learn_people
from shared.commands.matching import WhyNot
from tests.fakes.matching import facts

HEAD = {"headteacher": "per-marsh", "clerk": "per-clerk"}


def stored(version, **changes):
    """As a release kept it that knew no people."""
    told = facts.enrolled(3, version=version, **changes)
    return enrolment_of(told).model_copy(update={"people": (), "people_known": 0})


def learned(known, *events):
    for event in events:
        known = learn_people(known, event).enrolment or known
    return {one.role: one.person_id for one in known.people}, known.people_known, known.version


def test_it_learns_them_in_the_order_in_which_they_were_told():
    told = facts.enrolled(3, people={"headteacher": "per-before", "clerk": "per-clerk"})
    history = [told, facts.replaced(3, "headteacher", "per-marsh"), facts.replaced(3, "clerk", "per-new", version=3)]
    assert learned(stored(3), *history) == ({"headteacher": "per-marsh", "clerk": "per-new"}, 3, 3)
    assert learned(stored(3), *history, *history) == ({"headteacher": "per-marsh", "clerk": "per-new"}, 3, 3)


def test_what_is_newer_than_the_enrolment_or_known_already_changes_nothing():
    told = facts.enrolled(3, people=HEAD)
    assert learn_people(None, told) == Decision()
    assert learn_people(enrolment_of(told), told) == Decision()
    assert learn_people(stored(1), facts.replaced(3, "clerk", "per-new")) == Decision()


async def test_the_rule_then_holds_for_it(world):
    people = [facts.enrolled(n, people={"headteacher": "per-marsh"} if n < 2 else {}) for n in range(6)]
    await world.tell(facts.opened(), *people, facts.closed(6))
    for number in (0, 1):
        await world.stores.enrolments.put_enrolment(
            enrolment_of(people[number]).model_copy(update={"people": (), "people_known": 0})
        )
    asked = WhyNot(programme_id="prg-1", urn=100000, other_urn=100001)
    assert (await world.client.find(asked)).rule == ""
    await world.tell(*people[:2])
    assert (await world.client.find(asked)).rule == "shared-person"
