"""docker-compose.yml and the image: what they must never lose, read from the files (`make compose-test` runs them)."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from kindred.running.topology import SERVICES

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"prepare", "mongo-initiate", "bus"}
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


def test_every_service_has_a_container_of_its_own() -> None:
    assert set(CONTAINERS) == {*SERVICES, *ONCE, "nats", "mongo", "mail"}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_a_container_can_do_as_little_as_possible(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in container
    assert (name == "prepare") == (container.get("user") == "0:0")
    assert (name == "prepare") == ("cap_add" in container)


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - ONCE))
def test_what_keeps_running_has_limits_and_a_health_check(name: str) -> None:
    container = CONTAINERS[name]
    assert re.fullmatch(r"\d+[mg]", container["mem_limit"])
    assert container["pids_limit"] <= 500
    assert container["restart"] == "unless-stopped"
    assert container["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_healthy_when_it_is_ready_for_work(name: str) -> None:
    assert "/readyz" in CONTAINERS[name]["healthcheck"]["test"][-1]


def test_what_runs_once_is_waited_for_and_does_not_run_again() -> None:
    for name in ONCE:
        assert CONTAINERS[name]["restart"] == "no"
    for name in SERVICES:
        assert CONTAINERS[name]["depends_on"]["bus"] == {"condition": "service_completed_successfully"}


def test_no_secret_stands_in_the_file() -> None:
    for name, container in CONTAINERS.items():
        for variable in container.get("environment", {}):
            if re.search("PASSWORD|SECRET|MONGO_URL", variable):
                assert variable.endswith("_FILE"), f"{name} has {variable} in the open"


def test_only_what_people_and_operators_need_is_reachable_from_outside() -> None:
    published = {name: container["ports"] for name, container in CONTAINERS.items() if "ports" in container}
    assert set(published) == {"nats", "notifications", "portal", "mail"}
    assert published["nats"][0].startswith("127.0.0.1:")
    assert published["mail"][0].startswith("127.0.0.1:")


def test_the_mail_catcher_is_for_development_only() -> None:
    assert {name for name, container in CONTAINERS.items() if "profiles" in container} == {"mail"}
    assert CONTAINERS["mail"]["profiles"] == ["dev"]


def test_images_are_named_by_tag_and_built_by_the_engine_s_own_frontend() -> None:
    images = re.findall(r"(?m)^FROM (\S+)|--from=(\S+)", DOCKERFILE)
    assert images
    assert not [image for pair in images for image in pair if "@" in image]
    assert not [container["image"] for container in CONTAINERS.values() if "@" in container["image"]]
    assert "syntax=" not in DOCKERFILE


def test_the_image_runs_as_a_user_without_rights() -> None:
    assert "useradd --system --uid 10001 --gid kindred" in DOCKERFILE
    assert DOCKERFILE.rindex("USER 10001:10001") > DOCKERFILE.rindex("COPY --from=build")


@pytest.mark.parametrize("name", [*SERVICES, "cli", "dev"])
def test_requirements_are_pinned_by_hash_and_name_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    assert "--index-url" not in text
    for block in re.split(r"\n(?=[a-z])", text.strip()):
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+", block), block[:80]
        assert "--hash=sha256:" in block


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;]+)", text))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_locked_to_its_own_needs_at_the_versions_that_were_tested(name: str) -> None:
    tested, own = locked("dev"), locked(name)
    assert {package: version for package, version in own.items() if tested.get(package) != version} == {}
    wanted = tomllib.loads((ROOT / "services" / name / "pyproject.toml").read_text())["project"]["dependencies"]
    assert {re.split(r"[\[=<>~! ]", need)[0].lower() for need in wanted} <= set(own)


def test_no_image_carries_what_belongs_to_another_service() -> None:
    heavy = {"numba": {"matching"}, "typst": {"reporting"}, "scipy": {"matching"}, "uvicorn": {"portal"}}
    for package, allowed in heavy.items():
        assert {name for name in SERVICES if package in locked(name)} == allowed
