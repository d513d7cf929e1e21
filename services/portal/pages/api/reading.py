"""Turns a request over HTTP into a command or query, exactly as its contract says: nothing is guessed or dropped."""

import json
import math
from functools import cache
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request

from services.portal.domain.tokens import Bearer
from services.portal.pages.api.problems import Problem, not_well_formed
from shared.commands.base import Command, Query
from shared.commands.public import OF_PEOPLE, Public

Schema = dict[str, Any]
LARGEST = 2**53 - 1
"""The largest whole number that every JSON reader has (RFC 7493)."""
_SIMPLE = {"string", "integer", "boolean", "number", "null"}


def message_of(public: Public, bearer: Bearer, given: dict[str, Any]) -> Command | Query:
    """Return what is sent to the owner; raises Problem 422."""
    own = OF_PEOPLE[public.request] if bearer.token.own else public.own
    if own in given:
        raise not_well_formed([_own(own)])
    filled = public.filled or bearer.token.own
    facts = {**given, own: bearer.account.person_id} if filled else given
    try:
        message = public.request.model_validate_json(json.dumps(facts), strict=True)
    except RecursionError:
        raise Problem(422, "well-formed", "The body is nested too deeply.") from None
    except ValidationError as error:
        raise not_well_formed(error.errors(include_url=False, include_input=False)) from None
    _must_be_counted(message.model_dump())
    return message


async def body_of(request: Request) -> dict[str, Any]:
    """Return the object of a JSON body; raises Problem 400, 415."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Problem(415, "json-only", "Send `Content-Type: application/json`.")
    try:
        found = json.loads(await request.body(), parse_constant=_no_number, parse_float=_number)
    except (ValueError, RecursionError):
        raise Problem(400, "no-json", "The body is not JSON.") from None
    if not isinstance(found, dict):
        raise Problem(422, "well-formed", "The body must be a JSON object.")
    return found


def parameters_of(request: Request, public: Public) -> dict[str, Any]:
    """Return a query's fields from the address, as JSON has them. Fields of several values stand several times."""
    return {name: _values(public, name, request.query_params.getlist(name)) for name in request.query_params}


def must_take_json(request: Request) -> None:
    """Raise Problem 406 where the asker takes no JSON."""
    taken = request.headers.get("accept", "*/*")
    kinds = {part.partition(";")[0].strip().lower() for part in taken.split(",")}
    if not kinds & {"*/*", "application/*", "application/json", "application/problem+json", ""}:
        raise Problem(406, "json-only", "Answers are `application/json`.")


def flat(query: type[Command | Query]) -> bool:
    """Whether every field of a query fits into an address."""
    return all(kinds <= _SIMPLE or kinds == {"array"} for kinds in _kinds(query).values())


def _values(public: Public, name: str, texts: list[str]) -> Any:
    kinds = _kinds(public.request).get(name, {"string"})
    if kinds == {"array"}:
        return [_json(text, _items(public.request, name)) for text in texts]
    if len(texts) > 1:
        raise Problem(422, "well-formed", f"{name} may stand once.", errors=[{"at": name, "detail": "stands twice"}])
    return _json(texts[0], kinds)


def _json(text: str, kinds: set[str]) -> Any:
    """What a text in an address means where a field takes these kinds."""
    try:
        found = (
            json.loads(text, parse_constant=_no_number, parse_float=_number)
            if kinds & {"integer", "number", "boolean"}
            else text
        )
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, bool | int | float) else text


@cache
def _kinds(request: type[Command | Query]) -> dict[str, set[str]]:
    """Field -> the JSON types it takes; a list of what does not fit into an address is an `object`."""
    schema = request.model_json_schema()
    return {name: _kinds_of(field, schema) for name, field in schema.get("properties", {}).items()}


def _kinds_of(field: Schema, root: Schema) -> set[str]:
    if "$ref" in field:
        return _kinds_of(root["$defs"][field["$ref"].rpartition("/")[2]], root)
    if "anyOf" in field:
        return set().union(*(_kinds_of(one, root) for one in field["anyOf"]))
    if field.get("type") == "array":
        return {"array"} if _kinds_of(field.get("items", {}), root) <= _SIMPLE else {"object"}
    return {field.get("type", "string" if {"enum", "const"} & field.keys() else "object")}


@cache
def _items(request: type[Command | Query], name: str) -> set[str]:
    schema = request.model_json_schema()
    return _kinds_of(schema["properties"][name].get("items", {}), schema)


def _no_number(_text: str) -> Any:
    raise ValueError("not JSON")


def _number(text: str) -> int | float:
    """A number as JSON has it, where 5.0 is 5; raises ValueError for one that is too large to be one."""
    found = float(text)
    return int(found) if math.isfinite(found) and found.is_integer() else found


def _must_be_counted(found: Any, at: str = "") -> None:
    """Raise Problem 422 for a whole number that not every reader has."""
    if isinstance(found, int) and abs(found) > LARGEST:
        raise Problem(422, "well-formed", "A number is too large.", errors=[{"at": at, "detail": "is too large"}])
    inner = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list | tuple) else ()
    for name, one in inner:
        _must_be_counted(one, f"{at}.{name}".lstrip("."))


def _own(name: str) -> Any:
    return {"loc": (name,), "msg": "The token says who acts; leave this field out", "type": "extra_forbidden"}
