"""Between the models of the domain and the documents that are kept."""

from typing import Any, TypeVar

from pydantic import BaseModel

from services.notifications.domain.mail import Mail
from shared.mongo import Document

M = TypeVar("M", bound=BaseModel)
WITHOUT_TEXT = {"mime": 0}


def document(key: str, model: BaseModel, **more: Any) -> Document:
    """Return a model as it is kept under ``key``; dates and times of day as text, since BSON has neither."""
    return {"_id": key, **model.model_dump(mode="json"), **more}


def mail_document(mail: Mail) -> Document:
    """Return a mail as it is kept; moments stay moments, so that queries can compare them."""
    kept = mail.model_dump(exclude_none=True, by_alias=True)
    kept["timeline"] = [f"{mail.queued_at:%Y-%m-%d %H:%M:%S} queued"]
    return {"_id": kept.pop("mail_id"), **kept}


def mail(found: Document) -> Mail:
    """Return a mail from its document."""
    return Mail.model_validate({"mail_id": found["_id"], **found})


def model(kind: type[M], found: Document) -> M:
    """Return a model from its document."""
    return kind.model_validate(found)
