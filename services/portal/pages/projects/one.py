"""One entry of the list with its text; where schools pick themselves, the button that picks it for a colleague."""

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import access, geography
from services.portal.domain.entries import Entry
from services.portal.domain.places import PICKED
from services.portal.domain.reading import Problem
from services.portal.domain.tasks import asked_on
from services.portal.domain.whole import round_of
from services.portal.pages.entries.about import OPEN, complaint
from services.portal.pages.forms.form import Saved, idempotency_key
from services.portal.pages.forms.route import posted_by, to_saved_page
from services.portal.pages.portal import Hidden
from services.portal.pages.projects.looking import Looking, looking
from shared.commands.forms import EntryShown, ShowEntry
from shared.commands.rounds import PickThing
from shared.errors import KindredError
from shared.template.answers import ACTION_STATUS, PERSON, columns


async def project_page(request: Request) -> Response:
    """Show it; POST picks it."""
    what = await looking(request)
    shown = await _shown(what, request.path_params["entry_id"])
    if request.method == "POST":
        return await _pick(what, request, shown)
    return await _show(what, request, shown)


async def _shown(what: Looking, entry_id: str) -> EntryShown:
    """The entry, if it is one of this list. Reporting decides who may read it, and notes it."""
    query = ShowEntry(person_id=what.visitor.person_id, entry_id=entry_id, view="read")
    shown: EntryShown = await what.portal.shown(query)
    if (shown.programme_id, shown.form.key, shown.state) != (what.programme.programme_id, what.form.key, "released"):
        raise Hidden
    return shown


async def _colleagues(what: Looking) -> dict[str, Entry]:
    """The entries by which the person has named colleagues who have no place yet, where schools pick themselves."""
    of = round_of(what.form.key, what.programme.template)
    if of is None or of.choose != PICKED:
        return {}
    mine = {
        entry.entry_id: entry
        for entry in await what.portal.read.entries.of_author(what.visitor.person_id)
        if (entry.programme_id, entry.form) == (what.programme.programme_id, of.people)
        and access.may_pick_for(what.visitor.person_id, entry)
    }
    placed = {one.person_entry_id for one in await what.portal.read.places.of_entries(mine)}
    return {key: entry for key, entry in mine.items() if key not in placed}


async def _called(what: Looking, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Whom each of these entries names."""
    named = {
        key: [one.person_id for one in await what.portal.read.roster.named_in(entry.programme_id, key)]
        for key, entry in entries.items()
    }
    names = await what.portal.read.people.names(one for people in named.values() for one in people)
    unnamed = "somebody you have named"
    return {key: next((names[one] for one in people if one in names), unnamed) for key, people in named.items()}


async def _show(
    what: Looking,
    request: Request,
    shown: EntryShown,
    *,
    once: str = "",
    problems: tuple[Problem, ...] = (),
    banner: str = "",
    status: int = 200,
) -> Response:
    facts = await _facts(what, shown)
    return what.portal.renderer.page(
        request,
        "project.html",
        status,
        visitor=what.visitor,
        csrf=what.visitor.csrf,
        programme=what.programme,
        title=_title(shown),
        entry=shown,
        columns=columns,
        action_statuses=ACTION_STATUS,
        person_parts=PERSON,
        back=what.address(),
        begin=f"{what.visitor.root}/{OPEN}/{what.programme.programme_id}",
        action=what.address(shown.entry_id),
        once=once or secrets.token_hex(12),
        problems=problems,
        errors={problem.field: problem.sentence for problem in problems},
        values={},
        banner=banner,
        **facts,
    )


def _title(shown: EntryShown) -> str:
    """The first thing that it says, in words; the form's title where that is no text."""
    said = ((key, one) for key, one in shown.answers.items() if one and isinstance(one, str))
    key, one = next(said, ("", shown.form.title))
    return shown.options.get(key, {}).get(one, one)


async def _facts(what: Looking, shown: EntryShown) -> dict[str, object]:
    """Where it is, who has it, and for which colleagues it can be picked."""
    read = what.portal.read
    schools = await read.schools.of_programme(what.programme.programme_id, [shown.school_id or ""])
    school = schools[0] if schools else None
    way = geography.km(school, what.own) if school else None
    taken, kept = await read.places.to_things([shown.entry_id]), await read.places.offers_of([shown.entry_id])
    own = shown.school_id in {one.school_id for one in what.own}
    return {
        "school": school,
        "phase": geography.PHASES.get(school.phase, "") if school else "",
        "way": round(way) if way is not None else None,
        "state": "Somebody has it" if taken else "Kept for somebody" if kept else "",
        "own": own,
        "colleagues": {} if taken or kept or own else await _called(what, await _colleagues(what)),
    }


async def _pick(what: Looking, request: Request, shown: EntryShown) -> Response:
    posted = await posted_by(what.portal, what.visitor, request)
    colleagues, chosen, once = await _colleagues(what), posted.get("colleague", ""), posted.get("once", "")[:64]
    of = round_of(what.form.key, what.programme.template)
    if posted.get("do") != "pick" or of is None or not colleagues:
        raise Hidden
    if chosen not in colleagues:
        wrong = (Problem("colleague", "Choose for whom you pick it."),)
        return await _show(what, request, shown, once=once, problems=wrong, status=422)
    command = PickThing(
        programme_id=what.programme.programme_id,
        round=of.key,
        person_entry_id=chosen,
        thing_entry_id=shown.entry_id,
        person_id=what.visitor.person_id,
    )
    try:
        key = idempotency_key(what.visitor, once, command)
        await what.portal.owners.ask(command, key=key, actor=what.visitor.person_id)
    except KindredError as error:
        banner, problems, status = complaint(error)
        return await _show(what, request, shown, once=once, problems=problems, banner=banner, status=status)
    said = ("It is kept for your colleague from now on.", *asked_on(of.key, "published", what.programme))
    note = Saved("The place is yours", said, "See it").note(what.address(shown.entry_id))
    return to_saved_page(what.portal, what.visitor, note)
