"""The school register in MongoDB: `schools` by URN, `school_links`, `school_changes`, `report_cards`."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.programmes.domain.register.entry import FieldChange, RegisterEntry
from services.programmes.domain.register.inspections import Area, AreaGrade, ReportCard
from services.programmes.domain.register.links import Link
from services.programmes.domain.register.places import Places
from services.programmes.domain.register.words import Status
from services.programmes.store.school_documents import entry_of, school_document, stored
from shared.mongo import ASCENDING, Database, Document, InsertOne, ReplaceOne, UpdateOne

__all__ = ["MongoRegister"]


class MongoRegister:
    """Ports `SchoolSearch`, `SchoolImports` and `ReportCards`."""

    def __init__(self, database: Database) -> None:
        self._schools = database["schools"]
        self._links = database["school_links"]
        self._history = database["school_changes"]
        self._cards = database["report_cards"]

    async def entries(self, urns: Iterable[int]) -> dict[int, RegisterEntry]:
        """The entries of these URNs, as far as they are known."""
        found = self._schools.find({"_id": {"$in": list(urns)}})
        return {document["_id"]: entry_of(document) async for document in found}

    async def standing(self, urns: Iterable[int]) -> tuple[list[RegisterEntry], dict[str, int]]:
        """The entries that are not simply open, by URN; and how many that may enrol lie in each region ("": none)."""
        among = {"_id": {"$in": list(urns)}}
        odd = self._schools.find({**among, "status": {"$ne": Status.OPEN.value}}, sort=[("_id", ASCENDING)])
        may = {**among, "status": {"$in": [one.value for one in Status if one.enrollable]}}
        by_region = {"$group": {"_id": {"$ifNull": ["$region", ""]}, "number": {"$sum": 1}}}
        counted = self._schools.aggregate([{"$match": may}, by_region])
        regions = {document["_id"]: document["number"] async for document in counted}
        return [entry_of(document) async for document in odd], regions

    async def put_entries(self, new: Sequence[RegisterEntry], changed: Sequence[RegisterEntry]) -> None:
        """Save entries; `new` ones must not be there yet."""
        writes = [InsertOne(school_document(entry)) for entry in new]
        replaced = [ReplaceOne({"_id": entry.school.urn}, school_document(entry)) for entry in changed]
        await self._schools.bulk_write([*writes, *replaced], ordered=False)

    async def put_history(self, changes: Sequence[FieldChange]) -> None:
        """Keep what an import changed."""
        documents = [
            {
                "_id": f"{change.import_id}:{change.urn}:{change.change.field}",
                "urn": change.urn,
                "at": change.at,
                "import_id": change.import_id,
                "field": change.change.field,
                "old": stored(change.change.old),
                "new": stored(change.change.new),
            }
            for change in changes
        ]
        await self._history.insert_many(documents)

    async def search(
        self, text: str, authority: str, statuses: Sequence[str], limit: int, offset: int
    ) -> tuple[int, list[RegisterEntry]]:
        """How many entries match, and a page of them by name."""
        where: dict[str, Any] = {}
        if text.strip().isdigit():
            where["_id"] = int(text.strip()[:12])
        elif text.strip():
            where["name_key"] = {"$regex": re.escape(" ".join(text.casefold().split())[:100])}
        if authority.strip():
            named = {"$regex": f"^{re.escape(authority.strip()[:60])}$", "$options": "i"}
            where["$or"] = [{"authority_code": authority.strip()}, {"authority": named}]
        if statuses:
            where["status"] = {"$in": list(statuses)}
        order = [("name_key", ASCENDING), ("_id", ASCENDING)]
        found = self._schools.find(where, sort=order, limit=limit, skip=offset)
        return await self._schools.count(where), [entry_of(document) async for document in found]

    async def among(self, urns: Iterable[int], text: str) -> list[int]:
        """Those of the URNs whose school has the text in its name, town or postcode, or is the URN itself."""
        wanted = " ".join(text.split())
        if wanted.isdigit():
            return [urn for urn in urns if str(urn) == wanted]
        postcode = " ?".join(re.escape(one) for one in wanted if one != " ")
        where = {
            "_id": {"$in": list(urns)},
            "$or": [
                {"name_key": {"$regex": re.escape(wanted.casefold())}},
                {"town": {"$regex": re.escape(wanted), "$options": "i"}},
                {"postcode": {"$regex": f"^{postcode}", "$options": "i"}},
            ],
        }
        found = self._schools.find(where, projection={"_id": 1}, sort=[("_id", ASCENDING)])
        return [document["_id"] async for document in found]

    async def of_trust(self, code: str) -> list[RegisterEntry]:
        """The entries of a trust's schools, open or not, by URN."""
        found = self._schools.find({"trust_code": code}, sort=[("_id", ASCENDING)])
        return [entry_of(document) async for document in found]

    async def trusts(self, text: str) -> dict[str, str]:
        """Trusts by code, with their names: of this code, or with the text in their name; fifty at most."""
        named = {"$regex": re.escape(" ".join(text.split())[:100]), "$options": "i"}
        where = {"$or": [{"trust_code": text.strip()[:20]}, {"trust": named, "trust_code": {"$ne": None}}]}
        each = {"$group": {"_id": "$trust_code", "name": {"$max": "$trust"}}}
        found = self._schools.aggregate([{"$match": where}, each, {"$sort": {"_id": 1}}, {"$limit": 50}])
        return {document["_id"]: document["name"] or "" async for document in found}

    async def places(self) -> Places:
        """The authorities and regions of all schools."""
        each = {"code": "$authority_code", "authority": "$authority", "region": "$region"}
        found = self._schools.aggregate([{"$group": {"_id": each}}, {"$sort": {"_id": 1}}])
        rows = [document["_id"] async for document in found]
        return Places(
            {row["code"]: row["authority"] for row in rows},
            {row["code"]: row["region"] for row in rows if row.get("region")},
            frozenset(row["region"] for row in rows if row.get("region")),
        )

    async def links(self, urns: Iterable[int] | None = None) -> list[Link]:
        """All links, or those from or to these URNs."""
        wanted = None if urns is None else {"$in": list(urns)}
        where = {} if wanted is None else {"$or": [{"predecessor": wanted}, {"successor": wanted}]}
        order = [("since", ASCENDING), ("_id", ASCENDING)]
        return [_link_of(document) async for document in self._links.find(where, sort=order)]

    async def put_links(self, links: Sequence[Link]) -> None:
        """Save links, in place of the same ones."""
        documents = [_link_document(link) for link in links]
        await self._links.bulk_write([ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents], ordered=False)

    async def school_ids(self, urns: Iterable[int]) -> dict[int, str]:
        """The school ids of these URNs' entries, as far as they are known."""
        found = self._schools.find({"_id": {"$in": list(urns)}}, projection={"school_id": 1})
        return {document["_id"]: document["school_id"] async for document in found}

    async def entries_of(self, school_ids: Iterable[str]) -> dict[str, list[RegisterEntry]]:
        """The entries of these schools, under all their URNs, by school id."""
        found: dict[str, list[RegisterEntry]] = {}
        async for document in self._schools.find({"school_id": {"$in": list(school_ids)}}, sort=[("_id", ASCENDING)]):
            found.setdefault(document["school_id"], []).append(entry_of(document))
        return found

    async def identify(self, school_ids: Mapping[int, str]) -> None:
        """Give these URNs' entries these school ids."""
        writes = [UpdateOne({"_id": urn}, {"$set": {"school_id": school_id}}) for urn, school_id in school_ids.items()]
        await self._schools.bulk_write(writes, ordered=False)

    async def report_cards(self, urns: Iterable[int]) -> dict[tuple[int, dt.date], ReportCard]:
        """All report cards of these URNs, by URN and inspection date."""
        cards = [_card_of(document) async for document in self._cards.find({"urn": {"$in": list(urns)}})]
        return {(card.urn, card.inspected): card for card in cards}

    async def put_report_cards(self, cards: Sequence[ReportCard]) -> None:
        """Save report cards, in place of those of the same inspection."""
        documents = [_card_document(card) for card in cards]
        await self._cards.bulk_write([ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents], ordered=False)


def _link_document(link: Link) -> Document:
    return {
        "_id": f"{link.predecessor}>{link.successor}:{link.kind}"[:200],
        "predecessor": link.predecessor,
        "successor": link.successor,
        "kind": link.kind,
        "since": stored(link.since),
    }


def _link_of(document: Document) -> Link:
    since = dt.date.fromisoformat(document["since"]) if document["since"] else None
    return Link(document["predecessor"], document["successor"], document["kind"], since)


def _card_document(card: ReportCard) -> Document:
    return {
        "_id": f"{card.urn}:{card.inspected.isoformat()}",
        "urn": card.urn,
        "inspected": card.inspected.isoformat(),
        "grades": {area.value: grade.value for area, grade in card.grades.items()},
        "safeguarding_met": card.safeguarding_met,
        "published": stored(card.published),
        "web_link": card.web_link,
    }


def _card_of(document: Document) -> ReportCard:
    return ReportCard(
        urn=document["urn"],
        inspected=dt.date.fromisoformat(document["inspected"]),
        grades={Area(area): AreaGrade(grade) for area, grade in document["grades"].items()},
        safeguarding_met=document["safeguarding_met"],
        published=dt.date.fromisoformat(document["published"]) if document["published"] else None,
        web_link=document["web_link"],
    )
