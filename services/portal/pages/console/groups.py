"""Review of groups: each with its schools and reasons, who waits, what a wish would change; then check and publish."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Literal

from starlette.requests import Request
from starlette.responses import Response

from services.portal.domain.group_map import drawn, farthest, picture
from services.portal.domain.reading import whole_number
from services.portal.pages.console.desk import Desk
from services.portal.pages.console.named import SeveralFit, urn_named
from services.portal.pages.console.programmes import HERE, of_path
from services.portal.pages.console.standing import cohort_of
from services.portal.pages.paging import PAGE, Pages
from services.portal.pages.portal import Hidden
from shared.commands.matching import (
    CohortDetail,
    GroupReasons,
    GroupRow,
    ListPins,
    PinRows,
    PinSchools,
    PublishCohort,
    RematchCohort,
    ShowCohort,
    WhatIf,
    WhatIfDetail,
    WhyGroup,
)
from shared.commands.programmes_queries import EnrolmentRows, ListEnrolments, ProgrammeRow
from shared.commands.sharing import GroupSharing, ShowSharing
from shared.errors import Rejected

How = Literal["together", "apart", "free"]
SMALLEST_URN = 100_000
"""What is smaller is the number of a group."""
WISHES: dict[str, str] = {"together": "Keep together", "apart": "Keep apart", "free": "No wish any more"}


async def groups(request: Request) -> Response:
    """Show groups, and carry out wishes about them."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    if request.method != "POST":
        return await _shown(desk, row)
    posted = await desk.posted()
    try:
        return await _carried_out(desk, row, posted)
    except SeveralFit as several:
        return await _shown(
            desk, row, refused=several.sentence, posted=posted, choices={several.field: several.choices}
        )
    except Rejected as refused:
        return await _shown(desk, row, refused=refused.sentence, posted=posted)


async def one_group(request: Request) -> Response:
    """Show who gives what to whom in one group, as a picture beside a table."""
    desk = await Desk.of(request)
    row = await of_path(desk)
    cohort = await cohort_of(desk.known, row.programme_id)
    why: GroupReasons = await desk.portal.shown(WhyGroup(group_id=request.path_params["group_id"][:100]))
    if cohort is None or why.programme_id != row.programme_id:
        raise Hidden
    sharing: GroupSharing = await desk.portal.shown(ShowSharing(group_id=why.group.group_id))
    title = f"Group {why.group.number} of {row.name}"
    return desk.show("group", title=title, row=row, why=why, picture=picture(why, sharing))


async def publish(request: Request) -> Response:
    """Check what goes out, then publish the groups."""
    desk = await Desk.sure(request)
    row = await of_path(desk, check=True)
    detail = await _cohort(desk, row, page=1)
    if detail is None:
        raise Hidden
    if detail.cohort.state != "draft":
        return desk.no_draft(f"{HERE}/{row.programme_id}/groups")
    people = await _people(desk, row, detail)
    facts: dict[str, Any] = {"row": row, "detail": detail, "people": people, "title": "Check and publish the groups"}
    cohort_id = detail.cohort.cohort_id
    return await desk.serve(
        partial(desk.asked, "publish-groups", **facts),
        lambda posted: PublishCohort(cohort_id=cohort_id, revision=whole_number(posted.get("revision", ""))),
        to=f"{HERE}/{row.programme_id}", said="The groups are published, and mails go out.",
    )  # fmt: skip


async def _shown(
    desk: Desk, row: ProgrammeRow, *, refused: str = "", posted: dict[str, str] | None = None,
    what_if: WhatIfDetail | None = None, choices: Mapping[str, Mapping[str, str]] | None = None,
) -> Response:  # fmt: skip
    page = desk.page_number()
    detail = await _cohort(desk, row, page)
    shown = detail.groups if detail else ()
    pins = await desk.known(ListPins(programme_id=row.programme_id)) if detail else None
    schools = {str(urn): name for group in shown for urn, name in zip(group.urns, group.names, strict=False)}
    facts: dict[str, Any] = {
        "row": row, "detail": detail, "wishes": WISHES, "pins": pins.pins if isinstance(pins, PinRows) else (),
        "map": drawn(shown, detail.waiting if detail else ()), "farthest": [farthest(one.places) for one in shown],
        "values": posted or {}, "what_if": what_if, "choices": choices or {},
        "schools": dict(sorted(schools.items(), key=lambda pair: pair[1])),
        "pages": Pages(page, detail.groups_total if detail else 0),
    }  # fmt: skip
    return desk.show("groups", 422 if refused else 200, title=f"Groups of {row.name}", refused=refused, **facts)


async def _carried_out(desk: Desk, row: ProgrammeRow, posted: dict[str, str]) -> Response:
    once, here = posted.get("once", ""), f"{HERE}/{row.programme_id}/groups"
    if posted.get("do") == "draft":
        done = await desk.ask(RematchCohort(programme_id=row.programme_id), once)
        return desk.done(here, done.sentence or "A draft is being worked out; it takes a minute.")
    urns, how = await _wish(desk, row, posted)
    if posted.get("do") in {"what-if", "move"} and how != "free":
        found = await desk.find(WhatIf(programme_id=row.programme_id, urns=urns, how=how))
        return await _shown(desk, row, posted=posted, what_if=found)
    done = await desk.ask(PinSchools(programme_id=row.programme_id, urns=urns, how=how), once)
    return desk.done(here, f"{done.sentence} It counts from the next draft.".strip())


async def _wish(desk: Desk, row: ProgrammeRow, posted: dict[str, str]) -> tuple[tuple[int, ...], How]:
    """The two schools that are meant, and what is wished for them. Raises Rejected, SeveralFit."""
    one, other = await urn_named(desk, row, "one", posted.get("one", "")), posted.get("other", "")
    if posted.get("do") == "move":
        other = await _anchor(desk, row, posted.get("to", ""), one)
        posted |= {"how": "together"}
    urns = tuple(urn for urn in (one, await urn_named(desk, row, "other", other)) if urn)
    how = posted.get("how", "")
    if len(set(urns)) != 2 or how not in WISHES:
        raise Rejected("which-schools", "Choose two schools, and what you wish for them.")
    posted |= {"one": str(urns[0]), "other": str(urns[1])}
    wishes: dict[str, How] = {"together": "together", "apart": "apart", "free": "free"}
    return urns, wishes[how]


async def _anchor(desk: Desk, row: ProgrammeRow, to: str, moved: int) -> str:
    """A school of the group to which another moves: the group by its number, by its schools, or by one of them."""
    urns, number = [urn for urn in to.split(",") if whole_number(urn)], whole_number(to)
    if 0 < number < SMALLEST_URN:
        urns = [str(urn) for urn in (await _group(desk, row, number)).urns]
    return next((urn for urn in urns if urn != str(moved)), "" if urns else to)


async def _group(desk: Desk, row: ProgrammeRow, number: int) -> GroupRow:
    """The group with that number. Raises Rejected."""
    cohort, seen, total = await cohort_of(desk.known, row.programme_id), 0, 1
    while cohort is not None and seen < total:
        found: CohortDetail = await desk.find(ShowCohort(cohort_id=cohort.cohort_id, limit=500, offset=seen))
        for one in found.groups:
            if one.number == number:
                return one
        seen, total = seen + max(1, len(found.groups)), found.groups_total
    raise Rejected("unknown-group", f"There is no group {number}.")


async def _cohort(desk: Desk, row: ProgrammeRow, page: int) -> CohortDetail | None:
    found = desk.known
    cohort = await cohort_of(found, row.programme_id)
    if cohort is None:
        return None
    query = ShowCohort(cohort_id=cohort.cohort_id, limit=PAGE, offset=(page - 1) * PAGE)
    detail: CohortDetail | None = await found(query)
    return detail


async def _people(desk: Desk, row: ProgrammeRow, detail: CohortDetail) -> int:
    """How many people the schools of a draft have: about as many mails go out."""
    found: EnrolmentRows = await desk.find(ListEnrolments(programme_id=row.programme_id, limit=500))
    people = sum(len(one.people) for one in found.enrolments)
    return round(people * found.total / max(1, len(found.enrolments)))
