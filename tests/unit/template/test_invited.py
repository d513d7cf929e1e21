"""Whoever a date names is there for it, and a cadence by category leaves no category out: else it is refused."""

from pathlib import Path

import pytest

from shared.template.reading import faults_of

UNITS = Path(__file__).parents[1]
FOLDERS = (Path(__file__).parents[3] / "services/programmes/templates", UNITS / "own_template/templates")
VISITS, EXCHANGE, JOURNEY, HEADS, TRUST, CIRCLE, MUSIC, MENTORS, WALKS, DEBATES = (
    "peer-visits",
    "project-exchange",
    "leadership-journey",
    "headteacher-development",
    "improvement-model",
    "reading-circle",
    "music-exchange",
    "governors-mentoring",
    "learning-walks",
    "debating-league",
)
BY = "{by: category, standard: yearly, attention-needed: termly, causing-concern: termly}"
NOBODY = {
    "minutes by guests of a meeting": (
        EXCHANGE,
        "minutes: host.cpd-lead",
        "minutes: guest.cpd-lead",
        "'host.cpd-lead'",
    ),
    "minutes by a group": (EXCHANGE, "minutes: host.cpd-lead", "minutes: group.cpd-lead", "'host.cpd-lead'"),
    "minutes by an author": (EXCHANGE, "minutes: host.cpd-lead", "minutes: author", "who wrote the entry; name a"),
    "minutes of a team by an author": (
        TRUST,
        "minutes: own.headteacher.reports-to",
        "minutes: author",
        "before there is who wrote the entry",
    ),
    "minutes of a ring by a host": (CIRCLE, "minutes: librarian", "minutes: host.librarian", "'librarian'"),
    "minutes of a ring by guests": (CIRCLE, "minutes: librarian", "minutes: guest.librarian", "'librarian'"),
    "guests of an event": (VISITS, "who: [leaders]", "who: [guest.leaders]", "of a cohort-event people are named as"),
    "hosts of an event": (VISITS, "who: [leaders]", "who: [host.leaders]", "'leaders', 'cohort.leaders'"),
    "a trust of a visit": (VISITS, "who: [group.leaders]", "who: [trust.leaders]", "'group.leaders', 'host.leaders'"),
    "an author of a visit": (
        VISITS,
        "who: [group.leaders]",
        "who: [author]",
        "has to be dated before there is who wrote",
    ),
    "guests of a strategy day": (HEADS, "who: [headteacher]", "who: [guest.headteacher]", "'programme.headteacher'"),
    "partners of a strategy day": (HEADS, "who: [headteacher]", "who: [partners]", "everybody of a pair or ring; name"),
    "guests of somebody who is placed": (
        EXCHANGE,
        "who: [practitioner,",
        "who: [guest.practitioner,",
        "'practitioner'",
    ),
    "a group at a board": (TRUST, "who: [programme.director", "who: [group.director", "'programme.director'"),
    "hosts of a twilight": (
        TRUST,
        "who: [programme.middle-leader,",
        "who: [host.middle-leader,",
        "of a session people",
    ),
    "guests of a duty": (
        TRUST,
        "who: [executive-headteacher, headteacher]",
        "who: [guest.executive-headteacher, headteacher]",
        "of a duty",
    ),
    "a host of a call": (JOURNEY, "who: [trainer]", "who: [host.trainer]", "of a call people are named as 'trainer'"),
    "partners of a call": (JOURNEY, "who: [trainer]", "who: [partners]", "a call has to be dated before"),
    "guests of a concert": (
        MUSIC,
        "who: [conductor, head-of-music",
        "who: [guest.conductor, head-of-music",
        "'conductor'",
    ),
    "an author of an evening": (MENTORS, "who: [governor", "who: [author", "has to be dated before"),
    "a group of a final": (
        DEBATES,
        "who: [bench]",
        "who: [group.bench]",
        "of a cohort-event people are named as 'bench'",
    ),
    "guests of a second look": (WALKS, "who: [walker", "who: [guest.walker", "of an agreed-visit people are named as"),
    "votes settled by one school": (
        HEADS,
        "ties: programme.lead",
        "ties: headteacher",
        "write 'programme.headteacher'",
    ),
    "votes settled by hosts": (HEADS, "ties: programme.lead", "ties: host.headteacher", "of the school that hosts"),
    "a category without a cadence": (
        TRUST,
        BY,
        BY.replace("standard: yearly, ", ""),
        "schools of the category standard",
    ),
    "two categories without one": (
        TRUST,
        BY,
        "{by: category, standard: yearly}",
        "the category causing-concern; `as-n",
    ),
}


def written(name: str) -> str:
    return next(path for folder in FOLDERS if (path := folder / f"{name}.yaml").exists()).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted({name for name, *_ in NOBODY.values()}))
def test_it_is_right_as_it_stands(name: str) -> None:
    assert faults_of(written(name)) == ()


@pytest.mark.parametrize("what", NOBODY)
def test_it_is_refused_with_what_would_be_right(what: str) -> None:
    name, before, after, said = NOBODY[what]
    begins, activities, rest = written(name).partition("\nactivities:")
    faults = faults_of(begins + activities + rest.replace(before, after, 1))
    assert [fault for fault in faults if said in fault.what and fault.line > 1], faults
