"""Filling a form in: kept as typed at every press, sent when everything is there.

The draft is saved first and handed in afterwards, so that nothing is lost where something is still to put right.
"""

import dataclasses
import secrets
from collections.abc import Mapping

from starlette.responses import Response

from services.portal.domain import entry_fields, words
from services.portal.domain.children import ORDINARY, look_like_names
from services.portal.domain.reading import Problem, whole_number
from services.portal.pages.entries import about, counting
from services.portal.pages.entries.about import Turn, complaint
from services.portal.pages.forms.form import Saved, idempotency_key
from services.portal.pages.forms.route import to_saved_page
from shared.commands.base import Command
from shared.commands.forms import DraftSaved, EntryShown, SaveDraft, SubmitEntry, WithdrawEntry
from shared.errors import KindredError, Rejected
from shared.template.answers import ACTION_STATUS, PERSON, blank, columns

_FREE = ("text", "lines", "evidence", "actions")
STEERING = ("csrf", "once", "do")


@dataclasses.dataclass(frozen=True)
class Shown:
    """How the page is shown beside the entry itself."""

    values: Mapping[str, str]
    once: str
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[str, ...] = ()
    focus: str = ""
    banner: str = ""
    status: int = 200


async def show(turn: Turn, how: Shown | None = None) -> Response:
    """Show the form."""
    shown = turn.shown
    how = how or Shown(entry_fields.begin(shown), secrets.token_hex(12))
    errors: dict[str, str] = {}
    for problem in how.problems:
        errors.setdefault(problem.field, problem.sentence)
    names = await turn.names()
    conditional = {field.key: _condition(field.shown_if.field) for field in shown.form.fields if field.shown_if}
    return turn.portal.renderer.page(
        turn.request,
        "entry-fill.html",
        how.status,
        title=shown.form.title,
        eyebrow=shown.programme,
        visitor=turn.visitor,
        csrf=turn.visitor.csrf,
        action=turn.path,
        entry=shown,
        another=turn.another,
        names=names,
        named=turn.named(names),
        values=how.values,
        once=how.once,
        problems=how.problems,
        errors=errors,
        conflicts=how.conflicts,
        focus=how.focus,
        banner=how.banner,
        columns=columns,
        rows_of=entry_fields.rows_of,
        conditional=conditional,
        free=any(field.kind in _FREE for field in shown.form.fields),
        ordinary=ORDINARY if _watched(shown) else (),
        action_statuses=ACTION_STATUS,
        person_parts=PERSON,
        readable=bool(shown.number),
        answered=[line for line in shown.lines if line.outcome],
        outcomes={one.key: one.title for one in shown.form.answered.outcomes} if shown.form.answered else {},
    )


async def post(turn: Turn, posted: Mapping[str, str]) -> Response:
    """Save, send, withdraw, add or take out a row."""
    button, once = posted.get("do", "save"), posted.get("once", "")[:64]
    values = {name: value for name, value in posted.items() if name not in STEERING}
    turn = dataclasses.replace(turn, another=posted.get("another", "")[:64])
    if counting.is_counted(turn):
        return await _count(turn, values, once)
    if stepped := entry_fields.stepped(turn.shown, values, button):
        return await show(turn, Shown(stepped[0], once, focus=stepped[1]))
    try:
        return await (_withdraw(turn, once) if button == "withdraw" else _keep(turn, values, once, button))
    except KindredError as error:
        banner, problems, status = complaint(error)
        return await show(turn, Shown(values, once, problems, banner=banner, status=status))


async def _count(turn: Turn, values: Mapping[str, str], once: str) -> Response:
    try:
        return await counting.count(turn, values, once)
    except KindredError as error:
        banner, problems, status = complaint(error)
        again = secrets.token_hex(12) if status == 422 else once
        return await show(turn, Shown(values, again, problems, banner=banner, status=status))


async def _keep(turn: Turn, values: Mapping[str, str], once: str, button: str) -> Response:
    saved: DraftSaved = await _ask(turn, once, _draft(turn, values))
    fresh = dataclasses.replace(turn, shown=await about.find(turn.portal, turn.visitor, entry_id=saved.entry_id))
    if saved.conflicts:
        return await _both(fresh, values, saved)
    if button != "send":
        return await _saved(fresh, Saved("Your draft is saved", (_UNSENT,), "Go on writing"))
    return await _send(fresh, once, saved)


_UNSENT = "It is not sent yet: nobody else reads it until you send it."


async def _send(turn: Turn, once: str, saved: DraftSaved) -> Response:
    sent = SubmitEntry(entry_id=saved.entry_id, person_id=turn.visitor.person_id, revision=saved.revision)
    try:
        await _ask(turn, once, sent)
    except Rejected as refused:
        shown = await about.find(turn.portal, turn.visitor, entry_id=saved.entry_id)
        found = tuple(Problem(one.field, one.sentence) for one in shown.problems)
        problems = found or (Problem("", refused.sentence),)
        how = Shown(entry_fields.begin(shown), secrets.token_hex(12), problems, status=422)
        return await show(dataclasses.replace(turn, shown=shown), how)
    agreed = turn.shown.form.sign_off is not None
    said = ["It goes to whoever agrees to it." if agreed else "Nothing more is needed from you."]
    if turn.shown.form.introduces:
        said = ["Whoever you name is asked first. Nobody sees an address before all have said yes."]
    names = look_like_names(_written(turn.shown)) if _watched(turn.shown) else ()
    if names:
        called = words.listed([f"“{name}”" for name in names])
        seem = f"{called} looks like a name" if len(names) == 1 else f"{called} look like names"
        said.append(f"{seem}. If it is a child\u2019s, please take it out: “a Year 5 pupil” is enough.")
    return await _saved(turn, Saved(f"{turn.shown.form.title}: sent, thank you", tuple(said)))


def _watched(shown: EntryShown) -> bool:
    """Whether it is about what somebody saw in a school, where a child may be named by mistake."""
    return shown.form.offline or shown.form.findings


def _written(shown: EntryShown) -> list[str]:
    """The free text of an entry."""
    return [
        text
        for field in shown.form.fields
        if field.kind in _FREE
        for name, text in entry_fields.values_of(field, shown.answers.get(field.key, blank(field))).items()
        if not name.endswith((".status", ".due", ".source"))
    ]


async def _both(turn: Turn, values: Mapping[str, str], saved: DraftSaved) -> Response:
    """Somebody else has changed the same: show theirs beside what was typed; the next press decides."""
    kept = entry_fields.begin(turn.shown)
    typed = {
        name: value
        for key in saved.conflicts
        for name, value in values.items()
        if name == key or name.startswith(f"{key}.")
    }
    problems = tuple(Problem(key, _CHANGED.format(_label(key, turn))) for key in saved.conflicts)
    how = Shown({**kept, **typed}, secrets.token_hex(12), problems, saved.conflicts, status=409)
    return await show(turn, how)


_CHANGED = "Somebody else has changed “{}” meanwhile. Both texts are below; put together what should stand."


async def _withdraw(turn: Turn, once: str) -> Response:
    gone = WithdrawEntry(entry_id=turn.shown.entry_id, person_id=turn.visitor.person_id)
    await _ask(turn, once, gone)
    return await _saved(
        turn, Saved(f"{turn.shown.form.title}: withdrawn", ("Nobody reads it any more.",), "Write it anew")
    )


def _draft(turn: Turn, values: Mapping[str, str]) -> SaveDraft:
    shown = turn.shown
    return SaveDraft(
        programme_id=shown.programme_id,
        form=shown.form.key,
        about_id=shown.about_id,
        person_id=turn.visitor.person_id,
        another=turn.another,
        entry_id=shown.entry_id,
        answers=entry_fields.changed(shown, values),
        revision=whole_number(values.get("revision", "")),
    )


async def _ask(turn: Turn, once: str, command: Command) -> DraftSaved:
    key = idempotency_key(turn.visitor, once, command)
    reply: DraftSaved = await turn.portal.owners.ask(command, key=key, actor=turn.visitor.person_id)
    return reply


async def _saved(turn: Turn, said: Saved) -> Response:
    path = turn.path
    if path.endswith(f"/{about.NEW}"):
        path = f"{path.removesuffix(about.NEW)}{turn.shown.entry_id}"
    return to_saved_page(turn.portal, turn.visitor, said.note(path))


def _label(key: str, turn: Turn) -> str:
    field = turn.shown.form.field(key)
    return (field.label if field else "") or key


def _condition(field: str) -> str:
    """The question of this form on which another depends; nothing where it is one of another form."""
    return "" if "." in field else field
