"""Containers as the compose file and the Dockerfile make them: without rights, without secrets, with limits."""

import re
from pathlib import Path

import pytest
import yaml

from kindred.running.topology import SERVICES

ROOT = Path(__file__).parents[3]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS = COMPOSE["services"]
ONCE = {"prepare", "mongo-initiate", "bus"}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_is_locked(name):
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert not container.get("privileged")
    assert container.get("cap_add", []) == (["CHOWN", "DAC_OVERRIDE", "FOWNER"] if name == "prepare" else [])


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - {"prepare"}))
def test_no_container_runs_as_root(name):
    container = CONTAINERS[name]
    if "build" in container:
        last = (ROOT / "deploy" / "Dockerfile").read_text().rpartition("\nFROM ")[2]
        assert [line for line in last.splitlines() if line.startswith("USER ")] == ["USER 10001:10001"]
        assert "user" not in container
    else:
        assert int(container["user"].split(":")[0]) > 0


def test_what_runs_as_root_reaches_no_network():
    assert CONTAINERS["prepare"]["network_mode"] == "none"


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - ONCE))
def test_what_stays_has_limits_and_says_how_it_is(name):
    container = CONTAINERS[name]
    assert container["mem_limit"]
    assert container["pids_limit"]
    assert container["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", CONTAINERS)
def test_secrets_come_from_files(name):
    for setting, value in (CONTAINERS[name].get("environment") or {}).items():
        if any(word in setting for word in ("PASSWORD", "SECRET", "MONGO_URL")):
            assert setting.endswith("_FILE"), setting
            assert value.startswith("/keys/")


def test_every_service_has_a_container_and_an_image_of_its_own():
    built = {name: CONTAINERS[name]["build"]["args"] for name in SERVICES}
    assert built == {name: {"SERVICE": name} for name in SERVICES}
    assert all("/readyz" in " ".join(CONTAINERS[name]["healthcheck"]["test"]) for name in SERVICES)
    assert [name for name, container in CONTAINERS.items() if container.get("profiles")] == ["mail"]


def test_images_build_anywhere():
    for file in ("docker-compose.yml", "deploy/Dockerfile"):
        text = (ROOT / file).read_text()
        assert "# syntax=" not in text
        assert "@sha256:" not in text


def test_every_image_is_named_with_a_version():
    texts = [(ROOT / file).read_text() for file in ("docker-compose.yml", "deploy/Dockerfile")]
    named = re.findall(r"(?m)^ *image: (\S+:\S+)$|^COPY --from=(\S+/\S+) ", "\n".join(texts))
    images = [compose or copied for compose, copied in named]
    assert len(images) >= 4
    assert [image for image in images if not re.search(r":v?\d+\.\d", image)] == []
