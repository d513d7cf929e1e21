"""The list: searched and filtered by plain addresses, so that it works without script and can be kept as a bookmark."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain import geography
from services.portal.domain.entries import Entry, told
from services.portal.domain.records import School
from services.portal.pages.projects.looking import CHOSEN, WITHIN, Looking, looking
from shared.commands.entries_listed import BrowseEntries, ListedEntries, ListedEntry

AT_ONCE = 25


@dataclass(frozen=True)
class Row:
    """An entry in the list. `way`: how far away, in whole kilometres; `state`: what keeps one from choosing it."""

    title: str
    href: str
    school: str
    place: str
    way: int | None
    facts: dict[str, str]
    state: str
    own: bool


async def projects_page(request: Request) -> Response:
    """Show the list."""
    what = await looking(request)
    found = await _found(what)
    pages = max(1, -(-found.total // AT_ONCE))
    return what.portal.renderer.page(
        request,
        "projects.html",
        visitor=what.visitor,
        csrf=what.visitor.csrf,
        programme=what.programme,
        title=what.form.title,
        what=what,
        others=[(form.title, what.address(list=form.key, page="")) for form in what.forms if form.key != what.form.key],
        rows=await _rows(what, found.entries),
        total=found.total,
        page=min(what.number, pages),
        pages=pages,
        filters=what.filters,
        chosen=CHOSEN,
        phases=geography.PHASES,
        within=WITHIN if any(one.easting is not None for one in what.own) else (),
        taken_off=_taken_off(what),
    )


async def _found(what: Looking) -> ListedEntries:
    where = None
    if what.phase or what.within:
        schools = await what.portal.read.schools.of_programme(what.programme.programme_id)
        where = tuple(geography.near([one for one in schools if one.enrolled], what.own, what.within, what.phase))
    query = BrowseEntries(
        person_id=what.visitor.person_id,
        programme_id=what.programme.programme_id,
        form=what.form.key,
        text=what.text,
        chosen=what.chosen(),
        school_ids=where,
        limit=AT_ONCE,
        offset=(what.number - 1) * AT_ONCE,
    )
    found: ListedEntries = await what.portal.owners.find(query)
    return found


async def _rows(what: Looking, entries: tuple[ListedEntry, ...]) -> list[Row]:
    read, programme_id = what.portal.read, what.programme.programme_id
    ids = [one.entry_id for one in entries]
    found = await read.schools.of_programme(programme_id, {one.school_id for one in entries if one.school_id})
    schools = {school.school_id: school for school in found}
    placed = {one.thing_entry_id for one in await read.places.to_things(ids)}
    offered = {one.thing_entry_id for one in await read.places.offers_of(ids)}
    return [
        _row(what, one, schools.get(one.school_id or ""), taken=one.entry_id in placed, kept=one.entry_id in offered)
        for one in entries
    ]


def _row(what: Looking, one: ListedEntry, school: School | None, *, taken: bool, kept: bool) -> Row:
    way = geography.km(school, what.own) if school else None
    entry = Entry(
        one.entry_id, what.programme.programme_id, what.form.key, what.form.about, "", one.number, "released",
        answers=one.answers,
    )  # fmt: skip
    facts = {label: said for label, said in told(entry, what.programme).items() if said != one.title}
    return Row(
        one.title,
        what.address(one.entry_id),
        school.name if school else "",
        ", ".join(part for part in (school.place, geography.PHASES.get(school.phase, "")) if part) if school else "",
        round(way) if way is not None else None,
        facts,
        "Somebody has it" if taken else "Kept for somebody" if kept else "",
        one.school_id in {mine.school_id for mine in what.own},
    )


def _taken_off(what: Looking) -> list[tuple[str, str]]:
    """What is looked for, in words, each with the list without it."""
    said = [(f"“{what.text}”", {"q": ""})] if what.text else []
    chosen = what.chosen()
    named = [(one.field.key, one.options) for one in what.filters if one.field.key in chosen]
    said += [(options[chosen[key]], {f"{CHOSEN}{key}": ""}) for key, options in named]
    said += [(geography.PHASES[what.phase], {"phase": ""})] if what.phase else []
    said += [(f"Within {what.within} km", {"within": ""})] if what.within else []
    return [(words, what.address(page="", **without)) for words, without in said]
