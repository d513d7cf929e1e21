"""A mail on a date for somebody who is not invited, whom nothing else finds, is refused with what would be right."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

DEBATES = (Path(__file__).parents[1] / "own_template/templates/debating-league.yaml").read_text(encoding="utf-8")
MAIL = """
  - key: come
    on: {on}
    to: [{to}]
    subject: "{{activity.title}}"
    text: ["On {{activity.day}}."]
"""
REFUSED = {
    ("final.invited", "bursar"): "'final' invites nobody as bursar; write 'group.bursar' for those of the schools that",
    ("final.held", "bursar"): "or 'programme.bursar' for all",
    ("final.cancelled", "host.bursar"): "no school hosts 'final'; write 'group.bursar'",
    ("debate.moved", "bursar"): "write 'host.bursar' or 'guest.bursar' for those of the schools that come",
    ("debate.invited", "judge"): "invites nobody as judge; write 'programme.judge' for all.",
}
HEARD = [
    ("final.invited", "debate-coach"),
    ("final.invited", "bench"),
    ("final.moved", "group.bursar, programme.judge, coordinator, attendees"),
    ("debate.invited", "second-coach, host.bursar, guest.bursar, facilitator"),
    ("debate.held", "present"),
]


def faults(on: str, to: str) -> list[str]:
    return [fault.what for fault in faults_of(DEBATES + MAIL.format(on=on, to=to))]


@pytest.mark.parametrize(("on", "to"), REFUSED)
def test_nobody_would_hear(on: str, to: str) -> None:
    assert [said for said in faults(on, to) if REFUSED[on, to] in said]


@pytest.mark.parametrize(("on", "to"), HEARD)
def test_somebody_hears(on: str, to: str) -> None:
    assert faults(on, to) == []
