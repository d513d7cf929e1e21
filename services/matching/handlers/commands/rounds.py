"""A coordinator pins, forbids, publishes and withdraws; whoever is offered a place answers."""

from services.matching.domain.rounds import decisions
from services.matching.domain.rounds.agreeing import agree
from services.matching.domain.rounds.records import OfferRecord, Pin
from services.matching.domain.rounds.standing import RoundDecision
from services.matching.handlers.round_projection import local_day
from services.matching.handlers.rounds import Loaded, RoundLoader
from services.matching.handlers.workers.placements import PlacementPublisher
from services.matching.ports.rounds import RoundStores
from shared.bus import Reminder, UnitOfWork
from shared.commands import rounds as contract
from shared.commands.base import Done
from shared.errors import Rejected

__all__ = ["RoundCommands"]


class RoundCommands:
    """Answers commands about rounds, and lets offers pass whose time is over."""

    def __init__(self, stores: RoundStores, loader: RoundLoader, publisher: PlacementPublisher) -> None:
        self._stores = stores
        self._loader = loader
        self._publisher = publisher

    async def pin(self, command: contract.PinPlacement, work: UnitOfWork) -> Done:
        """Hold to a person and a thing."""
        return await self._pin(command, "pinned", work)

    async def forbid(self, command: contract.ForbidPlacement, work: UnitOfWork) -> Done:
        """Never match a person and a thing."""
        return await self._pin(command, "forbidden", work)

    async def free(self, command: contract.FreePlacement, work: UnitOfWork) -> Done:
        """Take back what was said of a person and a thing."""
        programme, _, record = await self._loader.named(command.programme_id, command.round)
        decision = decisions.free(record, (command.person_entry_id, command.thing_entry_id))
        await self._loader.save(programme, decision, work)
        return _done(record.round_id, decision)

    async def pick(self, command: contract.PickThing, work: UnitOfWork) -> Done:
        """A school takes a thing for somebody it named."""
        loaded = await self._loader.loaded(command.programme_id, command.round)
        person = loaded.standing.facts.people.get(command.person_entry_id)
        if command.person_id and (person is None or command.person_id not in person.author_ids):
            raise Rejected("unknown-entry", "Only who named somebody picks for them.")
        pair = command.person_entry_id, command.thing_entry_id
        today = local_day(loaded.programme, work.now)
        return await self._save(loaded, decisions.pick(loaded.standing, pair, today), work)

    async def agree(self, command: contract.AgreeOutside, work: UnitOfWork) -> Done:
        """A school says that it has agreed with the other one."""
        loaded = await self._loader.loaded(command.programme_id, command.round)
        pair = command.person_entry_id, command.thing_entry_id
        today = local_day(loaded.programme, work.now)
        return await self._save(loaded, agree(loaded.standing, pair, command.person_id, today), work)

    async def publish(self, command: contract.PublishRound, work: UnitOfWork) -> Done:
        """Let the draft stand, and tell its first placements; the others follow in the background."""
        loaded = await self._loader.loaded(command.programme_id, command.round)
        done = await self._save(loaded, decisions.publish(loaded.standing, command.revision), work)
        await self._publisher.publish_next(work)
        return done

    async def withdraw(self, command: contract.WithdrawPlacement, work: UnitOfWork) -> Done:
        """End a placement; what becomes free is offered."""
        match = await self._stores.matches.get(command.match_id)
        if match is None:
            raise Rejected("unknown-placement", f"There is no placement '{command.match_id[:60]}'.")
        loaded = await self._loader.loaded(match.programme_id, match.round)
        today = local_day(loaded.programme, work.now)
        return await self._save(loaded, decisions.withdraw(loaded.standing, match, command.leaving, today), work)

    async def accept(self, command: contract.AcceptOffer, work: UnitOfWork) -> Done:
        """Take the place."""
        return await self._answer(command, "accepted", work)

    async def decline(self, command: contract.DeclineOffer, work: UnitOfWork) -> Done:
        """Let the place pass on."""
        return await self._answer(command, "declined", work)

    async def silent(self, reminder: Reminder, work: UnitOfWork) -> None:
        """The last day of an offer is over: it passes on, unless it was answered meanwhile."""
        offer = await self._stores.offers.get(reminder.key)
        if offer is not None and offer.state == "open":
            loaded = await self._loader.loaded(offer.programme_id, offer.round, look=True)
            today = local_day(loaded.programme, work.now)
            await self._save(loaded, decisions.answer(loaded.standing, offer, "silent", today), work)

    async def _pin(self, command: contract.PinPlacement | contract.ForbidPlacement, how: str, work: UnitOfWork) -> Done:
        loaded = await self._loader.loaded(command.programme_id, command.round)
        wish = Pin.model_validate({**command.model_dump(), "how": how})
        today = local_day(loaded.programme, work.now)
        return await self._save(loaded, decisions.pin(loaded.standing, wish, today), work)

    async def _answer(self, command: contract.AcceptOffer | contract.DeclineOffer, said: str, work: UnitOfWork) -> Done:
        offer = await self._stores.offers.get(command.offer_id)
        loaded = await self._loader.loaded(offer.programme_id, offer.round) if offer else None
        if offer is None or loaded is None or not _may(loaded, offer, command.person_id):
            raise Rejected("unknown-offer", f"There is no offer '{command.offer_id[:60]}'.")
        today = local_day(loaded.programme, work.now)
        return await self._save(loaded, decisions.answer(loaded.standing, offer, said, today), work)

    async def _save(self, loaded: Loaded, decision: RoundDecision, work: UnitOfWork) -> Done:
        await self._loader.save(loaded.programme, decision, work)
        return _done(loaded.standing.record.round_id, decision)


def _may(loaded: Loaded, offer: OfferRecord, person_id: str) -> bool:
    """Whether somebody may answer an offer: the person, who named them, or, unnamed, the coordinator."""
    person = loaded.standing.facts.people.get(offer.person_entry_id)
    return person_id in {"", offer.person_id, *(person.author_ids if person else ())}


def _done(round_id: str, decision: RoundDecision) -> Done:
    return Done(id=round_id, version=decision.record.version if decision.record else 1, sentence=decision.sentence)
