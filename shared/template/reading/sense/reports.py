"""Forms open and reports are made at moments that the engine sees; reports tell nobody what they may not read."""

from collections.abc import Iterator

from shared.template.answers import choices
from shared.template.blocks import DUTY_BLOCKS, TREND
from shared.template.counting import COUNTS_ONLY, is_counted
from shared.template.forms import Form
from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.reports import Block, Report
from shared.template.template import Template

_WHOLE = frozenset({"programme", "cohort"})
_OF_COUNTS = frozenset({"counts", "rubric", "movement", "last-year"})
"""Blocks that show how many, never who."""
_STATES = {"form": ("submitted", "agreed", "released"), "activity": ("held",), "round": ("published",)}
"""What a report can be made after, by the section of what happens."""


def faults(template: Template) -> Iterator[Fault]:
    """Reports that would never be made, that nobody could read, or that tell what was promised not to be told."""
    for index, form in enumerate(template.forms):
        yield from _form(template, ("forms", index), form)
    for index, report in enumerate(template.reports):
        at: Where = ("reports", index)
        yield from _after(template, at, report)
        yield from _readers(at, report)
        for place, block in enumerate(report.blocks):
            yield from _whole((*at, "blocks", place), block)
            yield from _block(template, (*at, "blocks", place), report, block)
            yield from _take_up(template, (*at, "blocks", place), block)
            yield from _ledger(template, (*at, "blocks", place), report, block)
            yield from _trend(template, (*at, "blocks", place), report, block)


def _form(template: Template, at: Where, form: Form) -> Iterator[Fault]:
    """Settings of forms that the engine does not act on, and moments at which no form opens."""
    if form.kept and form.about != "school":
        yield Fault((*at, "kept"), "only a form about a school begins with what was written last time.")
    instant = moment_in(form.after) if form.after else None
    if instant is None or instant.day or template.clock.moment(instant.anchor):
        return
    if instant.term or not _seen(template, instant.anchor, instant.state):
        known = ", ".join(f"{kind}.{state}" for kind, states in _STATES.items() for state in states)
        said = f"no form opens after '{form.after}'; it can: a day or moment of the clock, {known}."
        yield Fault((*at, "after"), said)


def _after(template: Template, at: Where, report: Report) -> Iterator[Fault]:
    for place, text in enumerate(report.after):
        instant = moment_in(text)
        if instant is None:
            continue
        here = (*at, "after", place)
        if instant.offset or instant.day or instant.term:
            yield Fault(here, f"a report is made when something happens; '{text}' is a day.")
        elif instant.anchor == "ended" and report.about in _WHOLE | {"match", "school", "group", "visit", "event"}:
            yield Fault(here, "'ended' is the end of somebody's part: only a report about a role is made then.")
        elif form := _only_counted(template, instant.anchor):
            said = "after each answer a report would show what it was"
            yield Fault(here, f"answers of '{form.key}' are only counted, and {said}: name a moment of the clock.")
        elif template.clock.moment(instant.anchor):
            if report.about != "programme":
                yield Fault(here, f"'{text}' comes once, and a report about the programme alone is made then.")
        elif instant.anchor not in {"ended", "coordinator"} and not _seen(template, instant.anchor, instant.state):
            known = ", ".join(f"{kind}.{state}" for kind, states in _STATES.items() for state in states)
            yield Fault(
                here,
                f"no report is made after '{text}'; it can be: a moment of the clock, {known}, ended, coordinator.",
            )


def _only_counted(template: Template, key: str) -> Form | None:
    form = template.form(key)
    return form if form and is_counted(form) else None


def _seen(template: Template, anchor: str, state: str) -> bool:
    sections = {"form": template.forms, "activity": template.activities, "round": template.matching}
    return any(one.key == anchor and state in _STATES[kind] for kind, section in sections.items() for one in section)


def _readers(at: Where, report: Report) -> Iterator[Fault]:
    named = bool(report.to or report.also)
    if report.public and (named or report.release_of):
        yield Fault((*at, "public"), "anybody may read it, so nobody is named: leave out `to`, `also`, `release_of`.")
    elif report.release_of and named:
        yield Fault((*at, "release_of"), "whoever may read the entries may read it: leave out `to` and `also`.")
    elif not (named or report.public or report.release_of):
        yield Fault(at, "nobody may read this report: name them under `to`, or the form under `release_of`.")


def _take_up(template: Template, at: Where, block: Block) -> Iterator[Fault]:
    form = template.form(block.form) if block.form else None
    field = form.field(block.field) if form and block.field else None
    if block.kind != "take-up" or form is None or field is None:
        return
    known = choices(field, template) or {}
    if template.form(form.about) is None:
        yield Fault((*at, "form"), f"'{form.key}' is about no entry of another form, so that nothing can be taken up.")
    if field.kind != "choice":
        yield Fault((*at, "field"), f"'take-up' shows a question of kind choice; this one is {field.kind}.")
    for place, one in enumerate(block.counts if known else ()):
        if one not in known:
            yield Fault((*at, "counts", place), f"'{one}' is no answer to it; there is: {', '.join(known)}.")


def _ledger(template: Template, at: Where, report: Report, block: Block) -> Iterator[Fault]:
    """A ledger of offers: of everybody, and of lines that hosts answer."""
    form = template.form(block.form) if block.form else None
    if block.kind != "ledger" or form is None:
        if block.kind == "ledger" and block.counts:
            yield Fault((*at, "counts"), "counts answers to the lines of a form: name it under `form`.")
        return
    if report.about not in _WHOLE:
        yield Fault((*at, "form"), "a ledger of offers names every school: the report is about a programme or cohort.")
    if form.answered is None or form.about != "visit":
        yield Fault(
            (*at, "form"), f"'{form.key}' offers hosts nothing: a ledger counts an answered form about a visit."
        )
        return
    known = [one.key for one in form.answered.outcomes]
    if not block.counts:
        yield Fault(at, f"say under `counts` which answers take an offer up; there is: {', '.join(known)}.")
    for place, one in enumerate(block.counts):
        if one not in known:
            yield Fault((*at, "counts", place), f"'{one}' is no answer to it; there is: {', '.join(known)}.")


def _block(template: Template, at: Where, report: Report, block: Block) -> Iterator[Fault]:
    form = template.form(block.form) if block.form else None
    field = form.field(block.field) if form and block.field else None
    wanted = {"evidence": "evidence", "actions": "actions", "actions-by-status": "actions"}.get(block.kind)
    if field is not None and wanted and field.kind != wanted:
        yield Fault((*at, "field"), f"'{block.kind}' shows a question of kind {wanted}; this one is {field.kind}.")
    if block.kind in DUTY_BLOCKS:
        yield from _of_duties(template, at, report, block)
    if block.kind == "certificate" and report.about not in {role.key for role in template.roles}:
        yield Fault((*at, "kind"), "a certificate is of a person: the report is about a role.")
    if form is not None and block.kind in _OF_COUNTS:
        if not is_counted(form):
            said = f"'{block.kind}' shows a form whose answers are only counted: `confidential: {COUNTS_ONLY}`."
            yield Fault((*at, "form"), said)
        if list(block.bands) != sorted(set(block.bands)) or not all(0 < edge < 100 for edge in block.bands):
            yield Fault((*at, "bands"), "bands begin at percents between 0 and 100, each above the one before.")
        if block.kind in {"rubric", "movement"}:
            yield from _rubric(template, at, block, form)
        return
    if form is None or not form.confidential:
        return
    theirs = report.about in {role.key for role in template.roles} and set(report.to) == {report.about}
    own = bool(set(form.by) & {report.about, f"own.{report.about}"})
    if is_counted(form) or not (theirs and own and not report.also):
        yield Fault(
            (*at, "form"), f"answers of '{form.key}' are confidential: they stand only in the report of who wrote them."
        )


def _whole(at: Where, block: Block) -> Iterator[Fault]:
    """That a question is one of a form, and that something stands in a text."""
    if block.field and not block.form:
        yield Fault((*at, "field"), f"'{block.field}' is a question of a form: name that under `form`.")
    elif block.kind == "text" and bool(block.form) != bool(block.field):
        yield Fault((*at, "form"), "a text is an answer to one question: name it under `field`.")
    elif block.kind == "text" and not (block.form or block.text):
        yield Fault(at, "nothing stands in it: write paragraphs under `text`, or name `form` and `field`.")


def _trend(template: Template, at: Where, report: Report, block: Block) -> Iterator[Fault]:
    """That there are numbers about the school that the report is about, again and again."""
    form = template.form(block.form) if block.form else None
    field = form.field(block.field) if form and block.field else None
    if block.kind != TREND:
        return
    if report.about != "school" or (form is not None and form.about != "school"):
        yield Fault((*at, "kind"), "a trend is of a school: the report is about one, and the form, too.")
    elif form is not None and not form.many:
        yield Fault((*at, "form"), f"nothing changes in '{form.key}', which is sent once: give it `many: true`.")
    asked = () if form is None else form.fields if field is None else (field,)
    if form is not None and not any(one.kind == "number" for one in asked):
        yield Fault((*at, "form"), f"'{form.key}' asks for no number here.")


def _rubric(template: Template, at: Where, block: Block, form: Form) -> Iterator[Fault]:
    field = form.field(block.field or "")
    if field is not None and (field.kind != "level" or template.rubric(field.of) is None):
        yield Fault((*at, "field"), f"'{block.kind}' shows a question of kind level, `of` a list that has `stages`.")
    if block.kind == "movement" and not form.repeat:
        yield Fault((*at, "form"), "nothing moves in a form that is answered once: give the form `repeat`.")


def _of_duties(template: Template, at: Where, report: Report, block: Block) -> Iterator[Fault]:
    """Blocks about duties: of a school or of all, where there are any; their form is one about a school."""
    if not any(one.kind == "duty" for one in template.activities):
        yield Fault((*at, "kind"), f"'{block.kind}' counts duties, and no activity is of kind duty.")
    whole = report.about in _WHOLE
    if not whole and (block.kind != "duties" or report.about != "school"):
        needed = "a school or the programme" if block.kind == "duties" else "the programme"
        yield Fault((*at, "kind"), f"'{block.kind}' stands in a report about {needed}.")
    form = template.form(block.form) if block.form else None
    if form is not None and form.about != "school":
        yield Fault((*at, "form"), f"'{form.key}' is not about a school, so that none of them owes it.")
