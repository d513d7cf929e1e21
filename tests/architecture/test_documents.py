"""Documents keep their form and are true: decisions have a date and a status, paths and links lead somewhere."""

import datetime as dt
import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAGE = 560
"""Words of a printed page; tables of names do not count."""
STATUS = r"proposed|accepted|rejected|superseded by \[decision \d+\]\(\d{4}-[a-z0-9-]+\.md\)"


UNUSED = {
    47: "given out; the work needed no decision of its own",
    48: "given out; the work needed no decision of its own",
    50: "given out; the work needed no decision of its own",
    60: "given out; the work needed no decision of its own",
    68: "given out; the work needed no decision of its own",
    69: "given out; the work needed no decision of its own",
    70: "given out; the work needed no decision of its own",
    77: "given out; the work needed no decision of its own",
    78: "given out; the work needed no decision of its own",
}
"""Numbers that no decision will have."""
UNDER_WAY = 12
"""Numbers are given out before decisions are written, so that so many of the highest may still be to come."""


def gaps(numbers):
    """The numbers of no decision that are too old to be still to come."""
    return set(range(1, max(numbers) - UNDER_WAY + 1)) - set(numbers)


def test_each_decision_has_a_number_of_its_own_and_each_number_a_decision_or_a_reason():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == sorted(set(numbers))
    assert gaps(numbers) <= UNUSED.keys()
    assert not UNUSED.keys() & set(numbers)


def test_a_number_that_is_passed_over_is_found_once_twelve_more_have_come():
    assert gaps([*range(1, 20), *range(21, 32)]) == set()
    assert gaps([*range(1, 20), *range(21, 33)]) == {20}


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_number_a_date_a_status_and_room_on_a_page(decision):
    title, blank, stands = decision.read_text(encoding="utf-8").splitlines()[:3]
    assert re.fullmatch(rf"# {int(decision.name[:4])}\. \S.*", title)
    assert not blank
    found = re.fullmatch(rf"Date: (\d{{4}}-\d\d-\d\d)\. Status: (?:{STATUS})\.", stands)
    assert found, f"the third line of {decision.name} is not `Date: 2026-11-29. Status: accepted.`"
    assert dt.date.fromisoformat(found[1]) >= dt.date(2026, 11, 25)
    prose = [line for line in decision.read_text(encoding="utf-8").splitlines() if not line.startswith("|")]
    assert len(" ".join(prose).split()) <= PAGE


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_names_its_context_its_choice_and_what_was_rejected(decision):
    text = decision.read_text(encoding="utf-8")
    assert [part for part in ("Context", "Choice", "Rejected") if f"**{part}.**" not in text] == []


PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / ".github").glob("*.md"), *DECISIONS])
NAMING = [page for page in PAGES if page not in DECISIONS and page.name not in {"CHANGELOG.md", "events.md"}]
"""Pages whose paths must be there today; decisions and the changelog tell of their own time."""
FILES = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\n")
NAMES = "py|md|json|yaml|yml|toml|conf|js|css|html|txt"


def named(page):
    """What a page names between backticks outside of code blocks: files by their ending, folders by their slash."""
    prose = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.findall(rf"`([\w.-]+(?:/[\w.-]+)*(?:\.(?:{NAMES})|/))`", prose)


@pytest.mark.parametrize("page", NAMING, ids=lambda path: path.name)
def test_every_path_named_is_there(page):
    """From the root, or the end of a path, as `encode.py` beside the folder it is in."""
    there = {f"/{file}" for file in FILES} | {
        f"/{folder}/" for file in FILES for folder in map(str, Path(file).parents)
    }
    assert [name for name in named(page) if not any(path.endswith(f"/{name}") for path in there)] == []


def test_every_step_of_the_trip_is_a_whole_path():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\| \d+ \| `([^`]+)` \|", page, re.MULTILINE)
    assert len(steps) >= 15
    assert [step for step in steps if not (ROOT / step).is_file()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_a_page_and_its_heading(page):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, heading = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (heading and heading not in headings(file)):
            broken.append(target)
    assert broken == []


def headings(page):
    """Anchors as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_event_of_the_table_of_services_is_published_by_its_service():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page.split("## Where things are")[0], re.MULTILINE)
    schemas = [path.name.split(".") for path in (ROOT / "contracts" / "schemas").glob("*.json")]
    published = {(context, name) for context, name, *_ in schemas}
    named = {(service, name) for service, events in rows for name in re.findall(r"`(\w+)`", events)}
    assert {service for service, _ in named} == {path.parent.name for path in (ROOT / "services").glob("*/app.py")}
    assert named - published == set()


def test_the_durables_of_many_kinds_are_named():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    services = json.loads((ROOT / "contracts" / "topology.json").read_text(encoding="utf-8"))
    many = {
        each["durable"]
        for consumers in services.values()
        for each in consumers
        if sum(not name.startswith("replay.") for name in each["filters"]) > 1
    }
    said = re.search(r"Nine durables carry many kinds, because their order matters:\n(.*?)\. They", page, re.DOTALL)
    assert said
    assert set(re.findall(r"`([a-z-]+)`", said[1])) == many


def test_no_file_holds_the_mark_of_a_merge():
    marks = ("<" * 7 + " ", ">" * 7 + " ")
    texts = {name: (ROOT / name).read_bytes().decode(errors="replace") for name in FILES if (ROOT / name).is_file()}
    assert [name for name, text in texts.items() if any(f"\n{mark}" in f"\n{text}" for mark in marks)] == []
