"""A template in either language: that of `shared/template`, known by its clock, or that of 0.1.0."""

import re

from services.programmes.domain.enrolment.terms import AnyTemplate
from services.programmes.domain.templates.reader import WrongTemplate
from services.programmes.domain.templates.reader import read_template as read_release
from shared.template.reading import WrongTemplateError, read_template

__all__ = ["read_either"]

_CLOCK = re.compile(r"^clock\s*:", re.MULTILINE)


def read_either(text: str, source: str) -> AnyTemplate:
    """The template that the YAML declares. Raises `WrongTemplate`."""
    if not _CLOCK.search(text):
        return read_release(text, source)
    try:
        return read_template(text, source)
    except WrongTemplateError as error:
        raise WrongTemplate(str(error)) from error
