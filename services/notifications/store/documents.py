"""Conversions between models of the domain and documents in MongoDB."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel

from services.notifications.domain.mail import Mail
from shared.mongo import Collection, Document

M = TypeVar("M", bound=BaseModel)
WITHOUT_TEXT = {"mime": 0}
_LONGEST_TIMELINE = 60


def document(key: str, model: BaseModel, **more: Any) -> Document:
    """Return a model as it is kept under ``key``; dates and times of day as text, since BSON has neither."""
    return {"_id": key, **model.model_dump(mode="json"), **more}


def mail_document(mail: Mail) -> Document:
    """Return a mail as it is kept; moments stay moments, so that queries can compare them."""
    kept = mail.model_dump(exclude_none=True, by_alias=True, exclude={"details"})
    kept["facts"] = mail.details.model_dump(mode="json", by_alias=True)
    kept["timeline"] = [f"{mail.queued_at:%Y-%m-%d %H:%M:%S} queued"]
    due = {"links_due": True} if mail.held else {}
    return {"_id": kept.pop("mail_id"), **kept, **due}


def noted(now: dt.datetime, what: str) -> Document:
    """Return the update that adds a line to a mail's timeline."""
    line = f"{now:%Y-%m-%d %H:%M:%S} {what}"
    return {"$push": {"timeline": {"$each": [line], "$slice": -_LONGEST_TIMELINE}}}


def mail(found: Document) -> Mail:
    """Return a mail from its document."""
    return Mail.model_validate({"mail_id": found["_id"], **found})


def model(kind: type[M], found: Document) -> M:
    """Return a model from its document."""
    return kind.model_validate(found)


async def some(collection: Collection, keys: Iterable[str]) -> list[Document]:
    """Return the documents with these ids."""
    wanted = sorted(set(keys))
    return await collection.find({"_id": {"$in": wanted}}).to_list() if wanted else []
