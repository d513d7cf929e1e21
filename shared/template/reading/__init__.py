"""Reads a template as people write it: YAML to the validated declaration, every fault with line and field."""

from shared.template.reading.faults import Fault, WrongTemplateError
from shared.template.reading.reader import faults_of, read_template

__all__ = ["Fault", "WrongTemplateError", "faults_of", "read_template"]
