"""The read models as pages look them up. Filters are built from typed values only."""

from collections.abc import Iterable

from services.portal.domain.dates import AgreedDay, AgreedVisit, Call, CallOffer
from services.portal.domain.records import Answered, FindingsRequest, Group, Meeting, Programme, Report, School
from services.portal.store import documents
from shared.events.scheduling import TargetKind
from shared.mongo import ASCENDING, Database


class MongoPeople:
    """The port `People` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._people = database["people"]

    async def names(self, person_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those who are known."""
        wanted = sorted(set(person_ids))
        found = await self._people.find({"_id": {"$in": wanted}}, projection={"name": 1}).to_list() if wanted else []
        return {person["_id"]: person["name"] for person in found}


class MongoProgrammes:
    """The port `Programmes` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._programmes = database["programmes"]

    async def get(self, programme_id: str) -> Programme | None:
        """Return a programme."""
        found = await self._programmes.find_one({"_id": programme_id})
        return documents.programme(found) if found else None


class MongoSchools:
    """The port `Schools` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._schools = database["schools"]

    async def of_programme(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all or those named, by name."""
        where: dict[str, object] = {"programme_id": programme_id}
        if school_ids is not None:
            wanted = sorted(set(school_ids))
            if not wanted:
                return []
            where["school_id"] = {"$in": wanted}
        return [documents.school(found) async for found in self._schools.find(where, sort=[("name", ASCENDING)])]

    async def of_person(self, person_id: str) -> list[School]:
        """Return every school in a programme for which this person is named, by name."""
        where = {"members.person_id": person_id}
        return [documents.school(found) async for found in self._schools.find(where, sort=[("name", ASCENDING)])]


class MongoGroups:
    """The port `Groups` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._groups = database["groups"]

    async def get(self, group_id: str) -> Group | None:
        """Return a group."""
        found = await self._groups.find_one({"_id": group_id})
        return documents.group(found) if found else None

    async def of_schools(self, school_ids: Iterable[str], programme_id: str | None = None) -> list[Group]:
        """Return the groups these schools belong to, by number."""
        wanted = sorted(set(school_ids))
        if not wanted:
            return []
        where: dict[str, object] = {"school_ids": {"$in": wanted}}
        if programme_id is not None:
            where["programme_id"] = programme_id
        return [documents.group(found) async for found in self._groups.find(where, sort=[("number", ASCENDING)])]


class MongoMeetings:
    """The port `Meetings` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._meetings = database["dated"]

    async def get(self, kind: TargetKind, target_id: str) -> Meeting | None:
        """Return a visit or cohort event."""
        found = await self._meetings.find_one({"_id": target_id, "kind": kind})
        return documents.meeting(found) if found else None

    async def of_person(self, person_id: str, host_ids: Iterable[str] = ()) -> list[Meeting]:
        """Return what a person attends or leads, or these schools host, by date."""
        either: list[dict[str, object]] = [
            {"attendees.person_id": person_id},
            {"facilitator_id": person_id},
        ]
        if hosts := sorted(set(host_ids)):
            either.append({"host_school_id": {"$in": hosts}})
        order = [("on", ASCENDING), ("starts", ASCENDING), ("_id", ASCENDING)]
        return [documents.meeting(found) async for found in self._meetings.find({"$or": either}, sort=order)]


class MongoAnswers:
    """The port `Answers` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._answers = database["answers"]

    async def of_person(self, person_id: str) -> dict[str, Answered]:
        """Return a person's latest answers by target."""
        found = await self._answers.find({"person_id": person_id}).to_list()
        return {answer["target_id"]: documents.answered(answer) for answer in found}


class MongoDates:
    """The port `Dates` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._agreements = database["agreements"]
        self._agreed_visits = database["agreed_visits"]
        self._call_offers = database["call_offers"]
        self._calls = database["calls"]

    async def agreements_of(self, person_id: str) -> list[AgreedDay]:
        """Return what a person is to agree or has agreed."""
        return [documents.agreed_day(found) async for found in self._agreements.find({"person_ids": person_id})]

    async def agreed_visits_of(self, person_id: str) -> list[AgreedVisit]:
        """Return the visits and meetings on agreed days to which a person is invited, cancelled ones too."""
        found = self._agreed_visits.find({"person_ids": person_id})
        return [documents.agreed_visit(one) async for one in found]

    async def call_offers_of(self, person_id: str) -> list[CallOffer]:
        """Return the calls for which a person is asked to choose a time."""
        return [documents.call_offer(found) async for found in self._call_offers.find({"person_id": person_id})]

    async def calls_of(self, person_id: str) -> list[Call]:
        """Return a person's calls."""
        return [documents.call(found) async for found in self._calls.find({"person_ids": person_id})]


class MongoReports:
    """The port `Reports` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._reports = database["reports"]

    async def get(self, report_id: str) -> Report | None:
        """Return a report."""
        found = await self._reports.find_one({"_id": report_id})
        return documents.report(found) if found else None


class MongoForms:
    """The ports `Forms` and `FormChanges` on MongoDB."""

    def __init__(self, database: Database) -> None:
        self._requests = database["findings_asked"]
        self._submitted = database["submitted"]

    async def findings_requests_of(self, person_id: str) -> list[FindingsRequest]:
        """Return the requests for findings that name this person, by due date."""
        where = {"person_ids": person_id}
        order = [("due", ASCENDING)]
        return [documents.findings_request(found) async for found in self._requests.find(where, sort=order)]

    async def sent_by(self, person_id: str) -> set[tuple[str, str]]:
        """Return what a person has sent in, as (purpose, target id)."""
        found = await self._submitted.find({"person_id": person_id}).to_list()
        return {(sent["purpose"], sent["target_id"]) for sent in found}

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        """Note that a person has sent in a form."""
        fields = {"purpose": purpose, "target_id": target_id, "person_id": person_id}
        key = f"{purpose}:{target_id}:{person_id}"
        await self._submitted.update_one({"_id": key}, {"$set": fields}, upsert=True)

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        """Note that a school's findings are in."""
        where = {"cohort_id": cohort_id, "school_id": school_id}
        await self._requests.update_many(where, {"$set": {"sent": True}})
