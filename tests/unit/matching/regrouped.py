"""Groups to match again, and what every re-match has to keep."""

from services.matching.domain.records import CohortRecord, GroupRecord
from services.matching.domain.rules import feasible
from services.matching.engine.effort import Effort
from services.matching.forming.formation import form, ready
from services.matching.forming.rematch import Standing

QUICK = Effort(steps=500, base=0)
COHORT = CohortRecord(cohort_id="coh-1", programme_id="prg-1", revision=2, version=5, state="draft", published=1)


def published(number, *schools, held=False):
    """A group of COHORT."""
    return GroupRecord(
        group_id=f"grp-{number}", cohort_id="coh-1", programme_id="prg-1", revision=1, number=number,
        school_ids=schools, state="published", held=held,
    )  # fmt: skip


def ids(groups):
    return tuple(tuple(sorted(school.id for school in group)) for group in groups)


def standing(matching, seed=1):
    return Standing(ids(form(matching, seed, QUICK).groups))


def check(matching, stands, found):
    """A partition of all schools into allowed groups and a waiting list, frozen groups among them as they were."""
    placed = [school for group in ids(found.groups) for school in group]
    everybody = [school.id for school in ready(matching).schools]
    assert sorted([*placed, *(one.school.id for one in found.waiting)]) == sorted(everybody)
    for group in found.groups:
        if ids([group])[0] not in stands.frozen:
            assert feasible(ready(matching), group)
    assert set(stands.frozen) <= set(ids(found.groups))
