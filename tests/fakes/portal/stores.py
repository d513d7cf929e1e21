"""All stores of the portal in memory; they pass the contract suite beside this file as MongoDB does."""

from collections.abc import Iterable

from services.portal.domain.dates import AgreedDay, AgreedVisit, Call, CallOffer
from services.portal.domain.records import Answered, FindingsRequest, Group, Meeting, Programme, Report, School
from services.portal.ports.stores import ReadModels, Stores
from services.portal.store import documents
from shared.events.scheduling import TargetKind
from tests.fakes.portal.feeds import MemoryFeeds
from tests.fakes.portal.happened import MemoryHappened
from tests.fakes.portal.models import Collections, MemoryErasure, MemoryLinks, MemoryModels
from tests.fakes.portal.sign_in import memory_sign_in_stores
from tests.fakes.portal.tokens import MemoryTokens
from tests.fakes.portal.whole import MemoryEntries, MemoryPlaces, MemoryTasks, MemoryWholeProgrammes
from tests.fakes.roster import MemoryRoster


def memory_stores(collections: Collections) -> Stores:
    """Stores over these collections."""
    links, forms = MemoryLinks(collections), MemoryForms(collections)
    read = ReadModels(
        links=links, people=MemoryPeople(collections), programmes=MemoryProgrammes(collections),
        schools=MemorySchools(collections), groups=MemoryGroups(collections), meetings=MemoryMeetings(collections),
        answers=MemoryAnswers(collections), dates=MemoryDates(collections), forms=forms,
        reports=MemoryReports(collections), whole=MemoryWholeProgrammes(collections), roster=MemoryRoster(),
        tasks=MemoryTasks(collections), entries=MemoryEntries(collections), places=MemoryPlaces(collections),
        happened=MemoryHappened(collections),
    )  # fmt: skip
    erasure = MemoryErasure(collections, read.roster)
    signing = memory_sign_in_stores(collections, read.roster)
    models = MemoryModels(collections)
    return Stores(
        read=read, models=models, links=links, forms=forms, erasure=erasure, sign_in=signing,
        tokens=MemoryTokens(collections),
        feeds=MemoryFeeds(collections),
    )  # fmt: skip


class MemoryPeople:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def names(self, person_ids: Iterable[str]) -> dict[str, str]:
        wanted = set(person_ids)
        return {one["_id"]: one["name"] for one in self._collections.all("people") if one["_id"] in wanted}


class MemoryProgrammes:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, programme_id: str) -> Programme | None:
        found = self._collections.one("programmes", programme_id)
        return documents.programme(found) if found else None


class MemorySchools:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def of_programme(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        wanted = None if school_ids is None else set(school_ids)
        rows = [one for one in self._collections.all("schools") if one["programme_id"] == programme_id]
        chosen = [one for one in rows if wanted is None or one["school_id"] in wanted]
        return [documents.school(one) for one in sorted(chosen, key=lambda one: one["name"])]

    async def of_person(self, person_id: str) -> list[School]:
        rows = self._collections.all("schools")
        mine = [one for one in rows if any(member["person_id"] == person_id for member in one["members"])]
        return [documents.school(one) for one in sorted(mine, key=lambda one: one["name"])]


class MemoryGroups:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, group_id: str) -> Group | None:
        found = self._collections.one("groups", group_id)
        return documents.group(found) if found else None

    async def of_schools(self, school_ids: Iterable[str], programme_id: str | None = None) -> list[Group]:
        wanted = set(school_ids)
        rows = [one for one in self._collections.all("groups") if wanted & set(one["school_ids"])]
        chosen = [one for one in rows if programme_id in {None, one["programme_id"]}]
        return [documents.group(one) for one in sorted(chosen, key=lambda one: one["number"])]


class MemoryMeetings:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, kind: TargetKind, target_id: str) -> Meeting | None:
        found = self._collections.one("dated", target_id)
        return documents.meeting(found) if found and found["kind"] == kind else None

    async def of_person(self, person_id: str, host_ids: Iterable[str] = ()) -> list[Meeting]:
        hosts = set(host_ids)
        mine = [
            one
            for one in self._collections.all("dated")
            if any(attendee["person_id"] == person_id for attendee in one["attendees"])
            or one.get("facilitator_id") == person_id
            or one.get("host_school_id") in hosts
        ]
        return [documents.meeting(one) for one in sorted(mine, key=lambda one: (one["on"], one["starts"], one["_id"]))]


class MemoryAnswers:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def of_person(self, person_id: str) -> dict[str, Answered]:
        mine = [one for one in self._collections.all("answers") if one["person_id"] == person_id]
        return {one["target_id"]: documents.answered(one) for one in mine}


class MemoryDates:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def agreements_of(self, person_id: str) -> list[AgreedDay]:
        rows = self._collections.all("agreements")
        return [documents.agreed_day(one) for one in rows if person_id in one["person_ids"]]

    async def agreed_visits_of(self, person_id: str) -> list[AgreedVisit]:
        rows = self._collections.all("agreed_visits")
        return [documents.agreed_visit(one) for one in rows if person_id in one["person_ids"]]

    async def call_offers_of(self, person_id: str) -> list[CallOffer]:
        rows = self._collections.all("call_offers")
        return [documents.call_offer(one) for one in rows if one["person_id"] == person_id]

    async def calls_of(self, person_id: str) -> list[Call]:
        return [documents.call(one) for one in self._collections.all("calls") if person_id in one["person_ids"]]


class MemoryReports:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def get(self, report_id: str) -> Report | None:
        found = self._collections.one("reports", report_id)
        return documents.report(found) if found else None


class MemoryForms:
    def __init__(self, collections: Collections) -> None:
        self._collections = collections

    async def findings_requests_of(self, person_id: str) -> list[FindingsRequest]:
        mine = [one for one in self._collections.all("findings_asked") if person_id in one["person_ids"]]
        return [documents.findings_request(one) for one in sorted(mine, key=lambda one: one["due"])]

    async def sent_by(self, person_id: str) -> set[tuple[str, str]]:
        mine = [one for one in self._collections.all("submitted") if one["person_id"] == person_id]
        return {(one["purpose"], one["target_id"]) for one in mine}

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        fields = {"purpose": purpose, "target_id": target_id, "person_id": person_id}
        self._collections.of("submitted")[f"{purpose}:{target_id}:{person_id}"] = fields

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        for fields in self._collections.of("findings_asked").values():
            if (fields["cohort_id"], fields["school_id"]) == (cohort_id, school_id):
                fields["sent"] = True
