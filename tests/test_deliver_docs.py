"""`docs/delivery.md`: every excerpt is what its command prints or sends."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from trackers import KEYS, FakeRedmine, Server, radicale, serving

from extractor.cli import main, push
from extractor.deliver import secrets

ROOT = Path(__file__).parents[1]
DOC = (ROOT / "docs" / "delivery.md").read_text("utf-8")
SAMPLE = ROOT / "samples" / "so-noi-vu-cai-cach-hanh-chinh.txt"
SHOWN_URL = "https://cong-viec.tinh.vn"


def excerpt(marker: str) -> str:
    found = re.search(rf"<!-- {re.escape(marker)}.*?-->\n```\w*\n(.*?)```\n<!-- /", DOC, re.DOTALL)
    assert found
    return found[1]


def assert_in_order(shown: str, printed: str) -> None:
    """Line by line; "…" stands for what is left out."""
    lines = [line.rstrip() for line in printed.splitlines()]
    at = -1
    assert shown.strip()
    for line in shown.splitlines():
        if line != "…":
            assert line in lines[at + 1 :], line
            at = lines.index(line, at + 1)


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("KEHOACH_REDMINE_KEY", KEYS["clerk"])
    monkeypatch.setenv("KEHOACH_WEBHOOK_SECRET", "mot-khoa-ky-du-dai-de-dung")
    monkeypatch.chdir(ROOT)


@pytest.fixture
def sent(tmp_path: Path) -> Iterator[Server]:
    """A Redmine that holds the sample."""
    with serving(Server(FakeRedmine())) as server:
        assert run_redmine(server, "samples/so-noi-vu-cai-cach-hanh-chinh.txt")[0] == 0
        yield server


def run_redmine(server: Server, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["push", "redmine", *arguments, "--url", server.url, "--project", "ke-hoach"])
    return result.exit_code, result.stdout.replace(server.url, SHOWN_URL)


def newer(tmp_path: Path) -> str:
    path = tmp_path / "moi.txt"
    path.write_text(
        SAMPLE.read_text("utf-8").replace("trình trước ngày 30/9/2026", "trình trước ngày 31/12/2026"), "utf-8"
    )
    return str(path)


def test_dry_run(sent: Server, tmp_path: Path) -> None:
    code, printed = run_redmine(sent, newer(tmp_path), "--dry-run")
    assert code == 0
    assert_in_order(excerpt("push: redmine moi.txt --dry-run"), printed)


def test_conflict_as_json(sent: Server, tmp_path: Path) -> None:
    redmine: Any = sent.answer
    issue = next(i for i in redmine.issues.values() if i["due_date"] == "2026-09-29")
    redmine.edit(issue["id"], due_date="2026-10-15")
    code, printed = run_redmine(sent, newer(tmp_path), "--format", "json")
    assert code == 10
    assert_in_order(excerpt("push: redmine moi.txt --format json"), printed)


def test_log(sent: Server, tmp_path: Path) -> None:
    (log,) = (tmp_path / "data" / "kehoach" / "push").glob("redmine-*.jsonl")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    for shown in map(json.loads, excerpt("log").splitlines()):
        shown["at"] = ""
        assert any({**line, "at": ""} == shown for line in lines)


def test_line_that_carries_the_key(sent: Server) -> None:
    issues: dict[int, Any] = sent.answer.issues  # type: ignore[attr-defined]
    text = "\n".join(i["description"].replace("\r\n", "\n") for i in issues.values())
    assert_in_order(excerpt("redmine: "), text)


def test_webhook_body() -> None:
    bodies: list[Any] = []

    def taken(method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        bodies.append(json.loads(body))
        return 200, None

    with serving(Server(taken)) as server:
        assert CliRunner().invoke(main, ["push", "webhook", str(SAMPLE), "--url", server.url]).exit_code == 0
    shown = json.loads(excerpt("webhook: "))
    shown["timestamp"] = ""
    assert any({**b, "timestamp": ""} == shown for b in bodies)


def test_todo_in_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    caldav = pytest.importorskip("caldav")
    pytest.importorskip("radicale")
    monkeypatch.setenv("KEHOACH_CALDAV_PASSWORD", "mat-khau")
    with radicale(tmp_path, "mat-khau") as url:
        client = caldav.DAVClient(f"{url}/", username="van-thu", password="mat-khau", enable_rfc6764=False)
        calendar = client.principal().make_calendar(
            name="Việc", cal_id="viec", supported_calendar_component_set=["VTODO"]
        )
        arguments = ["push", "caldav", str(SAMPLE), "--url", f"{url}/van-thu/viec", "--user", "van-thu"]
        assert CliRunner().invoke(main, arguments).exit_code == 0
        found = "\n".join(t.data.replace("\r\n", "\n").replace("\n ", "") for t in calendar.search(todo=True))
    assert_in_order(excerpt("caldav: "), found)


def test_every_command_variable_and_exit_code_is_documented() -> None:
    assert all(f"## {name}" in DOC for name in push.command.commands)
    assert all(f"`{name}`" in DOC for name in secrets.ENVIRONMENT.values())
    assert re.findall(r"^\| (\d+) \|", DOC, re.MULTILINE) == ["6", "8", "9", "10", "11", "12"]
    options = {o for c in push.command.commands.values() for p in c.params for o in p.opts if o.startswith("--")}
    assert {o for o in options if o not in DOC} <= {"--format", "--help", "--user"}


def test_examples_of_commands_name_real_ones() -> None:
    for line in re.findall(r"<!-- push: (.*?) -->", DOC):
        assert shlex.split(line)[0] in push.command.commands
