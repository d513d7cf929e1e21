"""Whose token came (RFC 6750). Cookies count for nothing here, so no page elsewhere can use somebody's session."""

import re

from starlette.requests import Request

from services.portal.domain.tokens import Bearer
from services.portal.pages.api.problems import Problem
from services.portal.pages.portal import Portal

_GIVEN = re.compile(r"Bearer +([A-Za-z0-9._~+/-]{1,200}=*)", re.IGNORECASE)


async def bearer_of(portal: Portal, request: Request) -> Bearer:
    """Return whose token came; raises Problem 401, and TooOften where many were none."""
    given = request.headers.getlist("authorization")
    found = _GIVEN.fullmatch(given[0]) if len(given) == 1 else None
    if found is None:
        sentence = "Send a token as `Authorization: Bearer …`. It is made in the console, or under one's own details."
        raise Problem(401, "no-token", sentence, headers={"www-authenticate": 'Bearer realm="kindred"'})
    bearer = await portal.tokens.behind(found[1])
    if bearer is None:
        portal.count("unknown-token", request)
        told = {"www-authenticate": 'Bearer realm="kindred", error="invalid_token"'}
        raise Problem(401, "token-over", "This token opens nothing: it ran out, was revoked or is none.", headers=told)
    return bearer


def must_allow(bearer: Bearer, scope: str) -> None:
    """Raise Problem 403 where a token's scopes do not reach."""
    if not bearer.token.may(scope):
        told = {"www-authenticate": f'Bearer realm="kindred", error="insufficient_scope", scope="{scope}"'}
        raise Problem(403, "scope", f"This needs the scope {scope}, which this token has not.", headers=told)
