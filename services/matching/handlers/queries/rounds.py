"""Shows a round: who is placed where and why, who and what is without, what is on offer, who gives and receives."""

from collections import Counter
from collections.abc import Iterable

from services.matching.assigning.projects import FIRST_WISHES
from services.matching.domain.rounds.candidates import Candidate, Thing
from services.matching.domain.rounds.events import without
from services.matching.domain.rounds.facts import Balance, RoundFacts
from services.matching.domain.rounds.records import OutsideAgreement
from services.matching.domain.rounds.standing import Standing
from services.matching.domain.rounds.wording import person_without, placed_because, thing_without
from services.matching.handlers.rounds import RoundLoader
from shared.commands import rounds as contract
from shared.template import Template

__all__ = ["RoundQueries"]


class RoundQueries:
    """Answers what coordinators ask of rounds."""

    def __init__(self, loader: RoundLoader) -> None:
        self._loader = loader

    async def show(self, query: contract.ShowRound) -> contract.RoundDetail:
        """A round as things are now, by the page."""
        loaded = await self._loader.loaded(query.programme_id, query.round, look=True)
        standing = loaded.standing
        people, things = without(standing)
        every = _placements(standing, loaded.programme.template)
        placements = [one for one in every if _fits(query, (one.school, one.host, one.thing), _placed_by(one))]
        lacking = [one for one in people if _person_fits(query, standing.facts, one)]
        open_ = [one for one in things if _thing_fits(query, standing.facts, one)]
        ledger = [one for one in _ledger(standing) if _fits(query, (one.school,), (one.school_id,))]
        page = slice(query.offset, query.offset + query.limit)
        return contract.RoundDetail(
            round=_row(standing, len(people), len(things)),
            placements=tuple(placements[page]),
            people_without=tuple(_person_without(standing, entry) for entry in lacking[page]),
            things_without=tuple(_thing_without(standing, entry) for entry in open_[page]),
            offers=_offers(standing),
            ledger=tuple(ledger[page]),
            schools=len(ledger),
            fitting=max(len(placements), len(lacking), len(open_)),
            pins=_pins(standing.facts),
            agreed=_agreed(standing.facts),
            first_three=_first_three(every),
        )


def _fits(query: contract.ShowRound, words: Iterable[str], ids: Iterable[str]) -> bool:
    """Whether what is searched for stands in these words, or whom it concerns is among these."""
    if not query.search and not query.concerning:
        return True
    part = query.search.casefold()
    said = bool(part) and any(part in one.casefold() for one in words)
    return said or not set(query.concerning).isdisjoint(ids)


def _placed_by(one: contract.PlacementRow) -> tuple[str, ...]:
    return one.person_id, one.school_id, one.host_school_id, one.person_entry_id, one.thing_entry_id


def _person_fits(query: contract.ShowRound, facts: RoundFacts, entry_id: str) -> bool:
    one = facts.people[entry_id]
    return _fits(query, (facts.name(one.school_id),), (one.person_id, one.school_id, entry_id))


def _thing_fits(query: contract.ShowRound, facts: RoundFacts, entry_id: str) -> bool:
    one = facts.things[entry_id]
    return _fits(query, (one.words, facts.name(one.school_id)), (one.school_id, entry_id))


def _row(standing: Standing, people: int, things: int) -> contract.RoundRow:
    record, of = standing.record, standing.facts.of
    return contract.RoundRow(
        round_id=record.round_id,
        programme_id=record.programme_id,
        round=record.round,
        title=of.title or of.key,
        state=record.state,
        revision=record.revision,
        placed=len(standing.pairs),
        people_without=people,
        things_without=things,
        sentence=_sentence(standing),
    )


def _sentence(standing: Standing) -> str:
    if standing.record.state == "open" and standing.facts.schools_pick:
        return "Schools pick for themselves, first come; none has yet."
    if standing.record.state == "open":
        return "There is no draft yet; `kindred rounds draft` makes one."
    placed = {person for person, _ in standing.pairs}
    unanswered = sum(
        standing.facts.unfit(one) == "not-agreed"
        for one in standing.facts.people.values()
        if one.entry_id not in placed
    )
    if standing.record.state == "draft" and unanswered:
        who = "1 person has" if unanswered == 1 else f"{unanswered} people have"
        return f"{who} not been agreed to yet; draft again once that is done."
    return ""


def _placements(standing: Standing, template: Template) -> tuple[contract.PlacementRow, ...]:
    facts = standing.facts
    words = {entry.key: entry.title for listed in template.lists for entry in listed.entries}
    if standing.record.state == "published":
        pairs = {(one.person_entry_id, one.thing_entry_id): (one.match_id, one.person_id) for one in standing.in_force}
    else:
        pairs = {pair: ("", facts.people[pair[0]].person_id) for pair in standing.pairs}
    rows = [
        contract.PlacementRow(
            match_id=match_id,
            person_id=person_id,
            pinned=facts.record.said((person, thing)) == "pinned",
            reasons=placed_because(facts, facts.people[person], facts.things[thing], words),
            **_both(facts, facts.people[person], facts.things[thing]),
        )
        for (person, thing), (match_id, person_id) in pairs.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.school, row.host, row.person_entry_id)))


def _both(facts: RoundFacts, person: Candidate, thing: Thing) -> dict[str, object]:
    return {
        "person_entry_id": person.entry_id,
        "school_id": person.school_id,
        "school": facts.name(person.school_id),
        "thing_entry_id": thing.entry_id,
        "thing": thing.words,
        "host_school_id": thing.school_id,
        "host": facts.name(thing.school_id),
        "wish": facts.wish(person, thing.entry_id),
    }


def _person_without(standing: Standing, entry_id: str) -> contract.PersonWithout:
    facts = standing.facts
    person = facts.people[entry_id]
    rule, sentence = person_without(facts, person, standing.pairs)
    if any(offer.person_entry_id == entry_id for offer in standing.open_offers):
        sentence += " A place is on offer to them."
    return contract.PersonWithout(
        person_entry_id=entry_id,
        person_id=person.person_id,
        school_id=person.school_id,
        school=facts.name(person.school_id),
        rule=rule,
        sentence=sentence,
    )


def _thing_without(standing: Standing, entry_id: str) -> contract.ThingWithout:
    facts = standing.facts
    thing = facts.things[entry_id]
    rule, sentence = thing_without(facts, thing, standing.pairs)
    return contract.ThingWithout(
        thing_entry_id=entry_id,
        thing=thing.words,
        host_school_id=thing.school_id,
        host=facts.name(thing.school_id),
        rule=rule,
        sentence=sentence,
    )


def _offers(standing: Standing) -> tuple[contract.OfferRow, ...]:
    facts = standing.facts
    return tuple(
        contract.OfferRow(
            offer_id=one.offer_id,
            person_entry_id=one.person_entry_id,
            person_id=one.person_id,
            school=facts.name(one.school_id),
            thing_entry_id=one.thing_entry_id,
            thing=facts.things[one.thing_entry_id].words,
            host=facts.name(one.host_school_id),
            wish=one.wish,
            until=one.until,
        )
        for one in sorted(standing.open_offers, key=lambda one: (one.until, one.offer_id))
    )


def _ledger(standing: Standing) -> tuple[contract.LedgerRow, ...]:
    facts = standing.facts
    gives = Counter(facts.people[person].school_id for person, _ in standing.pairs)
    receives = Counter(facts.things[thing].school_id for _, thing in standing.pairs)
    before = {school: facts.before.get(school, Balance()) for school in facts.names if school not in facts.left}
    rows = [
        contract.LedgerRow(
            school_id=school,
            school=facts.name(school),
            gives=gives[school],
            receives=receives[school],
            gave_before=elsewhere.gave,
            received_before=elsewhere.received,
        )
        for school, elsewhere in before.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.school, row.school_id)))


def _pins(facts: RoundFacts) -> tuple[contract.PinRow, ...]:
    return tuple(
        contract.PinRow(
            person_entry_id=pin.person_entry_id,
            school=facts.name(facts.people[pin.person_entry_id].school_id),
            thing_entry_id=pin.thing_entry_id,
            thing=facts.things[pin.thing_entry_id].words,
            host=facts.name(facts.things[pin.thing_entry_id].school_id),
            how=pin.how,
        )
        for pin in facts.record.pins
    )


def _agreed(facts: RoundFacts) -> tuple[contract.AgreementRow, ...]:
    """What two schools agree between themselves; entries that are gone are left out."""
    known = [one for one in facts.record.agreed if one.person_entry_id in facts.people]
    return tuple(
        contract.AgreementRow(
            person_entry_id=one.person_entry_id,
            school=facts.name(facts.people[one.person_entry_id].school_id),
            thing_entry_id=one.thing_entry_id,
            thing=facts.things[one.thing_entry_id].words,
            host=facts.name(facts.things[one.thing_entry_id].school_id),
            waits_for=_waits_for(facts, one),
        )
        for one in known
        if one.thing_entry_id in facts.things
    )


def _waits_for(facts: RoundFacts, one: OutsideAgreement) -> str:
    """The school that has not said so yet."""
    schools = {
        "sends": facts.people[one.person_entry_id].school_id,
        "receives": facts.things[one.thing_entry_id].school_id,
    }
    return next((facts.name(school) for side, school in schools.items() if side not in one.sides), "")


def _first_three(placements: tuple[contract.PlacementRow, ...]) -> float | None:
    wished = [row.wish is not None and row.wish <= FIRST_WISHES for row in placements]
    return sum(wished) / len(wished) if wished else None
