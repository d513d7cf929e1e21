"""What a template must keep to besides its shape, one module a subject."""

from collections.abc import Iterator

from shared.template.reading.faults import Fault
from shared.template.reading.sense import (
    agreed,
    allowed,
    brochures,
    calls,
    coming,
    counted,
    duties,
    events,
    hanging,
    introductions,
    invited,
    kinds,
    mails,
    moments,
    names,
    once,
    order,
    outcomes,
    owing,
    payments,
    people,
    polls,
    questions,
    reach,
    readable,
    recognising,
    reports,
    routes,
    sensible,
    sessions,
    teams,
    together,
    told,
    unused,
    waiting,
    whom,
)
from shared.template.template import Template

__all__ = ["faults_of_sense"]


def faults_of_sense(template: Template) -> Iterator[Fault]:
    """Each fault with the field it is in."""
    first = (names, kinds, people, moments, order, reach, questions, sensible, once)
    for subject in (
        *first,
        reports,
        brochures,
        agreed,
        counted,
        recognising,
        outcomes,
        polls,
        calls,
        routes,
        duties,
        sessions,
        teams,
        payments,
        together,
        events,
        introductions,
        mails,
        waiting,
        readable,
        hanging,
        owing,
        allowed,
        coming,
        whom,
        invited,
        told,
        unused,
    ):
        yield from subject.faults(template)
