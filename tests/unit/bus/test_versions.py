"""Which versions of a fact a subscription takes, passes over, or keeps for later."""

import pytest

from shared.bus.envelope import newer_only


@pytest.mark.parametrize(
    ("wanted", "known", "passed_over"),
    [
        ("programmes.ProgrammeOpened.v1", ["programmes.ProgrammeOpened.v2"], True),
        ("programmes.ProgrammeOpened.v3", ["programmes.ProgrammeOpened.v2"], False),
        ("programmes.ProgrammeOpened.v2", ["programmes.ProgrammeOpened.v1", "programmes.ProgrammeOpened.v3"], False),
        ("programmes.ProgrammeOpened.v1", ["programmes.RoleTaken.v2"], False),
        ("no type", ["programmes.RoleTaken.v2"], False),
    ],
)
def test_an_older_version_is_passed_over_and_a_newer_one_kept(wanted, known, passed_over):
    assert newer_only(wanted, dict.fromkeys(known)) is passed_over
