"""The contact book and what is known of others' facts."""

from collections.abc import Iterable

from services.notifications.domain.directory import Card, Group, LastReply, Programme, ProgrammeRole, School
from services.notifications.domain.targets import Target
from services.notifications.store.documents import document, model
from shared.events.people import Role
from shared.mongo import Database, Document


class MongoBook:
    """Behind ``ports.Book``. Writes are guarded by the version of what is told: an older fact changes nothing."""

    def __init__(self, database: Database) -> None:
        self._db = database

    async def put_card(self, card: Card) -> None:
        """Keep a contact card unless a newer one is there."""
        await self._put("people", document(card.person_id, card, address=card.email.lower()))

    async def forget(self, person_id: str) -> None:
        """Drop a person's card."""
        await self._db["people"].delete_one({"_id": person_id})

    async def cards(self, person_ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those people who are known."""
        return {found["_id"]: model(Card, found) for found in await self._some("people", person_ids)}

    async def people_at(self, address: str) -> list[str]:
        """Return the ids of the people with this address."""
        return [found["_id"] async for found in self._db["people"].find({"address": address.lower()})]

    async def put_programme(self, programme: Programme) -> None:
        """Keep a programme."""
        await self._db["programmes"].replace_one(
            {"_id": programme.programme_id}, document(programme.programme_id, programme), upsert=True
        )

    async def programmes(self, programme_ids: Iterable[str]) -> dict[str, Programme]:
        """Return programmes by id."""
        return {found["_id"]: model(Programme, found) for found in await self._some("programmes", programme_ids)}

    async def put_school(self, school: School) -> None:
        """Keep a school of a programme unless a newer version is there."""
        await self._put("schools", document(school.enrolment_id, school))

    async def withdraw(self, enrolment_id: str, version: int) -> None:
        """Note that a school has left a programme."""
        await self._db["schools"].update_one(
            {"_id": enrolment_id, "version": {"$lt": version}}, {"$set": {"withdrawn": True, "version": version}}
        )

    async def replace_person(self, enrolment_id: str, version: int, role: Role, replaced_by: str) -> None:
        """Note that somebody else holds a role of an enrolment."""
        found = await self._db["schools"].find_one({"_id": enrolment_id})
        if found is None or found["version"] >= version:
            return
        others = [person for person in found["people"] if person["role"] != role]
        people = [*others, {"person_id": replaced_by, "role": role}]
        await self._db["schools"].update_one({"_id": enrolment_id}, {"$set": {"people": people, "version": version}})

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        """Return schools of a programme, all of them or those named; withdrawn ones too."""
        where: Document = {"programme_id": programme_id}
        if school_ids is not None:
            where["school_id"] = {"$in": sorted(school_ids)}
        return [model(School, found) async for found in self._db["schools"].find(where)]

    async def put_facilitator(self, programme_id: str, person_id: str) -> None:
        """Note that somebody leads visit days in a programme."""
        key = f"{programme_id}/{person_id}"
        row = {"_id": key, "programme_id": programme_id, "person_id": person_id}
        await self._db["facilitators"].replace_one({"_id": key}, row, upsert=True)

    async def facilitators(self, programme_id: str) -> list[str]:
        """Return who leads visit days in a programme."""
        return [found["person_id"] async for found in self._db["facilitators"].find({"programme_id": programme_id})]

    async def parts(self, person_ids: Iterable[str]) -> list[ProgrammeRole]:
        """Return the parts that these people have in programmes, as people of schools, facilitators, coordinators."""
        wanted = sorted(set(person_ids))
        found: list[ProgrammeRole] = []
        async for row in self._db["schools"].find({"people.person_id": {"$in": wanted}, "withdrawn": False}):
            where = {"programme_id": row["programme_id"], "school_id": row["school_id"]}
            found += [model(ProgrammeRole, {**where, **one}) for one in row["people"] if one["person_id"] in wanted]
        async for row in self._db["facilitators"].find({"person_id": {"$in": wanted}}):
            found.append(model(ProgrammeRole, {**row, "role": "facilitator"}))
        async for row in self._db["programmes"].find({"coordinator_id": {"$in": wanted}}):
            part = {"programme_id": row["programme_id"], "person_id": row["coordinator_id"], "role": "coordinator"}
            found.append(model(ProgrammeRole, part))
        return found

    async def put_group(self, group: Group) -> None:
        """Keep a group unless a newer version is there."""
        await self._put("groups", document(group.group_id, group))

    async def groups(self, group_ids: Iterable[str]) -> dict[str, Group]:
        """Return groups by id."""
        return {found["_id"]: model(Group, found) for found in await self._some("groups", group_ids)}

    async def put_target(self, target: Target) -> None:
        """Keep a visit or event as it stands."""
        await self._db["targets"].replace_one(
            {"_id": target.target_id}, document(target.target_id, target), upsert=True
        )

    async def targets(self, target_ids: Iterable[str]) -> dict[str, Target]:
        """Return visits and events by id."""
        return {found["_id"]: model(Target, found) for found in await self._some("targets", target_ids)}

    async def put_done(self, key: str, sequence: int = 0) -> None:
        """Note that something which people are reminded of is done, for the invitation of that SEQUENCE."""
        await self._db["done"].update_one({"_id": key}, {"$max": {"sequence": sequence}}, upsert=True)

    async def done(self, keys: Iterable[str]) -> dict[str, int]:
        """Return which of these are done, with the SEQUENCE."""
        return {found["_id"]: found["sequence"] for found in await self._some("done", keys)}

    async def last_reply(self, target_id: str, person_id: str) -> LastReply | None:
        """Return the person's last calendar answer."""
        found = await self._db["replies"].find_one({"_id": f"{target_id}/{person_id}"})
        return model(LastReply, found) if found else None

    async def put_reply(self, target_id: str, person_id: str, reply: LastReply) -> int:
        """Keep a calendar answer; return how many this target has had."""
        key = f"{target_id}/{person_id}"
        row = {"_id": key, "sequence": reply.sequence, "stamped": reply.stamped}
        await self._db["replies"].replace_one({"_id": key}, row, upsert=True)
        counted = await self._db["reply_counts"].find_one_and_update(
            {"_id": target_id}, {"$inc": {"replies": 1}}, upsert=True
        )
        return int(counted["replies"]) if counted else 1

    async def _some(self, collection: str, keys: Iterable[str]) -> list[Document]:
        wanted = sorted(set(keys))
        return await self._db[collection].find({"_id": {"$in": wanted}}).to_list() if wanted else []

    async def _put(self, collection: str, row: Document) -> None:
        there = await self._db[collection].find_one({"_id": row["_id"]}, projection={"version": 1})
        if there is None or there["version"] < row["version"]:
            await self._db[collection].replace_one({"_id": row["_id"]}, row, upsert=True)
