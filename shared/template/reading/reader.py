"""From text to template: the document, its shape, its sense. Every fault is found in one go where that is possible."""

from functools import lru_cache

from shared.template.courses import with_courses
from shared.template.minutes import with_minutes
from shared.template.reading.document import MOST_FAULTS, UnreadableError, parse
from shared.template.reading.faults import Fault, WrongTemplateError
from shared.template.reading.sense import faults_of_sense
from shared.template.reading.shape import shaped
from shared.template.template import Template


def read_template(text: str, source: str) -> Template:
    """The template that the YAML declares; `source` names the file in messages. Raises WrongTemplateError."""
    template, faults = _read(text)
    if template is None or faults:
        raise WrongTemplateError(source, faults)
    return template


def faults_of(text: str) -> tuple[Fault, ...]:
    """Everything that is wrong with a template, in the order of its lines; empty if it can be used."""
    return _read(text)[1]


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Template | None, tuple[Fault, ...]]:
    """What the text says and what is wrong with it. Reading takes long, and the same few texts are read again."""
    try:
        document = parse(text)
    except UnreadableError as error:
        return None, (error.fault,)
    template, faults = shaped(document.data)
    faults += document.repeated
    if template is not None:
        template = with_courses(with_minutes(template))
        faults += faults_of_sense(template)
    placed = {(fault.at, fault.what): Fault(fault.at, fault.what, document.line(fault.at)) for fault in faults}
    faults = sorted(placed.values(), key=lambda fault: (fault.line, fault.path))
    return template, tuple(faults[:MOST_FAULTS])
