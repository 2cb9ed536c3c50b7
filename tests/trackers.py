"""Servers that tests send tasks to: a real Radicale, a real Redmine where it is installed, and one that keeps Redmine's
rules and breaks down when it is told to."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from extractor import Document, extract_text

HEAD = """SỞ NỘI VỤ

Số: {number}

Huế, ngày 9 tháng 1 năm 2026

KẾ HOẠCH

Cải cách hành chính năm 2026

II. NHIỆM VỤ

"""
FOOT = """

GIÁM ĐỐC

Phan Văn Bình
"""
TASKS = (
    "Phòng Tổ chức, biên chế chủ trì, phối hợp với Văn phòng Sở rà soát danh mục vị trí việc làm, hoàn thành trước ngày 30/6/2026.",
    "Văn phòng Sở cập nhật số liệu trước ngày 25 hằng tháng.",
    "Thanh tra Sở xây dựng báo cáo gửi UBND tỉnh trước ngày 15/6/2026 và trước ngày 10/12/2026.",
    "Các phòng thường xuyên tự kiểm tra công vụ.",
)  # fmt: skip


def plan(*tasks: str, number: str = "5/KH-SNV") -> Document:
    """A plan of these tasks."""
    body = "\n\n".join(f"{n}. {t}" for n, t in enumerate(tasks or TASKS, 1))
    return extract_text(HEAD.format(number=number) + body + FOOT, name="ke-hoach.txt")


def moved(*, of: int = 0, before: str = "30/6/2026", after: str = "30/9/2026") -> Document:
    """The plan with the deadline of one task moved."""
    return plan(*(t.replace(before, after) if n == of else t for n, t in enumerate(TASKS)))


# --- a server that is told how to fail ---------------------------------------------------------------------------


class Faulty(BaseHTTPRequestHandler):
    """Answers with what `server.answer` says, after the next of `server.faults`."""

    protocol_version = "HTTP/1.1"
    server: Any

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path, dict(self.headers), body))
        fault = self.server.faults.pop(0) if self.server.faults and self.server.strikes(self.command) else None
        if fault and fault(self, "before"):
            return
        status, answer = self.server.answer(self.command, self.path, self.headers, body)
        if fault and fault(self, "after"):
            return
        self.reply(status, answer)

    do_GET = do_POST = do_PUT = do_PROPFIND = do_REPORT = do_OPTIONS = _serve

    def reply(self, status: int, body: Any = None, headers: dict[str, str] | None = None) -> None:
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


Fault = Callable[[Faulty, str], bool]


def status(code: int, *, when: str = "before", **headers: str) -> Fault:
    """Answers with this status, before or after the request was carried out."""

    def fault(request: Faulty, now: str) -> bool:
        if now == when:
            request.reply(code, {"error": "no"}, {k.replace("_", "-"): v for k, v in headers.items()})
        return now == when

    return fault


def dropped(*, when: str = "before", midway: bool = False) -> Fault:
    """Hangs up, with or without half an answer."""

    def fault(request: Faulty, now: str) -> bool:
        if now != when:
            return False
        if midway:
            request.wfile.write(
                b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"id"'
            )
            request.wfile.flush()
        request.close_connection = True
        request.connection.shutdown(socket.SHUT_RDWR)
        return True

    return fault


def slow(seconds: float) -> Fault:
    """Answers a byte at a time for so long."""

    def fault(request: Faulty, now: str) -> bool:
        if now == "before":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            end = time.monotonic() + seconds
            try:
                while time.monotonic() < end:
                    request.wfile.write(b" ")
                    request.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                pass
            request.close_connection = True
        return now == "before"

    return fault


class Server(ThreadingHTTPServer):
    """`requests` are what came, `faults` what is done to the next ones of a method in `striking`."""

    daemon_threads = True
    address_family = socket.AF_INET

    def __init__(self, answer: Callable[..., tuple[int, Any]], striking: str = "POST PUT") -> None:
        super().__init__(("127.0.0.1", 0), Faulty)
        self.answer, self.striking = answer, striking
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.faults: list[Fault] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def strikes(self, method: str) -> bool:
        return method in self.striking.split()

    def sent(self, method: str) -> int:
        """How many requests of the method came."""
        return sum(1 for m, *_ in self.requests if m == method)

    def handle_error(self, *_: Any) -> None:
        pass


@contextmanager
def serving(server: Server) -> Iterator[Server]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# --- Redmine's rules ---------------------------------------------------------------------------------------------

KEYS = {"clerk": "c" * 40, "reader": "r" * 40}


class FakeRedmine:
    """Projects "ke-hoach" (the clerk may write, the reader may read) and "kin" (nobody may look)."""

    def __init__(self) -> None:
        self.issues: dict[int, dict[str, Any]] = {}
        self.clock = dt.datetime(2026, 1, 10, tzinfo=dt.UTC)

    def __call__(self, method: str, path: str, headers: Any, body: bytes) -> tuple[int, Any]:
        who = next((n for n, k in KEYS.items() if k == headers.get("X-Redmine-API-Key")), None)
        parts = urlsplit(path)
        query = {k: v[0] for k, v in parse_qs(parts.query).items()}
        if who is None:
            return 401, None
        if parts.path == "/users/current.json":
            return 200, {"user": {"login": who, "api_key": KEYS[who]}}
        if parts.path.startswith("/projects/"):
            return 200, {"project": {"identifier": "ke-hoach", "trackers": [{"id": 3, "name": "Task"}]}}
        if parts.path == "/issues.json" and method == "GET":
            return self._list(query)
        if method != "GET" and who != "clerk":
            return 403, None
        wanted = json.loads(body)["issue"] if body else {}
        if method == "POST":
            return self._create(wanted)
        issue = self.issues.get(int(parts.path.removeprefix("/issues/").removesuffix(".json")))
        if issue is None:
            return 404, None
        if method == "GET":
            return 200, {"issue": issue}
        if errors := self._errors({**issue, **wanted}):
            return 422, {"errors": errors}
        self.edit(issue["id"], **wanted)
        return 204, None

    def edit(self, id_: int, **fields: Any) -> None:
        """Changes an issue, as a person does on the page."""
        self.clock += dt.timedelta(seconds=1)
        kept = {k: (v or None) if k.endswith("_date") else v for k, v in fields.items()}
        if "description" in kept:
            kept["description"] = kept["description"].replace("\r\n", "\n").replace("\n", "\r\n")
        self.issues[id_] = {**self.issues[id_], **kept, "updated_on": self.clock.isoformat()}

    def _list(self, query: dict[str, str]) -> tuple[int, Any]:
        if query.get("project_id") not in (None, "ke-hoach"):
            return (403 if query["project_id"] == "kin" else 404), None
        found = list(self.issues.values())
        if "issue_id" in query:
            found = [i for i in found if str(i["id"]) in query["issue_id"].split(",")]
        if "description" in query:
            found = [i for i in found if query["description"].lstrip("~") in i["description"]]
        if query.get("status_id") != "*":
            found = [i for i in found if not i["closed"]]
        limit, offset = min(int(query.get("limit", 25)), 100), int(query.get("offset", 0))
        return 200, {
            "issues": found[offset : offset + limit],
            "total_count": len(found),
            "offset": offset,
            "limit": limit,
        }

    def _create(self, wanted: dict[str, Any]) -> tuple[int, Any]:
        if wanted["project_id"] != "ke-hoach":
            return 404, None
        issue = {"start_date": self.clock.date().isoformat(), **wanted}  # Redmine: the day of creation
        if errors := self._errors(issue):
            return 422, {"errors": errors}
        id_ = len(self.issues) + 1
        self.issues[id_] = {"id": id_, "closed": False}
        self.edit(
            id_, **{k: issue.get(k) or "" for k in ("subject", "description", "start_date", "due_date", "tracker_id")}
        )
        return 201, {"issue": self.issues[id_]}

    def _errors(self, issue: dict[str, Any]) -> list[str]:
        errors = []
        if not issue.get("subject"):
            errors.append("Subject cannot be blank")
        if len(issue.get("subject") or "") > 255:
            errors.append("Subject is too long (maximum is 255 characters)")
        days = {}
        for name in ("start_date", "due_date"):
            if issue.get(name):
                try:
                    days[name] = dt.date.fromisoformat(issue[name])
                except ValueError:
                    errors.append(f"{name.replace('_', ' ').capitalize()} is not a valid date")
        if len(days) == 2 and days["due_date"] < days["start_date"]:
            errors.append("Due date must be greater than start date")
        return errors


# --- real servers ------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            assert process.poll() is None, "the server ended"
            time.sleep(0.1)
    raise AssertionError("the server did not come up")


@contextmanager
def running(command: list[str], port: int, log: Path, **options: Any) -> Iterator[None]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, **options)
        try:
            wait_for(port, process)
            yield
        finally:
            process.terminate()
            process.wait(20)


@contextmanager
def radicale(folder: Path, password: str) -> Iterator[str]:
    """Radicale on this machine, with the account "van-thu"."""
    port = free_port()
    (folder / "users").write_text(f"van-thu:{password}\n", encoding="utf-8")
    settings = {
        "server-hosts": f"127.0.0.1:{port}", "auth-type": "htpasswd", "auth-htpasswd-encryption": "plain",
        "auth-htpasswd-filename": str(folder / "users"), "auth-delay": "0",
        "storage-filesystem-folder": str(folder / "collections"),
    }  # fmt: skip
    arguments = [x for name, value in settings.items() for x in (f"--{name}", value)]
    with running([sys.executable, "-m", "radicale", *arguments], port, folder / "radicale.log"):
        yield f"http://127.0.0.1:{port}"


REDMINE = Path("/usr/share/redmine")
_WEBRICK = Path("/usr/share/rubygems-integration/all/gems")
_SEED = """
Setting.rest_api_enabled = '1'
Setting.default_language = 'en'
Redmine::DefaultData::Loader.load('en')
def person(login)
  u = User.new(:firstname => login, :lastname => 'Test', :mail => "#{login}@example.invalid", :language => 'en')
  u.login = login; u.password = u.password_confirmation = 'long-enough-1'; u.status = 1
  u.save!; u
end
all = {:trackers => Tracker.all, :enabled_module_names => ['issue_tracking']}
project = Project.create!(all.merge(:name => 'Ke hoach', :identifier => 'ke-hoach'))
Project.create!(all.merge(:name => 'Kin', :identifier => 'kin', :is_public => false))
clerk, reader = person('clerk'), person('reader')
Member.create!(:project => project, :principal => clerk, :roles => [Role.find_by(:name => 'Manager')])
role = Role.create!(:name => 'Reads', :permissions => [:view_issues])
Member.create!(:project => project, :principal => reader, :roles => [role])
Role.non_member.update!(:permissions => [:view_issues])
require 'json'
puts 'KEYS ' + JSON.generate({:clerk => clerk.api_key, :reader => reader.api_key})
"""


def redmine_missing() -> str | None:
    """Why a real Redmine cannot be started here, or None."""
    if not REDMINE.is_dir() or not shutil.which("bundle"):
        return "Redmine is not installed (apt-get install redmine redmine-sqlite)"
    if not list(_WEBRICK.glob("webrick-*/lib")):
        return "ruby-webrick is not installed"
    return None


class RealRedmine:
    """Debian's Redmine with a database of its own in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        for name in ("config", "log", "tmp/cache", "files", "public"):
            (folder / name).mkdir(parents=True)
        database = f"production:\n  adapter: sqlite3\n  database: {folder}/redmine.sqlite\n  timeout: 10000\n"
        (folder / "config" / "database.yml").write_text(database, encoding="utf-8")
        (folder / "config" / "secret_key.txt").write_text("0123456789abcdef" * 8, encoding="utf-8")
        (folder / "seed.rb").write_text(_SEED, encoding="utf-8")
        self.environment = {
            **os.environ,
            "RAILS_ENV": "production",
            # Debian looks for an instance below its own folder; the way out of there leads to ours.
            "X_DEBIAN_SITEID": "../" * 12 + str(folder).lstrip("/"),
            "SCHEMA": str(folder / "schema.rb"),
            "RUBYLIB": str(next(_WEBRICK.glob("webrick-*/lib"))),
        }
        self._run("rake", "db:migrate")
        told = self._run("rails", "runner", str(folder / "seed.rb"))
        self.keys: dict[str, str] = json.loads(told.split("KEYS ", 1)[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run_script(self, script: str) -> str:
        """What a Ruby script prints that runs inside this Redmine."""
        path = self.folder / "script.rb"
        path.write_text(script, encoding="utf-8")
        return self._run("rails", "runner", str(path))

    def _run(self, *command: str) -> str:
        done = subprocess.run(
            ["bundle", "exec", *command], cwd=REDMINE, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    @contextmanager
    def running(self) -> Iterator[None]:
        command = [
            "bundle",
            "exec",
            "rackup",
            "-s",
            "webrick",
            "-E",
            "production",
            "-o",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        with running(command, self.port, self.folder / "server.log", cwd=REDMINE, env=self.environment):
            yield
