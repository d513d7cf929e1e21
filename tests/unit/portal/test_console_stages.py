"""Inspection, own view and agreed stage of a school stand side by side, and none is turned into another."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from services.portal.domain.entries import Entry
from services.portal.domain.whole import WholeProgramme
from services.portal.pages.console.stages import NOTHING, UNSAID, inspected, stages
from shared.commands.forms import EntryRow, EntryRows
from shared.commands.parties import CategoryRow, CategoryRows
from shared.commands.programmes_queries import EnrolmentRow, SchoolRow
from shared.events.programmes import SchoolFacts
from shared.template.reading import read_template
from tests.unit.leadership_journey.test_template import TEXT

FACTS = SchoolFacts(
    school_id="sch-a", urn=107000, name="Hill School", phase="primary", authority_code="373", authority="Sheffield"
)
ENROLMENT = EnrolmentRow(
    enrolment_id="enr-1", state="enrolled", version=1, school=FACTS, people=(), strengths=(), needs=()
)
JOURNEY = WholeProgramme("prg-1", "Journey", 2026, "per-cora", read_template(TEXT, "leadership-journey.yaml"))
GRADED = {"overall_grade": "good", "inspected_on": "2023-03-09"}
CARD = {"report_card": {"leadership and governance": "strong standard"}, "inspected_on": "2026-01-20"}
DECIDED = CategoryRow(
    urn=107000, school="Hill School", category="outstanding", title="Outstanding", since=dt.date(2026, 9, 20),
    decided_by="Tom", reason="We agreed.",
)  # fmt: skip
VIEW = Entry("ent-1", "prg-1", "first-questions", "school", "sch-a", 1, "agreed", answers={"self-view": "good"})


def registered(**known: Any) -> SchoolRow:
    return SchoolRow(facts=FACTS, status="open", enrollable=True, **known)


class Desk:
    """A desk at which services answer what they are said to."""

    def __init__(self, *, decided: bool = True, said: bool = True, **known: Any) -> None:
        row = EntryRow(
            entry_id=VIEW.entry_id, programme_id="prg-1", form=VIEW.form, about="school", about_id="sch-a",
            state="agreed", number=1, changed_at=dt.datetime(2026, 9, 20, tzinfo=dt.UTC),
        )  # fmt: skip
        self._replies = {
            "ShowSchool": registered(**known), "ListCategories": CategoryRows(decisions=(DECIDED,) if decided else ()),
            "ListEntries": EntryRows(total=1, entries=(row,) if said else ()),
        }  # fmt: skip
        self.portal = SimpleNamespace(read=SimpleNamespace(entries=self))

    async def find(self, asked: Any) -> Any:
        """A reply, or entries by id."""
        if hasattr(asked, "service"):
            return self._replies[type(asked).__name__]
        return dict.fromkeys(asked, VIEW)


async def test_three_things_stand_side_by_side() -> None:
    assert await stages(Desk(**GRADED), JOURNEY, ENROLMENT) == (  # type: ignore[arg-type]  # as much of a desk as it uses
        (
            "By inspection",
            "Overall grade Good, inspected on 9 March 2023. Such grades were given until August 2024.",
        ),
        ("By its own view", "Good"),
        ("By what was agreed", "Outstanding, since Sunday 20 September 2026. We agreed."),
    )


async def test_what_is_not_known_yet_is_said() -> None:
    found = dict(await stages(Desk(decided=False, said=False), JOURNEY, ENROLMENT))  # type: ignore[arg-type]  # as above
    assert found == {"By inspection": NOTHING, "By its own view": UNSAID, "By what was agreed": "Not agreed yet"}


async def test_a_programme_without_categories_shows_none() -> None:
    assert await stages(Desk(), None, ENROLMENT) == ()  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("known", [CARD, {**CARD, "overall_grade": "good"}])
def test_a_school_with_a_report_card_has_no_grade(known: dict[str, Any]) -> None:
    said = inspected(registered(**known))
    assert said == "Report card, inspected on 20 January 2026. Leadership and governance: strong standard."
    assert "grade" not in said
