"""Who is invited besides, where a condition holds: needed like everybody else, unless the template says optional."""

import datetime as dt

import pytest

from services.scheduling.domain.agreed.records import EngineProgramme, Placement
from services.scheduling.domain.agreed.setting import people_of
from shared.roster import Membership, RoleDirectory
from tests.unit.scheduling.agreed import exchange

CLERK, TODAY = "per-clerk", dt.date(2027, 1, 1)


@pytest.mark.parametrize("optional", [True, False])
def test_who_comes_besides_is_needed_unless_the_template_says_optional(optional):
    programme = EngineProgramme(**exchange.opened().model_dump(exclude={"template"}), template=exchange.TEMPLATE)
    meeting = programme.template.activity(exchange.MEETING)
    assert meeting
    besides = tuple(one.model_copy(update={"optional": optional}) for one in meeting.optional)
    known = RoleDirectory([Membership.taken(exchange.taken(CLERK, "clerk", exchange.HOST))], [], TODAY)
    _, invited, _ = people_of(
        programme,
        meeting.model_copy(update={"optional": besides}),
        Placement.model_validate(exchange.placed().model_dump()),
        known,
        {"project": {"governors": True}},
    )
    assert [(one.person_id, one.required) for one in invited if one.person_id == CLERK] == [(CLERK, not optional)]
