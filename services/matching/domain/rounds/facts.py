"""A round as decisions see it: who and what takes part, which rules hold, what stands between a person and a thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.matching.domain.rounds.candidates import Candidate, Known, Thing, candidates, things
from services.matching.domain.rounds.fitting import fitting
from services.matching.domain.rounds.records import RoundRecord
from shared.template.rounds import Round

__all__ = ["PICKED", "Balance", "RoundFacts", "facts_of"]

LEDGER, PICKED = "ledger", "school-picks"


@dataclass(frozen=True, slots=True)
class Balance:
    """How many a school gave and received elsewhere: in other rounds and programmes, as far as they stand."""

    gave: int = 0
    received: int = 0


@dataclass(frozen=True)
class RoundFacts:
    """`people` by their entry in turn, `things` by theirs; `names`: school id -> name."""

    of: Round
    record: RoundRecord
    people: Mapping[str, Candidate]
    things: Mapping[str, Thing]
    names: Mapping[str, str]
    left: frozenset[str] = frozenset()
    """Ids of the schools that take no part any more."""
    before: Mapping[str, Balance] = field(default_factory=dict)

    @property
    def differ(self) -> int | None:
        """By how many giving and receiving may differ; None where the template does not say."""
        numbers = (rule.number for rule in self.of.rules if rule.rule == LEDGER)
        return next((int(number) for number in numbers if number is not None), None)

    @property
    def schools_pick(self) -> bool:
        """Whether schools choose for themselves, first come."""
        return self.of.choose == PICKED

    def name(self, school_id: str) -> str:
        """What the school is called."""
        return self.names.get(school_id, "a school that is not known")

    def rules(self) -> set[str]:
        """The rules of the round by name."""
        return {rule.rule for rule in self.of.rules}

    def unfit(self, person: Candidate) -> str:
        """The rule that keeps somebody out of the round altogether; blank where nothing does."""
        reasons = {
            "withdrawn": not person.in_force or person.entry_id in self.record.out,
            "nobody-named": not person.person_id,
            "named-twice": person.again,
            "not-agreed": bool(person.missing),
        }
        return next((rule for rule, holds in reasons.items() if holds), "")

    def gone(self, thing: Thing) -> bool:
        """Whether nobody can be placed to it any more."""
        return not thing.in_force or thing.entry_id in self.record.out

    def bar(self, person: Candidate, thing: Thing) -> str:
        """The rule by which the two must not be matched; blank where there is none."""
        rules = self.rules()
        at_conflict = {self.things[one].school_id for one in person.conflicts if one in self.things}
        reasons = {
            "same-school": person.school_id == thing.school_id,
            "own-manager": bool(person.managers & thing.answering),
            "declared-conflict": thing.school_id in at_conflict,
        }
        found = next((rule for rule, holds in reasons.items() if holds and rule in rules), "")
        if found:
            return found
        return "forbidden" if self.record.said((person.entry_id, thing.entry_id)) == "forbidden" else ""

    def wish(self, person: Candidate, thing_entry_id: str) -> int | None:
        """Which of the person's wishes it is, 1 the first; None in a round in which nobody wishes."""
        if not self.of.wishes:
            return None
        return person.wishes.index(thing_entry_id) + 1 if thing_entry_id in person.wishes else None

    def possible(self, person: Candidate) -> list[Thing]:
        """The things wished for that are still there and that no rule forbids; the first wish first."""
        wished = (self.things[one] for one in person.wishes if one in self.things)
        return [thing for thing in wished if not self.gone(thing) and not self.bar(person, thing)]

    def balance(self, pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
        """School -> what it gives less what it receives, with these placements and all from elsewhere."""
        found = Counter({school: one.gave - one.received for school, one in self.before.items()})
        for person, thing in pairs:
            found[self.people[person].school_id] += 1
            found[self.things[thing].school_id] -= 1
        return dict(found)

    def in_balance(self, person: Candidate, thing: Thing, pairs: Iterable[tuple[str, str]]) -> bool:
        """Whether the ledger's rule lets one more placement be beside these."""
        if self.differ is None:
            return True
        now = self.balance(pairs)
        gives, receives = now.get(person.school_id, 0), now.get(thing.school_id, 0)
        return gives + 1 <= self.differ and receives - 1 >= -self.differ


def facts_of(known: Known, record: RoundRecord, before: Mapping[str, Balance]) -> RoundFacts:
    """The round from what is known of its programme. `before`: by school id."""
    asked = things(known)
    return RoundFacts(
        of=known.of,
        record=record,
        people={one.entry_id: fitting(one, asked, known) for one in candidates(known)},
        things={one.entry_id: one for one in asked},
        names={school_id: school.name for school_id, school in known.schools.items()},
        left=frozenset(school_id for school_id, school in known.schools.items() if school.withdrawn),
        before=before,
    )
