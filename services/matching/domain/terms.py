"""What matching takes from a programme's template, in whichever version of the language it is written."""

from __future__ import annotations

from pydantic import Field

from services.matching.domain.schools import Rules, Weights
from shared.events.base import Fact
from shared.events.people import ROLE_TITLES
from shared.events.template import ProgrammeTemplate
from shared.template import Template, rounds
from shared.template.resolving import roles_named

__all__ = ["NO_LIMIT", "Terms", "terms_of"]

KIND = "groups"
TOPICS = "topics"
"""The list of which strengths and needs are entries."""
NO_LIMIT = 1_500.0
"""Kilometres: farther than any two schools of the register are apart."""


class Terms(Fact):
    """How the schools of a programme are grouped.

    `attending`: the roles of those without whom no visit takes place; `people_apart`: two schools that share one of
    them are never grouped; `again`: schools that were grouped before may meet again; `titles`: topics as people read
    them; `roles`: roles as people read them; `farthest`: kilometres for a school that says nothing of them.
    """

    sizes: tuple[int, ...]
    weights: rounds.Weights = rounds.Weights()
    phases_apart: tuple[tuple[str, str], ...] = ()
    islands: tuple[str, ...] = ()
    mixed: bool = True
    same_trust_allowed: bool = False
    same_federation_allowed: bool = False
    people_apart: bool = True
    again: bool = False
    reviewed: bool = True
    attending: tuple[str, ...] = ()
    titles: dict[str, str] = Field({})
    roles: dict[str, str] = Field({})
    farthest: float = NO_LIMIT

    def rules(self) -> Rules:
        """The rules as the engine's rounds take them."""
        weights = self.weights
        return Rules(
            weights=Weights(
                weights.coverage,
                weights.weakest,
                weights.diversity,
                weights.travel,
                both_ways=weights.both_ways,
                mixed=self.mixed,
            ),
            sizes=self.sizes,
            phases_apart=frozenset(frozenset(pair) for pair in self.phases_apart),
            same_trust_allowed=self.same_trust_allowed,
            same_federation_allowed=self.same_federation_allowed,
            islands=frozenset(self.islands),
        )


def terms_of(template: ProgrammeTemplate | Template) -> Terms | None:
    """The terms that a template states; None where it groups no schools."""
    if isinstance(template, ProgrammeTemplate):
        return _of_first_version(template)
    found = next((one for one in template.matching if one.kind == KIND), None)
    return _of_round(template, found) if found else None


def _of_round(template: Template, of: rounds.Round) -> Terms:
    named = {rule.rule for rule in of.rules}
    visiting = [who for activity in template.activities if activity.kind == "visit" for who in activity.who]
    return Terms(
        sizes=of.sizes,
        weights=of.weights or rounds.Weights(),
        phases_apart=of.phases_apart,
        islands=of.islands,
        mixed=of.regions != "near",
        same_trust_allowed="same-trust" not in named,
        same_federation_allowed="same-federation" not in named,
        people_apart="shared-person" in named,
        again="earlier-together" not in named,
        reviewed=of.review_before_publishing,
        attending=roles_named(visiting, template),
        titles={entry.key: entry.title for entry in template.entries(TOPICS)},
        roles={role.key: role.title or role.key for role in template.roles},
        farthest=template.enrolment.travel_km or NO_LIMIT,
    )


def _of_first_version(template: ProgrammeTemplate) -> Terms:
    said, pair = template.matching, template.enrolment.pair
    visit = next((activity for activity in template.activities if activity.kind == "visit"), None)
    return Terms(
        sizes=said.sizes,
        weights=rounds.Weights(**said.weights.model_dump()),
        phases_apart=said.phases_apart,
        islands=said.islands,
        mixed=said.regions == "mixed",
        same_trust_allowed=said.same_trust_allowed,
        same_federation_allowed=said.same_federation_allowed,
        reviewed=said.review_before_publishing,
        attending=tuple(role for role in pair if visit is None or role in visit.attendees),
        titles={topic.key: topic.title for topic in template.enrolment.topics},
        roles=dict(ROLE_TITLES),
        farthest=template.enrolment.travel_km,
    )
