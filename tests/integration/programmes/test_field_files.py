"""Every file kept from the field comes out as its entry in tests/cases/data-files/expected.toml says."""

from tests.field.cases import FOLDER, all_cases, differences
from tests.field.playing import Player

OURS = {"enrolments", "facilitators", "register", "inspections"}


async def test_every_file_from_the_field_comes_out_as_expected(programmes, client):
    player = Player(client)
    await player.prepare()
    wrong = {}
    for case in all_cases():
        if case.does in OURS:
            seen = await player.play(case)
            if found := differences(case, seen):
                wrong[case.name] = (found, seen.told)
    assert not wrong, "\n".join(f"{name}: {said}" for name, said in wrong.items())


def test_every_file_is_played():
    played = {name for case in all_cases() for name in (case.file, *case.first)}
    kept = {path.name for path in FOLDER.iterdir() if path.suffix != ".toml"}
    assert kept == played
