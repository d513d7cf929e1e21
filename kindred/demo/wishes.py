"""What made-up enrolments say: strengths and needs with evidence, days not possible, how far a school would travel."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from shared.commands.programmes import TopicClaim
from shared.events.base import DateSpan

STRENGTH_EVIDENCE = (
    "Visitors from two other schools came to see our work on {topic} last year.",
    "Our approach to {topic} is written down, and every member of staff was trained in it.",
    "In last summer's staff survey nine in ten said {topic} is consistent across classes.",
    "We rebuilt our work on {topic} three years ago and have refined it every term since.",
    "Two of our leaders help other schools with {topic}.",
    "Governors' visits this year found {topic} strong in every year group they saw.",
)
NEED_EVIDENCE = (
    "Our own review last term found {topic} uneven between classes.",
    "We have started on {topic} twice and neither attempt lasted beyond a year.",
    "New staff tell us they are unsure what we expect in {topic}.",
    "Book scrutiny in spring showed that {topic} is where we differ most from class to class.",
    "It is a priority of our development plan: {topic} must be the same in every room.",
    "Our leaders of {topic} are new in post and would gain from seeing how others do it.",
)


class Topic(Protocol):
    """What a programme has people name, by key and title."""

    @property
    def key(self) -> str:
        """By which it is named."""
        ...

    @property
    def title(self) -> str:
        """What people read."""
        ...


@dataclass(frozen=True)
class Wishes:
    """A school's part of an enrolment beside its people."""

    strengths: tuple[TopicClaim, ...]
    needs: tuple[TopicClaim, ...]
    dates_not_possible: tuple[DateSpan, ...]
    farthest_travel_km: float


POPULAR = 12
"""So many topics are on most schools' minds; the others come up now and then."""
NOT_FOR = {
    "primary": {"sixth-form", "key-stage-4", "careers"},
    "secondary": {"early-years", "phonics"},
}
"""Topics that a school of this phase does not have."""


def wishes(topics: Sequence[Topic], phase: str, urn: int, seed: int, first_year: int) -> Wishes:
    """Make up the wishes of one school: two to four strengths and as many needs, no topic both."""
    random = Random(f"{seed}/{urn}")  # noqa: S311 - wishes of a demo
    own = [topic for topic in topics if topic.key not in NOT_FOR.get(phase, ())]
    popular = Random(seed).sample(own, min(len(own), POPULAR))  # noqa: S311 - what everybody talks about that year
    rarer = [topic for topic in own if topic not in popular]
    wanted = random.randint(5, 8)
    few = random.sample(rarer, min(len(rarer), random.randint(0, 2)))
    chosen = [*random.sample(popular, min(len(popular), wanted - len(few))), *few]
    random.shuffle(chosen)
    cut = random.randint(2, max(2, min(4, len(chosen) - 2)))
    return Wishes(
        strengths=tuple(_claim(topic, random, STRENGTH_EVIDENCE, (3, 5)) for topic in chosen[:cut]),
        needs=tuple(_claim(topic, random, NEED_EVIDENCE, (2, 5)) for topic in chosen[cut:][:4]),
        dates_not_possible=_days(random, first_year),
        farthest_travel_km=float(random.choice((50, 60, 70, 80, 100))),
    )


def _claim(topic: Topic, random: Random, evidence: Sequence[str], weights: tuple[int, int]) -> TopicClaim:
    title = topic.title[0].lower() + topic.title[1:] if topic.title[1:2].islower() else topic.title
    sentence = random.choice(evidence).format(topic=title)
    return TopicClaim(topic=topic.key, weight=random.randint(*weights), evidence=sentence)


def _days(random: Random, first_year: int) -> tuple[DateSpan, ...]:
    """Up to three spans of one to three days between October and June."""
    start = dt.date(first_year, 10, 1)
    spans = []
    for _ in range(random.randint(0, 3)):
        first = start + dt.timedelta(days=random.randint(0, 260))
        spans.append(DateSpan(first=first, last=first + dt.timedelta(days=random.randint(0, 2))))
    return tuple(sorted(spans, key=lambda span: span.first))
