"""The contract of what the portal keeps of people who sign in; part of the contract of its stores."""

import datetime as dt
from dataclasses import replace

from services.portal.domain.sign_in.attempts import Attempt
from services.portal.domain.sign_in.second_factor import SecondFactor
from services.portal.domain.sign_in.sessions import Account, Session
from services.portal.domain.tokens import Token
from shared.commands.portal import RevokeLinks
from shared.events.people import ContactCard
from shared.events.programmes import PersonErased
from shared.roster import Membership
from tests.unit.portal.signing import ADDRESS, appoint
from tests.unit.portal.world import NOW


def at_a_trust(person_id, **more):
    given = {"membership_id": "mem-trust", "programme_id": "prg-2", "role": "director", "version": 1}
    return Membership(person_id=person_id, party_id="pty-1", since=NOW.date(), **given, **more)


class SignInContract:
    """A subclass has the fixture `world`, the portal over its stores."""

    async def test_accounts(self, world):
        accounts = world.stores.sign_in.accounts
        assert (await accounts.get("per-x"), await accounts.at("x@example.org")) == (None, None)
        assert await accounts.coordinators() == []
        await appoint(world)
        nadia = Account("per-coo", "Nadia Rahman", ADDRESS, coordinator=True)
        assert (await accounts.get("per-coo"), await accounts.at(ADDRESS.upper())) == (nadia, nadia)
        assert await accounts.coordinators() == ["per-coo"]
        head = Account("per-a-head", "Amara Osei", "per-a-head@example.org")
        assert await accounts.at("Per-A-Head@example.org") == head
        await world.stores.read.roster.put_membership(at_a_trust("per-a-head"))
        assert await accounts.get("per-a-head") == replace(head, leads=True)
        await world.stores.read.roster.put_membership(at_a_trust("per-a-head", until=NOW.date()))
        assert await accounts.get("per-a-head") == head

    async def test_feeds_and_links_of_a_person(self, world):
        feeds = world.stores.feeds
        await feeds.put("per-a-head", "fee-1")
        await feeds.put("per-a-head", "fee-2")
        assert (await feeds.id_of("per-a-head"), await feeds.id_of("per-b-head")) == ("fee-2", None)
        assert (await feeds.person_of("fee-2"), await feeds.person_of("fee-1")) == ("per-a-head", None)
        for purpose in ("answer", "report"):
            await world.issue(purpose, "per-a-head")
        assert {one.purpose for one in await world.stores.links.of_person("per-a-head")} == {"answer", "report"}
        await world.carry_out(RevokeLinks(person_id="per-a-head"), world.work)
        assert await feeds.id_of("per-a-head") is None
        await feeds.put("per-a-head", "fee-3")
        await feeds.drop("per-a-head")
        assert await feeds.person_of("fee-3") is None

    async def test_attempts(self, world):
        attempts = world.stores.sign_in.attempts
        first = Attempt("key", "att-1", ADDRESS, NOW + dt.timedelta(minutes=10), (NOW,))
        await attempts.put(first)
        assert (await attempts.get("key"), await attempts.find("att-1"), await attempts.due(9)) == (
            first,
            first,
            [first],
        )
        newer = replace(first, attempt_id="att-2", due=False, tries=3, locked_until=NOW, person_id="per-coo")
        await attempts.put(newer)
        assert (await attempts.get("key"), await attempts.find("att-1"), await attempts.due(9)) == (newer, None, [])
        assert await attempts.get("other") is None

    async def test_sessions_and_second_factors(self, world):
        sessions, factors = world.stores.sign_in.sessions, world.stores.sign_in.factors
        ends = NOW + dt.timedelta(hours=12)
        one = Session("hash-1", "ses-1", "per-coo", NOW, NOW, ends)
        two = Session("hash-2", "ses-2", "per-coo", NOW, NOW, ends, confirmed=NOW)
        for session in (one, two):
            await sessions.put(session)
        await sessions.seen("hash-1", NOW + dt.timedelta(minutes=5))
        assert (await sessions.get("hash-1")).seen == NOW + dt.timedelta(minutes=5)
        assert sorted(found.session_id for found in await sessions.of_person("per-coo")) == ["ses-1", "ses-2"]
        await sessions.end("hash-1")
        assert (await sessions.get("hash-1"), await sessions.of_person("per-coo")) == (None, [two])
        factor = SecondFactor("per-coo", "salt", ready=True, step=7, spent=(1,), tries=2, locked_until=NOW)
        await factors.put(factor)
        assert (await factors.get("per-coo"), await factors.get("per-x")) == (factor, None)
        await world.handle(PersonErased(version=1, person_id="per-coo", erased_on=NOW.date()))
        assert (await factors.get("per-coo"), await sessions.of_person("per-coo")) == (None, [])
        await appoint(world)
        await factors.put(factor)
        await sessions.put(two)
        await world.handle(ContactCard(person_id="per-coo", version=3, name="Nadia Rahman", email=ADDRESS))
        assert (await factors.get("per-coo"), await sessions.of_person("per-coo")) == (None, [])
        await factors.put(factor)
        await factors.drop("per-coo")
        assert await factors.get("per-coo") is None

    async def test_tokens(self, world):
        tokens = world.stores.tokens
        scopes, ends = ("schools:read", "dates:change"), NOW + dt.timedelta(days=30)
        one = Token("hash-1", "tok-1", "per-coo", "Timetable", scopes, NOW, ends, ("prg-1",))
        two = Token("hash-2", "tok-2", "per-x", "Other", scopes, NOW + dt.timedelta(days=1), ends, revoked=NOW)
        for token in (one, two):
            await tokens.put(token)
        assert (await tokens.get("tok-1"), await tokens.by_key("hash-2")) == (one, two)
        assert (await tokens.get("tok-x"), await tokens.by_key("hash-x")) == (None, None)
        assert (await tokens.listed(), await tokens.listed("per-coo")) == ([two, one], [one])
        await tokens.used("tok-1", NOW)
        assert (await tokens.get("tok-1")).used == NOW
        await world.handle(PersonErased(version=1, person_id="per-coo", erased_on=NOW.date()))
        assert await tokens.listed() == [two]
