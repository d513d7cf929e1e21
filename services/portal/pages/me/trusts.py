"""A trust's view of its schools: how they stand, what is under way in them, and what its people may read of each."""

from collections import Counter
from dataclasses import dataclass, replace

from services.portal.domain.parts import Part
from services.portal.domain.steps import has_duties
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.portal import Portal, Visitor
from shared.commands.actions import ActionRating, ActionRows, ListActions
from shared.commands.duties import DutySums, SumDuties
from shared.roster import Party
from shared.roster.records import category_on

AT_ONCE = 200
MOST = 2_000
"""Actions that are counted in all; a trust has fewer."""
OPEN: tuple[ActionRating, ...] = ("off-track", "at-risk", "on-track")


@dataclass(frozen=True)
class OfTrust:
    """A school of the trust in one programme. `actions`: how many are in which state, of those this person may read."""

    school_id: str
    name: str
    place: str
    enrolled: bool
    category: str
    actions: Counter[ActionRating]
    mine: bool
    duties: "Duties | None" = None


@dataclass(frozen=True)
class Duties:
    """Days of a school's duties this school year: due until today, done, missed, and not ticked off yet."""

    due: int = 0
    done: int = 0
    missed: int = 0
    open: int = 0

    def __add__(self, other: "Duties") -> "Duties":
        """Both together."""
        return Duties(
            self.due + other.due, self.done + other.done, self.missed + other.missed, self.open + other.open
        )  # fmt: skip


@dataclass(frozen=True)
class Trust:
    """A trust or partnership in one programme, with the schools that are of it today."""

    name: str
    programme: str
    role: str
    categories: bool
    schools: tuple[OfTrust, ...]
    silent: bool = False

    @property
    def duties(self) -> Duties | None:
        """The sums of all its schools; None where none has duties, or nobody says."""
        known = [one.duties for one in self.schools if one.duties]
        return sum(known, Duties()) if known else None


async def trusts_of(portal: Portal, visitor: Visitor) -> list[Trust]:
    """The trusts at which the person has a role, or the one at which they look."""
    parts = [one for one in visitor.parts if one.kind == "party" and visitor.acting in {None, one}]
    found = [await _trust(portal, visitor, part, programme) for part in parts for programme in part.programmes]
    return [one for one in found if one is not None]


async def schools_of_trusts(portal: Portal, visitor: Visitor) -> set[str]:
    """The ids of all schools of the person's trusts, as they are of them today."""
    parties = [await portal.read.roster.party(one.key) for one in visitor.parts if one.kind == "party"]
    today = visitor.now.date()
    return {school for party in parties if party and not party.withdrawn for school in party.schools_on(today)}


async def _trust(portal: Portal, visitor: Visitor, part: Part, programme_id: str) -> Trust | None:
    party, programme = await portal.read.roster.party(part.key), await portal.read.whole.get(programme_id)
    if party is None or party.withdrawn or programme is None or programme.still:
        return None
    counted = await _actions(portal, visitor, programme_id)
    rows = await _schools(portal, visitor, party, programme, counted or {})
    sums = await _duties(portal, visitor, programme)
    rows = [replace(one, duties=sums.get(one.school_id)) for one in rows]
    roles = [one.role for one in part.holdings if one.programme_id == programme_id]
    return Trust(
        party.name, programme.name, ", ".join(dict.fromkeys(roles)), programme.template.categories is not None,
        tuple(rows), silent=counted is None,
    )  # fmt: skip


async def _schools(
    portal: Portal, visitor: Visitor, party: Party, programme: WholeProgramme,
    counted: dict[str, Counter[ActionRating]],
) -> list[OfTrust]:  # fmt: skip
    today = programme.today(visitor.now)
    standings = {one.school_id: one for one in await portal.read.roster.school_standings(programme.programme_id)}
    titles = {
        one.key: one.title for one in (programme.template.categories.values if programme.template.categories else ())
    }
    own = {one.key for one in visitor.parts if one.kind == "school"}
    known = await portal.read.schools.of_programme(programme.programme_id, party.schools_on(today))
    return [
        OfTrust(
            one.school_id, one.name, one.place, one.enrolled,
            titles.get(category_on(standings.get(one.school_id), today, programme.template), ""),
            counted.get(one.school_id, Counter()), one.school_id in own,
        )
        for one in known
    ]  # fmt: skip


async def _duties(portal: Portal, visitor: Visitor, programme: WholeProgramme) -> dict[str, Duties]:
    """How duties stand, by school, as far as this person may read sums; nothing where nobody says."""
    if not has_duties(programme):
        return {}
    query = SumDuties(programme_id=programme.programme_id, reader_id=visitor.person_id)
    sums: DutySums | None = await portal.perhaps(query, visitor)
    if sums is None:
        return {}
    of_schools = [one for one in sums.sums if one.school_id]
    strands = [one for one in of_schools if not one.activity and not one.person_id]
    people = [one for one in of_schools if one.person_id and one.person_id != visitor.person_id]
    found: dict[str, Duties] = {}
    for one in strands or people:
        counted = Duties(one.due, one.done, one.missed, one.open)
        found[one.school_id] = found.get(one.school_id, Duties()) + counted
    return found


async def _actions(portal: Portal, visitor: Visitor, programme_id: str) -> dict[str, Counter[ActionRating]] | None:
    """How actions stand, by school, as far as this person may read them; None where reporting does not answer."""
    found: dict[str, Counter[ActionRating]] = {}
    for offset in range(0, MOST, AT_ONCE):
        query = ListActions(programme_id=programme_id, person_id=visitor.person_id, limit=AT_ONCE, offset=offset)
        rows: ActionRows | None = await portal.perhaps(query, visitor)
        if rows is None:
            return None
        for row in rows.actions:
            found.setdefault(row.school_id, Counter())[row.rating] += 1
        if offset + AT_ONCE >= rows.total:
            break
    return found
