"""Commands about trusts and partnerships as a whole."""

from collections.abc import Sequence

from services.programmes.domain.parties import people, schools
from services.programmes.domain.parties.records import OF_PROGRAMME, PartyRecord, party_id
from services.programmes.domain.parties.schools import PartyDecision
from services.programmes.domain.reasons import must_say_why
from services.programmes.domain.records import Programme
from services.programmes.domain.register.entry import RegisterEntry, trust_id
from services.programmes.handlers.together import Together
from services.programmes.ports.register import Schools
from shared.bus import UnitOfWork
from shared.commands.base import Done
from shared.commands.parties import ChangePartnership, EnrolPartnership, EnrolTrust, TrainTogether, WithdrawParty
from shared.commands.programmes import PersonDetails
from shared.errors import Rejected
from shared.template.kinds import SHARED_PLACE, TRAINING

__all__ = ["PartyCommands", "party_named"]

LEAST = 2
"""Schools that train together."""


class PartyCommands:
    """One method a command."""

    def __init__(self, together: Together, register: Schools) -> None:
        self._together = together
        self._register = register

    async def enrol_trust(self, command: EnrolTrust, work: UnitOfWork) -> Done:
        """A trust takes part with all its open schools."""
        programme = await self._together.situations.programmes.get(command.programme_id)
        schools.refuse_unless_together(programme, "trust")
        code, name = await self._trust(command.trust)
        entries = await self._together.open_schools(code)
        if not entries:
            raise Rejected("no-schools", f"The register has no open school of {name} ({code}).")
        return await self._enrol(
            programme, "trust", name, trust=trust_id(code), entries=entries, named=command.people, work=work
        )

    async def enrol_partnership(self, command: EnrolPartnership, work: UnitOfWork) -> Done:
        """Schools take part together, whatever their trusts."""
        programme = await self._together.situations.programmes.get(command.programme_id)
        schools.refuse_unless_together(programme, "partnership")
        entries = await self._open(programme, command.urns)
        name = " ".join(command.name.split())
        return await self._enrol(
            programme, "partnership", name, trust=None, entries=entries, named=command.people, work=work
        )

    async def train(self, command: TrainTogether, work: UnitOfWork) -> Done:
        """Schools that take part train together; each stays enrolled by itself."""
        programme = await self._together.situations.programmes.get(command.programme_id)
        found = await self._register.entries(command.urns)
        urns, name = list(dict.fromkeys(command.urns)), " ".join(command.name.split())
        if unknown := [urn for urn in urns if urn not in found]:
            raise Rejected("unknown-urn", f"No school in the register has URN {unknown[0]}.")
        entries = [found[urn] for urn in urns]
        schools.refuse_unless_alike(programme, entries)
        if len(entries) < LEAST:
            raise Rejected("one-school", "Two schools at least train together.")
        every = await self._together.parties.parties(programme.programme_id)
        before = next((one for one in every if one.kind == TRAINING and one.name.casefold() == name.casefold()), None)
        for entry in entries:
            await self._refuse_unless_free(programme, entry, every, before)
        ids = [one.school_id for one in entries]
        after, how = schools.training(programme, name, before, ids, programme.today(work.now))
        await self._together.save(PartyDecision(after, (schools.changed(after, how),)), work)
        return _done(
            after, f"{len(ids)} schools train together as {name}; plan their days with `kindred sessions plan`."
        )

    async def _refuse_unless_free(
        self, programme: Programme, entry: RegisterEntry, every: Sequence[PartyRecord], own: PartyRecord | None
    ) -> None:
        """Raises Rejected where a school does not take part, or trains with others already."""
        enrolment = await self._together.situations.enrolment(programme.programme_id, entry.school_id)
        if enrolment is None or enrolment.state != "enrolled":
            said = f"{entry.school.name} does not take part in '{programme.name}'; enrol it first."
            raise Rejected("not-enrolled", said)
        other = schools.place_among(every, programme.programme_id, entry.school_id, TRAINING)
        if other is not None and (own is None or other.party_id != own.party_id):
            raise Rejected("of-another-party", f"{entry.school.name} trains together with {other.name} already.")

    async def change(self, command: ChangePartnership, work: UnitOfWork) -> Done:
        """Schools join a partnership or leave it."""
        programme = await self._together.situations.programmes.get(command.programme_id)
        schools.refuse_unless_under_way(programme)
        party = await party_named(self._together, programme, command.party)
        if party.kind == TRAINING:
            raise Rejected("party-kind", f"Name all schools of {party.name} anew: `kindred parties together`.")
        if party.trust_id is not None:
            sentence = (
                f"The schools of {party.name} follow the register; import a newer one with `kindred schools import`."
            )
            raise Rejected("follows-register", sentence)
        joining = await self._open(programme, command.joining)
        leaving = await self._of(party, command.leaving)
        party = await self._together.join(programme, party, joining, programme.today(work.now), work)
        party = await self._together.leave(programme, party, leaving, f"It left {party.name}.", work)
        return _done(party, f"{party.name} has {len(party.school_ids)} schools now.")

    async def withdraw(self, command: WithdrawParty, work: UnitOfWork) -> Done:
        """A party leaves with all its schools."""
        programme = await self._together.situations.programmes.get(command.programme_id)
        party = await party_named(self._together, programme, command.party)
        if party.kind in {SHARED_PLACE, TRAINING}:
            after = schools.dissolved(party, programme.today(work.now), command.reason)
            await self._together.save(PartyDecision(after, (schools.changed(after, "withdrawn"),)), work)
            what = "share a place" if party.kind == SHARED_PLACE else "train together"
            return _done(after, f"{party.name} {what} no longer; each goes on by itself.")
        must_say_why(command.reason)
        await self._together.leave_whole(programme, party, command.reason, work)
        return _done(party, f"{party.name} has left the programme with {len(party.school_ids)} schools.")

    async def _enrol(
        self,
        programme: Programme,
        kind: str,
        name: str,
        *,
        trust: str | None,
        entries: Sequence[RegisterEntry],
        named: Sequence[PersonDetails],
        work: UnitOfWork,
    ) -> Done:
        together, on = self._together, programme.today(work.now)
        before = await together.parties.party(party_id(programme.programme_id, trust or name.casefold()))
        ids = [one.school_id for one in entries]
        record = schools.enrolled(programme, kind, name, trust_id=trust, before=before, schools=ids, on=on)
        known = await together.situations.contacts.known((one.email for one in named), ())
        decision = people.name(record, programme, named, known, new_id=together.situations.contacts.new_id, on=on)
        people.refuse_missing(decision.record, programme)
        enrolled = schools.changed(decision.record, "enrolled")
        await together.save(PartyDecision(decision.record, (enrolled, *decision.events), decision.people), work)
        await together.enrol(programme, entries, work)
        return _done(decision.record, f"{name} takes part with {len(entries)} schools{_lacking(programme)}.")

    async def _trust(self, text: str) -> tuple[str, str]:
        """Code and name of the one trust that is meant. Raises Rejected("unknown-trust" or "which-trust")."""
        wanted = " ".join(text.split()).removeprefix("trust-")
        found = await self._register.trusts(wanted)
        exact = {code: name for code, name in found.items() if wanted.casefold() in {code.casefold(), name.casefold()}}
        chosen = exact or found
        if not chosen:
            hint = "`kindred schools show URN` says which trust a school is of, and its code."
            raise Rejected("unknown-trust", f"The register has no trust '{wanted[:60]}'. {hint}")
        if len(chosen) > 1:
            few = ", ".join(f"{name} ({code})" for code, name in list(chosen.items())[:5])
            raise Rejected("which-trust", f"Several trusts go by '{wanted[:60]}': {few}. Name one by its code.")
        return next(iter(chosen.items()))

    async def _open(self, programme: Programme, urns: Sequence[int]) -> list[RegisterEntry]:
        """The entries of open schools that no other party of the programme has. Raises Rejected."""
        found = await self._register.entries(urns)
        taken = {
            school: one.name
            for one in await self._together.parties.parties(programme.programme_id)
            for school in one.school_ids
        }
        for urn in dict.fromkeys(urns):
            entry = found.get(urn)
            if entry is None:
                raise Rejected("unknown-urn", f"No school in the register has URN {urn}.")
            if not entry.school.status.enrollable:
                raise Rejected("closed-school", f"{entry.school.name} (URN {urn}) is not open.")
            if other := taken.get(entry.school_id):
                raise Rejected("of-another-party", f"{entry.school.name} (URN {urn}) takes part with {other} already.")
        return [found[urn] for urn in dict.fromkeys(urns)]

    async def _of(self, party: PartyRecord, urns: Sequence[int]) -> list[str]:
        found = await self._register.entries(urns)
        for urn in urns:
            entry = found.get(urn)
            if entry is None or entry.school_id not in party.school_ids:
                raise Rejected("not-of-party", f"The school with URN {urn} is not of {party.name}.")
        return [found[urn].school_id for urn in urns]


async def party_named(together: Together, programme: Programme, named: str) -> PartyRecord:
    """The party that somebody means by name, id or a trust's code; blank: the programme's own people.

    Raises Rejected("unknown-party").
    """
    programme_id, wanted = programme.programme_id, " ".join(named.split())
    if not wanted:
        own = party_id(programme_id, OF_PROGRAMME)
        blank = PartyRecord(party_id=own, programme_id=programme_id, kind=OF_PROGRAMME, name=programme.name, version=0)
        return await together.parties.party(own) or blank
    there = [one for one in await together.parties.parties(programme_id) if one.kind != OF_PROGRAMME]
    for one in there:
        names = {one.party_id, one.name.casefold(), one.trust_id, (one.trust_id or "").removeprefix("trust-") or None}
        if wanted in names or wanted.casefold() in names:
            return one
    known = ", ".join(one.name for one in there) or "none"
    raise Rejected(
        "unknown-party", f"'{wanted[:60]}' does not take part in '{programme.name}'; those that do: {known}."
    )


def _lacking(programme: Programme) -> str:
    needed = [programme.terms.title_of(role) for role in programme.terms.people]
    if not needed:
        return ""
    return f"; name the {' and '.join(needed)} of each: `kindred people add URN`, or `kindred parties import FILE`"


def _done(party: PartyRecord, sentence: str) -> Done:
    return Done(id=party.party_id, version=party.version, sentence=sentence)
