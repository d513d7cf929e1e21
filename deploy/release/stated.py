"""What the repository states about a version, read from its files; no check here starts or builds anything but git."""

import datetime as dt
import json
import re
import tomllib
from pathlib import Path

from deploy.release.running import run

LONGEST_LINE = 150
"""Characters of a line in the changelog; what needs more belongs into the docs."""


def version(root: Path) -> str:
    """The version of the project, as `pyproject.toml` has it."""
    return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def versions(root: Path) -> list[str]:
    """Files that name another version than `pyproject.toml`."""
    wanted = version(root)
    named = {"kindred/__init__.py": _constant(root), "docs/asyncapi.json": _described(root)}
    for file in sorted(root.glob("services/*/pyproject.toml")):
        named[str(file.relative_to(root))] = str(tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"])
    found = [f"{file} says {said}; pyproject.toml says {wanted}." for file, said in named.items() if said != wanted]
    series = f"{wanted.rpartition('.')[0]}.x"
    if f"| {series} | yes |" not in (root / "SECURITY.md").read_text(encoding="utf-8"):
        found.append(f"SECURITY.md does not list {series} as supported.")
    return found


def _constant(root: Path) -> str:
    found = re.search(
        r'^__version__ = "(.*)"$', (root / "kindred" / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    return found[1] if found else "nothing"


def _described(root: Path) -> str:
    return str(json.loads((root / "docs" / "asyncapi.json").read_text(encoding="utf-8"))["info"]["version"])


def changelog(root: Path) -> list[str]:
    """What is missing in `CHANGELOG.md`: a section Unreleased, then the version with its date and short lines."""
    wanted = version(root)
    sections = re.split(r"^## ", (root / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    heads = [section.partition("\n")[0].strip() for section in sections]
    if heads[:1] != ["Unreleased"]:
        return ["CHANGELOG.md: the first section is not Unreleased."]
    if len(heads) < 2 or heads[1].partition(" - ")[0] != wanted:
        return [f"CHANGELOG.md: the section after Unreleased is not {wanted}."]
    lines = [line for line in sections[1].splitlines() if line.startswith("- ")]
    found = [f"CHANGELOG.md: too long for {wanted}: {line[:60]}..." for line in lines if len(line) > LONGEST_LINE]
    if not lines:
        found.append(f"CHANGELOG.md: {wanted} has no lines.")
    try:
        dt.date.fromisoformat(heads[1].partition(" - ")[2])
    except ValueError:
        found.append(f"CHANGELOG.md: {wanted} has no date, as in `## {wanted} - 2026-11-29`.")
    return found


def recorded(root: Path) -> list[str]:
    """A sentence where no year is recorded that later versions can replay."""
    folder = f"tests/recorded/{version(root)}"
    return [] if [*root.glob(f"{folder}/*.jsonl.gz")] else [f"{folder} is empty; run `python -m tests.recorded`."]


def repository(root: Path) -> list[str]:
    """Uncommitted files, and a tag of this version that stands on another commit."""
    found = []
    if run(["git", "diff", "--quiet", "HEAD"], root):
        found.append("There are changes that are not committed; a release is made from a commit.")
    tag = f"v{version(root)}"
    taken = not run(["git", "rev-parse", "--verify", "--quiet", f"refs/tags/{tag}"], root)
    if taken and run(["git", "diff", "--quiet", tag, "HEAD"], root):
        found.append(f"{tag} is released, and this differs from it. Raise the version in pyproject.toml.")
    return found
