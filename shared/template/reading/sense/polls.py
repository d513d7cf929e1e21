"""Polls: what they weigh can be counted, they close at a moment that comes, and somebody settles a tie."""

from collections.abc import Iterator

from shared.template.counting import is_counted
from shared.template.days import day_of
from shared.template.moments import moment_in
from shared.template.polls import VOTE, Poll
from shared.template.reading.faults import Fault, Where
from shared.template.template import Template

_A_YEAR = 2027
_NAMES = ("choice", "several", "rank", "topic", "topics")


def faults(template: Template) -> Iterator[Fault]:
    """Polls of what is not counted, that never close, that nobody can settle, or that name nothing."""
    for index, poll in enumerate(template.polls):
        at: Where = ("polls", index)
        form = template.form(poll.form)
        field = form.field(poll.field) if form else None
        if form is None or not is_counted(form):
            yield Fault((*at, "form"), f"'{poll.form}' is no form whose answers are only counted.")
        elif form.about not in {"programme", "cohort"}:
            yield Fault((*at, "form"), "a poll is about the programme: so is its form.")
        if form is not None and (field is None or field.kind not in _NAMES):
            yield Fault((*at, "field"), f"'{poll.field}' names no themes; a question of kind {', '.join(_NAMES)} does.")
        if not _comes(template, poll.closes):
            yield Fault((*at, "closes"), f"a poll closes at a moment of the clock; '{poll.closes}' is none.")
        yield from _chosen(template, at, poll)
        if _too_soon(template, poll):
            what = f"it is weighed at '{poll.closes}', before anybody is asked to answer '{poll.form}'."
            yield Fault((*at, "closes"), what)
        if poll.names and template.activity(poll.names) is None:
            yield Fault((*at, "names"), f"'{poll.names}' is no activity.")


def _chosen(template: Template, at: Where, poll: Poll) -> Iterator[Fault]:
    if poll.chosen_by == VOTE and not poll.ties:
        yield Fault((*at, "ties"), "a vote may tie: say who chooses then.")
    if poll.chosen_by != VOTE and poll.chosen_by not in {role.key for role in template.roles} | {"coordinator"}:
        yield Fault((*at, "chosen_by"), f"'{poll.chosen_by}' is neither `vote` nor a role.")
    if poll.chosen_by != VOTE and poll.ties:
        yield Fault((*at, "ties"), "somebody chooses, whatever most have named: leave it out.")


def _too_soon(template: Template, poll: Poll) -> bool:
    """Whether the day on which it closes comes no later than the first on which its form is asked for."""
    closes = day_of(poll.closes, template, _A_YEAR)
    asked = [day_of(task.opens, template, _A_YEAR) for task in template.tasks if task.do.form == poll.form]
    return closes is not None and bool(asked) and all(day is not None and day >= closes for day in asked)


def _comes(template: Template, text: str) -> bool:
    instant = moment_in(text)
    if instant is None:
        return False
    moment = template.clock.moment(instant.anchor)
    return moment is not None and instant.offset is None and bool(moment.opens) == bool(instant.state)
