"""The routes of the API: one for commands, one for queries. No command has a handler of its own."""

import hashlib
import re
from typing import Any, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from services.portal.domain.tokens import Bearer
from services.portal.pages.api import openapi
from services.portal.pages.api.bearer import bearer_of, must_allow
from services.portal.pages.api.paging import at_cursor, next_page, paged
from services.portal.pages.api.problems import Problem, nothing_here, refused
from services.portal.pages.api.reach import must_reach
from services.portal.pages.api.reading import body_of, flat, message_of, must_take_json, parameters_of
from services.portal.pages.limits import TooOften
from services.portal.pages.portal import Portal
from shared.commands.base import Command, Query
from shared.commands.public import OF_PEOPLE, PUBLIC, Public
from shared.errors import KindredError, Retryable
from shared.mongo import unavailable

HERE = "/api"
LONGEST_NAME = 200
"""Letters of a file's name."""
KEY = re.compile(r"[!-~]{1,128}")
"""What an `Idempotency-Key` may be."""


def api(portal: Portal) -> Starlette:
    """Build the application below `/api`."""
    app = Starlette(
        routes=[
            Route("/openapi.json", described, methods=["GET"]),
            Route("/uploads", upload, methods=["POST"]),
            Route("/commands/{owner}/{name}/v{version:int}", command, methods=["POST"]),
            Route("/queries/{owner}/{name}/v{version:int}", query, methods=["GET", "POST"]),
        ],
        exception_handlers=dict.fromkeys((Problem, TooOften, KindredError, HTTPException, Exception), refused),
    )
    app.router.redirect_slashes = False
    app.state.portal = portal
    return app


async def described(_request: Request) -> Response:
    """The description of all this, in OpenAPI."""
    return Response(await run_in_threadpool(openapi.text), media_type="application/json")


async def command(request: Request) -> Response:
    """Carry a command out, once for each key."""
    portal, bearer, public = await _admitted(request, "commands")
    key = request.headers.get("idempotency-key", "")
    if not KEY.fullmatch(key):
        sentence = "Send an `Idempotency-Key` of up to 128 visible characters: the same key is carried out once."
        raise Problem(400, "no-key", sentence)
    message = message_of(public, bearer, await body_of(request))
    await must_reach(portal, bearer, message)
    once = f"api-{bearer.token.token_id}-{key}"
    done = await _known(portal.owners.ask(cast("Command", message), key=once, actor=bearer.account.person_id))
    return Response(done.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"})


async def upload(request: Request) -> Response:
    """Keep a file that a command names, for a day; its key is the answer."""
    portal, bearer = await _known_bearer(request)
    if bearer.token.own:
        raise nothing_here()
    if not any(bearer.token.may(scope) for scope in openapi.OF_UPLOADS):
        raise Problem(403, "scope", f"This needs one of the scopes {' and '.join(openapi.OF_UPLOADS)}.")
    name = " ".join(request.query_params.get("filename", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise Problem(422, "filename", f"Say in `filename` what the file is called, in at most {LONGEST_NAME} letters.")
    content = await request.body()
    if not content:
        raise Problem(422, "empty-file", "The body is the file; it is empty.")
    key = await _known(portal.owners.upload(content, name))
    return JSONResponse({"upload": key}, 201, headers={"cache-control": "no-store"})


async def query(request: Request) -> Response:
    """Answer a query: by address where its fields fit into one, else by a body."""
    portal, bearer, public = await _admitted(request, "queries")
    by_address = flat(public.request)
    if (request.method == "POST") == by_address:
        raise HTTPException(405, headers={"allow": "GET, HEAD" if by_address else "POST"})
    given = await body_of(request) if request.method == "POST" else parameters_of(request, public)
    fields = at_cursor(given) if paged(public.request) else given
    message = message_of(public, bearer, fields)
    await must_reach(portal, bearer, message)
    reply = await _known(portal.owners.find(cast("Query", message)))
    body = reply.model_dump_json().encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if paged(public.request) and (link := next_page(f"{HERE}{public.path}", given, message, reply)):
        headers["link"] = link
    if request.method != "POST" and _has(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


async def _admitted(request: Request, kind: str) -> tuple[Portal, Bearer, Public]:
    """Return who asks for what; raises Problem 401, 403, 404, 406, and TooOften."""
    portal, bearer = await _known_bearer(request)
    steps = request.path_params
    public = PUBLIC.get(f"{kind}.{steps['owner']}.{steps['name']}.v{steps['version']}")
    if public is None or (bearer.token.own and public.request not in OF_PEOPLE):
        raise nothing_here()
    must_allow(bearer, public.scope)
    must_take_json(request)
    return portal, bearer, public


async def _known_bearer(request: Request) -> tuple[Portal, Bearer]:
    """Return whose token came, and count the request; raises Problem 401, and TooOften."""
    portal: Portal = request.app.state.portal
    portal.count("api-network", request)
    bearer = await _known(bearer_of(portal, request))
    portal.count("api", bearer.token.token_id)
    return portal, bearer


async def _known(asked: Any) -> Any:
    """Return what is awaited; a database that is away is said to be away."""
    try:
        return await asked
    except Exception as error:
        if unavailable(error):
            raise Retryable("The portal's database does not answer.") from error
        raise


def _has(request: Request, tag: str) -> bool:
    """Whether the asker has this very answer (RFC 9110, section 13.1.2)."""
    named = request.headers.get("if-none-match", "")
    return named.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in named.split(",")}
