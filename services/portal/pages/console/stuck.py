"""Stuck: what did not go through, whom it concerns, and one button each; empty lists say when they were looked at."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import words
from services.portal.domain.reading import whole_number
from services.portal.domain.stuck import Stuck, alike
from services.portal.pages.console.desk import CHOOSE, Desk
from services.portal.pages.console.mails import CAUSES
from shared.commands.imports import ImportRow, ImportRows, ListImports
from shared.commands.notifications import ListMails, MailRow, MailRows, ResendMail
from shared.commands.notifications_replies import ListReplies, ReplyRows
from shared.commands.programmes_queries import ListProgrammes, ProgrammeRows
from shared.commands.reports import CompileReport, ListReports, ReportRow, ReportRows
from shared.errors import KindredError, Rejected

HERE = "/console/stuck"
MOST_LETTERS, MOST, NAMED = 500, 100, 6
FAILED = ("failed", "bounced")


async def stuck(request: Request) -> Response:
    """Show what is stuck; try again what a button names."""
    desk = await Desk.of(request)
    if request.method != "POST":
        return await _shown(desk)
    posted = await desk.posted()
    try:
        said = await _tried(desk, posted)
    except Rejected as refused:
        return await _shown(desk, refused.sentence)
    return desk.done(HERE, said)


async def _tried(desk: Desk, posted: dict[str, str]) -> str:
    act, _, which = posted.get("do", "").partition(":")
    once = posted.get("once", "")
    match act:
        case "letters":
            return await _again(desk, [whole_number(one) for one in which.split(",")])
        case "mail" if which:
            return str((await desk.ask(ResendMail(mail_id=which), once)).sentence)
        case "report":
            programme_id, key, about_id = (*which.split("/"), "", "")[:3]
            await desk.ask(CompileReport(programme_id=programme_id, report=key, about_id=about_id), once)
            return "The report is being made again."
        case _:
            raise Rejected("which", CHOOSE)


async def _again(desk: Desk, numbers: list[int]) -> str:
    given = 0
    for number in [one for one in numbers if one][:MOST_LETTERS]:
        try:
            await desk.portal.letters.again(number)
        except Rejected:
            continue
        given += 1
    return "Somebody tried it again already." if not given else "It is tried again. Look here in a minute."


async def _shown(desk: Desk, refused: str = "") -> Response:
    found = desk.perhaps
    letters, imports, replies, programmes, *mails = await asyncio.gather(
        _letters(desk), found(ListImports(limit=MOST)), found(ListReplies(limit=MOST)),
        found(ListProgrammes(check=True)), *(found(ListMails(state=state, limit=MOST)) for state in FAILED),
    )  # fmt: skip
    rows = programmes.programmes if isinstance(programmes, ProgrammeRows) else ()
    reports = await asyncio.gather(*(found(ListReports(programme_id=row.programme_id, limit=MOST)) for row in rows))
    failed = [one for page in mails if isinstance(page, MailRows) for one in page.mails]
    about, named = await _about(desk, letters, failed), {row.programme_id: row.name for row in rows}
    facts: dict[str, Any] = {
        "letters": letters, "about": about, "programmes": named,
        "concerns": {one.numbers[0]: said for one in letters if (said := concerns(one, {**about, **named}))},
        "imports": faulty(imports.rows) if isinstance(imports, ImportRows) else [],
        "replies": replies.rows if isinstance(replies, ReplyRows) else (), "mails": failed, "causes": CAUSES,
        "undatable": [(row, one) for row in rows for one in row.warnings],
        "reports": [one for page in reports if isinstance(page, ReportRows) for one in page.reports if _broke(one)],
        "now": desk.portal.clock.now(),
    }  # fmt: skip
    empty = not any(facts[name] for name in ("letters", "imports", "replies", "mails", "undatable", "reports"))
    title = "Nothing is stuck" if empty and not desk.silent else "Stuck"
    return desk.show("stuck", 422 if refused else 200, title=title, refused=refused, empty=empty, **facts)


async def _letters(desk: Desk) -> list[Stuck]:
    try:
        return alike(await desk.portal.letters.waiting(MOST_LETTERS))
    except KindredError:
        desk.silent.add("the message bus")
        return []


async def _about(desk: Desk, letters: list[Stuck], mails: list[MailRow]) -> dict[str, str]:
    """Names of the people and schools that are concerned, by id."""
    people = [*(one for each in letters for one in each.person_ids), *(one.person_id for one in mails)]
    wanted: dict[str, set[str]] = {}
    for each in letters:
        for programme_id in each.programme_ids if each.school_ids else ():
            wanted.setdefault(programme_id, set()).update(each.school_ids)
    schools: dict[str, str] = {}
    for programme_id, school_ids in wanted.items():
        found = await desk.portal.read.schools.of_programme(programme_id, school_ids)
        schools |= {one.school_id: one.name for one in found}
    return {**schools, **await desk.names(people)}


def concerns(one: Stuck, names: Mapping[str, str]) -> str:
    """Whom it concerns, the first six by name."""
    found = [names[each] for each in (*one.person_ids, *one.school_ids, *one.programme_ids) if names.get(each)]
    more = [f"{len(found) - NAMED} more"] if len(found) > NAMED else []
    return words.listed([*found[:NAMED], *more])


def faulty(rows: tuple[ImportRow, ...]) -> list[ImportRow]:
    """Imports that were refused or left rows out, unless the same kind of file went in whole after them."""
    found, mended = [], set[tuple[str, str]]()
    for one in rows:
        key = (one.kind, one.programme_id or "")
        whole = one.state == "done" and not one.rejected and not one.check
        if whole:
            mended.add(key)
        elif one.state != "running" and key not in mended and (one.state == "refused" or one.rejected):
            found.append(one)
            mended.add(key)
    return found


def _broke(one: ReportRow) -> bool:
    return one.state == "failed"
