"""Reading an entry, agreeing to it or asking for changes, letting it go."""

import secrets
from collections.abc import Mapping

from starlette.responses import Response

from services.portal.domain.reading import Problem, whole_number
from services.portal.pages.entries.about import OPEN, Turn, complaint
from services.portal.pages.forms.form import Saved, idempotency_key
from services.portal.pages.forms.route import to_saved_page
from services.portal.pages.portal import Hidden
from shared.commands.base import Command
from shared.commands.forms import (
    AgreeEntry,
    AnswerLines,
    AskForChanges,
    EntryShown,
    LineAnswer,
    ReleaseEntry,
    WithdrawEntry,
)
from shared.commands.introductions import AnswerIntroduction
from shared.errors import KindredError
from shared.template.answers import ACTION_STATUS, PERSON, columns

_OPEN = ("submitted", "changes-asked")
_COUNTS = ("agreed", "released")
_SAID = {
    "agree": Saved("Agreed, thank you", ("Whoever wrote it can go on.",), "Read it again"),
    "answer": Saved("Saved, thank you", ("Whoever asked sees your answers.",), "See them again"),
    "ask": Saved("Sent back", ("Whoever wrote it sees what you asked for.",), "Read it again"),
    "yes": Saved("Thank you", ("You hear from us once everybody has answered.",), "See how it stands"),
    "no": Saved("Thank you", ("Nothing comes of it, and nobody is told why.",), "See it"),
    "withdraw": Saved("Withdrawn", ("Nobody else reads it any more.",), "See it"),
    "release": Saved("Released", ("Its readers can read it from now on.",), "Read it again"),
}


async def show(
    turn: Turn,
    *,
    text: str = "",
    once: str = "",
    typed: Mapping[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
    banner: str = "",
    status: int = 200,
) -> Response:
    """Show what was sent, and what this person may decide."""
    shown, may, names = turn.shown, turn.shown.may, await turn.names()
    return turn.portal.renderer.page(
        turn.request,
        "entry-read.html",
        status,
        title=shown.form.title,
        eyebrow=shown.programme,
        visitor=turn.visitor,
        csrf=turn.visitor.csrf,
        action=turn.path,
        entry=shown,
        names=names,
        named=turn.named(names),
        columns=columns,
        action_statuses=ACTION_STATUS,
        person_parts=PERSON,
        may_answer="answer" in may and bool(shown.lines),
        outcomes={one.key: one.title for one in shown.form.answered.outcomes} if shown.form.answered else {},
        may_agree="agree" in may and shown.state in _OPEN and not _has_said(turn),
        may_release="release" in may and shown.state == "agreed",
        may_withdraw="withdraw" in may and shown.state in _COUNTS and not turn.editable,
        may_release_again="release" in may and shown.state == "released",
        **_ways(turn),
        values={"text": text, **_answers(shown), **(typed or {})},
        errors={problem.field: problem.sentence for problem in problems},
        problems=problems,
        banner=banner,
        once=once or secrets.token_hex(12),
    )


def _ways(turn: Turn) -> dict[str, str]:
    """Where it is changed, if it can be, and where another form about it begins."""
    change = turn.edit_path if turn.editable else ""
    return {"change": change, "begin": f"{turn.visitor.root}/{OPEN}/{turn.shown.programme_id}"}


def _has_said(turn: Turn) -> bool:
    """Where each of several agrees: whether this person has, or somebody wants changes."""
    shown, sign_off = turn.shown, turn.shown.form.sign_off
    each = sign_off is not None and sign_off.each
    return each and (shown.state == "changes-asked" or turn.visitor.person_id in shown.agreed_ids)


async def post(turn: Turn, posted: Mapping[str, str]) -> Response:
    """Carry out a decision about the version that the page showed."""
    button, once, text = posted.get("do", ""), posted.get("once", "")[:64], posted.get("text", "")
    command = _command(turn, button, posted)
    try:
        key = idempotency_key(turn.visitor, once, command)
        await turn.portal.owners.ask(command, key=key, actor=turn.visitor.person_id)
    except KindredError as error:
        banner, problems, status = complaint(error, dict.fromkeys(("missing", "too-long"), "text"))
        typed = {name: value for name, value in posted.items() if name.startswith(("line.", "because."))}
        return await show(turn, text=text, once=once, typed=typed, problems=problems, banner=banner, status=status)
    return to_saved_page(turn.portal, turn.visitor, _SAID[button].note(turn.path))


def _command(turn: Turn, button: str, posted: Mapping[str, str]) -> Command:
    about = {
        "entry_id": turn.shown.entry_id,
        "person_id": turn.visitor.person_id,
        "number": max(whole_number(posted.get("number", "")), 1),
    }
    match button:
        case "agree":
            return AgreeEntry.model_validate(about)
        case "ask":
            return AskForChanges.model_validate({**about, "text": posted.get("text", "")})
        case "yes" | "no":
            return AnswerIntroduction.model_validate({**about, "willing": button == "yes"})
        case "answer":
            return AnswerLines.model_validate({**about, "answers": _given(turn.shown, posted)})
        case "release":
            return ReleaseEntry.model_validate(about)
        case "withdraw":
            return WithdrawEntry(entry_id=turn.shown.entry_id, person_id=turn.visitor.person_id)
        case _:
            raise Hidden


def _answers(shown: EntryShown) -> dict[str, str]:
    """The page's fields of the lines as they are answered so far."""
    found = {f"line.{line.line_id}": line.outcome for line in shown.lines}
    return found | {f"because.{line.line_id}": line.because for line in shown.lines}


def _given(shown: EntryShown, posted: Mapping[str, str]) -> tuple[LineAnswer, ...]:
    """The lines that were answered on the page."""
    return tuple(
        LineAnswer(line_id=line.line_id, outcome=outcome, because=posted.get(f"because.{line.line_id}", ""))
        for line in shown.lines
        if (outcome := posted.get(f"line.{line.line_id}", ""))
    )
