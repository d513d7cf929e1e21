"""Every benchmark runs in its small form: its table has its rows, and what it measures comes out right. Never times."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.__main__ import EACH, SMALL
from tests.waiting import patience
from tests.workers import STACKS

pytestmark = [STACKS, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
Row = dict[str, str]


def ran(*arguments: str) -> str:
    """What `python -m ...` prints; it must end well."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KINDRED_")}
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=clean,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=patience(540),
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def tables(text: str) -> list[list[Row]]:
    """Tables in Markdown, row by row, and tables in columns that two spaces part."""
    found: list[list[Row]] = []
    heads: list[str] = []
    for line in text.splitlines():
        marked = line.startswith("| ")
        cells = [cell.strip() for cell in (line[1:-1].split("|") if marked else re.split(r"\s{2,}", line.strip()))]
        if len(cells) < 3 or len(cells) != len(heads):
            heads = cells
            found.append([])
        elif set(cells) != {"---"}:
            found[-1].append(dict(zip(heads, cells, strict=True)))
    return [table for table in found if table]


def number(cell: str) -> float:
    return float(cell.replace(",", "").rstrip("%"))


def register(text: str) -> None:
    rows = [line for line in text.splitlines() if line.startswith("schools-")]  # a service that ends may log, too
    assert [row.split()[1:3] for row in rows] == [
        ["read", "only"],
        ["first", "import"],
        ["again", "200"],
    ]
    assert "(200 added, 0 unchanged, 0 left out)" in text
    assert "(0 added, 200 unchanged, 0 left out)" in text


def matching(text: str) -> None:
    (rows,) = tables(text)
    assert [row["engine"] for row in rows[1:]] == ["random", "greedy", "swap hill-climb, Python"]
    assert (rows[0]["schools"], rows[0]["broken"]) == ("30", "0")
    assert number(rows[0]["score"]) <= number(rows[0]["bound"])


def rematched(rows: list[Row]) -> None:
    said = [row["what"].partition(",")[0] for row in rows]
    assert said[:6] == [
        "as it was formed", "what-if", "best exchange of a group", "why not with a school nearby", "re-match", "curve",
    ]  # fmt: skip
    assert said[6:]
    assert number(rows[4]["score"]) <= number(rows[4]["bound"])


def rematch(text: str) -> None:
    rematched(tables(text)[0])


def projects(rows: list[Row]) -> None:
    assert [row["engine"] for row in rows[:4]] == [
        "kindred, least cost", "kindred, stable", "greedy", "matching, stable",
    ]  # fmt: skip
    assert number(rows[0]["cost"]) == min(number(row["cost"]) for row in rows[:4])
    assert rows[1]["cost"] == rows[3]["cost"], "there is one best stable outcome"


def pairs(rows: list[Row]) -> None:
    assert [row["engine"] for row in rows] == ["kindred", "greedy", "networkx"]
    assert rows[0]["worth"] == rows[2]["worth"]
    assert number(rows[0]["worth"]) >= number(rows[1]["worth"])


def assignments(text: str) -> None:
    first, second = tables(text)
    projects(first)
    pairs(second)


def stored_pairs(text: str) -> None:
    assert re.findall(r"^round (\d): (\d+) pairs, (\d+) again", text, re.MULTILINE) == [
        ("1", "30", "0"), ("2", "30", "0"),
    ]  # fmt: skip


def national(text: str) -> None:
    schools, placed, groups, trios, quads = map(int, re.findall(r"\d+", text.splitlines()[0]))
    assert (placed, groups) == (3 * trios + 4 * quads, trios + quads)
    assert schools == placed + sum(map(int, re.findall(r"^waiting, [a-z-]+: (\d+)$", text, re.MULTILINE)))


def atlas(text: str) -> None:
    assert re.match(r"60 schools, \d+ groups: [\d.]+ s, 0\.\d\d MB\n", text)


def calendars(rows: list[Row]) -> None:
    assert [row["engine"] for row in rows[:3]] == ["kindred", "first-fit", "CP-SAT"]
    for row in rows:
        if row["engine"] == "kindred":
            assert (row["violations"], row["left over"]) == ("0", "0")
            assert number(row["cost"]) >= number(row["bound"])


def repairs(rows: list[Row]) -> None:
    assert [row["case"] for row in rows] == ["decline", "illness", "closure", "inspection", "pause"]
    assert {row["violations"] for row in rows} == {"0"}


def scheduling(text: str) -> None:
    first, second = tables(text.replace("  \n", "  -\n"))
    calendars(first)
    repairs(second)


def declines(text: str) -> None:
    (rows,) = tables(text)
    assert [row["declined by"] for row in rows] == ["attendee", "facilitator"]
    assert {row["times"] for row in rows} == {"3"}


def service(text: str) -> None:
    (rows,) = tables(text)
    assert [row["step"] for row in rows[:5]] == ["load, plan, save ahead", "save", "check", "publish", "tell the rest"]
    assert [row["step"] for row in rows[5:]] == [
        "list 500 visits", "impact", "what if a day is paused", "what if an event's day is paused",
        "what if the closing's day is paused", "what if a month is paused", "pause a day", "impact of a bank holiday",
    ]  # fmt: skip


def duties(text: str) -> None:
    assert re.match(r"20 schools, \d+ duties, [\d,]+ days: [\d.]+ s", text)
    assert "again, nothing changed" in text


def bus(text: str) -> None:
    first, *lines = text.splitlines()
    assert first == "20 events"
    assert [line[:20].strip() for line in lines] == [
        "raw fetch and ack",
        "transaction an event",
        "batches of 50 in one",
    ]


def mail(text: str) -> None:
    assert [line[:24].strip() for line in text.splitlines()] == [
        "writing alone", "local relay", "relay with 20 ms replies",
    ]  # fmt: skip


def reports(text: str) -> None:
    assert len(re.findall(r"action plan, 3 pages, \d+ kB in 3 formats", text)) == 2
    assert re.search(r"impact of 1 groups, \d+ pages", text)


def round_(text: str) -> None:
    heads, row = text.splitlines()
    *_, mails, accepted = row.split()
    assert heads.split()[-2:] == ["mails", "accepted"]
    assert mails == accepted != "0"


def pages(text: str) -> None:
    assert re.search(r"^6 schools, \d+ people, \d+ mails", text, re.MULTILINE)
    looked, signed = tables(text)
    assert {"`/console`", "`/me/todo`", "`/p/{ref}/answer`", "`/console/programmes/{programme_id}/schools`"} <= {
        row["page"] for row in looked
    }
    assert {row["requests"] for row in looked} == {"1"}
    assert [(row["signing in"], row["requests"]) for row in signed] == [("`/sign-in`", "2"), ("`/sign-in/code`", "2")]
    assert re.search(r"memory: [1-9]\d+ MB once filled, [1-9]\d+ MB after", text)


CLAIMS: dict[str, Callable[[str], None]] = {
    "register": register, "matching": matching, "rematch": rematch, "assignments": assignments, "pairs": stored_pairs,
    "national": national, "atlas": atlas, "scheduling": scheduling, "scheduling_declines": declines,
    "scheduling_service": service, "duties": duties, "bus": bus, "mail": mail, "reports": reports, "round": round_,
    "pages": pages,
}  # fmt: skip
"""What the output of each benchmark must show."""


def test_no_benchmark_goes_without_its_claims() -> None:
    assert CLAIMS.keys() == EACH.keys() == SMALL.keys()


LONG = {"pages"}
"""They start every service and open every page even in their small form: `make acceptance` runs them."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.acceptance) if name in LONG else name for name in EACH]
)
def test_a_benchmark_ends_with_what_it_claims_to_measure(name: str) -> None:
    CLAIMS[name](ran(f"benchmarks.{name}", *SMALL[name]))


def test_a_benchmark_that_is_not_there_is_named_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.__main__ import main

    with pytest.raises(SystemExit):
        main(["mails"])
    assert "there is no benchmark mails; there are register, matching" in capsys.readouterr().err
