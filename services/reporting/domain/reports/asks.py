"""The block that says what a programme asks of people: of each role how many, to what they come, what they do."""

from collections.abc import Iterable

from services.reporting.domain.reports.blocks import TablePart
from services.reporting.domain.reports.material import Material
from services.reporting.domain.words import count, listed, sentence, spelt
from shared.template import Task, Template
from shared.template.cadences import AS_NEEDED, cadence_for
from shared.template.moments import parse_moment
from shared.template.people import Role
from shared.template.references import parse_reference
from shared.template.reports import Block

COLUMNS = ("Who", "How many", "Comes to", "Is asked to")
_BY_WHAT_OPENS = frozenset({"attendees", "present", "partners"})
"""People who are known by what opens their task: who is invited to it, was there, or is together in it."""
_OFTEN = {"six-a-year": "six times a year", "twice-a-year": "twice a year", AS_NEEDED: "as needed"}


def asks(block: Block, material: Material) -> TablePart | None:
    """A line for each role that a school, trust or partnership fills; none who only read.

    Tasks that come in a mail of their own are named; the short ones, which come together once a week, are counted.
    """
    template = material.programme.template
    rows = tuple(row for role in template.roles if role.at != "programme" and (row := _row(role, template)))
    if not rows:
        return None
    return TablePart(title=block.title or "What it asks of people", columns=COLUMNS, rows=rows)


def _row(role: Role, template: Template) -> tuple[str, ...] | None:
    if role.of:
        return None
    comes, does = _dated(role, template), _tasks(role, template)
    if not comes and not does:
        return None
    title = sentence(role.title or role.key.replace("-", " "))
    return title, _how_many(role), sentence("; ".join(comes)), sentence("; ".join(does))


def _dated(role: Role, template: Template) -> list[str]:
    """The titles of what they are invited to; duties after how often they come."""
    often = dict[str, list[str]]()
    for activity in template.activities:
        if _names(activity.who, role, template):
            title = activity.title[:1].lower() + activity.title[1:]
            often.setdefault(cadence_for(activity.cadence, role.key), []).append(title)
    once = often.pop("", [])
    return [*once, *(f"{_OFTEN.get(word, word)}: {listed(titles)}" for word, titles in often.items())]


def _tasks(role: Role, template: Template) -> list[str]:
    """What they are asked to do, but for answers to invitations."""
    owed = [task for task in template.tasks if not task.do.answer and _owes(task, role, template)]
    named = dict.fromkeys(_titled(task, template) for task in owed if not task.bundled)
    short = len([task for task in owed if task.bundled])
    return [*named, *([f"{count(short, 'thing')} asked for in a weekly mail"] if short else [])]


def _titled(task: Task, template: Template) -> str:
    form = template.form(task.do.form or task.do.agree or "")
    title = task.title or (f"fill in “{form.title}”" if form else task.key.replace("-", " "))
    return title[:1].lower() + title[1:]


def _owes(task: Task, role: Role, template: Template) -> bool:
    """Whether somebody of the role owes it, also as who is invited to, or together in, what opens it."""
    if _names(task.who, role, template):
        return True
    anchor = parse_moment(task.opens).anchor
    there = any(one.is_function_there or one.role in _BY_WHAT_OPENS for one in map(parse_reference, task.who))
    invited = [one.who for one in template.activities if one.key == anchor]
    together = [one.who for one in template.matching if one.key == anchor]
    return there and any(_names(who, role, template) for who in (*invited, *together))


def _names(people: Iterable[str], role: Role, template: Template) -> bool:
    """Whether one of these references is to the role, whose school it may be."""
    named = [one for one in map(parse_reference, people) if not one.relation and not one.is_function]
    return any(role.key in template.roles_of(one.role) for one in named)


def _how_many(role: Role) -> str:
    most = spelt(role.most) if role.most else ""
    if role.least and role.least == role.most:
        said = spelt(role.least)
    elif role.least and most:
        said = listed([spelt(role.least), most]).replace(" and ", " to ")
    elif role.least:
        said = f"at least {spelt(role.least)}"
    else:
        said = f"up to {most}" if most else "as many as you like"
    return sentence(said) + (", named later" if role.later else "")
