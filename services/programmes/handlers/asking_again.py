"""Schools that took no part the year before are asked again when the programme begins anew."""

from services.programmes.domain.participation.decide import ask
from services.programmes.domain.participation.records import blank, participation_id
from services.programmes.domain.records import Programme
from services.programmes.ports.participation import Participations
from services.programmes.ports.programmes import Programmes
from shared.bus import UnitOfWork
from shared.template import Template

__all__ = ["AskingAgain"]


class AskingAgain:
    """Asks the person who answered then."""

    def __init__(self, programmes: Programmes, participations: Participations) -> None:
        self._programmes = programmes
        self._participations = participations

    async def begin(self, programme: Programme, work: UnitOfWork) -> None:
        """Ask everybody who said no or maybe in the latest earlier programme of the template, where it wants that."""
        template = programme.template
        if not isinstance(template, Template) or not template.participation.ask_again:
            return
        earlier = [one for one in await self._programmes.named("") if _precedes(one, programme)]
        for before in earlier[-1:]:
            for part in await self._participations.of_programme(before.programme_id):
                if part.person_id and part.ask_again and part.answer in {"no", "maybe"}:
                    await self._ask(programme, part.school_id, part.urn, part.person_id, work)

    async def _ask(self, programme: Programme, school_id: str, urn: int, person_id: str, work: UnitOfWork) -> None:
        key = participation_id(programme.programme_id, school_id)
        if await self._participations.participation(key) is None:
            decided = ask(blank(programme.programme_id, school_id, urn), person_id, "again")
            await self._participations.put_participation(decided.record)
            for event in decided.events:
                work.publish(event)


def _precedes(one: Programme, programme: Programme) -> bool:
    return one.template.key == programme.template.key and one.year < programme.year and one.stage != "draft"
