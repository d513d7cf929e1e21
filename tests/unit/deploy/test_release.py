"""What `make release-check` refuses: each disagreement is planted in a copy and must be named."""

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from deploy.release import images, lock, platforms, stated, wheel
from deploy.release.__main__ import main
from deploy.release.running import Skipped, run

ROOT = Path(__file__).parents[3]
STATED = ("pyproject.toml", "CHANGELOG.md", "SECURITY.md", "kindred/__init__.py", "docs/asyncapi.json")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The files that state a version, elsewhere."""
    for file in (*STATED, *(str(path.relative_to(ROOT)) for path in ROOT.glob("services/*/pyproject.toml"))):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    return tmp_path


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_this_repository_states_one_version_and_what_is_new_in_it() -> None:
    assert stated.versions(ROOT) == []
    assert stated.changelog(ROOT) == []
    assert stated.recorded(ROOT) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("kindred/__init__.py", '"0.1.0"', '"0.0.9"', "kindred/__init__.py says 0.0.9; pyproject.toml says 0.1.0."),
        (
            "services/portal/pyproject.toml",
            'version = "0.1.0"',
            'version = "0.2.0"',
            "services/portal/pyproject.toml says 0.2.0; pyproject.toml says 0.1.0.",
        ),
        ("SECURITY.md", "| 0.1.x | yes |", "| 0.1.x | no |", "SECURITY.md does not list 0.1.x as supported."),
    ],
)
def test_a_file_that_names_another_version_is_named(copied: Path, file: str, old: str, new: str, said: str) -> None:
    replace(copied / file, old, new)
    assert stated.versions(copied) == [said]


def test_a_raised_version_that_nothing_followed_is_told_of_everything_that_must(copied: Path) -> None:
    replace(copied / "pyproject.toml", 'version = "0.1.0"', 'version = "0.2.0"')
    assert len(stated.versions(copied)) == 2 + len(list(ROOT.glob("services/*/pyproject.toml"))) + 1
    assert stated.changelog(copied) == ["CHANGELOG.md: the section after Unreleased is not 0.2.0."]
    assert stated.recorded(copied) == ["tests/recorded/0.2.0 is empty; run `python -m tests.recorded`."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## 0.1.0 - 2026-11-29\n- New.\n", "CHANGELOG.md: the first section is not Unreleased."),
        ("## Unreleased\n- New.\n", "CHANGELOG.md: the section after Unreleased is not 0.1.0."),
        ("## Unreleased\n## 0.1.0 - 2026-11-29\n", "CHANGELOG.md: 0.1.0 has no lines."),
        (
            "## Unreleased\n## 0.1.0 - soon\n- New.\n",
            "CHANGELOG.md: 0.1.0 has no date, as in `## 0.1.0 - 2026-11-29`.",
        ),
        (
            f"## Unreleased\n## 0.1.0 - 2026-11-29\n- {'x' * 150}\n",
            f"CHANGELOG.md: too long for 0.1.0: - {'x' * 58}...",
        ),
    ],
)
def test_what_a_changelog_lacks_is_named(copied: Path, text: str, said: str) -> None:
    (copied / "CHANGELOG.md").write_text(f"# Changelog\n\n{text}", encoding="utf-8")
    assert stated.changelog(copied) == [said]


def git(folder: Path, *words: str) -> None:
    me = ("-c", "user.name=Maintainer", "-c", "user.email=maintainer@kindred.example")
    subprocess.run(["git", *me, *words], cwd=folder, check=True, capture_output=True)


def test_a_release_is_made_from_a_commit_and_only_once(copied: Path) -> None:
    git(copied, "init", "--quiet")
    git(copied, "add", ".")
    git(copied, "commit", "--quiet", "--message", "Release 0.1.0")
    assert stated.repository(copied) == []
    replace(copied / "SECURITY.md", "# Security", "# Safety")
    uncommitted = "There are changes that are not committed; a release is made from a commit."
    assert stated.repository(copied) == [uncommitted]
    git(copied, "tag", "v0.1.0")
    git(copied, "commit", "--quiet", "--all", "--message", "Go on")
    assert stated.repository(copied) == [
        "v0.1.0 is released, and this differs from it. Raise the version in pyproject.toml."
    ]


def test_a_lock_that_make_lock_would_change_is_named_and_left_alone(copied: Path) -> None:
    (copied / "requirements").mkdir()
    for name in ("cli", "dev"):
        (copied / "requirements" / f"{name}.txt").write_text("rich==1\n", encoding="utf-8")
    (copied / "Makefile").write_text("lock:\n\techo rich==2 > requirements/dev.txt\n", encoding="utf-8")
    assert lock.problems(copied) == [
        "requirements/dev.txt is not what pyproject.toml asks for; run `make lock`."
    ]  # fmt: skip
    assert (copied / "requirements" / "dev.txt").read_text(encoding="utf-8") == "rich==1\n"
    (copied / "Makefile").write_text("lock:\n\techo rich==1 > requirements/dev.txt\n", encoding="utf-8")
    assert lock.problems(copied) == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return wheel.build(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_carries_every_file_of_the_command_line_and_no_service(built: Path) -> None:
    assert wheel.missing(ROOT, built) == []
    with zipfile.ZipFile(built) as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names if "dist-info" not in name} == {
        "contracts", "deploy", "kindred", "shared",
    }  # fmt: skip
    assert "kindred/atlas/page.css" in names


def test_a_file_left_out_of_the_wheel_is_named(built: Path, tmp_path: Path) -> None:
    cut = tmp_path / built.name
    with zipfile.ZipFile(built) as whole, zipfile.ZipFile(cut, "w") as archive:
        for name in whole.namelist():
            if name != "kindred/atlas/page.css":
                archive.writestr(name, whole.read(name))
    assert wheel.missing(ROOT, cut) == ["The wheel lacks kindred/atlas/page.css."]


def test_the_installed_command_runs_in_an_environment_of_its_own(built: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    uv = [sys.executable, "-m", "uv"]
    assert run([*uv, "venv", "--quiet", "--python", sys.executable, environment], tmp_path) == []
    install = ["pip", "install", "--quiet", "--offline", "--no-deps", "--python", str(environment)]
    assert run([*uv, *install, built], tmp_path) == []
    (library,) = environment.glob("lib/python*/site-packages")
    (library / "locked.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")  # what the lock would install
    assert wheel.runs(environment, "0.1.0") == []
    assert wheel.runs(environment, "0.2.0") == ["The installed `kindred --version` says 'Kindred 0.1.0'."]
    for words in (["demo"], ["services", "up"]):
        done = subprocess.run(
            [environment / "bin" / "kindred", *words], cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "COLUMNS": "400"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        assert "This installation is the command line only." in done.stderr


def test_images_are_built_only_where_an_engine_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Skipped, match="No Docker engine answers here, so no image was built"):
        images.problems(ROOT)


def test_each_check_has_its_line_and_what_is_wrong_counts(capsys: pytest.CaptureFixture[str]) -> None:
    def absent(_root: Path) -> list[str]:
        raise Skipped("No Docker engine answers here.")

    assert main(ROOT, {"lock": lambda _: [], "images": absent}) == 0
    assert main(ROOT, {"lock": lambda _: ["It is old."]}) == 1
    assert capsys.readouterr().out.splitlines() == [
        "lock: right",
        "images: not checked. No Docker engine answers here.",
        "lock: wrong",
        "  It is old.",
    ]


def uv_that_says(folder: Path, script: str) -> None:
    """A `uv` in the environment of a checkout, which answers as the script does."""
    uv = folder / ".venv" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    uv.chmod(0o755)


def test_what_has_no_wheel_for_a_platform_is_named_with_the_platform(tmp_path: Path) -> None:
    uv_that_says(tmp_path, 'case "$*" in *apple*3.13*) echo "Because numba has no usable wheels" >&2; exit 1;; esac')
    assert platforms.problems(tmp_path) == [
        "requirements/dev.txt cannot be installed on a Mac with an Apple chip with Python 3.13:",
        "Because numba has no usable wheels",
    ]


def test_without_a_registry_platforms_are_not_checked_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uv_that_says(tmp_path, 'echo "error: Failed to fetch: simple/rich/" >&2; exit 2')
    with pytest.raises(Skipped):
        platforms.problems(tmp_path)
    assert platforms.main(tmp_path) == 0
    said = "requirements on other platforms: not checked. No package registry answers here.\n"
    assert capsys.readouterr().out == said
