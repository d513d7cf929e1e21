"""Wires the portal: its read models, its command, and the pages it serves."""

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable
from functools import cache

from starlette.applications import Starlette

from services.portal.adapters.dead_letters import BusDeadLetters
from services.portal.adapters.oidc import OidcProvider
from services.portal.adapters.owners import BusOwners
from services.portal.domain.sign_in.secrets import Key, Secrets
from services.portal.handlers.commands import LinkCommands, LinkOpenings
from services.portal.handlers.ending import Endings
from services.portal.handlers.exports import ExportNotes
from services.portal.handlers.feeds import FeedSteps
from services.portal.handlers.logins import LoginCommands, LoginQueries
from services.portal.handlers.sign_in import SignInSteps
from services.portal.handlers.sign_in_mails import SignInCommands, SignInMails, SignInQueries
from services.portal.handlers.tokens import TokenRequests, TokenSteps
from services.portal.pages.application import application
from services.portal.pages.console.needs import NeedQueries
from services.portal.pages.me.feed import DateQueries
from services.portal.pages.portal import Portal
from services.portal.pages.rendering import Renderer
from services.portal.pages.server import serve
from services.portal.ports.dead_letters import DeadLetters
from services.portal.ports.stores import Stores
from services.portal.settings import PortalSettings
from services.portal.store.stores import mongo_stores, prepare, signing_key
from services.portal.wiring import project
from shared.bus import Service
from shared.clock import Clock, SystemClock
from shared.commands.logins import AskLogin, ProveLogin, ShowLogin, ShowLoginSetup, TryLogin
from shared.commands.own import ListDates, ListNeeds
from shared.commands.portal import RevokeLinks
from shared.commands.sign_in import ResetSignIn, ShowSignIn
from shared.commands.tokens import ListTokens, RevokeToken
from shared.settings import Settings, validated

Serving = Callable[[Starlette, str, int], Awaitable[None]]
"""Serves the pages at an address and port."""


def build(
    settings: Settings, *, stores: Stores | None = None, serving: Serving = serve, clock: Clock | None = None,
    letters: DeadLetters | None = None,
) -> Service:  # fmt: skip
    """Return the service, not yet connected. Tests hand in stores, a way to the pages and a clock of their own."""
    own = settings if isinstance(settings, PortalSettings) else PortalSettings(**settings.model_dump())
    service = Service("portal", own)
    service.on_start(lambda: prepare(service.database))
    stores = stores or mongo_stores(service.database)
    key = _key(service, own)
    steps = sign_in(service, stores, Secrets(key), dt.timedelta(hours=own.sign_in_hours), clock)
    given = tokens(service, stores, clock)
    logins(service, stores, steps, dt.timedelta(days=own.login_days), clock)
    project(service, stores)
    service.command(RevokeLinks, LinkCommands(stores.links, stores.feeds).revoke)

    @cache
    def portal() -> Portal:
        return Portal(
            read=stores.read,
            owners=BusOwners(service),
            openings=LinkOpenings(service.transact, stores.links),
            clock=service.clock,
            key=key.value,
            settings=own,
            renderer=Renderer(own.support_email),
            sign_in=steps,
            tokens=given,
            feeds=FeedSteps(stores.feeds, service.transact, Secrets(key), secrets.token_urlsafe),
            exports=ExportNotes(service.transact, lambda: secrets.token_urlsafe(16)),
            letters=letters or BusDeadLetters(lambda: service.client),
            provider=provider_of(own),
        )

    async def pages() -> None:
        await serving(application(portal()), own.portal_host, own.portal_port)

    service.task("pages", pages)
    over_all(service, stores, portal)
    return service


def over_all(service: Service, stores: Stores, portal: Callable[[], Portal]) -> None:
    """What is asked over all programmes, and pages show, too."""
    service.query(ListNeeds, NeedQueries(BusOwners(service), stores.read.whole).list)
    service.query(ListDates, DateQueries(portal).list)


def _key(service: Service, own: PortalSettings) -> Key:
    """The key that signs and seals: the one given, or the one that all replicas share in the database."""
    if own.portal_secret:
        return Key(own.portal_secret.get_secret_value().encode())
    key = Key()

    async def load() -> None:
        key.value = (await signing_key(service.database, secrets.token_hex(32))).encode()

    service.on_start(load)
    return key


def sign_in(service: Service, every: Stores, sealed: Secrets, lasts: dt.timedelta, clock: Clock | None) -> SignInSteps:
    """Sign people in: steps for pages, mails, and what the command line asks for."""

    def now() -> dt.datetime:
        return (clock or service.clock).now()

    stores, endings = every.sign_in, Endings(every.sign_in, every.tokens, every.feeds)
    mails = SignInMails(stores, service.transact)
    service.task("sign-in-mails", mails.run)
    service.query(ShowSignIn, SignInQueries(stores, sealed, now).show)
    service.command(ResetSignIn, SignInCommands(stores, sealed, endings).reset)
    return SignInSteps(
        stores, service.transact, sealed, clock=clock or service.clock, machine=SystemClock(),
        draw=secrets.token_urlsafe, lasts=lasts,
    )  # fmt: skip


def provider_of(own: PortalSettings) -> OidcProvider | None:
    """The OpenID provider of this deployment, where it has one."""
    if not own.oidc_issuer or own.oidc_client_secret is None:
        return None
    secret = own.oidc_client_secret.get_secret_value()
    return OidcProvider(own.oidc_issuer, own.oidc_client_id, secret, own.oidc_name, own.public_url, SystemClock())


def logins(service: Service, stores: Stores, steps: SignInSteps, lasts: dt.timedelta, clock: Clock | None) -> None:
    """Sign the command line in."""
    commands = LoginCommands(steps, stores.sign_in, stores.tokens, lasts)
    queries = LoginQueries(steps, stores.sign_in, stores.tokens, clock or service.clock)
    service.command(AskLogin, commands.ask)
    service.command(TryLogin, commands.try_code)
    service.command(ProveLogin, commands.prove)
    service.query(ShowLoginSetup, queries.setup)
    service.query(ShowLogin, queries.show)


def tokens(service: Service, stores: Stores, clock: Clock | None) -> TokenSteps:
    """Tokens of the API: steps for pages and the API, and what the command line asks for."""
    requests = TokenRequests(stores.tokens, stores.read.people, clock or service.clock)
    service.query(ListTokens, requests.list)
    service.command(RevokeToken, requests.revoke)
    return TokenSteps(
        stores.tokens, stores.sign_in.accounts, service.transact, clock=clock or service.clock,
        draw=lambda: secrets.token_urlsafe(32),
    )  # fmt: skip


if __name__ == "__main__":
    build(validated(PortalSettings)).run()
