"""Tasks into a calendar of a real Radicale, and what a server in trouble makes of it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from trackers import TASKS, Server, moved, plan, radicale, serving, status

from extractor.deliver import retry
from extractor.deliver.log import Log
from extractor.deliver.run import Delivery, deliver
from extractor.deliver.secrets import Secret
from extractor.document import Document
from extractor.errors import DeliveryError, ForbiddenError, LoginError, NetworkError, NoTargetError
from extractor.export.delivery import counts

caldav = pytest.importorskip("caldav", reason="caldav talks to the calendar")
pytest.importorskip("radicale", reason="Radicale is the calendar server")
icalendar = pytest.importorskip("icalendar")

from extractor.deliver.caldav import CalDav  # noqa: E402

PASSWORD = "mat-khau-dai"
ITEMS = 5


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with radicale(tmp_path_factory.mktemp("radicale"), PASSWORD) as url:
        yield url


class Place:
    """A calendar, as the tests use it: what a person sees and does there, and tasks sent to it."""

    def __init__(self, url: str, name: str, folder: Path) -> None:
        self.root, self.name, self.log = url, name, Log(folder / "log.jsonl")
        self.client = caldav.DAVClient(f"{url}/", username="van-thu", password=PASSWORD, enable_rfc6764=False)
        self.calendar = self.client.principal().make_calendar(
            name=f"Việc {name}", cal_id=name, supported_calendar_component_set=["VTODO"]
        )
        self.url = f"{url}/van-thu/{name}"

    def tracker(self, **options: Any) -> CalDav:
        return CalDav(
            options.pop("url", self.url),
            options.pop("user", "van-thu"),
            Secret(options.pop("password", PASSWORD)),
            timeout=20,
            **options,
        )

    def send(self, document: Document, **options: Any) -> Delivery:
        own = {k: options.pop(k) for k in ("url", "user", "password", "name") if k in options}
        return deliver([document], self.tracker(**own), self.log, **options)

    def todos(self) -> list[Any]:
        found = self.calendar.search(todo=True, include_completed=True)
        return sorted(found, key=lambda t: str(t.icalendar_component["SUMMARY"]))

    def todo(self, word: str) -> Any:
        (found,) = (t for t in self.todos() if word in t.icalendar_component["DESCRIPTION"])
        return found

    def edit(self, word: str, **properties: Any) -> None:
        """Changes a to-do, as an app does."""
        todo = self.todo(word)
        with todo.edit_icalendar_component() as component:
            for name, value in properties.items():
                component.pop(name, None)
                component.add(name, value)
        todo.save()


@pytest.fixture
def place(server: str, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    return Place(server, f"c{abs(hash(request.node.name))}", tmp_path)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "pause", lambda seconds: None)


def numbers(delivery: Delivery) -> tuple[int, int, int, int]:
    assert delivery.error is None
    n = counts(delivery)
    return n["create"], n["update"], n["unchanged"], n["conflict"]


def test_creates_once_and_then_leaves_alone(place: Place) -> None:
    assert numbers(place.send(plan())) == (ITEMS, 0, 0, 0)
    todo = place.todo("vị trí việc làm").icalendar_component
    assert todo["DUE"].dt == dt.date(2026, 6, 29)
    assert str(todo["CONTACT"]) == "Phòng Tổ chức, biên chế"
    assert len(todo.walk("VALARM")) == 3
    etags = {t.url: t.etag for t in place.todos()}
    assert numbers(place.send(plan())) == (0, 0, ITEMS, 0)
    assert {t.url: t.etag for t in place.todos()} == etags


def test_a_lost_log_makes_no_second_todo(place: Place) -> None:
    place.send(plan())
    place.log.path.unlink()
    assert numbers(place.send(plan())) == (0, 0, ITEMS, 0)
    assert len(place.todos()) == ITEMS


def test_a_dry_run_changes_nothing(place: Place) -> None:
    assert numbers(place.send(plan(), dry_run=True)) == (ITEMS, 0, 0, 0)
    assert place.todos() == []
    assert not place.log.path.exists()


def test_a_moved_deadline_moves_the_same_todo_and_leaves_the_rest_of_it(place: Place) -> None:
    place.send(plan())
    place.edit("vị trí việc làm", PRIORITY=1, **{"PERCENT-COMPLETE": 40, "STATUS": "IN-PROCESS", "X-APP": "một"})
    uid = place.todo("vị trí việc làm").icalendar_component["UID"]
    assert numbers(place.send(moved())) == (0, 1, ITEMS - 1, 0)
    todo = place.todo("vị trí việc làm").icalendar_component
    assert todo["UID"] == uid
    assert todo["DUE"].dt == dt.date(2026, 9, 29)
    assert (str(todo["STATUS"]), todo["PERCENT-COMPLETE"], todo["PRIORITY"], str(todo["X-APP"])) == (
        "IN-PROCESS",
        40,
        1,
        "một",
    )
    assert len(todo.walk("VALARM")) == 3
    assert len(place.todos()) == ITEMS


def test_a_day_that_recurs_becomes_a_single_day(place: Place) -> None:
    place.send(plan())
    single = plan(TASKS[0], TASKS[1].replace("trước ngày 25 hằng tháng", "hoàn thành trước ngày 25/3/2026"), *TASKS[2:])
    assert numbers(place.send(single))[1] == 1
    todo = place.todo("cập nhật số liệu").icalendar_component
    assert todo["DUE"].dt == dt.date(2026, 3, 24)
    assert "RRULE" not in todo
    assert "DTSTART" not in todo
    assert numbers(place.send(plan()))[1] == 1
    assert "RRULE" in place.todo("cập nhật số liệu").icalendar_component


def test_a_persons_change_stays_and_is_told(place: Place) -> None:
    place.send(plan())
    place.edit("vị trí việc làm", DUE=dt.date(2026, 7, 15), CATEGORIES=["Gấp", "Báo cáo"])
    kept = place.send(plan())
    assert numbers(kept) == (0, 0, ITEMS, 0)
    assert kept.outcomes[0].step.kept == ("dates", "categories")
    both = place.send(moved())
    assert numbers(both) == (0, 0, ITEMS - 1, 1)
    assert [*both.outcomes[0].step.conflicts] == ["dates"]
    assert place.todo("vị trí việc làm").icalendar_component["DUE"].dt == dt.date(2026, 7, 15)
    assert numbers(place.send(moved(), force=True)) == (0, 1, ITEMS - 1, 0)
    assert place.todo("vị trí việc làm").icalendar_component["DUE"].dt == dt.date(2026, 9, 29)


def test_another_way_of_writing_the_same_is_no_change(place: Place) -> None:
    """Apps write the time in UTC, order the labels anew and end lines otherwise."""
    place.send(plan())
    todo = place.todo("cập nhật số liệu")
    with todo.edit_icalendar_component() as component:
        for name in ("DTSTART", "DUE"):
            moment = component[name].dt.astimezone(dt.UTC)
            del component[name]
            component.add(name, moment)
        labels = sorted((str(c) for c in component["CATEGORIES"].cats), reverse=True)
        del component["CATEGORIES"]
        component.add("CATEGORIES", labels)
    todo.save()
    sent = place.send(plan())
    assert [o.step.kept for o in sent.outcomes] == [()] * ITEMS


def test_a_deleted_todo_comes_back_only_by_force(place: Place) -> None:
    place.send(plan())
    place.todo("vị trí việc làm").delete()
    sent = place.send(plan())
    assert numbers(sent) == (0, 0, ITEMS - 1, 1)
    assert sent.outcomes[0].step.deleted
    assert len(place.todos()) == ITEMS - 1
    assert numbers(place.send(plan(), force=True)) == (1, 0, ITEMS - 1, 0)
    assert numbers(place.send(plan())) == (0, 0, ITEMS, 0)


def test_a_dropped_task_is_reported_and_stays(place: Place) -> None:
    place.send(plan())
    assert [g.name for g in place.send(plan(*TASKS[:3])).gone] == ["Các phòng thường xuyên tự kiểm tra công vụ"]
    assert len(place.todos()) == ITEMS


def test_two_runs_at_once(place: Place) -> None:
    """With one log they wait for each other; with two logs the server keeps the second from creating."""
    logs = [place.log, place.log, Log(place.log.path.with_name("another.jsonl"))]
    sent: list[Delivery] = []
    threads = [
        threading.Thread(target=lambda log=log: sent.append(deliver([plan()], place.tracker(), log))) for log in logs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert [d.error for d in sent] == [None] * 3
    assert len(place.todos()) == ITEMS
    assert sum(counts(d)["failed"] + counts(d)["conflict"] for d in sent) == 0


def test_somebody_writes_at_the_same_moment(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.send(plan())
    tracker = place.tracker()
    current = tracker.current
    monkeypatch.setattr(
        tracker, "current", lambda *a: (list(current(*a)), place.edit("vị trí việc làm", DUE=dt.date(2026, 8, 1)))[0]
    )
    sent = deliver([moved()], tracker, place.log)
    assert [*sent.outcomes[0].step.conflicts] == ["dates"]
    assert place.todo("vị trí việc làm").icalendar_component["DUE"].dt == dt.date(2026, 8, 1)


def test_the_calendar_can_be_named(place: Place) -> None:
    assert numbers(place.send(plan(), url=place.root, name=f"Việc {place.name}")) == (ITEMS, 0, 0, 0)
    assert len(place.todos()) == ITEMS


REFUSED = {
    "wrong password": ({"password": "sai-mat-khau"}, LoginError, 8, "mật khẩu"),
    "somebody else's calendar": ({"url": "{root}/lanh-dao/lich"}, ForbiddenError, 9, "quyền"),
    "no such calendar": ({"url": "{root}/van-thu/khong-co"}, NoTargetError, 11, "lịch"),
    "no such name": ({"url": "{root}", "name": "Không có"}, NoTargetError, 11, "Việc"),
    "nobody there": ({"url": "http://127.0.0.1:9"}, NetworkError, 12, "kết nối"),
    "no such server": ({"url": "https://khong-co.invalid"}, NetworkError, 12, "Không tìm thấy máy chủ"),
}


@pytest.mark.parametrize(("options", "kind", "code", "word"), REFUSED.values(), ids=REFUSED)
def test_refusals_are_typed(
    place: Place, options: dict[str, str], kind: type[DeliveryError], code: int, word: str
) -> None:
    error = place.send(plan(), **{k: v.format(root=place.root) for k, v in options.items()}).error
    assert type(error) is kind
    assert error.exit_code == code
    assert word in str(error)
    assert options.get("password", PASSWORD) not in str(error)


@pytest.mark.parametrize("code", [500, 503, 429])
def test_a_server_in_trouble_is_asked_again(tmp_path: Path, code: int) -> None:
    with serving(Server(lambda *_: (code, b""), striking="")) as server:
        error = deliver([plan()], CalDav(server.url, "van-thu", Secret(PASSWORD)), Log(tmp_path / "l")).error
        assert len(server.requests) == retry.ATTEMPTS
    assert isinstance(error, NetworkError)


def test_a_page_that_is_no_calendar_server(tmp_path: Path) -> None:
    with serving(Server(lambda *_: (200, b"<html>Cong thong tin</html>"), striking="")) as server:
        error = deliver([plan()], CalDav(server.url, "van-thu", Secret(PASSWORD)), Log(tmp_path / "l")).error
    assert isinstance(error, NoTargetError)


def test_a_redirect_is_not_followed(tmp_path: Path) -> None:
    with (
        serving(Server(lambda *_: (200, b""))) as other,
        serving(Server(lambda *_: (200, b""), striking="PROPFIND")) as server,
    ):
        server.faults = [status(302, Location=f"{other.url}/lich/")]
        error = deliver([plan()], CalDav(server.url, "van-thu", Secret(PASSWORD)), Log(tmp_path / "l")).error
        assert (len(server.requests), other.requests) == (1, [])
    assert isinstance(error, NoTargetError)
    assert "chuyển" in str(error)
