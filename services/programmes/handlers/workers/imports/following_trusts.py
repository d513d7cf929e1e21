"""Schools of trusts that take part follow the register: they join a trust, change to another one, close."""

from collections.abc import Iterable

from services.programmes.domain.imports import Progress
from services.programmes.domain.parties.records import PartyRecord
from services.programmes.domain.register.entry import RegisterEntry, facts_of
from services.programmes.domain.register.following import standing_under
from services.programmes.handlers.together import Together
from shared.bus import UnitOfWork

__all__ = ["TrustFollowing"]

_FOLLOWED = frozenset({"draft", "recruiting", "running", "postponed"})


class TrustFollowing:
    """Compares the schools of trusts with what the register says now, within the transaction that changes it."""

    def __init__(self, together: Together) -> None:
        self._together = together

    async def batch(self, changed: Iterable[RegisterEntry], work: UnitOfWork) -> Progress:
        """After a batch of entries was saved."""
        ids = {entry.school_id for entry in changed}
        now = await self._together.register.entries_of(ids)
        standing = {key: entry for key, entries in now.items() if (entry := standing_under(entries))}
        trusts = {trust for entry in standing.values() if (trust := facts_of(entry).trust_id)}
        parties = {one.party_id: one for one in await self._together.parties.of_trusts(trusts)}
        parties |= {one.party_id: one for one in await self._together.parties.with_schools(ids) if one.trust_id}
        notes: list[str] = []
        gone: list[tuple[PartyRecord, RegisterEntry]] = []
        for party in sorted(parties.values(), key=lambda one: one.party_id):
            gone += [(party, one) for one in standing.values() if _has_left(party, one)]
        for party, entry in gone:
            notes += await self._leave(party, entry, work)
        for party in sorted(parties.values(), key=lambda one: one.party_id):
            came = [one for one in standing.values() if _comes(party, one)]
            notes += await self._join(party, sorted(came, key=lambda one: one.school.urn), work)
        return Progress(notes=tuple(notes))

    async def _join(self, known: PartyRecord, entries: list[RegisterEntry], work: UnitOfWork) -> list[str]:
        programme = await self._together.situations.programmes.get(known.programme_id)
        party = await self._together.parties.party(known.party_id)
        if not entries or party is None or programme.stands not in _FOLLOWED:
            return []
        on = programme.today(work.now)
        await self._together.join(programme, party, entries, on, work)
        need = " and ".join(programme.terms.title_of(role) for role in programme.terms.people)
        who = f" Name its {need}: `kindred people add {{}}`." if need else ""
        return [
            f"{one.school.name} (URN {one.school.urn}) has joined {party.name} and takes part in '{programme.name}' "
            f"from {on:%d/%m/%Y} on.{who.format(one.school.urn)}"
            for one in entries
        ]

    async def _leave(self, known: PartyRecord, entry: RegisterEntry, work: UnitOfWork) -> list[str]:
        programme = await self._together.situations.programmes.get(known.programme_id)
        party = await self._together.parties.party(known.party_id)
        if party is None or programme.stands not in _FOLLOWED:
            return []
        closed = not entry.school.status.enrollable
        why = "has closed" if closed else f"is of {party.name} no longer"
        await self._together.leave(programme, party, [entry.school_id], f"By the register it {why}.", work)
        school = f"{entry.school.name} (URN {entry.school.urn})"
        return [f"{school} {why} by the register: its part in '{programme.name}' ends today, and what it did stays."]


def _has_left(party: PartyRecord, entry: RegisterEntry) -> bool:
    stays = entry.school.status.enrollable and party.takes(facts_of(entry))
    return entry.school_id in party.school_ids and not stays


def _comes(party: PartyRecord, entry: RegisterEntry) -> bool:
    return entry.school.status.enrollable and party.takes(facts_of(entry)) and entry.school_id not in party.school_ids
