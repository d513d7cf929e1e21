"""Register entries as documents. Dates are kept as ISO text, since BSON has no date without a time."""

import datetime as dt
from dataclasses import fields
from enum import Enum
from typing import Any

from services.programmes.domain.register.entry import RegisterEntry
from services.programmes.domain.register.school import School
from services.programmes.domain.register.words import OverallGrade, Status
from shared.mongo import Document

__all__ = ["entry_of", "school_document", "stored"]

_FIELDS = tuple(field.name for field in fields(School) if field.name != "urn")
_DATES = ("opened", "closed", "census", "inspected")


def stored(value: Any) -> Any:
    """A field's value as MongoDB keeps it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, dt.date) else value


def school_document(entry: RegisterEntry) -> Document:
    """The document of a URN's entry."""
    school = entry.school
    document: Document = {"_id": school.urn, "school_id": entry.school_id, "name_key": school.name.casefold()}
    for name in _FIELDS:
        document[name] = stored(getattr(school, name))
    return document | {"published": entry.published}


def entry_of(document: Document) -> RegisterEntry:
    """The entry that a document keeps; fields it has not yet are blank."""
    values = {name: document[name] for name in _FIELDS if name in document}
    values["status"] = Status(values["status"])
    if values.get("overall_grade"):
        values["overall_grade"] = OverallGrade(values["overall_grade"])
    for name in _DATES:
        if values.get(name):
            values[name] = dt.date.fromisoformat(values[name])
    return RegisterEntry(document["school_id"], School(urn=document["_id"], **values), document.get("published", 0))
