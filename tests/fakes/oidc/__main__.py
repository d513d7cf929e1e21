"""`python -m tests.fakes.oidc PORT`: an OpenID provider as a process, which lets in whoever it was told to be.

It keeps to OpenID Connect Core: discovery, codes that work once and for one redirect address, PKCE, a client that
proves itself, signed tokens. `POST /become` says who is before it, and what is wrong with the next token.
"""

import base64
import hashlib
import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "kindred", "a-secret-of-the-client"
KEY, OTHER_KEY = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


class Provider:
    """One process, one address."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.person: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}

    async def about(self, _request: Request) -> Response:
        ends = {name: f"{self.issuer}/{path}" for name, path in ENDPOINTS.items()}
        return JSONResponse({"issuer": self.issuer, **ends})

    async def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [KEY.as_dict(private=False)]})

    async def become(self, request: Request) -> Response:
        self.person = await request.json()
        return Response(status_code=204)

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def token(self, request: Request) -> Response:
        given = dict(await request.form())
        asked = self.codes.pop(str(given.get("code")), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(str(given.get("code_verifier")).encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or request.headers.get("authorization") != f"Basic {basic}"
            or challenge != asked["code_challenge"]
            or given.get("redirect_uri") != asked["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "one",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        claims |= {key: value for key, value in self.person.items() if key != "forged"}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER_KEY if self.person.get("forged") else KEY)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.about),
                Route("/keys", self.keys),
                Route("/become", self.become, methods=["POST"]),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
            ]
        )


ENDPOINTS = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}

if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(Provider(f"http://127.0.0.1:{port}").application(), port=port, log_level="warning")
