"""A report for everybody, the brochure: one of a template, about the programme, with nobody's answers in it."""

from collections.abc import Iterator

from shared.template import blocks
from shared.template.reading.faults import Fault, Where
from shared.template.reports import Block, Report
from shared.template.template import Template


def faults(template: Template) -> Iterator[Fault]:
    """Public reports that could tell of somebody or that no page could show, and enquiries without a page."""
    public = [(("reports", index), report) for index, report in enumerate(template.reports) if report.public]
    for at, report in public:
        yield from _public(template, at, report)
    for at, _ in public[1:]:
        yield Fault((*at, "public"), "a programme has one report for everybody; this is another.")
    if template.party.enquiry and not public:
        said = "enquiries come by the page of a report for everybody: declare one with `public: true`."
        yield Fault(("party", "enquiry"), said)


def _public(template: Template, at: Where, report: Report) -> Iterator[Fault]:
    if report.about != "programme":
        yield Fault((*at, "about"), "a report for everybody is about the programme: `about: programme`.")
    if report.after != ("coordinator",):
        yield Fault((*at, "after"), "a report for everybody is made when the coordinator asks: `after: [coordinator]`.")
    for place, block in enumerate(report.blocks):
        here: Where = (*at, "blocks", place)
        if block.kind in blocks.BLOCKS and block.kind not in blocks.PUBLIC_BLOCKS:
            known = ", ".join(f"'{one}'" for one in blocks.PUBLIC_BLOCKS)
            yield Fault((*here, "kind"), f"'{block.kind}' may tell of somebody; a report for everybody has {known}.")
        elif block.kind == "text" and block.form:
            yield Fault((*here, "form"), "a report for everybody shows the template's own text and nobody's answer.")
        elif block.kind == "last-year" and block.form:
            yield from _counts(template, here, block)


def _counts(template: Template, at: Where, block: Block) -> Iterator[Fault]:
    """Questions whose answers are words: people wrote them for the report, not for everybody."""
    form = template.form(block.form or "")
    asked = form.fields if form else ()
    wordy = [one.key for one in asked if one.kind == "text" and block.field in {None, one.key}]
    if wordy:
        said = f"'{wordy[0]}' is answered in words, and a report for everybody has counts alone: name another question."
        yield Fault((*at, "field" if block.field else "form"), said)
