"""A task asks nobody for what they may not do: it would stay undone for ever."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

DEBATES = (Path(__file__).parents[1] / "own_template/templates/debating-league.yaml").read_text(encoding="utf-8")
MAY_NOT = {
    "fill in what others fill in": (
        "who: [host.debate-coach], do: {form: verdict}",
        "who: [host.second-coach], do: {form: verdict}",
        "'host.second-coach' may not do it: `by` of the form 'verdict' names 'host.debate-coach'.",
    ),
    "fill in what hosts fill in": (
        "who: [host.debate-coach], do: {form: verdict}",
        "who: [guest.debate-coach], do: {form: verdict}",
        "`by` of the form 'verdict' names",
    ),
    "agree for others": (
        "who: [guest.debate-coach], do: {agree: verdict}",
        "who: [guest.second-coach], do: {agree: verdict}",
        "`sign_off` of the form 'verdict' names 'guest.debate-coach'.",
    ),
    "answer for others": (
        "who: [host.debate-coach], do: {answer: asked-for}",
        "who: [host.bursar], do: {answer: asked-for}",
        "`answered` of the form 'asked-for' names 'host.debate-coach'.",
    ),
}


@pytest.mark.parametrize("what", MAY_NOT)
def test_it_is_refused_with_who_may(what: str) -> None:
    before, after, said = MAY_NOT[what]
    assert before in DEBATES
    assert [fault for fault in faults_of(DEBATES.replace(before, after, 1)) if said in fault.what]


def test_one_of_a_set_of_roles_may() -> None:
    asked = "who: [own.bench], together: true, do: {form: team}"
    assert asked in DEBATES
    assert faults_of(DEBATES.replace(asked, "who: [second-coach], together: true, do: {form: team}", 1)) == ()
