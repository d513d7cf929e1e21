"""What an amended enrolment says differently, without anybody's name in it."""

from collections.abc import Mapping

from services.programmes.domain.enrolment.days import written_spans
from services.programmes.domain.enrolment.terms import role_title
from services.programmes.domain.records import EnrolmentRecord, Person
from shared.commands.programmes import Change, TopicClaim

__all__ = ["differences", "renamed"]


def differences(before: EnrolmentRecord, after: EnrolmentRecord) -> tuple[Change, ...]:
    """Field by field, under the school's URN."""
    old, new = _described(before), _described(after)
    fields = dict.fromkeys((*old, *new))
    changed = [field for field in fields if old.get(field, "") != new.get(field, "")]
    titles = {role_title(held.role) for record in (before, after) for held in record.people}
    people = [field for field in changed if field in titles]
    shown = [
        Change(key=str(after.urn), field=field, old=old.get(field, ""), new=new.get(field, ""))
        for field in changed
        if field not in people
    ]
    texts = [tuple(claim.evidence for claim in (*each.strengths, *each.needs)) for each in (before, after)]
    if texts[0] != texts[1]:
        shown.append(Change(key=str(after.urn), field="evidence", new="reworded"))
    replaced = [Change(key=str(after.urn), field=field, new=_replaced(field, old, new)) for field in people]
    return (*shown, *replaced)


def renamed(record: EnrolmentRecord, before: Mapping[str, Person], after: Mapping[str, Person]) -> tuple[Change, ...]:
    """Whose name or telephone number is another than before, though the person is the same; by role, names untold."""
    found = []
    for held in record.people:
        old, new = before.get(held.person_id), after.get(held.person_id)
        if old is None or new is None:
            continue
        title = role_title(held.role)
        parts = [part for part in ("name", "phone") if getattr(old, part) != getattr(new, part)]
        found += [Change(key=str(record.urn), field=f"{title} {part}", new="corrected") for part in parts]
    return tuple(found)


def _replaced(field: str, old: dict[str, str], new: dict[str, str]) -> str:
    if field not in old:
        return "now named"
    return "another person" if field in new else "no longer named"


def _described(record: EnrolmentRecord) -> dict[str, str]:
    people = {role_title(held.role): held.person_id for held in record.people}
    dates = {
        f"{role_title(held.role)} dates not possible": written_spans(held.dates_not_possible) for held in record.people
    }
    return {
        **people,
        **dates,
        "strengths": _claims(record.strengths),
        "needs": _claims(record.needs),
        "dates not possible": written_spans(record.dates_not_possible),
        "farthest travel (km)": f"{record.farthest_travel_km:g}" if record.farthest_travel_km else "",
        "not with (URNs)": ", ".join(str(other.urn) for other in record.not_with),
    }


def _claims(claims: tuple[TopicClaim, ...]) -> str:
    return ", ".join(f"{claim.topic} {claim.weight}" for claim in claims)
