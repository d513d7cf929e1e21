"""What must be there before anything is started."""

import os
import platform
import socket
from pathlib import Path

import pytest

from deploy.embedded import MongoServer, NatsServer
from deploy.embedded.process import answers
from kindred.demo import local
from kindred.running import machine
from kindred.running.stack import Stack
from kindred.running.topology import SERVICES, recorded
from shared.errors import Permanent


def test_a_port_in_use_is_named_with_what_it_was_for() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Permanent) as refused:
            machine.port(number, "the portal")
    expected = (
        f"Port {number} for the portal is in use by another program. Choose another, or name none to get a free one."
    )
    assert refused.value.sentence == expected


def test_nobody_takes_a_port_between_its_choice_and_the_server_s_start() -> None:
    held = machine.port(None, "the portal")
    with socket.socket() as other, pytest.raises(OSError, match="Address already in use"):
        other.bind(("127.0.0.1", held.number))
    with socket.create_server(("127.0.0.1", held.number)) as server:
        with socket.create_connection(("127.0.0.1", held.number)) as client:
            assert server.accept()[1] == client.getsockname()
        with pytest.raises(Permanent, match="in use by another program"):
            machine.port(held.number, "the portal")
    held.release()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", held.number))


def test_a_stack_holds_every_port_until_it_has_stopped(tmp_path: Path) -> None:
    stack = Stack(tmp_path)
    servers = (stack.servers.nats.port, stack.servers.mongo.port)
    ports = {stack.portal_port, stack.mail_page_port, stack.smtp_port, stack.replies_port, *servers}
    ports |= set(stack.health.values())
    assert len(ports) == 6 + len(SERVICES)
    taken = {number for number in ports if _can_be_taken(number)}
    assert taken == set()
    stack.stop()
    assert {number for number in ports if _can_be_taken(number)} == ports


def _can_be_taken(number: int) -> bool:
    with socket.socket() as other:
        try:
            other.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


@pytest.mark.parametrize("server", [NatsServer, MongoServer])
def test_a_server_listens_on_a_port_that_is_held(server: type[NatsServer | MongoServer], tmp_path: Path) -> None:
    held = machine.port(None, "a server")
    running = server(tmp_path, held.number)
    try:
        running.start()
        assert answers(held.number)
    finally:
        running.stop()
        held.release()


def test_too_little_room_on_disk_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Permanent, match=r"GB are free at .*; 1000000 GB are needed. Make room"):
        machine.check_disk(tmp_path / "not" / "yet", 10**15)


def test_another_platform_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(Permanent) as refused:
        machine.check_platform()
    assert refused.value.sentence == (
        "The mongod that comes along runs on Linux x86-64 and on Macs with Apple chips; this is "
        f"{platform.system()} on riscv64. Put mongod 6 or later on PATH, or use Docker: "
        "`docker compose up --build --wait`."
    )


@pytest.mark.parametrize(("system", "chip"), [("linux", "x86_64"), ("darwin", "arm64")])
def test_where_a_mongod_comes_along_none_is_looked_for(system, chip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("platform.machine", lambda: chip)
    monkeypatch.setattr("shutil.which", lambda _: None)
    machine.check_platform()


def test_another_platform_with_a_mongod_of_its_own_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    machine.check_platform()


def test_the_demo_empties_no_folder_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    with pytest.raises(Permanent, match="holds other files"):
        local._clear(tmp_path)
    assert (tmp_path / "thesis.docx").read_text(encoding="utf-8") == "years of work"


def test_a_second_demo_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo.pid").write_text(str(os.getppid()), encoding="utf-8")
    with pytest.raises(Permanent, match=f"Another demo \\(process {os.getppid()}\\) runs in"):
        local._clear(tmp_path)


def test_the_recorded_topology_covers_every_service() -> None:
    durables = [consumer.durable for consumer in recorded().consumers]
    hearing = {name for name in SERVICES if any(durable.startswith(name) for durable in durables)}
    assert hearing == set(SERVICES)
