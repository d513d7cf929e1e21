"""Pages of long lists: `limit`, and a `cursor` that the page before names in its `Link` header (RFC 8288)."""

import base64
import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from services.portal.pages.api.problems import Problem
from shared.commands.base import Command, Query, Reply

_MARK = 8


def paged(request: type[Command | Query]) -> bool:
    """Whether a query is answered by the page."""
    fields = request.model_fields
    return issubclass(request, Query) and {"limit", "offset"} <= fields.keys() and "total" in request.Reply.model_fields


def at_cursor(given: dict[str, Any]) -> dict[str, Any]:
    """Return a query's fields with the place that its cursor names; raises Problem 422."""
    if "offset" in given:
        sentence = 'Follow `rel="next"` of the `Link` header instead.'
        raise Problem(422, "well-formed", sentence, errors=[{"at": "offset", "detail": "is not part of the API"}])
    if "cursor" not in given:
        return given
    rest = {name: value for name, value in given.items() if name != "cursor"}
    return {**rest, "offset": _place(given["cursor"], rest)}


def next_page(path: str, given: dict[str, Any], query: Any, reply: Reply) -> str:
    """Return the `Link` header, or nothing on the last page."""
    after, total = query.offset + query.limit, int(getattr(reply, "total", 0))
    if after >= total:
        return ""
    rest = {name: value for name, value in given.items() if name != "cursor"}
    texts = {name: _text(value) for name, value in {**rest, "cursor": _cursor(after, rest)}.items()}
    return f'<{path}?{urlencode(texts, doseq=True)}>; rel="next"'


def _cursor(offset: int, rest: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(f"{offset}.{_mark(rest)}".encode()).decode().rstrip("=")


def _place(cursor: Any, rest: dict[str, Any]) -> int:
    """Where a cursor points to; it belongs to the list that it was given for."""
    try:
        text = base64.urlsafe_b64decode(str(cursor) + "=" * (-len(str(cursor)) % 4)).decode("ascii")
        offset, _, mark = text.partition(".")
        if mark == _mark(rest) and offset.isdecimal() and len(offset) < _MARK + 1:
            return int(offset)
    except ValueError:
        pass
    raise Problem(422, "cursor", "This cursor belongs to no page of this list. Begin without one.")


def _mark(rest: dict[str, Any]) -> str:
    kept = {name: value for name, value in rest.items() if name != "limit"}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, default=str).encode()).hexdigest()[:_MARK]


def _text(value: Any) -> Any:
    if isinstance(value, list):
        return [_text(one) for one in value]
    return json.dumps(value) if isinstance(value, bool) else value
