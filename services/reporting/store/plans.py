"""Lines of action plans as a query finds them: a page of many thousand, and how all of them stand."""

from typing import Any

from services.reporting.domain.entries.searching import WantedActions
from services.reporting.domain.status import SOON, STATUS_WORDS
from shared.mongo import Document

__all__ = ["page_of_actions"]

NEVER = "9999-12-31"
_LINE = "$plan"
_STATUS = {"$cond": [{"$in": [f"{_LINE}.status", list(STATUS_WORDS)]}, f"{_LINE}.status", "not-started"]}


def page_of_actions(wanted: WantedActions, *, limit: int, offset: int) -> list[Document]:
    """The steps that find how many lines have which rating, and a page of them, the earliest due first."""
    entries: Document = {"plan.line_id": {"$exists": True}, "state": {"$in": ["agreed", "released"]}}
    entries |= {name: value for name in ("programme_id", "form") if (value := getattr(wanted, name))}
    own = {"plan.school_id": wanted.school_id, "plan.owner_id": wanted.owner_id}
    lines: Document = {name: value for name, value in own.items() if value}
    if wanted.named:
        lines["plan.line_id"] = {"$gte": wanted.named, "$lt": f"{wanted.named}\uffff"}
    if wanted.concerning:
        any_of = {"$in": sorted(wanted.concerning)}
        lines["$or"] = [{"plan.school_id": any_of}, {"plan.owner_id": any_of}]
    due = {"$ifNull": [f"{_LINE}.due", NEVER]}
    rated: list[Document] = [{"$match": {"rating": wanted.rating}}] if wanted.rating else []
    return [
        {"$match": {**entries, **lines}},
        {"$project": {"plan.line_id": 1, "plan.school_id": 1, "plan.owner_id": 1, "plan.due": 1, "plan.status": 1}},
        {"$unwind": _LINE},
        {"$match": lines},
        {"$project": {"line": f"{_LINE}.line_id", "due": due, "rating": _rating(wanted)}},
        {
            "$facet": {
                "stand": [{"$group": {"_id": "$rating", "number": {"$sum": 1}}}],
                "page": [*rated, {"$sort": {"due": 1, "line": 1}}, {"$skip": offset}, {"$limit": limit}],
            }
        },
    ]


def _rating(wanted: WantedActions) -> dict[str, Any]:
    """As `domain.status.rating` has it; a line without a day is due today."""
    today, soon = wanted.today.isoformat(), (wanted.today + SOON).isoformat()
    due = {"$ifNull": [f"{_LINE}.due", today]}
    at_risk = {"$and": [{"$eq": [_STATUS, "not-started"]}, {"$lte": [due, soon]}]}
    return {
        "$switch": {
            "branches": [
                {"case": {"$eq": [_STATUS, "done"]}, "then": "complete"},
                {"case": {"$eq": [_STATUS, "dropped"]}, "then": "dropped"},
                {"case": {"$lt": [due, today]}, "then": "off-track"},
                {"case": at_risk, "then": "at-risk"},
            ],
            "default": "on-track",
        }
    }
