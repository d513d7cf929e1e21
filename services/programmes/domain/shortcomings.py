"""What stands against closing a programme, or publishing its groups: shown before anybody is mailed."""

from collections.abc import Iterable, Mapping, Sequence

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.records import Appointment
from services.programmes.domain.register.following import to_close
from services.programmes.domain.register.school import School

__all__ = ["shortcomings"]


def shortcomings(
    template: AnyTemplate, not_open: Sequence[School], regions: Mapping[str, int], facilitators: Sequence[Appointment]
) -> tuple[str, ...]:
    """Sentences about schools that have closed, and about visit days that nobody could lead.

    `not_open`: the enrolled schools that are not simply open; `regions`: how many schools that may enrol lie in each,
    those that are to close among them; "" where the register names none.
    """
    closed = [school for school in not_open if not school.status.enrollable]
    closing = [school for school in not_open if school.status.enrollable]
    led = any(activity.kind == "visit" and activity.facilitated for activity in template.activities)
    unled = _unled(sum(regions.values()), regions, facilitators) if led and regions else ()
    return (*_closed(closed), *_to_close(closing), *unled)


def _closed(schools: Iterable[School]) -> Iterable[str]:
    for school in schools:
        yield (f"{school.name} (URN {school.urn}) has closed. `kindred enrolments withdraw {school.urn}` takes it out.")


def _to_close(schools: Iterable[School]) -> Iterable[str]:
    for school in schools:
        if said := to_close(school):
            yield f"{school.name} (URN {school.urn}) {said}. It gets visits as if it stayed."


def _unled(schools: int, regions: Mapping[str, int], facilitators: Sequence[Appointment]) -> Iterable[str]:
    """Each school hosts one visit day, which one facilitator leads."""
    if not facilitators:
        yield (
            f"No facilitator is appointed, and {_days(schools)} to be led. "
            "`kindred facilitators add` or `import` appoints some."
        )
        return
    most = sum(one.capacity for one in facilitators)
    if most < schools:
        yield f"{_days(schools)} to be led, and all facilitators together lead at most {most}."
    for region, count in sorted((region, count) for region, count in regions.items() if region):
        there = sum(one.capacity for one in facilitators if not one.regions or region in one.regions)
        if there == 0:
            yield f"No facilitator travels in {region}, where {_days(count)} to be led."
        elif there < count:
            yield f"The facilitators who travel in {region} lead at most {there}, and {_days(count)} to be led there."


def _days(count: int) -> str:
    return "1 visit day is" if count == 1 else f"{count} visit days are"
