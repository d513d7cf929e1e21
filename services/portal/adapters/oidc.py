"""An OpenID provider (OpenID Connect Core 1.0, section 3.1) by Authlib; tokens are checked by joserfc."""

import secrets
import warnings
from dataclasses import dataclass
from typing import Any, cast

import httpx
from authlib.common.errors import AuthlibBaseError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from services.portal.ports.provider import Begun
from shared.clock import Clock
from shared.errors import Retryable

with warnings.catch_warnings():  # Authlib would rather have another client, and works with this one until 2.0
    import authlib.deprecate  # sets a filter of its own, which the next line takes precedence over

    warnings.simplefilter("ignore", authlib.deprecate.AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import AsyncOAuth2Client

BACK = "/sign-in/back"
"""Where the provider sends people back to."""
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
SKEW = 120
"""Seconds by which clocks may differ."""
TIMEOUT = 8.0


@dataclass(frozen=True)
class OidcProvider:
    """The port `Provider`. `clock`: the machine's, which the provider goes by."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    public_url: str
    clock: Clock

    async def begin(self) -> Begun:
        """Return a way to the provider; raises Retryable where it does not answer."""
        nonce, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
        async with self._client() as client:
            about = await self._about(client)
            url, state = client.create_authorization_url(
                about["authorization_endpoint"], nonce=nonce, code_verifier=verifier
            )
        return Begun(url, state, nonce, verifier)

    async def finish(self, begun: Begun, returned: str) -> str | None:
        """Return the verified address of who came back by this address; None where anything does not hold."""
        async with self._client(state=begun.state) as client:
            about = await self._about(client)
            try:
                token = await client.fetch_token(
                    about["token_endpoint"], authorization_response=returned, code_verifier=begun.verifier
                )
                keys = KeySet.import_key_set(cast("KeySetSerialization", await self._json(client, about["jwks_uri"])))
                claims = jwt.decode(str(token["id_token"]), keys, algorithms=list(ALGORITHMS)).claims
                self._check(claims, begun.nonce)
            except httpx.HTTPError as error:
                raise Retryable(f"{self.name} does not answer.") from error
            except (AuthlibBaseError, JoseError, KeyError, ValueError):
                return None
        address = claims.get("email")
        return address if isinstance(address, str) and claims.get("email_verified") is True else None

    def _check(self, claims: dict[str, Any], nonce: str) -> None:
        """Raise JoseError for a token of somebody else, for somebody else, of another sign-in, or out of date."""
        registry = jwt.JWTClaimsRegistry(
            now=int(self.clock.now().timestamp()), leeway=SKEW,
            iss={"essential": True, "value": self.issuer}, aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce}, exp={"essential": True}, iat={"essential": True},
        )  # fmt: skip
        registry.validate(claims)

    def _client(self, **more: Any) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self.client_id, self.client_secret, redirect_uri=f"{self.public_url}{BACK}", scope="openid email",
            code_challenge_method="S256", timeout=TIMEOUT, **more,
        )  # fmt: skip

    async def _about(self, client: AsyncOAuth2Client) -> dict[str, Any]:
        """What the provider says of itself; raises Retryable where it does not answer, or says that it is another."""
        about = await self._json(client, f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if about.get("issuer") != self.issuer:
            raise Retryable(f"{self.name} calls itself something else than KINDRED_OIDC_ISSUER.")
        return about

    async def _json(self, client: AsyncOAuth2Client, url: str) -> dict[str, Any]:
        try:
            answer = await client.request("GET", url, withhold_token=True)
            found: dict[str, Any] = answer.raise_for_status().json()
        except (httpx.HTTPError, ValueError) as error:
            raise Retryable(f"{self.name} does not answer.") from error
        return found
