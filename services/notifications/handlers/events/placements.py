"""Rounds in which people are placed to things in other schools: kept, and told in the words of their template."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from services.notifications.domain.decisions import places as decisions
from services.notifications.domain.directory import Programme
from services.notifications.domain.targets import invited
from services.notifications.domain.template_mails.records import Passage, Placement
from services.notifications.handlers.events.cases import Cases
from services.notifications.handlers.events.own_words import Happened, OwnWords
from services.notifications.handlers.records import Records
from services.notifications.ports import Targets
from services.notifications.ports.template_facts import Placements
from shared.bus.unit_of_work import UnitOfWork
from shared.events.placements import PersonPlaced, PlacementEnded
from shared.events.rounds import RoundClosed


class PlacementNews:
    """A placement that is new is a round published for its people; one that has ended, a round changed for them."""

    def __init__(
        self, records: Records, placements: Placements, cases: Cases, own: OwnWords, *, targets: Targets
    ) -> None:
        self._records = records
        self._placements = placements
        self._cases = cases
        self._own = own
        self._targets = targets

    async def placed(self, event: PersonPlaced, work: UnitOfWork) -> None:
        """Somebody is placed, or somebody else goes on in their place."""
        await self._told(event, "published", work)

    async def ended(self, event: PlacementEnded, work: UnitOfWork) -> None:
        """The placement stands no longer: one mail a person, with every date that falls away."""
        programme = await self._records.programme(event.programme_id)
        dated = await self._dated(event, programme, work)
        told = await self._told(event, "changed", work, dated)
        people = list(dated) if told else [*dated, event.person_id, *await self._wrote(event)]
        reached = told or set()
        others = [one for one in dict.fromkeys(people) if one not in reached]
        known = await self._cases.known(programme, tuple(others), event.host_school_id)
        await self._records.save(decisions.ended(event, known, dated, work.now), work)

    async def closed(self, event: RoundClosed, work: UnitOfWork) -> None:
        """Nobody can be added to the round any more."""
        programme = await self._records.programme(event.programme_id)
        if programme.whole is not None:
            occasion = f"{event.round_id}/{event.version}"
            happened = Happened(programme, programme.whole, event.round, "closed", occasion)
            await self._own.everywhere(happened, Passage(mail="", round=event.round), work)

    async def _dated(self, event: PlacementEnded, programme: Programme, work: UnitOfWork) -> dict[str, tuple[str, ...]]:
        """Person -> the ids of the days of the placement that they do not come to any more."""
        zone = programme.whole.timezone if programme.whole else "Europe/London"
        ahead = await self._targets.ahead(event.programme_id, work.now.astimezone(ZoneInfo(zone)).date())
        found: dict[str, tuple[str, ...]] = {}
        for target in (one for one in ahead if one.group_id == event.match_id):
            for person in invited(target):
                found[person.person_id] = (*found.get(person.person_id, ()), target.target_id)
        return found

    async def _wrote(self, event: PlacementEnded) -> list[str]:
        """Who named the person, and whose thing it is."""
        ids = [one for one in (event.person_entry_id, event.thing_entry_id) if one]
        return [author for entry in (await self._cases.entries(ids)) for author in entry.author_ids]

    async def _told(
        self,
        event: PersonPlaced | PlacementEnded,
        state: str,
        work: UnitOfWork,
        dated: Mapping[str, tuple[str, ...]] | None = None,
    ) -> set[str] | None:
        """Who was told in the template's words; None where it has none."""
        await self._placements.put(Placement.of_event(event))
        programme = await self._records.programme(event.programme_id)
        if programme.whole is None:
            return None
        case = await self._cases.of_match(programme, event.match_id)
        about = Passage(mail="", match_id=event.match_id, round=event.round, school_id=event.school_id)
        occasion = f"{event.match_id}/{event.version}"
        happened = Happened(programme, programme.whole, event.round, state, occasion)
        if not await self._own.sent(happened, case, about, work, dated=dated):
            return None
        return await self._own.reached(happened, case, work)
