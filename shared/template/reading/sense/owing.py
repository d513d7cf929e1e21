"""Tasks: each can be done, and is about what opens it; reports are about what comes before them."""

from collections.abc import Iterator

from shared.template.moments import moment_in
from shared.template.reading.faults import Fault, Where
from shared.template.reading.sense.whom import subjects_of
from shared.template.references import WrongReferenceError, parse_reference
from shared.template.reports import Report
from shared.template.tasks import Task
from shared.template.template import Template

_TERMS_A_YEAR = 3
_WHOLE = frozenset({"programme", "cohort"})
_KNOWN_WITH = {
    "visit": {"visit", "event", "group", "match", "school", "person"},
    "event": {"visit", "event", "group", "match", "school", "person"},
    "match": {"match", "school", "person"},
    "person": {"match", "school", "person"},
    "group": {"group"},
    "school": {"school"},
    "pair": {"pair"},
}
"""Subject of what happens -> the subjects of reports that can be told from it."""


def faults(template: Template) -> Iterator[Fault]:
    """Tasks for lines of another form, answers to forms that nobody answers, reports about what nobody can tell."""
    for index, task in enumerate(template.tasks):
        at: Where = ("tasks", index)
        yield from _lines(template, at, task)
        yield from _done(template, at, task)
        most = template.clock.years * (_TERMS_A_YEAR if task.repeat == "term" else 1)
        if task.repeat and task.times and task.times > most:
            yield Fault((*at, "times"), f"the programme is over after {most}: it comes {most} times at most.")
    for index, report in enumerate(template.reports):
        yield from _report(template, ("reports", index), report)


def _lines(template: Template, at: Where, task: Task) -> Iterator[Fault]:
    """A task for each line of a plan: of the form that opens it; owners and days are those of the same lines."""
    opens = moment_in(task.opens)
    form = template.form(opens.anchor) if opens else None
    asked = form.field(task.each) if form and task.each else None
    if task.each and (asked is None or asked.kind != "actions"):
        plans = [field.key for field in form.fields if field.kind == "actions"] if form else []
        known = ", ".join(plans) or "none"
        yield Fault((*at, "each"), f"'{task.each}' is no plan of the form that opens this; there is: {known}.")
    plans = [field.key for one in template.forms for field in one.fields if field.kind == "actions"]
    for name, texts in (("due", (task.due,)), ("remind", task.remind)):
        for place, text in enumerate(texts):
            instant = moment_in(text)
            if instant and instant.state == "due" and instant.anchor in plans and instant.anchor != task.each:
                here = (*at, name) if name == "due" else (*at, name, place)
                yield Fault(here, f"'{text}' is the day of a line: write `each: {instant.anchor}`.")
    for place, who in enumerate(task.who):
        try:
            one = parse_reference(who)
        except WrongReferenceError:
            continue
        if one.role == "owner" and one.scope in plans and one.scope != task.each:
            yield Fault((*at, "who", place), f"'{who}' owns a line: write `each: {one.scope}`.")


def _done(template: Template, at: Where, task: Task) -> Iterator[Fault]:
    do, key = task.do.kind_and_key()
    if task.done_when is not None and (do != "form" or task.done_when.field.partition(".")[0] != key):
        wanted = f"an answer to '{key}'" if do == "form" else "one with `do: {form: ...}`"
        yield Fault(
            (*at, "done_when"), f"only an entry of the form that a task asks for ends it: it would be {wanted}."
        )
    form = template.form(key)
    if form is None or do not in {"answer", "agree", "introduce"}:
        return
    if do == "answer" and form.answered is None and template.activity(key) is None:
        yield Fault((*at, "do", "answer"), f"nobody answers '{key}' line by line: give the form `answered`.")
    opens = moment_in(task.opens)
    other = template.form(opens.anchor) if opens else None
    if other is not None and other.key != key:
        yield Fault((*at, "opens"), f"this is asked about entries of '{key}', and opens with one of '{other.key}'.")


def _report(template: Template, at: Where, report: Report) -> Iterator[Fault]:
    form = template.form(report.release_of) if report.release_of else None
    if form is not None and form.release is None:
        what = f"nobody reads '{form.key}' later; give it a `release`, or name readers of the report under `to`."
        yield Fault((*at, "release_of"), what)
    if report.about in _WHOLE:
        return
    wanted = "person" if any(role.key == report.about for role in template.roles) else report.about
    for place, text in enumerate(report.after):
        instant = moment_in(text)
        happens = subjects_of(template, instant.anchor) if instant else None
        if happens is None or "entry" in happens:
            continue
        if not any(wanted in _KNOWN_WITH.get(one, {one}) for one in happens):
            said = f"'{text}' is about a {' or '.join(sorted(happens))}"
            yield Fault((*at, "after", place), f"{said}: nobody could tell which {report.about} the report is about.")
