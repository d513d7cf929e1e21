"""The stores of matching in memory."""

from dataclasses import dataclass, field
from typing import Any

from services.matching.domain.pin_records import PinsRecord
from shared.errors import Retryable
from tests.fakes.matching.groups import FakeGroups
from tests.fakes.matching.rounds import FakeRoundStores


@dataclass
class FakeProgrammes:
    """Port `Programmes`."""

    kept: dict[str, Any] = field(default_factory=dict)

    async def programme(self, programme_id):
        return self.kept.get(programme_id)

    async def put_programme(self, programme):
        self.kept[programme.programme_id] = programme


@dataclass
class FakeEnrolments:
    """Port `Enrolments`."""

    kept: dict[str, Any] = field(default_factory=dict)

    async def enrolment(self, enrolment_id):
        return self.kept.get(enrolment_id)

    async def put_enrolment(self, enrolment):
        self.kept[enrolment.enrolment_id] = enrolment

    async def enrolments(self, programme_id, schools=None):
        found = [one for one in self._of(programme_id) if schools is None or one.school.school_id in schools]
        return sorted(found, key=lambda one: one.school.school_id)

    async def by_urn(self, programme_id, urns):
        return [one for one in self._of(programme_id) if one.school.urn in urns and not one.withdrawn]

    async def of_people(self, programme_id, people):
        wanted = set(people)
        return [
            one
            for one in self._of(programme_id)
            if not one.withdrawn and wanted & {held.person_id for held in one.people}
        ]

    async def known(self, programme_id, enrolment_ids):
        if enrolment_ids:
            return len(self.kept.keys() & set(enrolment_ids))
        return len(self._of(programme_id))

    async def of_school(self, school_id):
        found = [one for one in self.kept.values() if one.school.school_id == school_id]
        return sorted(found, key=lambda one: one.programme_id)

    async def in_force(self, programme_id):
        return sum(not one.withdrawn for one in self._of(programme_id))

    def _of(self, programme_id):
        return [one for one in self.kept.values() if one.programme_id == programme_id]


@dataclass
class FakePins:
    """Port `Pinned`."""

    kept: dict[str, Any] = field(default_factory=dict)

    async def pins(self, programme_id):
        return self.kept.get(programme_id) or PinsRecord(programme_id=programme_id)

    async def put_pins(self, pins):
        self.kept[pins.programme_id] = pins


@dataclass
class FakeCohorts:
    """Port `Cohorts`."""

    kept: dict[str, Any] = field(default_factory=dict)

    async def cohort(self, cohort_id):
        return self.kept.get(cohort_id)

    async def put_cohort(self, cohort):
        before = self.kept.get(cohort.cohort_id)
        if before is not None and before.version >= cohort.version:
            raise Retryable(f"Cohort {cohort.cohort_id} has changed meanwhile.")
        self.kept[cohort.cohort_id] = cohort

    async def listed(self, programme_id):
        found = [one for one in self.kept.values() if programme_id in ("", one.programme_id)]
        return sorted(sorted(found, key=lambda one: one.cohort_id), key=lambda one: one.started, reverse=True)


@dataclass
class FakeProgress:
    """Port `Progress`."""

    kept: dict[str, tuple[int, float]] = field(default_factory=dict)

    async def progress(self, cohort_id, revision):
        known, share = self.kept.get(cohort_id, (revision, None))
        return share if known == revision else None

    async def put_progress(self, cohort_id, revision, share):
        self.kept[cohort_id] = (revision, share)


@dataclass
class FakeOptions:
    """Port `Options`."""

    kept: dict[str, dict[int, Any]] = field(default_factory=dict)

    async def option(self, cohort_id, number):
        return self.kept.get(cohort_id, {}).get(number)

    async def put_options(self, cohort_id, options):
        self.kept[cohort_id] = {option.number: option for option in options}


@dataclass
class FakeStores:
    """Port `Stores`."""

    programmes: FakeProgrammes = field(default_factory=FakeProgrammes)
    enrolments: FakeEnrolments = field(default_factory=FakeEnrolments)
    pins: FakePins = field(default_factory=FakePins)
    cohorts: FakeCohorts = field(default_factory=FakeCohorts)
    groups: FakeGroups = field(default_factory=FakeGroups)
    progress: FakeProgress = field(default_factory=FakeProgress)
    options: FakeOptions = field(default_factory=FakeOptions)
    rounds: FakeRoundStores = field(default_factory=FakeRoundStores)
