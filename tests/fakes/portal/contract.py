"""The contract of the portal's stores, which MongoDB keeps (tests/integration/portal) and memory does."""

import datetime as dt
from typing import Any

import pytest

from services.portal.domain.links import link_id_of
from services.portal.domain.records import Answered
from shared.commands.portal import RevokeLinks
from shared.events.agreed_visits import AgreedVisitHeld, AgreedVisitMoved, AgreedVisitScheduled
from shared.events.forms import EntryWithdrawn, FormReleased, FormSubmitted
from shared.events.pairs import PairEnded, PairFormed
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.programmes import PersonErased
from shared.events.reporting import ProjectFindingsSubmitted, TakeHomeRecorded
from shared.events.rounds import PlaceOffered, PlaceOfferPassed
from shared.events.scheduling import InvitationAnswered, VisitHeld
from shared.events.scheduling_dates import DatesAnswered
from shared.events.tasks import TaskAsked, TaskDone, TaskReminded
from tests.fakes.portal.happened_contract import HappenedContract
from tests.fakes.portal.sign_in_contract import SignInContract
from tests.unit.portal.dates import AGREED, AGREEMENT, ANSWERED, OFFER_TO_A, agreement, day_agreed
from tests.unit.portal.world import COHORT, GROUP, NOW, PAST, PROGRAMME, VISIT, World, filled, pairs


def told():
    """Two tasks, an entry and one that was withdrawn, a placement that stands and one that does not, two offers."""
    day = NOW.date()
    owed = {
        "programme_id": "prg-2", "task": "post", "do": "form", "of": "project", "person_ids": ("per-a-cpd",),
        "about": "school", "about_id": "sch-a", "opened": day,
    }  # fmt: skip
    entry = {"programme_id": "prg-2", "form": "project", "about": "school", "about_id": "sch-a", "number": 1}
    place = {
        "programme_id": "prg-2", "round": "exchange", "person_id": "per-b-lead", "role": "practitioner",
        "school_id": "sch-b", "host_school_id": "sch-a",
    }  # fmt: skip
    offer = {"round_id": "rnd-1", "person_entry_id": "ent-p", "thing_entry_id": "ent-a", "until": day}
    offer |= {key: place[key] for key in ("programme_id", "round", "person_id", "school_id", "host_school_id")}
    late, wrote = day + dt.timedelta(days=5), {"author_ids": ("per-a-cpd",), "person_id": "per-a-cpd"}
    entries = {"person_entry_id": "ent-p", "thing_entry_id": "ent-a"}
    passed = {key: value for key, value in offer.items() if key != "until"}
    return [
        TaskAsked(version=1, task_id="tsk-late", due=late, **owed),
        TaskAsked(version=1, task_id="tsk-early", due=day, **owed),
        TaskDone(version=3, task_id="tsk-late", due=late, by="per-a-cpd", on=day, **owed),
        TaskReminded(version=2, task_id="tsk-late", due=late, reminder=1, **owed),
        FormSubmitted(version=1, entry_id="ent-a", answers={"topic": "reading"}, **entry, **wrote),
        FormReleased(version=2, entry_id="ent-a", author_ids=("per-a-cpd",), **entry),
        FormSubmitted(version=1, entry_id="ent-b", **entry, **wrote),
        EntryWithdrawn(version=2, entry_id="ent-b", on=day, **entry, **wrote),
        PersonPlaced(version=1, match_id="mat-1", **place, **entries),
        PlacementEnded(version=2, match_id="mat-2", **place, **entries),
        PlaceOffered(version=1, offer_id="off-2", **{**offer, "until": late}),
        PlaceOffered(version=1, offer_id="off-1", **offer),
        PlaceOfferPassed(version=2, offer_id="off-1", reason="silent", **passed),
    ]


class StoresContract(SignInContract, HappenedContract):
    """A subclass has the fixture `stores`: all stores, empty."""

    @pytest.fixture
    async def world(self, stores):
        """The portal over these stores, told everything."""
        return await filled(World(stores=stores))

    async def test_links(self, world):
        token = await world.issue("answer")
        link = await world.stores.links.get(link_id_of(token))
        assert (link.person_id, link.purpose, link.target_id) == ("per-b-head", "answer", VISIT)
        assert (link.sequence, link.on, link.expires) == (0, dt.date(2027, 5, 13), NOW + dt.timedelta(days=60))
        assert await world.stores.links.open(link.link_id, NOW)
        assert not await world.stores.links.open(link.link_id, NOW)
        assert (await world.stores.links.get(link.link_id)).opened
        await world.carry_out(RevokeLinks(person_id="per-b-head"), world.work)
        assert not (await world.stores.links.get(link.link_id)).usable(NOW)
        assert await world.stores.links.get("unknown") is None

    async def test_people_and_schools(self, world):
        read = world.stores.read
        assert await read.people.names(["per-a-head", "per-x"]) == {"per-a-head": "Amara Osei"}
        schools = await read.schools.of_programme(PROGRAMME)
        assert [school.school_id for school in schools] == ["sch-c", "sch-a", "sch-b", "sch-d"]
        assert [school.school_id for school in await read.schools.of_programme(PROGRAMME, ["sch-a"])] == ["sch-a"]
        mine = await read.schools.of_person("per-a-cpd")
        assert [(school.school_id, school.roles_of("per-a-cpd")) for school in mine] == [("sch-a", {"cpd-lead"})]

    async def test_programme(self, world):
        read = world.stores.read
        programme = await read.programmes.get(PROGRAMME)
        assert programme.facilitator_ids == ("per-fac",)
        assert programme.form("survey").title == "Two questions about today"
        assert await read.programmes.get("prg-x") is None

    async def test_dates(self, world):
        read = world.stores.read
        visit = await read.meetings.get("visit", VISIT)
        assert (visit.on, visit.starts) == (dt.date(2027, 5, 13), dt.time(9))
        assert [one.model_dump() for one in visit.attendees] == [one.model_dump() for one in pairs()]
        assert await read.meetings.get("cohort-event", VISIT) is None
        ids = [meeting.target_id for meeting in await read.meetings.of_person("per-b-head")]
        assert ids == [PAST, VISIT, "evt-1"]
        assert [meeting.target_id for meeting in await read.meetings.of_person("per-a-cpd", ["sch-a"])] == [VISIT]
        assert [meeting.target_id for meeting in await read.meetings.of_person("per-fac")] == [PAST, VISIT]

    async def test_older_facts_are_ignored(self, world):
        read = world.stores.read
        held = VisitHeld(
            version=3, visit_id=PAST, cohort_id=COHORT, programme_id=PROGRAMME, group_id=GROUP, host_school_id="sch-b",
            on=dt.date(2027, 3, 11), facilitator_id="per-fac", present=pairs()[:2],
        )  # fmt: skip
        await world.handle(held)
        await filled(world)
        visit = await read.meetings.get("visit", PAST)
        assert (visit.state, visit.present) == ("held", ("per-a-head", "per-a-lead"))

    async def test_answers(self, world):
        read = world.stores.read
        for version, answer in ((1, "accepted"), (3, "declined"), (2, "tentative")):
            event = InvitationAnswered(
                version=version, target_id=VISIT, target_kind="visit", programme_id=PROGRAMME, person_id="per-b-head",
                answer=answer, via="page", sequence=0,
            )  # fmt: skip
            await world.handle(event)
        assert await read.answers.of_person("per-b-head") == {VISIT: Answered(VISIT, "declined", 0)}
        assert await read.answers.of_person("per-a-head") == {}

    async def test_visits_on_agreed_days(self, world):
        read = world.stores.read
        facts: dict[str, Any] = {
            "visit_id": "avi-1", "arrangement_id": "arr-1", "programme_id": PROGRAMME, "activity": "visit",
            "kind": "agreed-visit", "match_id": "mat-1", "person_id": "per-a-lead", "school_id": "sch-a",
            "host_school_id": "sch-b", "number": 1, "on": dt.date(2027, 5, 4), "starts": dt.time(9),
            "ends": dt.time(12), "timezone": "Europe/London",
            "attendees": [{"person_id": one, "role": "practitioner"} for one in ("per-a-lead", "per-b-head")],
        }  # fmt: skip
        await world.handle(AgreedVisitScheduled(version=1, **facts))
        (visit,) = await read.dates.agreed_visits_of("per-b-head")
        assert (visit.on, visit.host_school_id, visit.state) == (dt.date(2027, 5, 4), "sch-b", "agreed")
        later = {**facts, "on": dt.date(2027, 5, 11), "attendees": facts["attendees"][:1]}
        await world.handle(AgreedVisitMoved(version=2, moved_from=facts["on"], **later))
        await world.handle(AgreedVisitScheduled(version=1, **facts))
        assert await read.dates.agreed_visits_of("per-b-head") == []
        (visit,) = await read.dates.agreed_visits_of("per-a-lead")
        assert visit.on == dt.date(2027, 5, 11)
        await world.handle(AgreedVisitHeld(version=3, present=later["attendees"], **later))
        assert [one.state for one in await read.dates.agreed_visits_of("per-a-lead")] == ["held"]

    async def test_agreed_days_and_calls(self, world):
        read = world.stores.read
        days = {one.agreement_id: one for one in await read.dates.agreements_of("per-a-head")}
        assert {key: (one.state, one.answered, one.on) for key, one in days.items()} == {
            AGREEMENT: ("offered", (), None),
            ANSWERED: ("offered", ("per-a-head",), None),
            AGREED: ("agreed", (), dt.date(2027, 5, 5)),
        }
        shown = agreement()
        assert (days[AGREEMENT].offers, days[AGREEMENT].deadline) == (shown.offers, shown.deadline)
        assert [one.agreement_id for one in await read.dates.agreements_of("per-b-head")] == [AGREEMENT]
        (offer,) = await read.dates.call_offers_of("per-a-head")
        assert (offer.offer_id, offer.host_id, offer.minutes) == (OFFER_TO_A, "per-c-head", 30)
        assert await read.dates.call_offers_of("per-c-head") == []
        assert await read.dates.calls_of("per-b-head") == []
        (call,) = await read.dates.calls_of("per-d-head")
        assert (call.on, call.starts, call.ends.time(), call.state) == (
            dt.date(2027, 5, 13), dt.time(16), dt.time(16, 45), "booked",
        )  # fmt: skip
        await world.handle(day_agreed())
        for _ in range(2):
            await world.handle(DatesAnswered(version=1, agreement_id=AGREED, person_id="per-d-head"))
        await world.handle(DatesAnswered(version=1, agreement_id="agr-x", person_id="per-d-head"))
        assert [one.answered for one in await read.dates.agreements_of("per-d-head")] == [("per-d-head",)]

    async def test_groups(self, world):
        read = world.stores.read
        group = await read.groups.get(GROUP)
        assert [one.group_id for one in await read.groups.of_schools(["sch-b"], PROGRAMME)] == [group.group_id]
        assert await read.groups.of_schools(["sch-b"], "prg-x") == []
        assert await read.groups.get("grp-x") is None

    async def test_forms_and_reports(self, world):
        read = world.stores.read
        assert [one.sent for one in await read.forms.findings_requests_of("per-a-lead")] == [False]
        sent = ProjectFindingsSubmitted(
            version=1, findings_id="fnd-1", programme_id=PROGRAMME, cohort_id=COHORT, school_id="sch-a",
            person_id="per-a-head",
        )  # fmt: skip
        await world.handle(sent)
        assert [one.sent for one in await read.forms.findings_requests_of("per-a-lead")] == [True]
        taken = TakeHomeRecorded(
            version=1, take_home_id="tak-1", visit_id=PAST, programme_id=PROGRAMME, person_id="per-a-head"
        )  # fmt: skip
        for _ in range(2):
            await world.handle(taken)
        assert await read.forms.sent_by("per-a-head") == {("take-home", PAST)}
        assert (await read.reports.get("rpt-1")).formats == ("pdf", "html", "xlsx")
        assert await read.reports.get("rpt-x") is None

    async def test_erasure_leaves_no_trace(self, world):
        read = world.stores.read
        token = await world.issue("answer")
        await world.handle(PersonErased(version=1, person_id="per-b-head", erased_on=NOW.date()))
        assert await world.stores.links.get(link_id_of(token)) is None
        assert await read.people.names(["per-b-head"]) == {}
        assert await read.dates.call_offers_of("per-b-head") == []
        assert len(await read.dates.call_offers_of("per-a-head")) == 1
        await world.handle(PersonErased(version=1, person_id="per-c-head", erased_on=NOW.date()))
        assert await read.dates.call_offers_of("per-a-head") == []

    async def test_tasks_entries_and_places(self, world):
        read = world.stores.read
        for event in told():
            await world.handle(event)
        assert [one.task_id for one in await read.tasks.of_person("per-a-cpd")] == ["tsk-early", "tsk-late"]
        assert (await read.tasks.get("tsk-late")).state == "done"
        assert await read.tasks.get("tsk-x") is None
        assert (await read.entries.find(["ent-a", "ent-x"]))["ent-a"].answers == {"topic": "reading"}
        assert [one.entry_id for one in await read.entries.of_author("per-a-cpd")] == ["ent-a"]
        assert [one.match_id for one in await read.places.to_things(["ent-a"])] == ["mat-1"]
        assert [one.match_id for one in await read.places.of_entries(["ent-p"])] == ["mat-1"]
        assert (await read.places.find(["mat-2"]))["mat-2"].ended
        mine = await read.places.offers_to("per-b-lead", ["ent-p"])
        assert [(one.offer_id, one.state) for one in mine] == [("off-2", "open"), ("off-1", "silent")]
        assert [one.offer_id for one in await read.places.offers_of(["ent-a"])] == ["off-2"]
        assert (await read.places.offer("off-1")).over
        both = {"round_id": "rnd-1", "programme_id": "prg-1", "round": "walk", "run": 1}
        people = {"person_ids": ("per-1", "per-2"), "school_ids": ("sch-1", "sch-2")}
        for one in ("par-2", "par-1"):
            await world.handle(PairFormed(version=1, pair_id=one, **both, **people))
        await world.handle(PairEnded(version=2, pair_id="par-2", **both, **people))
        assert [one.others("per-1") for one in await read.places.pairs_of("per-1")] == [{"per-2": "sch-2"}]
        assert (await read.places.pairs(["par-2", "par-9"]))["par-2"].ended
        await world.handle(PersonErased(version=1, person_id="per-a-cpd", erased_on=NOW.date()))
        assert await read.tasks.of_person("per-a-cpd") == []
