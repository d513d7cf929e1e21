"""What a template must keep to besides its shape, one module a subject."""

from collections.abc import Iterator

from shared.template.reading.faults import Fault
from shared.template.reading.sense import (
    agreed,
    counted,
    duties,
    kinds,
    mails,
    moments,
    names,
    order,
    people,
    polls,
    reach,
    reports,
    unused,
)
from shared.template.template import Template

__all__ = ["faults_of_sense"]


def faults_of_sense(template: Template) -> Iterator[Fault]:
    """Each fault with the field it is in."""
    subjects = (names, kinds, people, moments, order, reach, reports, agreed, counted, polls, duties, mails, unused)
    for subject in subjects:
        yield from subject.faults(template)
