"""The recordings of a released version hold each kind of event and command that it had."""

import pytest

from tests.recorded import kinds, year
from tests.recorded.__main__ import main

UNRECORDED: dict[str, dict[str, str]] = {"0.1.0": {}}
"""By version: kinds that stand in no recording of it, each with the reason why they cannot be brought about."""


@pytest.mark.parametrize("version", kinds.versions())
def test_every_released_kind_stands_in_a_recording_or_is_named_with_the_reason(version):
    missing = kinds.listed(version) - kinds.recorded(version)
    assert missing == set(UNRECORDED.get(version, {}))
    assert all(UNRECORDED.get(version, {}).values())


def test_a_version_without_a_recording_names_no_kinds():
    assert set(UNRECORDED) <= set(kinds.versions())


def test_a_recording_is_never_written_over(monkeypatch, capsys):
    folder = str(year.FOLDER / "0.1.0")
    monkeypatch.setattr("sys.argv", ["recorded", "failures", "--folder", folder])
    with pytest.raises(SystemExit):
        main()
    assert "failures.jsonl.gz stays as it is. Raise the version first" in capsys.readouterr().err
