"""`kehoach push` as a clerk runs it: messages, exit codes, and secrets that nobody sees."""

from __future__ import annotations

import base64
import json
import logging
import os
import re
import subprocess
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from trackers import KEYS, FakeRedmine, Server, serving, status

from extractor.cli import main, push
from extractor.deliver import retry
from extractor.deliver.address import checked
from extractor.deliver.secrets import ENVIRONMENT, Secret, find_secret
from extractor.errors import LoginError, NoTargetError

SAMPLES = Path(__file__).parents[1] / "samples"
SAMPLE = SAMPLES / "so-noi-vu-cai-cach-hanh-chinh.txt"
PASSWORD = "bi-mat-khong-ai-duoc-thay"


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    for name in ("KEHOACH_CALDAV_PASSWORD", "KEHOACH_REDMINE_KEY", "KEHOACH_WEBHOOK_SECRET"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(retry, "pause", lambda seconds: None)


@pytest.fixture
def redmine() -> Iterator[Server]:
    with serving(Server(FakeRedmine())) as server:
        yield server


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["push", *map(str, arguments)])


def to(redmine: Server, *more: str, files: tuple[Path, ...] = (SAMPLE,)) -> Result:
    return run("redmine", *files, "--url", redmine.url, "--project", "ke-hoach", *more)


def test_redmine_from_dry_run_to_conflict(redmine: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEHOACH_REDMINE_KEY", KEYS["clerk"])
    shown = to(redmine, "--dry-run")
    assert shown.exit_code == 0
    assert "Sẽ tạo" in shown.stdout
    assert shown.stdout.rstrip().endswith(
        "17 sẽ tạo, 0 sẽ cập nhật, 0 giữ nguyên, 0 xung đột. Chưa gửi gì (--dry-run)."
    )
    assert redmine.sent("POST") == 0
    assert "17 đã tạo, 0 đã cập nhật, 0 giữ nguyên, 0 xung đột." in to(redmine).stdout
    newer = tmp_path / "moi.txt"
    newer.write_text(
        SAMPLE.read_text("utf-8").replace("trình trước ngày 30/9/2026", "trình trước ngày 31/12/2026"), "utf-8"
    )
    planned = to(redmine, "--dry-run", files=(newer,))
    assert "Hạn: 29/09/2026 → 30/12/2026" in planned.stdout
    assert "Bắt đầu" not in planned.stdout
    issue = next(i for i in redmine.answer.issues.values() if i["due_date"] == "2026-09-29")  # type: ignore[attr-defined]
    redmine.answer.edit(issue["id"], due_date="2026-10-15")  # type: ignore[attr-defined]
    clash = to(redmine, "--format", "json", files=(newer,))
    assert clash.exit_code == 10
    body = json.loads(clash.stdout)
    assert body["counts"] == {
        "create": 0,
        "update": 0,
        "unchanged": 16,
        "conflict": 1,
        "failed": 0,
        "not_sent": 0,
        "gone": 0,
    }
    (item,) = (i for i in body["items"] if i["state"] == "conflict")
    assert item["conflicts"] == {"due_date": {"tracker": "2026-10-15", "plan": "2026-12-30"}}
    assert "--force" in to(redmine, files=(newer,)).stdout
    assert "1 đã cập nhật" in to(redmine, "--force", files=(newer,)).stdout
    assert len(redmine.answer.issues) == 17  # type: ignore[attr-defined]


def test_json_of_an_earlier_run_can_be_sent(redmine: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEHOACH_REDMINE_KEY", KEYS["clerk"])
    extracted = tmp_path / "kq.json"
    assert CliRunner().invoke(main, ["extract", str(SAMPLE), "-o", str(extracted)]).exit_code == 0
    assert to(redmine).exit_code == 0
    assert "17 giữ nguyên" in to(redmine, files=(extracted,)).stdout


def test_one_of_two_files_cannot_be_read(redmine: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KEHOACH_REDMINE_KEY", KEYS["clerk"])
    result = to(redmine, files=(SAMPLE, tmp_path / "khong-co.pdf"))
    assert result.exit_code == 6
    assert "17 đã tạo" in result.stdout
    assert "khong-co.pdf" in result.stderr


FAILURES: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "no secret": (["--url", "{url}", "--project", "ke-hoach"], {}, 8, "KEHOACH_REDMINE_KEY"),
    "wrong secret": (["--url", "{url}", "--project", "ke-hoach"], {"KEHOACH_REDMINE_KEY": PASSWORD}, 8, "khóa API"),
    "secret with a line end in it": (
        ["--url", "{url}", "--project", "x"],
        {"KEHOACH_REDMINE_KEY": f"{PASSWORD}\nX: 1"},
        8,
        "ký tự",
    ),
    "no permission": (["--url", "{url}", "--project", "ke-hoach"], {"KEHOACH_REDMINE_KEY": KEYS["reader"]}, 9, "quyền"),
    "no such project": (
        ["--url", "{url}", "--project", "khong-co"],
        {"KEHOACH_REDMINE_KEY": KEYS["clerk"]},
        11,
        "khong-co",
    ),
    "nobody there": (
        ["--url", "http://127.0.0.1:9", "--project", "x"],
        {"KEHOACH_REDMINE_KEY": PASSWORD},
        12,
        "từ chối kết nối",
    ),
    "no such server": (
        ["--url", "https://khong-co.invalid", "--project", "x"],
        {"KEHOACH_REDMINE_KEY": PASSWORD},
        12,
        "Không tìm thấy máy chủ",
    ),
    "no address": (["--url", "may-chu", "--project", "x"], {"KEHOACH_REDMINE_KEY": PASSWORD}, 11, "địa chỉ web"),
    "password in the address": (["--url", f"https://a:{PASSWORD}@x.invalid", "--project", "x"], {}, 11, "@"),
    "unencrypted": (
        ["--url", "http://cong-viec.invalid", "--project", "x"],
        {"KEHOACH_REDMINE_KEY": PASSWORD},
        11,
        "--allow-http",
    ),
}


@pytest.mark.parametrize(("arguments", "environment", "code", "word"), FAILURES.values(), ids=FAILURES)
def test_failures_are_told_in_vietnamese_with_their_exit_code(
    redmine: Server,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    environment: dict[str, str],
    code: int,
    word: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = run("redmine", SAMPLE, *(a.format(url=redmine.url) for a in arguments))
    assert result.exit_code == code, result.output
    assert word in result.stderr
    assert PASSWORD not in result.output
    assert re.search(r"[À-ỹ]", result.stderr)


def test_secrets_are_seen_nowhere(
    redmine: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Not in output, errors, logs of any library, the log of what was sent, or the text of any exception."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setitem(KEYS, "clerk", PASSWORD)
    monkeypatch.setenv("KEHOACH_REDMINE_KEY", PASSWORD)
    errors = redmine.answer._errors  # type: ignore[attr-defined]
    redmine.answer._errors = lambda issue: (
        errors(issue) or ([f"key {PASSWORD} seen"] if "báo cáo" in issue["subject"] else [])
    )  # type: ignore[attr-defined]
    redmine.faults = [status(500), status(429)]
    result = to(redmine, "--format", "json")
    assert result.exit_code == 6
    assert "key *** seen" in result.stdout
    told = [result.output, caplog.text, *(p.read_text("utf-8") for p in tmp_path.rglob("*.jsonl"))]
    if result.exc_info:
        told.append("".join(traceback.format_exception(result.exc_info[1])))
    assert any(tmp_path.rglob("*.jsonl"))
    assert not [t for t in told if PASSWORD in t]
    assert all(PASSWORD not in path and PASSWORD.encode() not in body for _, path, _, body in redmine.requests)
    assert PASSWORD not in repr(Secret(PASSWORD)) + str(Secret(PASSWORD)) + f"{Secret(PASSWORD)}"


@pytest.mark.parametrize(
    ("kind", "options", "answer"),
    [
        ("caldav", ["--user", "van-thu"], (401, b"")),
        ("caldav", ["--user", "van-thu"], (200, b"<html>")),
        ("caldav", ["--user", "van-thu"], (500, b"")),
        ("webhook", [], (401, b"")),
        ("webhook", [], (422, b"")),
    ],
)
def test_no_tracker_shows_a_secret(
    kind: str, options: list[str], answer: tuple[int, bytes], monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, tmp_path: Path,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv(ENVIRONMENT[kind], PASSWORD)
    with serving(Server(lambda *_: answer, striking="")) as server:
        result = run(kind, SAMPLE, "--url", server.url, *options)
        assert server.requests
    assert result.exit_code in (6, 8, 11, 12)
    told = [result.output, caplog.text, *(p.read_text("utf-8") for p in tmp_path.rglob("*.jsonl"))]
    encoded = base64.b64encode(f"van-thu:{PASSWORD}".encode()).decode()
    assert not [t for t in told if PASSWORD in t or encoded in t]
    assert not [line for line in result.stderr.splitlines() if not re.search(r"[À-ỹ]", line)]


def test_no_option_takes_a_secret() -> None:
    for command in push.command.commands.values():
        names = {o for p in command.params for o in p.opts}
        assert not {n for n in names if re.search(r"password|secret|key|token|pass", n)}


def test_secret_from_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = pytest.importorskip("keyring")
    monkeypatch.setattr(
        keyring,
        "get_password",
        lambda service, account: {("kehoach-caldav", "van-thu@lich.vn"): PASSWORD}.get((service, account)),
    )
    assert find_secret("caldav", "van-thu@lich.vn").reveal() == PASSWORD
    monkeypatch.setenv("KEHOACH_CALDAV_PASSWORD", "cua-moi-truong")
    assert find_secret("caldav", "van-thu@lich.vn").reveal() == "cua-moi-truong"
    monkeypatch.delenv("KEHOACH_CALDAV_PASSWORD")
    with pytest.raises(LoginError, match="keyring set kehoach-caldav khac@lich"):
        find_secret("caldav", "khac@lich.vn")


ADDRESSES = {
    "https://a.vn/": "https://a.vn",
    "https://a.vn/redmine/#top": "https://a.vn/redmine",
    "http://127.0.0.1:8080": "http://127.0.0.1:8080",
    "http://localhost/x": "http://localhost/x",
    "http://[::1]:80": "http://[::1]:80",
}


@pytest.mark.parametrize(("typed", "wanted"), ADDRESSES.items())
def test_addresses(typed: str, wanted: str) -> None:
    assert checked(typed) == wanted


@pytest.mark.parametrize(
    "typed", ["ftp://a.vn", "https://", "a.vn", "https://a:b@c.vn", "http://a.vn", "https://[", "file:///etc/passwd"]
)
def test_addresses_that_are_refused(typed: str) -> None:
    with pytest.raises(NoTargetError):
        checked(typed)


def test_http_where_it_is_allowed() -> None:
    assert checked("http://a.vn", allow_http=True) == "http://a.vn"


@pytest.mark.parametrize("name", ["Kế hoạch", "", "a.b", "x" * 41])
def test_a_plan_key_is_plain(redmine: Server, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("KEHOACH_REDMINE_KEY", KEYS["clerk"])
    assert to(redmine, "--plan", name).exit_code == 2
    assert redmine.requests == []


def test_a_missing_library_is_named_with_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "find_spec", lambda name: None)
    result = run("caldav", SAMPLE, "--url", "https://lich.vn", "--user", "van-thu")
    assert result.exit_code == 5
    assert 'pip install "kehoach[push]"' in result.stderr


def test_doctor_lists_the_libraries_of_push() -> None:
    out = CliRunner().invoke(main, ["doctor"]).stdout
    for name in ("caldav", "httpx", "keyring", "tenacity", "filelock"):
        assert name in out


OFFLINE = [
    ["extract", "{sample}", "--format", "html"],
    ["tasks", "{sample}"],
    ["cite", "{sample}"],
    ["diff", "{sample}", "{sample}"],
    ["audit", "{sample}", "--register", "{folder}/so.sqlite"],
    ["doctor"],
    ["schema"],
    ["push", "--help"],
]
BLOCKED = (
    "import socket, sys\n"
    "def no(*a, **k): sys.stderr.write('CONNECTED'); raise SystemExit(99)\n"
    "socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = no\n"
    "from extractor.cli import main\n"
    "main(prog_name='kehoach')\n"
)


def blocked(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SAMPLES.parent), "KEHOACH_REDMINE_KEY": PASSWORD}
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.mark.parametrize("arguments", OFFLINE, ids=[a[0] for a in OFFLINE])
def test_without_an_address_nothing_connects(arguments: list[str], tmp_path: Path) -> None:
    """Every way to another machine is blocked; the command does not notice."""
    register = tmp_path / "so.csv"
    register.write_text("Số, ký hiệu,Ngày ban hành\n118/2025/NĐ-CP,09/06/2025\n", "utf-8")
    filled: list[str] = [a.format(sample=SAMPLE, folder=tmp_path) for a in arguments]
    if "--register" in filled:
        CliRunner().invoke(main, ["register", "import", str(register), "--register", str(tmp_path / "so.sqlite")])
    done = blocked(*filled)
    assert "CONNECTED" not in done.stderr
    assert done.returncode in (0, 10), done.stderr


def test_push_does_and_the_block_sees_it() -> None:
    assert (
        "CONNECTED" in blocked("push", "redmine", str(SAMPLE), "--url", "http://127.0.0.1:9", "--project", "x").stderr
    )
