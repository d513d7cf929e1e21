"""Loads where somebody takes part, in programmes of either kind."""

import asyncio
import datetime as dt
from collections.abc import Sequence

from services.portal.domain import words
from services.portal.domain.parts import Holding, Part, parts
from services.portal.domain.records import School
from services.portal.domain.whole import WholeProgramme
from services.portal.ports.stores import ReadModels
from shared.roster import Membership


async def parts_of(read: ReadModels, person_id: str, now: dt.datetime) -> list[Part]:
    """Return it as it stands now; programmes that are put away are left out."""
    named, known = await asyncio.gather(read.schools.of_person(person_id), read.roster.held_by(person_id))
    enrolled = [one for one in named if one.enrolled]
    held = [one for one in known if one.holds_on(now.date())]
    ids = sorted({one.programme_id for one in held} | {one.programme_id for one in enrolled})
    whole = dict(zip(ids, await asyncio.gather(*map(read.whole.get, ids)), strict=True))
    programmes = {key: found for key, found in whole.items() if found is not None and found.state != "archived"}
    holdings = await asyncio.gather(
        *(_told(read, found, _of(held, key)) for key, found in programmes.items()),
        *(_named(read, one, person_id) for one in enrolled if whole[one.programme_id] is None),
    )
    return parts([one for each in holdings for one in each])


def _of(held: Sequence[Membership], programme_id: str) -> list[Membership]:
    return [one for one in held if one.programme_id == programme_id]


async def _told(read: ReadModels, programme: WholeProgramme, held: Sequence[Membership]) -> list[Holding]:
    """What the roster says of a programme whose template says everything."""
    ids = {one.school_id for one in held if one.school_id}
    at_parties = sorted({one.party_id for one in held if one.party_id})
    known, found_parties = await asyncio.gather(
        read.schools.of_programme(programme.programme_id, ids), asyncio.gather(*map(read.roster.party, at_parties))
    )
    schools = {one.school_id: one.name for one in known}
    parties = dict(zip(at_parties, found_parties, strict=True))
    titles = {role.key: role.title or words.role(role.key) for role in programme.template.roles}
    found = []
    for one in held:
        role, about = titles.get(one.role, words.role(one.role)), (programme.programme_id, programme.name)
        party = parties.get(one.party_id or "")
        if one.party_id:
            found.append(Holding("party", one.party_id, party.name if party else "", *about, role))
        elif one.school_id:
            found.append(Holding("school", one.school_id, schools.get(one.school_id, ""), *about, role))
        else:
            found.append(Holding("programme", programme.programme_id, programme.name, *about, role))
    return found


async def _named(read: ReadModels, school: School, person_id: str) -> list[Holding]:
    """What an enrolment says of a programme of release 0.1.0."""
    programme = await read.programmes.get(school.programme_id)
    name = programme.name if programme else ""
    return [
        Holding("school", school.school_id, school.name, school.programme_id, name, words.role(role))
        for role in sorted(school.roles_of(person_id))
    ]
