"""The read models on MongoDB and in memory keep one contract."""

import asyncio
import datetime as dt

import pytest

from services.portal.domain.links import link_id_of
from services.portal.domain.records import Answered
from services.portal.store.models import MongoModels, prepare, signing_key
from services.portal.store.read_models import MongoKnown
from shared.commands.portal import RevokeLinks
from shared.events.programmes import PersonErased
from shared.events.reporting import ProjectFindingsSubmitted, TakeHomeRecorded
from shared.events.scheduling import InvitationAnswered, VisitHeld
from shared.events.scheduling_dates import DatesAnswered
from tests.unit.portal.dates import AGREED, AGREEMENT, ANSWERED, OFFER_TO_A, agreement, day_agreed
from tests.unit.portal.memory import Memory
from tests.unit.portal.world import COHORT, GROUP, NOW, PAST, PROGRAMME, VISIT, World, filled, pairs


class MongoBoth(MongoModels, MongoKnown):
    """Both ports on one database, as `Memory` is both."""

    def __init__(self, database) -> None:
        MongoModels.__init__(self, database)
        MongoKnown.__init__(self, database)


@pytest.fixture(params=["memory", "mongo"])
async def world(request, mongo, settings):
    if request.param == "memory":
        return await filled(World(memory=Memory()))
    database = mongo.database(f"{settings.database_prefix}portal")
    await prepare(database)
    return await filled(World(memory=MongoBoth(database)))


async def test_links(world):
    token = await world.issue("answer")
    link = await world.memory.link(link_id_of(token))
    assert (link.person_id, link.purpose, link.target_id) == ("per-b-head", "answer", VISIT)
    assert (link.sequence, link.on, link.expires) == (0, dt.date(2027, 5, 13), NOW + dt.timedelta(days=60))
    assert await world.memory.open_link(link.link_id, NOW)
    assert not await world.memory.open_link(link.link_id, NOW)
    assert (await world.memory.link(link.link_id)).opened
    await world.commands.revoke(RevokeLinks(person_id="per-b-head"), world.work)
    assert not (await world.memory.link(link.link_id)).usable(NOW)
    assert await world.memory.link("unknown") is None


async def test_people_and_schools(world):
    assert await world.memory.names(["per-a-head", "per-x"]) == {"per-a-head": "Amara Osei"}
    schools = await world.memory.schools(PROGRAMME)
    assert [school.school_id for school in schools] == ["sch-c", "sch-a", "sch-b", "sch-d"]
    assert [school.school_id for school in await world.memory.schools(PROGRAMME, ["sch-a"])] == ["sch-a"]
    mine = await world.memory.schools_of("per-a-cpd")
    assert [(school.school_id, school.roles_of("per-a-cpd")) for school in mine] == [("sch-a", {"cpd-lead"})]


async def test_programme(world):
    programme = await world.memory.programme(PROGRAMME)
    assert programme.facilitator_ids == ("per-fac",)
    assert programme.form("survey").title == "Two questions about today"
    assert await world.memory.programme("prg-x") is None


async def test_dates(world):
    visit = await world.memory.meeting("visit", VISIT)
    assert (visit.on, visit.starts, visit.attendees) == (dt.date(2027, 5, 13), dt.time(9), pairs())
    assert await world.memory.meeting("cohort-event", VISIT) is None
    ids = [meeting.target_id for meeting in await world.memory.meetings_of("per-b-head")]
    assert ids == [PAST, VISIT, "evt-1"]
    assert [meeting.target_id for meeting in await world.memory.meetings_of("per-a-cpd", ["sch-a"])] == [VISIT]
    assert [meeting.target_id for meeting in await world.memory.meetings_of("per-fac")] == [PAST, VISIT]


async def test_older_facts_are_ignored(world):
    held = VisitHeld(
        version=3, visit_id=PAST, cohort_id=COHORT, programme_id=PROGRAMME, group_id=GROUP, host_school_id="sch-b",
        on=dt.date(2027, 3, 11), facilitator_id="per-fac", present=pairs()[:2],
    )  # fmt: skip
    await world.visits.visit_held(held, world.work)
    await filled(world)
    visit = await world.memory.meeting("visit", PAST)
    assert (visit.state, visit.present) == ("held", ("per-a-head", "per-a-lead"))


async def test_answers(world):
    for version, answer in ((1, "accepted"), (3, "declined"), (2, "tentative")):
        event = InvitationAnswered(
            version=version, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, person_id="per-b-head",
            answer=answer, via="page", sequence=0,
        )  # fmt: skip
        await world.visits.answered(event, world.work)
    assert await world.memory.answers_of("per-b-head") == {VISIT: Answered(VISIT, "declined", 0)}
    assert await world.memory.answers_of("per-a-head") == {}


async def test_agreed_days_and_calls(world):
    days = {one.agreement_id: one for one in await world.memory.agreements_of("per-a-head")}
    assert {key: (one.state, one.answered, one.on) for key, one in days.items()} == {
        AGREEMENT: ("offered", (), None),
        ANSWERED: ("offered", ("per-a-head",), None),
        AGREED: ("agreed", (), dt.date(2027, 5, 5)),
    }
    shown = agreement()
    assert (days[AGREEMENT].offers, days[AGREEMENT].deadline) == (shown.offers, shown.deadline)
    assert [one.agreement_id for one in await world.memory.agreements_of("per-b-head")] == [AGREEMENT]
    (offer,) = await world.memory.call_offers_of("per-a-head")
    assert (offer.offer_id, offer.host_id, offer.minutes) == (OFFER_TO_A, "per-c-head", 30)
    assert await world.memory.call_offers_of("per-c-head") == []
    assert await world.memory.calls_of("per-b-head") == []
    (call,) = await world.memory.calls_of("per-d-head")
    assert (call.on, call.starts, call.ends.time(), call.state) == (
        dt.date(2027, 5, 13), dt.time(16), dt.time(16, 45), "booked",
    )  # fmt: skip
    await world.dates.agreed(day_agreed(), world.work)
    for _ in range(2):
        await world.dates.answered(DatesAnswered(version=1, agreement_id=AGREED, person_id="per-d-head"), world.work)
    await world.dates.answered(DatesAnswered(version=1, agreement_id="agr-x", person_id="per-d-head"), world.work)
    assert [one.answered for one in await world.memory.agreements_of("per-d-head")] == [("per-d-head",)]


async def test_groups(world):
    group = await world.memory.group(GROUP)
    assert [one.group_id for one in await world.memory.groups_of(["sch-b"], PROGRAMME)] == [group.group_id]
    assert await world.memory.groups_of(["sch-b"], "prg-x") == []
    assert await world.memory.group("grp-x") is None


async def test_forms_and_reports(world):
    assert [one.sent for one in await world.memory.findings_asked("per-a-lead")] == [False]
    sent = ProjectFindingsSubmitted(
        version=1, findings_id="fnd-1", programme_id=PROGRAMME, cohort_id=COHORT, school_id="sch-a",
        person_id="per-a-head",
    )  # fmt: skip
    await world.forms.findings(sent, world.work)
    assert [one.sent for one in await world.memory.findings_asked("per-a-lead")] == [True]
    taken = TakeHomeRecorded(
        version=1, take_home_id="tak-1", visit_id=PAST, programme_id=PROGRAMME, person_id="per-a-head"
    )  # fmt: skip
    for _ in range(2):
        await world.forms.take_home(taken, world.work)
    assert await world.memory.submitted("per-a-head") == {("take-home", PAST)}
    assert (await world.memory.report("rpt-1")).formats == ("pdf", "html", "xlsx")
    assert await world.memory.report("rpt-x") is None


async def test_erasure_leaves_no_trace(world):
    token = await world.issue("answer")
    await world.links.erased(PersonErased(version=1, person_id="per-b-head", erased_on=NOW.date()), world.work)
    assert await world.memory.link(link_id_of(token)) is None
    assert await world.memory.names(["per-b-head"]) == {}
    assert await world.memory.call_offers_of("per-b-head") == []
    assert len(await world.memory.call_offers_of("per-a-head")) == 1
    await world.links.erased(PersonErased(version=1, person_id="per-c-head", erased_on=NOW.date()), world.work)
    assert await world.memory.call_offers_of("per-a-head") == []


async def test_every_replica_signs_with_one_key(mongo, settings):
    database = mongo.database(f"{settings.database_prefix}portal")
    keys = await asyncio.gather(*(signing_key(database, f"fresh-{number}") for number in range(8)))
    assert len(set(keys)) == 1
    assert await signing_key(database, "later") == keys[0]
