"""What people are asked to write about themselves is about them, not about their school; on pages and behind mails."""

import datetime as dt
from pathlib import Path

import pytest

from services.notifications.domain.template_mails import pages
from services.notifications.domain.template_mails.records import Owed as Told
from services.portal.domain.links import Link
from services.portal.domain.tasks import Owed, form_link
from services.portal.domain.whole import WholeProgramme
from shared.template import Template
from shared.template.naming import of_oneself
from shared.template.reading import read_template

MENTORS = Path(__file__).parents[2] / "own_template/templates/governors-mentoring.yaml"
DAY = dt.date(2026, 10, 1)
ABOUT = {"person": True, "governor": True, "school": False, "clerk": False}
"""What the form is about -> whether governors write it about themselves."""


def template(about: str) -> Template:
    text = MENTORS.read_text(encoding="utf-8").replace("about: person", f"about: {about}", 1)
    return read_template(text, "governors-mentoring.yaml")


def owed(kind: str) -> dict[str, object]:
    return {
        "task_id": "tsk-1", "programme_id": "prg-1", "task": "rest", "do": "form", "of": "breather", "about": kind,
        "about_id": "", "opened": DAY, "due": DAY, "school_id": "sch-1",
    }  # fmt: skip


@pytest.mark.parametrize(("about", "own"), ABOUT.items())
def test_the_form_of_a_task_is_about_who_does_it(about: str, *, own: bool) -> None:
    link = Link("lnk-1", "per-1", "task", "tsk-1", "task", "prg-1", dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    programme = WholeProgramme("prg-1", "Mentors", 2026, "per-9", template(about))
    task = Owed(**owed(about), person_ids=("per-1",), state="open")  # type: ignore[arg-type]  # as it is told
    found = form_link(link, task, programme)
    assert found is not None
    assert (found.target_id, found.target_kind) == (("per-1", about) if own else ("sch-1", "school"))


@pytest.mark.parametrize(("about", "own"), ABOUT.items())
def test_the_mail_leads_to_the_task_which_knows_who_does_it(about: str, *, own: bool) -> None:
    whole = template(about)
    assert of_oneself(next(form for form in whole.forms if form.key == "breather"), whole) is own
    page = pages.of_task(Told.model_validate({**owed(about), "person_ids": ("per-1",), "version": 1}), whole)
    assert (page.purpose, page.target_id) == (("task", "tsk-1") if own else ("entry", "sch-1"))
