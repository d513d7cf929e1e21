"""Calls that anybody books: by the page of the report for everybody, with people of the programme, plainly asked."""

from collections.abc import Iterator

from shared.template.activities import Activity
from shared.template.kinds import CALL
from shared.template.reading.faults import Fault, Where
from shared.template.references import WrongReferenceError, parse_reference
from shared.template.template import Template

_PLAIN = ("text", "lines", "choice", "yes-no")
"""Kinds of question that somebody outside can answer on the page where a call is booked."""
_NOT_OF_CALLS = ("opens", "closes", "starts", "ends")


def faults(template: Template) -> Iterator[Fault]:
    """Calls that nobody could book, nobody could hold, or that ask what the page cannot take."""
    calls = [(("activities", index), one) for index, one in enumerate(template.activities) if one.kind == CALL]
    for at, activity in calls:
        yield from _call(template, at, activity)
    for at, _ in calls[1:]:
        yield Fault((*at, "kind"), "a programme has one call that anybody books; this is another.")


def _call(template: Template, at: Where, activity: Activity) -> Iterator[Fault]:
    if not template.party.enquiry:
        what = "it is booked on the page of the report for everybody: write `enquiry: true` under `party`."
        yield Fault((*at, "kind"), what)
    for name in _NOT_OF_CALLS:
        if getattr(activity, name):
            yield Fault((*at, name), f"who offers times says when they can be called; leave `{name}` out.")
    roles = {role.key: role for role in template.roles}
    for place, who in enumerate(activity.who):
        role = roles.get(_role(who))
        if role is not None and role.at != "programme":
            what = f"'{who}' is at a {role.at}; times are offered by people of the programme (`at: programme`)."
            yield Fault((*at, "who", place), what)
    form = template.form(activity.asks) if activity.asks else None
    for field in form.fields if form else ():
        if field.kind not in _PLAIN or field.shown_if or (field.kind == "choice" and not field.choices):
            plain = ", ".join(_PLAIN)
            what = f"'{field.key}' cannot be asked on the public page; these can, without condition: {plain}."
            yield Fault((*at, "asks"), f"{what} A choice names its `choices`.")


def _role(who: str) -> str:
    try:
        return parse_reference(who).role
    except WrongReferenceError:
        return who
