"""docker-compose.yml and the image: what they must never lose, read from the files (`make compose-test` runs them)."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from contracts.subscribers import settings_class
from kindred.running.topology import SERVICES
from shared.setting_names import PREFIX, known

ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"prepare", "mongo-initiate", "bus"}
OPTIONAL = {"mail": "dev", "proxy": "tls", "heal": "heal", "kindred": "cli"}
"""Containers that only a profile starts."""
ROOTS = {"prepare", "heal"}
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")


def test_every_service_has_a_container_of_its_own() -> None:
    assert set(CONTAINERS) == {*SERVICES, *ONCE, *OPTIONAL, "nats", "mongo", "gateway"}


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_a_container_can_do_as_little_as_possible(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in container
    assert (name in ROOTS) == (container.get("user") == "0:0")
    if not container["image"].startswith("kindred"):
        assert name in ROOTS or int(container["user"].split(":")[0]) > 0
    added = {"prepare": ["CHOWN", "DAC_OVERRIDE", "FOWNER"], "proxy": ["NET_BIND_SERVICE"]}
    assert container.get("cap_add") == added.get(name)


@pytest.mark.parametrize("name", sorted({*CONTAINERS} - ONCE - {"kindred"}))
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


def test_what_runs_as_root_reaches_no_network() -> None:
    for name in ROOTS:
        assert CONTAINERS[name]["network_mode"] == "none"


def test_every_image_is_named_with_a_version() -> None:
    texts = [(ROOT / "docker-compose.yml").read_text(encoding="utf-8"), DOCKERFILE]
    named = re.findall(r"(?m)^ *image: (\S+:\S+)$|^COPY --from=(\S+/\S+) ", "\n".join(texts))
    images = {compose or copied for compose, copied in named}
    assert len(images) == 5
    assert {image for image in images if not re.search(r":v?\d+(\.\d|-)", image)} == set()


def test_no_secret_stands_in_the_file() -> None:
    for name, container in CONTAINERS.items():
        for variable in container.get("environment", {}):
            if re.search("PASSWORD|SECRET|MONGO_URL", variable):
                assert variable.endswith("_FILE"), f"{name} has {variable} in the open"


def test_ports_are_reachable_from_this_machine_only_unless_somebody_says_otherwise() -> None:
    published = {name: container["ports"] for name, container in CONTAINERS.items() if "ports" in container}
    assert published == {
        "nats": ["127.0.0.1:${NATS_PORT:-4222}:4222"],
        "mail": ["127.0.0.1:${MAIL_PORT:-8025}:8025"],
        "gateway": [
            "${PORTAL_BIND:-127.0.0.1}:${PORTAL_PORT:-8080}:8080",
            "${REPLIES_BIND:-127.0.0.1}:${REPLIES_PORT:-2525}:2525",
        ],
        "proxy": ["80:80", "443:443"],
    }


def test_only_a_profile_starts_what_not_everybody_wants() -> None:
    assert {name: one["profiles"] for name, one in CONTAINERS.items() if "profiles" in one} == {
        name: [profile] for name, profile in OPTIONAL.items()
    }


def test_only_the_command_line_is_given_the_whole_file_env() -> None:
    """Whatever else were given it would be made anew whenever a line of it changes, and what waits for it, too."""
    given = {name for name, one in CONTAINERS.items() if "env_file" in one}
    assert given == {"kindred"}
    assert not [name for name, one in CONTAINERS.items() if "kindred" in one.get("depends_on", {})]


def test_only_the_healer_sees_the_engine() -> None:
    assert [name for name, one in CONTAINERS.items() if "docker.sock" in str(one)] == ["heal"]


def variables(name: str) -> set[str]:
    """The settings that reach a container, a secret's file standing for the secret."""
    given = CONTAINERS[name]["environment"]
    merged = given.get("<<", {})
    layers = merged if isinstance(merged, list) else [merged]
    keys = {key for layer in (*layers, given) for key in layer}
    return {key.removesuffix("_FILE") for key in keys}


@pytest.mark.parametrize("name", SERVICES)
def test_every_setting_of_a_service_reaches_its_container(name: str) -> None:
    fixed = {"KINDRED_DATABASE_PREFIX"}  # one stack, one set of databases
    wanted = {f"{PREFIX}{field.upper()}" for field in settings_class(name).model_fields}
    assert wanted - variables(name) - fixed == set()


def test_no_container_is_given_a_setting_that_nobody_reads() -> None:
    given = {
        key.removesuffix("_FILE")
        for container in CONTAINERS.values()
        for key in container.get("environment", {})
        if key.startswith(PREFIX)
    }
    assert given - known() == set()


def test_every_setting_that_the_operating_guide_names_exists() -> None:
    text = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    named = {name.removesuffix("_FILE") for name in re.findall(r"KINDRED_[A-Z_]+", text)}
    table = set(re.findall(r"`(KINDRED_[A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))
    assert named - table == set()


def test_an_upgrade_leaves_the_servers_as_they_are() -> None:
    """What NATS and MongoDB wait for is of an image that no release of Kindred builds."""
    for name in ("nats", "mongo"):
        for needed in CONTAINERS[name]["depends_on"]:
            assert "build" not in CONTAINERS[needed]
            assert not CONTAINERS[needed]["image"].startswith("kindred")
    built = [one["image"] for one in CONTAINERS.values() if "build" in one]
    assert len(built) == len(set(built))


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
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    for block in re.split(r"\n(?=[a-z])", text.strip()):
        assert re.match(r"[a-z0-9][a-z0-9._-]*(\[[a-z,]+\])?==\S+", block), block[:80]
        assert "--hash=sha256:" in block


def locked(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;]+)", text))


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_locked_to_its_own_needs_at_the_versions_that_were_tested(name: str) -> None:
    tested, own = locked("dev"), locked(name)
    assert {package: version for package, version in own.items() if tested.get(package) != version} == {}
    wanted = tomllib.loads((ROOT / "services" / name / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    assert {re.split(r"[\[=<>~! ]", need)[0].lower() for need in wanted} <= set(own)


def test_no_image_carries_what_belongs_to_another_service() -> None:
    heavy = {"numba": {"matching"}, "typst": {"reporting"}, "scipy": {"matching"}, "uvicorn": {"portal"}}
    for package, allowed in heavy.items():
        assert {name for name in SERVICES if package in locked(name)} == allowed
