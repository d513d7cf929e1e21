"""Shows a round of pairs: who is with whom and why, who is with nobody, who is left out, what the coordinator said."""

from services.matching.assigning.pair_drafting import why_nobody
from services.matching.domain.pairs.events import with_nobody
from services.matching.domain.pairs.facts import PairFacts
from services.matching.domain.pairs.records import DraftedPair, PairRecord
from services.matching.domain.pairs.wording import together_because
from services.matching.handlers.pairs import PairLoader
from shared.clock import Clock
from shared.commands import pairs as contract

__all__ = ["PairQueries"]


class PairQueries:
    """Answers what coordinators ask of rounds of pairs."""

    def __init__(self, loader: PairLoader, clock: Clock) -> None:
        self._loader = loader
        self._clock = clock

    async def show(self, query: contract.ShowPairs) -> contract.PairsDetail:
        """A round as things are now, by the page."""
        loaded = await self._loader.loaded(query.programme_id, query.round, self._clock.now(), look=True)
        facts = loaded.facts
        if query.standing and facts.record.state == "draft":
            facts = facts.with_record(facts.record.model_copy(update={"state": "published"}))
        page = slice(query.offset, query.offset + query.limit)
        return _detail(facts, page, frozenset(query.concerning))


def _detail(facts: PairFacts, page: slice, whom: frozenset[str]) -> contract.PairsDetail:
    record, alone = facts.record, with_nobody(facts)
    stand, wanted = {one.pair_id: one for one in facts.in_force}, set(map(frozenset, record.said("together")))
    found = [
        _row(facts, one, stand.get(one.pair_id), pinned=frozenset(one.person_ids) in wanted) for one in facts.groups
    ]
    rows = sorted(found, key=lambda row: [one.school for one in row.people])
    kept = {one.pair_id for one in record.draft}
    fit = [row for row in rows if any(_concerns(one, whom) for one in row.people)]
    fit_alone = [one for one in alone if _concerns(_partner(facts, one), whom)]
    return contract.PairsDetail(
        round_id=record.round_id,
        programme_id=record.programme_id,
        round=record.round,
        title=facts.of.title or facts.of.key,
        state=record.state,
        run=record.run,
        revision=record.revision,
        placed=sum(len(row.people) for row in rows),
        total=len(rows),
        people_alone=len(alone),
        fitting=max(len(fit), len(fit_alone)),
        pairs=tuple(fit[page]),
        alone=tuple(_alone(facts, *one) for one in why_nobody(facts, set(fit_alone[page]))),
        skipping=tuple(row for one in facts.skipping() if _concerns(row := _partner(facts, one.person_id), whom)),
        pins=tuple(contract.PairPinRow(people=_partners(facts, pin.person_ids), how=pin.how) for pin in record.pins),
        ends=sum(one.pair_id not in kept for one in facts.in_force) if record.state == "draft" else 0,
        sentence=_sentence(facts, rows, len(alone)),
    )


def _concerns(one: contract.PartnerRow, whom: frozenset[str]) -> bool:
    return not whom or not whom.isdisjoint((one.person_id, one.school_id))


def _sentence(facts: PairFacts, rows: list[contract.PairRow], alone: int) -> str:
    if facts.record.state == "open":
        return "There is no draft yet; `kindred pairs draft` makes one."
    again = sum(row.again and row.change != "goes-on" for row in rows)
    found = []
    if again and facts.record.state == "draft":
        pairs = "1 pair is" if again == 1 else f"{again} pairs are"
        found.append(f"Fresh pairs have run out: {pairs} of people who were together before.")
    if alone:
        who = "1 person is" if alone == 1 else f"{alone} people are"
        found.append(f"{who} with nobody.")
    return " ".join(found)


def _row(
    facts: PairFacts, one: DraftedPair | PairRecord, before: PairRecord | None, *, pinned: bool
) -> contract.PairRow:
    """A pair that stands, or a line of the draft beside the pair that would go on in it."""
    if isinstance(one, PairRecord):
        return contract.PairRow(
            pair_id=one.pair_id, people=_partners(facts, one.person_ids), again=one.again, pinned=pinned
        )
    same = before is not None and set(before.person_ids) == set(one.person_ids)
    return contract.PairRow(
        pair_id=one.pair_id,
        people=_partners(facts, one.person_ids),
        change="goes-on" if same else "changed" if before else "new",
        again=before.again if before else facts.again(one.person_ids),
        pinned=pinned,
        reasons=() if same else together_because(facts, one.person_ids, pinned=pinned),
    )


def _alone(facts: PairFacts, person_id: str, rule: str, sentence: str) -> contract.PersonAlone:
    school = facts.school(person_id)
    said = f"Whoever takes part for {school} has no partner: {sentence}."
    return contract.PersonAlone(person_id=person_id, school=school, rule=rule, sentence=said)


def _partners(facts: PairFacts, person_ids: tuple[str, ...]) -> tuple[contract.PartnerRow, ...]:
    return tuple(_partner(facts, one) for one in person_ids)


def _partner(facts: PairFacts, person_id: str) -> contract.PartnerRow:
    member = facts.members.get(person_id)
    school_id = member.school_id if member else ""
    return contract.PartnerRow(person_id=person_id, school_id=school_id, school=facts.school(person_id))
