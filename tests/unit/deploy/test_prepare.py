"""Secrets of the compose file: made once, for their owner's eyes only, and rotated by deleting one."""

import pytest

from deploy import prepare


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """A volume of keys, and who was made owner of what."""
    owners = {}
    monkeypatch.setattr(prepare, "KEYS", tmp_path)
    monkeypatch.setattr("os.chown", lambda file, user, _group: owners.update({str(file): user}))
    return tmp_path, owners


def contents(folder):
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_each_secret_is_made_once_and_read_by_its_owner_only(keys):
    folder, owners = keys
    prepare.main()
    first = contents(folder)
    prepare.main()
    assert contents(folder) == first
    assert {file.name: oct(file.stat().st_mode)[-3:] for file in folder.iterdir()} == dict.fromkeys(first, "400")
    assert {name: owners[str(folder / name)] for name in first} == {
        "nats_password": 10001, "mongo_password": 10001, "mongo_url": 10001, "portal_secret": 10001,
        "nats-users.conf": 10002, "mongo_root": 999, "mongo_keyfile": 999,
    }  # fmt: skip
    assert all(len(first[name]) >= 43 for name in ("nats_password", "mongo_password", "portal_secret"))


def test_a_deleted_secret_is_another_one_wherever_it_stands(keys):
    folder, _ = keys
    prepare.main()
    first = contents(folder)
    for name in ("nats_password", "mongo_password"):
        (folder / name).unlink()
    prepare.main()
    now = contents(folder)
    assert {name for name in first if now[name] != first[name]} == {
        "nats_password", "nats-users.conf", "mongo_password", "mongo_url", "mongo_root",
    }  # fmt: skip
    assert f'password: "{now["nats_password"]}"' in now["nats-users.conf"]
    assert f":{now['mongo_password']}@mongo:" in now["mongo_url"]
    assert now["mongo_root"] == now["mongo_password"]
