"""Outcomes of inspections: of a programme's schools together, under one regime; rates are of what that judges."""

from collections.abc import Iterator

from shared.template.blocks import OUTCOMES, REGIMES
from shared.template.reading.faults import Fault, Where
from shared.template.reports import Block
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Blocks in reports about something else, regimes that there are not, rates of what nobody judges."""
    for index, report in enumerate(template.reports):
        for place, block in enumerate(report.blocks):
            if block.kind == OUTCOMES:
                at: Where = ("reports", index, "blocks", place)
                if report.about != "programme":
                    yield Fault((*at, "kind"), f"'{OUTCOMES}' stands in a report about the programme.")
                yield from _block(at, block)


def _block(at: Where, block: Block) -> Iterator[Fault]:
    known = REGIMES.get(block.regime, ())
    if block.regime and not known:
        yield Fault((*at, "regime"), f"'{block.regime}' is none of: {', '.join(REGIMES)}.")
    for place, rate in enumerate(block.national):
        if known and rate.of not in known:
            yield Fault((*at, "national", place, "of"), f"'{rate.of}' is none of: {', '.join(known)}.")
