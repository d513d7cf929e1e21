"""Carries out a decision in the transaction of a unit of work."""

from services.matching.domain.decisions.decision import Decision
from services.matching.ports.stores import Stores
from shared.bus import UnitOfWork

__all__ = ["save"]


async def save(stores: Stores, decision: Decision, work: UnitOfWork) -> None:
    """Save what was decided and publish its events. Raises Retryable when the cohort has changed meanwhile."""
    if decision.programme:
        await stores.programmes.put_programme(decision.programme)
    if decision.enrolment:
        await stores.enrolments.put_enrolment(decision.enrolment)
    if decision.pins:
        await stores.pins.put_pins(decision.pins)
    if decision.drafts:
        await stores.groups.replace_drafts(decision.drafts.cohort_id, decision.drafts.groups)
    for group in decision.groups:
        await stores.groups.put_group(group)
    if decision.cohort:
        await _save_cohort(stores, decision, decision.cohort.cohort_id)
    for event in decision.events:
        work.publish(event)


async def _save_cohort(stores: Stores, decision: Decision, cohort_id: str) -> None:
    assert decision.cohort
    await stores.cohorts.put_cohort(decision.cohort)
    if decision.options is not None:
        await stores.options.put_options(cohort_id, decision.options)
    if decision.publishes:
        await stores.groups.publish_groups(cohort_id)
