"""Worlds with a record of every row of the authorisation table, and how each person stands to it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.portal.domain.sign_in.secrets import session_key
from services.portal.domain.sign_in.sessions import Session
from shared.commands.forms import AgreeEntry, ReleaseEntry
from shared.commands.participation import ParticipationShown, ShowParticipation
from shared.commands.polls import ListOwnPolls
from shared.commands.profiles import ProfileShown, ShowProfile
from shared.errors import Rejected
from shared.events.people import ContactCard, RoleHeld
from tests.unit.portal.projects.library import stocked
from tests.unit.portal.projects.test_offers import JO, OFFER, offered
from tests.unit.portal.test_profile_page import SHOWN
from tests.unit.portal.todo.office import at_desk, findings_asked
from tests.unit.portal.walk.places import PLACE, POLL, place_of, poll_of
from tests.unit.portal.world import PAST, PEOPLE, PROGRAMME, REPORT, VISIT, World, filled
from tests.unit.reporting.entries import exchange
from tests.unit.reporting.entries.harness import findings_sent

Standing = Mapping[str, set[str]]
IN_PROGRAMME = f"?programme={exchange.PROGRAMME}"
OUTSIDER, DEPLOYMENT = "per-outsider", "per-deployment"
"""Somebody who takes part in nothing; and a coordinator of the deployment who runs none of these programmes."""


@dataclass
class Case:
    """One record: what addresses name it by, who stands to it how, and what a link about it says."""

    ids: dict[str, str]
    who: Standing
    link: dict[str, str] = field(default_factory=dict)
    query: str = ""


@dataclass
class Walked:
    """A world, everybody in it, and its records by the page that shows them."""

    world: World
    people: tuple[str, ...]
    cases: dict[str, Case]


async def enter(world: World, person_id: str, which: str = "0123456789abcdef") -> str:
    """Give somebody a session, whole where that is asked of them; its token."""
    token, now = f"session-of-{person_id}-{which}", world.clock.now()
    session = Session(
        session_key(token), f"ses-{person_id}-{which}", person_id, now, now, now + dt.timedelta(hours=12),
        confirmed=now,
    )  # fmt: skip
    await world.stores.sign_in.sessions.put(session)
    return token


async def others(world: World, *also: str) -> None:
    """Two more people, and cards of those who have none."""
    coordinates = (RoleHeld(role="coordinator"),)
    for person_id, roles in ((OUTSIDER, ()), (DEPLOYMENT, coordinates), *((one, ()) for one in also)):
        card = ContactCard(
            person_id=person_id, version=1, name=person_id, email=f"{person_id}@example.org", roles=roles
        )
        await world.handle(card)


def at(letter: str) -> set[str]:
    """Everybody of a school of the world."""
    return {person for person in PEOPLE if person.startswith(f"per-{letter}-")}


async def of_visits(released: bool) -> Walked:
    """Visits, findings, a report and groups; before, nothing of it is over or made."""
    world = await filled(World())
    await others(world)
    if released:
        for one in (VISIT, PAST):
            await world.stores.models.mark("dated", one, {"state": "held"})
    else:
        world.collections.of("groups").clear()
        world.collections.of("reports").clear()
    world.owners.finds |= {"ShowParticipation": _participation, "ShowProfile": _profile}
    world.owners.finds["ShowCoursePlace"] = lambda _: place_of("per-a-lead")
    pairs = {f"per-{letter}-{part}" for letter in "abcd" for part in ("head", "lead")}
    visiting = {one for one in pairs if not one.startswith("per-b-")}
    visit, past = {"target_id": VISIT}, {"target_id": PAST}
    facilitator, runs = {"leader": {"per-fac"}}, {"coordinator": {"per-coo"}}
    everybody = set().union(*(at(letter) for letter in "abcd"))
    cases = {
        "answer": Case(visit, {"invited": pairs, **facilitator}),
        "visit-brief": Case(visit, {"host": at("a") - {"per-a-chair"}}),
        "attendance": Case(past, {**facilitator, **runs}),
        "appraisal": Case(past, facilitator),
        "take-home": Case(past, {"invited": visiting}),
        "survey": Case(past, {"invited": pairs}),
        "findings": Case({"target_id": "sch-a"}, {"owner": {"per-a-head", "per-a-lead"}}, {"kind": "school"}),
        "report": Case({"target_id": REPORT}, {"reader": at("a") - {"per-a-lead"}, **runs}, {"kind": "report"}),
        "participation": Case(
            {"programme_id": PROGRAMME, "target_id": "sch-a"}, {"member": at("a")}, {"kind": "school"}
        ),
        "profile": Case({"programme_id": PROGRAMME, "target_id": "sch-a"}, {"member": at("a")}, {"kind": "school"}),
        "sign-up": Case({"target_id": PLACE}, {"owner": {"per-a-lead"}}, {"kind": "place"}),
        "cohort": Case({"programme_id": PROGRAMME}, {"member": everybody, **runs}, {"kind": "cohort"}),
    }
    return Walked(world, (*PEOPLE, OUTSIDER, DEPLOYMENT), cases)


def _participation(query: ShowParticipation) -> ParticipationShown:
    """What programmes answers: to people of the school alone."""
    if query.person_id not in at("a") or query.school_id != "sch-a":
        raise Rejected("unknown-school", "There is no such school.")
    return ParticipationShown(programme="Peer visits", urn=107000, school="Hollins", enrolled=True, answers=("yes",))


def _profile(query: ShowProfile) -> ProfileShown:
    """What programmes answers: to people of the school alone."""
    if query.person_id not in at("a") or query.school_id != "sch-a":
        raise Rejected("unknown-school", "There is no such school.")
    return SHOWN


async def of_forms(released: bool) -> Walked:
    """An entry that is agreed to, and then released; a task, and a form that nobody asked for."""
    house, governor = await at_desk(), exchange.person("governor", exchange.HOST)
    await others(house, governor)
    await house.handle(findings_asked())
    entry = await findings_sent(house.reporting)
    await house.reporting.do(AgreeEntry(entry_id=entry, person_id=exchange.HOST_LEAD, number=1))
    if released:
        await house.reporting.do(ReleaseEntry(entry_id=entry, person_id=exchange.HOST_HEAD, number=1))
    deciders = {exchange.HOST_LEAD, exchange.HOST_HEAD}
    cases = {
        "entry": Case(
            {"target_id": entry, "entry_id": entry},
            {"owner": {exchange.VISITOR}, "decider": deciders, "reader": set()}, {"kind": "entry"},
        ),
        "task": Case({"task_id": "tsk-write"}, {"owner": {exchange.VISITOR}}, {"target": "tsk-write", "kind": "task"}),
        "open": Case(
            {"programme_id": exchange.PROGRAMME, "form": "wanted", "about_id": exchange.MATCH},
            {"owner": {exchange.VISITOR}},
        ),
    }  # fmt: skip
    return Walked(house, (exchange.VISITOR, *deciders, exchange.OWN_LEAD, governor, OUTSIDER, DEPLOYMENT), cases)


async def of_lists(released: bool) -> Walked:
    """A project of a list, a place on offer, and a poll to settle."""
    house: Any = await stocked()
    house.portal.owners.others[ListOwnPolls] = poll_of(exchange.OWN_LEAD, exchange.PROGRAMME)
    await others(house, "per-lead-far", exchange.COORDINATOR)
    house.project, house.named = await house.post(exchange.HOST), await house.name()
    await house.handle(ContactCard(person_id=JO, version=1, name="Jo Bloggs", email="jo@example.org"))
    await house.handle(offered(house))
    if not released:
        house.reporting.memory.entries.rows[house.project] = house.reporting.kept(house.project).model_copy(
            update={"state": "submitted"}
        )
    members = {exchange.OWN_LEAD, exchange.HOST_LEAD, JO, "per-lead-far"}
    everybody = {"member": members, "coordinator": {exchange.COORDINATOR}}
    cases = {
        "projects": Case({}, everybody, query=IN_PROGRAMME),
        "project": Case({"entry_id": house.project}, {"reader": members - {JO}}, query=IN_PROGRAMME),
        "offer": Case({"offer_id": OFFER}, {"owner": {JO, exchange.OWN_LEAD}}, {"target": OFFER, "kind": "offer"}),
        "poll": Case({"target_id": POLL}, {"decider": {exchange.OWN_LEAD}}, {"target": POLL, "kind": "poll"}),
    }
    people = (*members, exchange.COORDINATOR, OUTSIDER, DEPLOYMENT)
    return Walked(house, people, cases)
