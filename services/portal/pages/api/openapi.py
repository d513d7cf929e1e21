"""Describes the API in OpenAPI 3.1, from the same list and contracts by which it answers."""

import inspect
import json
from functools import cache
from typing import Any

from pydantic.json_schema import models_json_schema

from services.portal.pages.api.paging import paged
from services.portal.pages.api.problems import MEDIA_TYPE, RULES
from services.portal.pages.api.reading import LARGEST, Schema, flat
from shared.commands.base import Command, Query
from shared.commands.public import OF_PEOPLE, PUBLIC, Public
from shared.commands.scopes import AREAS

VERSION = "1"
REFUSALS = {
    "400": "what was sent cannot be read, or a key is missing", "401": "no good token came",
    "403": "the token's scopes do not reach", "404": "there is no such thing, or none for this token",
    "406": "the asker takes no JSON", "408": "the body did not come in time", "409": "something has changed meanwhile",
    "413": "more than one request may hold", "415": "the body is not sent as JSON",
    "422": "a rule refuses it: `rule` names it, `detail` says what to do",
    "429": "too many requests; see `Retry-After`",
    "500": "a fault of ours", "503": "an owner does not answer just now; see `Retry-After`",
}  # fmt: skip
ALWAYS = ("401", "403", "404", "406", "422", "429", "500", "503")
OF_BODIES = ("400", "408", "413", "415")
OF_UPLOADS = ("schools:change", "dates:change")
"""One of these scopes lets a token send a file."""
_ABOUT = (
    "Commands and queries of Kindred for programs. Each is a contract of the services, sent with a token that a "
    "coordinator makes in the console, or somebody under their own details. docs/api.md begins with examples."
)


@cache
def text() -> str:
    """The description as it is written and served."""
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"


def document() -> Schema:
    """Build the description."""
    requests, replies, schemas = _schemas()
    schemas["Problem"] = _problem()
    paths: dict[str, Schema] = {}
    for public in sorted(PUBLIC.values(), key=lambda one: one.path):
        body, reply = requests[public.subject], replies[public.request.Reply]
        way = "get" if issubclass(public.request, Query) and flat(public.request) else "post"
        paths[public.path] = {way: _operation(public, way, schemas[body], reply)}
        if way == "post":
            paths[public.path][way]["requestBody"] = _content({"$ref": f"#/components/schemas/{body}"}, needed=True)
        else:
            del schemas[body]
    paths["/uploads"] = {"post": _upload()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Kindred", "version": VERSION, "description": _ABOUT},
        "servers": [{"url": "/api"}],
        "security": [{"token": []}],
        "tags": [{"name": area, "description": words} for area, words in AREAS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {status: {"description": said, **_problems()} for status, said in REFUSALS.items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _upload() -> Schema:
    """How a file gets to the commands that name one."""
    name = {"type": "string", "minLength": 1, "maxLength": 200}
    answer = {"type": "object", "required": ["upload"], "properties": {"upload": {"type": "string"}}}
    found: Schema = {"content": {"application/json": {"schema": answer}}, "description": "its key, kept for a day"}
    refusals = ("401", "403", "404", "408", "413", "422", "429", "500", "503")
    file = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "minLength": 1}}}}
    return {
        "operationId": "upload", "summary": "Keep a file for a command that names one.", "tags": ["schools"],
        "description": f"The body is the file as it is. Scopes: one of `{'`, `'.join(OF_UPLOADS)}`.",
        "parameters": [{"name": "filename", "in": "query", "required": True, "schema": name}],
        "requestBody": file,
        "responses": {"201": found, **{one: {"$ref": f"#/components/responses/{one}"} for one in refusals}},
    }  # fmt: skip


def _operation(public: Public, way: str, schema: Schema, reply: str) -> Schema:
    request = public.request
    first, _, more = (inspect.getdoc(request) or "").partition("\n\n")
    refusals = [*ALWAYS, *(OF_BODIES if way == "post" else ()), *(("409",) if issubclass(request, Command) else ())]
    found = _content({"$ref": f"#/components/schemas/{reply}"}) | {"description": "what the owner answers"}
    if way == "get":
        found["headers"] = _headers(request)
    answers: Schema = {"200": found}
    if way == "get":
        answers["304"] = {"description": "the asker has this very answer"}
    answers |= {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(refusals)}
    told: Schema = {
        "operationId": public.subject, "summary": first.replace("\n", " "), "tags": [public.scope.partition(":")[0]],
        "description": "\n\n".join(filter(None, [more, f"Scope: `{public.scope}`.", _own(public)])),
        "parameters": _parameters(request, way, schema), "responses": answers,
    }  # fmt: skip
    return told


def _own(public: Public) -> str:
    """What people's own tokens may do with it."""
    field = OF_PEOPLE.get(public.request)
    return f"Tokens of people's own: yes; they leave out `{field}`." if field else ""


def _parameters(request: type[Command | Query], way: str, schema: Schema) -> list[Schema]:
    if issubclass(request, Command):
        key = {"type": "string", "pattern": "^[!-~]{1,128}$"}
        said = "The same key is carried out once, and answered the same."
        return [{"name": "Idempotency-Key", "in": "header", "required": True, "schema": key, "description": said}]
    if way == "post":
        return []
    fields, required = schema.get("properties", {}), schema.get("required", ())
    return [
        {
            "name": name, "in": "query", "required": name in required, "schema": _without_null(field),
            "description": field.get("description", ""),
        }
        for name, field in fields.items()
    ]  # fmt: skip


def _headers(request: type[Command | Query]) -> Schema:
    told = {"ETag": "of this answer; send it as `If-None-Match`"}
    if paged(request):
        told["Link"] = 'the next page, where there is one: `rel="next"`'
    return {name: {"description": said, "schema": {"type": "string"}} for name, said in told.items()}


def _schemas() -> tuple[dict[str, str], dict[Any, str], dict[str, Schema]]:
    """The name of the schema of each request, by subject, and of each reply; and all schemas by name."""
    kinds = dict.fromkeys(one.request.Reply for one in PUBLIC.values())
    asked: list[Any] = [(one.request, "validation") for one in PUBLIC.values()]
    told: list[Any] = [(reply, "serialization") for reply in kinds]
    found, whole = models_json_schema([*asked, *told], ref_template="#/components/schemas/{model}")
    schemas = {name: _bounded(schema) for name, schema in whole["$defs"].items()}
    names = {key: value["$ref"].rpartition("/")[2] for key, value in found.items()}
    requests = {one.subject: names[one.request, "validation"] for one in PUBLIC.values()}
    for one in PUBLIC.values():
        schemas[requests[one.subject]] = _as_sent(one, schemas[requests[one.subject]])
    return requests, {reply: names[reply, "serialization"] for reply in kinds}, schemas


def _as_sent(public: Public, schema: Schema) -> Schema:
    """A request's schema without who acts, and with a cursor in place of the offset."""
    fields = {name: field for name, field in schema.get("properties", {}).items() if name != public.own}
    if paged(public.request):
        del fields["offset"]
        fields["cursor"] = {"type": "string", "description": "where the page begins, as the `Link` before says"}
    told = {**schema, "properties": fields}
    if needed := [name for name in schema.get("required", ()) if name in fields]:
        told["required"] = needed
    else:
        told.pop("required", None)
    return told


def _bounded(node: Any) -> Any:
    """A schema in which whole numbers are those that every JSON reader has, and keys only those of their pattern."""
    if isinstance(node, list):
        return [_bounded(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {name: _bounded(value) for name, value in node.items()}
    if "patternProperties" in found:
        found.setdefault("additionalProperties", False)
    if found.get("type") == "integer":
        if "exclusiveMaximum" not in found:
            found.setdefault("maximum", LARGEST)
        if "exclusiveMinimum" not in found:
            found.setdefault("minimum", -LARGEST)
    return found


def _without_null(field: Schema) -> Schema:
    """What may stand in an address: nothing is said by leaving a field out."""
    told = {name: value for name, value in field.items() if name not in {"title", "description"}}
    if "anyOf" in told:
        told["anyOf"] = [one for one in told["anyOf"] if one.get("type") != "null"]
        if told.get("default", 0) is None:
            del told["default"]
        if len(told["anyOf"]) == 1:
            told |= told.pop("anyOf")[0]
    return told


def _content(schema: Schema, *, needed: bool = False) -> Schema:
    return {"content": {"application/json": {"schema": schema}}} | ({"required": True} if needed else {})


def _problems() -> Schema:
    return {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


def _problem() -> Schema:
    place = {
        "type": "object", "required": ["at", "detail"],
        "properties": {"at": {"type": "string"}, "detail": {"type": "string"}},
    }  # fmt: skip
    return {
        "type": "object", "title": "Problem", "description": "What is refused, and why (RFC 9457).",
        "required": ["type", "title", "status", "detail", "rule"],
        "properties": {
            "type": {"type": "string", "description": f"`{RULES}` and the rule"}, "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "a sentence that says what to do"},
            "rule": {"type": "string", "description": "the rule's name, which does not change"},
            "errors": {"type": "array", "items": place},
        },
    }  # fmt: skip
