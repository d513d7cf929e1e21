"""From a match to what the page of a cohort is drawn from."""

from __future__ import annotations

from kindred.atlas.cohort import Cohort, Group, Waiting
from services.matching.domain.schools import Weights
from services.matching.domain.score import coverages, group_parts
from services.matching.forming.formation import Formed


def cohort_of(formed: Formed) -> Cohort:
    """The cohort that a match would become."""
    return Cohort(
        state="a benchmark's match",
        score=formed.parts.total,
        groups=tuple(
            Group(
                number=number,
                score=group_parts(Weights(), group).total / len(group),
                names=tuple(school.name for school in group),
                places=tuple(school.place for school in group),
                coverage=coverages(group),
                authorities=tuple(school.area for school in group),
                regions=tuple(school.region for school in group),
            )
            for number, group in enumerate(formed.groups, start=1)
        ),
        waiting=tuple(
            Waiting(one.school.name, one.rule, one.sentence, one.school.place, one.school.region)
            for one in formed.waiting
        ),
        engine=formed.engine,
        bound=formed.bound,
        bound_kind=formed.bound_kind,
    )
