"""Why somebody is placed, or is not, in sentences with what would help. Schools go by name, people by their part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.matching.domain.rounds.candidates import Candidate, Thing
from services.matching.domain.rounds.facts import RoundFacts

__all__ = [
    "BARS",
    "UNEVEN",
    "called",
    "person_without",
    "placed_because",
    "thing_called",
    "thing_without",
    "wish_in_words",
]

ORDINALS = ("first", "second", "third", "fourth", "fifth")
UNEVEN = "a school would then give or receive more than the programme's balance allows"
BARS = {
    "same-school": "it is at their own school",
    "own-manager": "their manager answers for it",
    "declared-conflict": "they must not go to that school, as was said when they were named",
    "forbidden": "the coordinator has forbidden it",
}
"""Why a person and a thing must not be matched: the rule, and the end of a sentence."""

_UNFIT = {
    "withdrawn": "they have withdrawn. To help: name somebody else",
    "nobody-named": "nobody is known by the entry yet. To help: wait a moment, or name the person again",
    "named-twice": "they were named before, and the first time counts. To help: withdraw one of the two entries",
}
_WITHOUT = {
    "no-wishes": "nothing was wished for. To help: ask for wishes from the list",
    "wishes-withdrawn": "all that was wished for was withdrawn. To help: ask for new wishes from the list",
    "wishes-taken": "all that was wished for goes to others. To help: wish for one that is still open, or wait",
    "ledger": "their school would then give, or a host receive, more than the programme's balance allows. To help: "
    "let their school offer one more, or the host name one more person",
    "to-be-picked": "their school has picked nothing for them yet. To help: pick one that is still open",
}
_UNASKED = {
    "no-wishes": "nothing that is asked for is what they are good at. To help: wait, or tell schools what is offered",
    "wishes-withdrawn": "what they could help with was withdrawn. To help: wait for what is asked for next",
    "wishes-taken": "all that they could help with goes to others. To help: wait for what is asked for next",
    "nobody-wished": "nobody who is named is good at it. To help: ask schools for a colleague who is",
    "wished-by-placed": "all who are good at it are placed elsewhere. To help: ask schools for one more colleague",
    "wished-by-barred": "none of those who are good at it can be placed there. To help: ask schools for somebody else",
    "ledger": "whoever is good at it would put a school out of balance. To help: the host offers something, too",
}
"""The same where nobody wishes, and what fits is ranked."""
_THINGS = {
    "nobody-wished": "nobody wished for it. To help: tell of it again, or ask who waits whether it would suit them",
    "wished-by-placed": "all who wished for it are placed elsewhere. To help: ask who waits whether it would suit them",
    "wished-by-barred": "none of those who wished for it can be placed there. To help: ask who waits",
    "ledger": "whoever wished for it would put a school out of balance. To help: the host names one more person",
    "to-be-picked": "no school has picked it yet",
}


def called(facts: RoundFacts, person: Candidate) -> str:
    """The person by their part and their school."""
    return f"The {person.title} of {facts.name(person.school_id)}"


def thing_called(facts: RoundFacts, thing: Thing) -> str:
    """The thing by its topic and its school."""
    return f"'{thing.words}' at {facts.name(thing.school_id)}"


def wish_in_words(wish: int | None) -> str:
    """Which of somebody's wishes it is, the first as 1; None: it was not wished for."""
    if wish is None:
        return "It was not wished for."
    return f"It is their {ORDINALS[wish - 1]} wish." if wish <= len(ORDINALS) else f"It is wish {wish} of theirs."


def placed_because(facts: RoundFacts, person: Candidate, thing: Thing, words: Mapping[str, str]) -> tuple[str, ...]:
    """Why this placement; `words`: entries of lists as people read them."""
    wish = facts.wish(person, thing.entry_id)
    reasons = [wish_in_words(wish)] if facts.of.wishes else []
    pair = person.entry_id, thing.entry_id
    if facts.record.said(pair) == "pinned":
        agreement = facts.record.agreement(pair)
        outside = agreement is not None and len(agreement.sides) > 1
        reasons.insert(0, "The two schools agreed on it between themselves." if outside else "It is pinned.")
    if brought := sorted(words.get(skill, skill) for skill in person.skills & thing.skills):
        reasons.append(f"They are good at {', '.join(brought)}.")
    return tuple(reasons)


def person_without(facts: RoundFacts, person: Candidate, pairs: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The rule by which somebody has no place beside these placements, and a sentence."""
    taken = list(pairs)
    unfit = facts.unfit(person)
    if unfit == "not-agreed":
        missing = " and ".join(f"'{title}'" for title in person.missing)
        because = f"{missing} has not been answered with yes. To help: ask for the answer, then draft again"
        return unfit, f"{called(facts, person)} is not placed: {because}."
    if unfit:
        return unfit, f"{called(facts, person)} is not placed: {_UNFIT[unfit]}."
    rule = _rule(facts, person, taken)
    own = _UNASKED if not facts.of.wishes and rule != "ledger" else {}
    barred = f"{BARS.get(rule, rule)}, whatever they wished for. To help: wish for something else"
    because = own.get(rule) or _WITHOUT.get(rule) or barred
    return rule, f"{called(facts, person)} is not placed: {because}."


def _rule(facts: RoundFacts, person: Candidate, taken: list[tuple[str, str]]) -> str:
    if facts.schools_pick:
        return "to-be-picked"
    if not person.wishes:
        return "no-wishes"
    there = [facts.things[one] for one in person.wishes if one in facts.things]
    there = [thing for thing in there if not facts.gone(thing)]
    if not there:
        return "wishes-withdrawn"
    possible = facts.possible(person)
    if not possible:
        return facts.bar(person, there[0])
    placed = {thing for _, thing in taken}
    return "wishes-taken" if all(thing.entry_id in placed for thing in possible) else "ledger"


def thing_without(facts: RoundFacts, thing: Thing, pairs: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """The rule by which nobody is placed to a thing, and a sentence."""
    placed = {person for person, _ in pairs}
    wishing = [one for one in facts.people.values() if thing.entry_id in one.wishes and not facts.unfit(one)]
    able = [one for one in wishing if not facts.bar(one, thing)]
    if facts.schools_pick:
        rule = "to-be-picked"
    elif not wishing:
        rule = "nobody-wished"
    elif not able:
        rule = "wished-by-barred"
    else:
        rule = "wished-by-placed" if all(one.entry_id in placed for one in able) else "ledger"
    because = (_THINGS if facts.of.wishes or facts.schools_pick else _UNASKED)[rule]
    return rule, f"Nobody is placed to {thing_called(facts, thing)}: {because}."
