"""What is wrong with a template, and where."""

from dataclasses import dataclass

Where = tuple[str | int, ...]
"""A place in the document: keys and positions from the top."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `at` is the field, `line` counts from 1 and is 0 until the document is asked."""

    at: Where
    what: str
    line: int = 0

    @property
    def path(self) -> str:
        """The field in words: `forms[2].fields[1].kind`."""
        parts = (f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in self.at)
        return "".join(parts).lstrip(".") or "whole template"


class WrongTemplateError(ValueError):
    """The template cannot be used. `faults` holds every fault; the text has a line for each."""

    def __init__(self, source: str, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(f"{source}, line {fault.line}, {fault.path}: {fault.what}" for fault in faults))
        self.source = source
        self.faults = faults
