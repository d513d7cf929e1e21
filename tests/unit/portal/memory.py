"""The portal's ports in memory: read models that parse like the real ones, owners that answer the same key once."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.portal.domain.dates import AgreedDay, Call, CallOffer
from services.portal.domain.links import Link
from services.portal.domain.records import Answered, FindingsRequest, Group, Meeting, Programme, Report, School
from services.portal.store import documents
from shared.commands.base import Command, Done, Query
from shared.commands.reporting import FormState
from shared.commands.scheduling import BriefText, VisitDetail
from shared.errors import KindredError, Rejected


class Memory:
    """`ports.Models` and `ports.Known` over dicts."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, dict[str, Any]]] = {}

    def all(self, collection: str) -> list[dict[str, Any]]:
        return [{"_id": key, **fields} for key, fields in self.kept.get(collection, {}).items()]

    async def put(self, collection: str, key: str, version: int, fields: Mapping[str, Any]) -> bool:
        found = self.kept.setdefault(collection, {}).setdefault(key, {})
        if found.get("version", 0) >= version:
            return False
        found.update(fields, version=version)
        return True

    async def mark(self, collection: str, key: str, fields: Mapping[str, Any]) -> None:
        self.kept.get(collection, {}).get(key, {}).update(fields)

    async def add(self, collection: str, key: str, field: str, value: str) -> None:
        held = self.kept.get(collection, {}).get(key, {}).setdefault(field, [])
        if value not in held:
            held.append(value)

    async def get(self, collection: str, key: str) -> dict[str, Any] | None:
        found = self.kept.get(collection, {}).get(key)
        return {"_id": key, **found} if found is not None else None

    async def sent(self, purpose: str, target_id: str, person_id: str) -> None:
        key = f"{purpose}:{target_id}:{person_id}"
        fields = {"purpose": purpose, "target_id": target_id, "person_id": person_id}
        self.kept.setdefault("submitted", {})[key] = fields

    async def findings_sent(self, cohort_id: str, school_id: str) -> None:
        for fields in self.kept.get("findings_asked", {}).values():
            if (fields["cohort_id"], fields["school_id"]) == (cohort_id, school_id):
                fields["sent"] = True

    async def revoke(self, person_id: str, target_id: str = "") -> int:
        theirs = [one for one in self.kept.get("links", {}).values() if one["person_id"] == person_id]
        chosen = [one for one in theirs if not target_id or one["target_id"] == target_id]
        for one in chosen:
            one["revoked"] = True
        return len(chosen)

    async def forget(self, person_id: str) -> None:
        await self.revoke(person_id)
        self.kept.get("people", {}).pop(person_id, None)

    async def erase(self, person_id: str) -> None:
        await self.forget(person_id)
        for collection in ("links", "answers", "submitted", "call_offers"):
            rows = self.kept.get(collection, {})
            for key in [key for key, one in rows.items() if person_id in {one["person_id"], one.get("host_id")}]:
                del rows[key]

    async def open_link(self, link_id: str, now: Any) -> bool:
        found = self.kept.get("links", {}).get(link_id)
        if found is None or found.get("opened_at") is not None:
            return False
        found["opened_at"] = now
        return True

    async def link(self, link_id: str) -> Link | None:
        found = await self.get("links", link_id)
        return documents.link(found) if found else None

    async def names(self, person_ids: Iterable[str]) -> dict[str, str]:
        wanted = set(person_ids)
        return {one["_id"]: one["name"] for one in self.all("people") if one["_id"] in wanted}

    async def programme(self, programme_id: str) -> Programme | None:
        found = await self.get("programmes", programme_id)
        return documents.programme(found) if found else None

    async def schools(self, programme_id: str, school_ids: Iterable[str] | None = None) -> list[School]:
        wanted = None if school_ids is None else set(school_ids)
        rows = [one for one in self.all("schools") if one["programme_id"] == programme_id]
        chosen = [one for one in rows if wanted is None or one["school_id"] in wanted]
        return [documents.school(one) for one in sorted(chosen, key=lambda one: one["name"])]

    async def schools_of(self, person_id: str) -> list[School]:
        rows = [one for one in self.all("schools") if any(m["person_id"] == person_id for m in one["members"])]
        return [documents.school(one) for one in sorted(rows, key=lambda one: one["name"])]

    async def meeting(self, kind: str, target_id: str) -> Meeting | None:
        found = await self.get("dated", target_id)
        return documents.meeting(found) if found and found["kind"] == kind else None

    async def meetings_of(self, person_id: str, host_ids: Iterable[str] = ()) -> list[Meeting]:
        hosts = set(host_ids)
        mine = [
            one
            for one in self.all("dated")
            if any(attendee["person_id"] == person_id for attendee in one["attendees"])
            or one.get("facilitator_id") == person_id
            or one.get("host_school_id") in hosts
        ]
        return [documents.meeting(one) for one in sorted(mine, key=lambda one: (one["on"], one["starts"], one["_id"]))]

    async def group(self, group_id: str) -> Group | None:
        found = await self.get("groups", group_id)
        return documents.group(found) if found else None

    async def groups_of(self, school_ids: Iterable[str], programme_id: str | None = None) -> list[Group]:
        wanted = set(school_ids)
        rows = [one for one in self.all("groups") if wanted & set(one["school_ids"])]
        chosen = [one for one in rows if programme_id in {None, one["programme_id"]}]
        return [documents.group(one) for one in sorted(chosen, key=lambda one: one["number"])]

    async def answers_of(self, person_id: str) -> dict[str, Answered]:
        mine = [one for one in self.all("answers") if one["person_id"] == person_id]
        return {one["target_id"]: documents.answered(one) for one in mine}

    async def agreements_of(self, person_id: str) -> list[AgreedDay]:
        return [documents.agreed_day(one) for one in self.all("agreements") if person_id in one["person_ids"]]

    async def call_offers_of(self, person_id: str) -> list[CallOffer]:
        return [documents.call_offer(one) for one in self.all("call_offers") if one["person_id"] == person_id]

    async def calls_of(self, person_id: str) -> list[Call]:
        return [documents.call(one) for one in self.all("calls") if person_id in one["person_ids"]]

    async def findings_asked(self, person_id: str) -> list[FindingsRequest]:
        mine = [one for one in self.all("findings_asked") if person_id in one["person_ids"]]
        return [documents.asked(one) for one in sorted(mine, key=lambda one: one["due"])]

    async def report(self, report_id: str) -> Report | None:
        found = await self.get("reports", report_id)
        return documents.report(found) if found else None

    async def submitted(self, person_id: str) -> set[tuple[str, str]]:
        mine = [one for one in self.all("submitted") if one["person_id"] == person_id]
        return {(one["purpose"], one["target_id"]) for one in mine}


class FakeOwners:
    """Answers queries from what it was told, carries each command out once a key, and fails when asked to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Command, str]] = []
        self.keys: dict[str, Any] = {}
        self.fails: KindredError | None = None
        self.finds: dict[str, Any] = {}
        self.found: list[Query] = []
        self.sentence = ""

    @property
    def commands(self) -> list[Command]:
        return [command for command, _ in self.asked]

    async def ask(self, command: Command, *, key: str, actor: str) -> Any:
        if self.fails is not None:
            raise self.fails
        if key not in self.keys:
            self.asked.append((command, actor))
            self.keys[key] = Done(id="done", sentence=self.sentence)
        return self.keys[key]

    async def find(self, query: Query) -> Any:
        self.found.append(query)
        name = type(query).__name__
        answer = self.finds.get(name)
        if callable(answer):
            return answer(query)
        if answer is not None:
            return answer
        if name == "ShowForm":
            return FormState(submitted=False)
        raise Rejected("unknown", f"{name} is not known.")


class FakeOpenings:
    """Notes which links were opened, each once."""

    def __init__(self) -> None:
        self.links: list[str] = []

    async def opened(self, link: Link) -> None:
        if link.link_id not in self.links:
            self.links.append(link.link_id)


def detail_of(meeting: Meeting, visit: Any, brief: BriefText | None) -> VisitDetail:
    """What scheduling would say of a visit."""
    return VisitDetail(visit=visit, state=meeting.state, version=1, brief=brief)
