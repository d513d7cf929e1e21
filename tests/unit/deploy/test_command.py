"""`make install`: the command `kindred` where a shell finds it."""

from pathlib import Path

import pytest

from deploy.command import link


@pytest.fixture
def command(tmp_path: Path) -> Path:
    made = tmp_path / ".venv" / "bin" / "kindred"
    made.parent.mkdir(parents=True)
    made.write_text("#!/bin/sh\n", encoding="utf-8")
    return made


def test_the_command_is_linked_and_again(command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "bin"
    monkeypatch.setenv("PATH", f"/usr/bin:{folder}")
    for _ in range(2):
        assert link(command, folder) == f"`kindred` is now a command ({folder / 'kindred'})."
        assert (folder / "kindred").readlink() == command


def test_a_folder_that_no_shell_looks_into_is_said(
    command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    monkeypatch.setenv("PATH", "/usr/bin")
    assert link(command, folder) == (
        f"{folder / 'kindred'} is the command. Add {folder} to your PATH to type `kindred` alone."
    )


def test_another_program_of_this_name_is_left_alone(command: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "kindred").write_text("mine", encoding="utf-8")
    with pytest.raises(SystemExit, match="is there already and is no link of ours"):
        link(command, folder)
    assert (folder / "kindred").read_text(encoding="utf-8") == "mine"
