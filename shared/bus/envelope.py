"""CloudEvents 1.0 in binary mode: the envelope in ``ce-*`` headers, the fact as a JSON body, W3C trace context.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/nats-protocol-binding.md
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shared.bus.reminder import Reminder
from shared.errors import Permanent

RESTORED = "kindred-restored"
"""Says that a message comes from a restored backup, and when the restore happened (ISO 8601)."""
_TYPE = re.compile(r"^(?P<name>[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)\.v(?P<v>\d+)$")
_REMINDER = TypeAdapter(Reminder)
_HEADERS = {
    "ce-id": "id",
    "ce-type": "type",
    "ce-source": "source",
    "ce-subject": "about",
    "ce-correlationid": "correlation_id",
    "ce-causationid": "causation_id",
    "ce-actor": "actor",
    "traceparent": "traceparent",
}


class Unreadable(Permanent):
    """The message cannot be decoded: missing headers, no JSON, or other fields than declared."""


class UnknownVersion(Permanent):
    """The type is known, its version is not. The message is parked until a newer release replays it."""


@dataclass(frozen=True)
class Envelope:
    """The metadata of every message."""

    id: str
    type: str
    source: str
    about: str
    time: datetime
    correlation_id: str
    causation_id: str = ""
    actor: str = ""
    traceparent: str = ""
    restored: datetime | None = None

    def headers(self) -> dict[str, str]:
        """Return the message headers."""
        fixed = {"ce-specversion": "1.0", "ce-time": self.time.isoformat(), "content-type": "application/json"}
        given = {header: getattr(self, field) for header, field in _HEADERS.items()}
        given[RESTORED] = self.restored.isoformat() if self.restored else ""
        return fixed | {header: value for header, value in given.items() if value}

    @classmethod
    def of(cls, headers: Mapping[str, str] | None) -> "Envelope":
        """Read the headers; raises Unreadable."""
        found = headers or {}
        fields = {field: found.get(header, "") for header, field in _HEADERS.items()}
        try:
            time = datetime.fromisoformat(found["ce-time"])
            restored = datetime.fromisoformat(found[RESTORED]) if RESTORED in found else None
        except (KeyError, ValueError):
            raise Unreadable("The message has no CloudEvents time, or names no time of its restore.") from None
        if not fields["id"] or not _TYPE.match(fields["type"]):
            raise Unreadable("The message has no CloudEvents id or type.")
        return cls(
            time=time,
            **{**fields, "correlation_id": fields["correlation_id"] or fields["id"]},
            restored=restored,
        )


def read(kind: type[Any], body: bytes) -> Any:
    """Return the fact in a body; raises Unreadable, naming the fields but never quoting their values."""
    try:
        return _REMINDER.validate_json(body) if kind is Reminder else kind.model_validate_json(body)
    except ValidationError as error:
        where = sorted({".".join(map(str, line["loc"])) or "body" for line in error.errors(include_input=False)})
        raise Unreadable(f"The body is no {kind.__name__}: see {', '.join(where)[:300]}.") from None


def written(fact: Any) -> bytes:
    """Return the JSON body of a fact."""
    return _REMINDER.dump_json(fact) if isinstance(fact, Reminder) else fact.model_dump_json().encode()


def other_version(wanted: str, known: Mapping[str, Any]) -> bool:
    """Tell whether ``known`` holds the fact ``wanted`` in another version only."""
    found = _TYPE.match(wanted)
    names = {match["name"] for name in known if (match := _TYPE.match(name))}
    return found is not None and wanted not in known and found["name"] in names


def newer_only(wanted: str, known: Mapping[str, Any]) -> bool:
    """Tell whether ``known`` holds the fact ``wanted`` in newer versions only; others still read the older one."""
    found = _TYPE.match(wanted)
    if found is None:
        return False
    others = (match for name in known if (match := _TYPE.match(name)))
    versions = [int(match["v"]) for match in others if match["name"] == found["name"]]
    return bool(versions) and int(found["v"]) < min(versions)
