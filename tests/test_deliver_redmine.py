"""Tasks into Redmine: into a real one where it is installed, and into one that breaks down."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trackers
from trackers import (
    KEYS,
    TASKS,
    FakeRedmine,
    RealRedmine,
    Server,
    dropped,
    moved,
    plan,
    redmine_missing,
    serving,
    status,
)

from extractor.deliver import retry
from extractor.deliver.http import Http
from extractor.deliver.log import Log
from extractor.deliver.redmine import Redmine, marked, unmarked
from extractor.deliver.run import Delivery, deliver
from extractor.deliver.secrets import Secret
from extractor.document import Document
from extractor.errors import (
    DeliveryError,
    ForbiddenError,
    LoginError,
    NetworkError,
    NoTargetError,
    UndecidedError,
)
from extractor.export import EXPORTERS, Settings
from extractor.export.delivery import counts

ITEMS = 5  # of `plan()`: one task has two days


class Place:
    """A Redmine, as the tests use it: what a person sees and does there, and tasks sent to it."""

    def __init__(self, url: str, keys: dict[str, str], folder: Path) -> None:
        self.url, self.keys, self.log = url, keys, Log(folder / "log.jsonl")

    def tracker(self, who: str = "clerk", project: str = "ke-hoach", kind: str | None = None) -> Redmine:
        key = self.keys.get(who, "0" * 40)
        return Redmine(Http(self.url, Secret(key), headers={"X-Redmine-API-Key": key}, timeout=20), project, kind)

    def send(self, document: Document, **options: Any) -> Delivery:
        who = options.pop("who", "clerk")
        project = options.pop("project", "ke-hoach")
        return deliver([document], self.tracker(who, project), self.log, **options)

    def call(self, method: str, path: str, issue: dict[str, Any] | None = None) -> Any:
        body = None if issue is None else json.dumps({"issue": issue}).encode()
        headers = {"X-Redmine-API-Key": self.keys["clerk"], "Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def issues(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call(
            "GET", "/issues.json?project_id=ke-hoach&status_id=*&limit=100&sort=id"
        )["issues"]
        return sorted((i for i in found if "kehoach:" in i["description"]), key=lambda i: i["id"])


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    waited: list[float] = []
    monkeypatch.setattr(retry, "pause", waited.append)
    return waited


@pytest.fixture(scope="module")
def real_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealRedmine]:
    if reason := redmine_missing():
        pytest.skip(reason)
    server = RealRedmine(tmp_path_factory.mktemp("redmine"))
    with server.running():
        yield server


@pytest.fixture
def fake() -> Iterator[Server]:
    with serving(Server(FakeRedmine())) as server:
        yield server


@pytest.fixture
def broken(fake: Server, tmp_path: Path) -> Place:
    return Place(fake.url, KEYS, tmp_path)


@pytest.fixture(params=["fake", "real"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "fake":
        return Place(request.getfixturevalue("fake").url, KEYS, tmp_path)
    server: RealRedmine = request.getfixturevalue("real_server")
    found = Place(server.url, server.keys, tmp_path)
    for issue in found.issues():
        found.call("DELETE", f"/issues/{issue['id']}.json")
    return found


def numbers(delivery: Delivery) -> tuple[int, int, int, int]:
    n = counts(delivery)
    return n["create"], n["update"], n["unchanged"], n["conflict"]


# --- in a real Redmine and in one with its rules -----------------------------------------------------------------


def test_creates_once_and_then_leaves_alone(place: Place) -> None:
    assert numbers(place.send(plan())) == (ITEMS, 0, 0, 0)
    first, *_ = place.issues()
    assert (
        first["subject"]
        == "Phòng Tổ chức, biên chế chủ trì, phối hợp với Văn phòng Sở rà soát danh mục vị trí việc làm, hoàn thành trước ngày"
    )
    assert (first["start_date"], first["due_date"]) == ("2026-01-09", "2026-06-29")
    assert "Cơ quan chủ trì: Phòng Tổ chức, biên chế" in first["description"]
    assert numbers(place.send(plan())) == (0, 0, ITEMS, 0)
    assert len(place.issues()) == ITEMS


def test_a_lost_log_makes_no_second_issue(place: Place) -> None:
    place.send(plan())
    place.log.path.unlink()
    assert numbers(place.send(plan())) == (0, 0, ITEMS, 0)
    assert len(place.issues()) == ITEMS


def test_a_dry_run_changes_nothing(place: Place) -> None:
    shown = place.send(plan(), dry_run=True)
    assert numbers(shown) == (ITEMS, 0, 0, 0)
    assert place.issues() == []
    assert not place.log.path.exists()


def test_a_moved_deadline_moves_the_same_issue(place: Place) -> None:
    place.send(plan())
    before = place.issues()
    assert numbers(place.send(moved())) == (0, 1, ITEMS - 1, 0)
    after = place.issues()
    assert [i["id"] for i in after] == [i["id"] for i in before]
    assert after[0]["due_date"] == "2026-09-29"


def test_a_persons_change_stays_and_is_told(place: Place) -> None:
    place.send(plan())
    id_ = place.issues()[0]["id"]
    place.call("PUT", f"/issues/{id_}.json", {"due_date": "2026-07-15", "subject": "Rà soát vị trí việc làm"})
    kept = place.send(plan())
    assert numbers(kept) == (0, 0, ITEMS, 0)
    assert kept.outcomes[0].step.kept == ("subject", "due_date")
    both = place.send(moved())
    assert numbers(both) == (0, 0, ITEMS - 1, 1)
    assert [*both.outcomes[0].step.conflicts] == ["due_date"]
    issue = place.issues()[0]
    assert (issue["due_date"], issue["subject"]) == ("2026-07-15", "Rà soát vị trí việc làm")
    assert "30/9/2026" in issue["description"]  # what nobody had touched is up to date
    assert numbers(place.send(moved(), force=True)) == (0, 1, ITEMS - 1, 0)
    assert place.issues()[0]["due_date"] == "2026-09-29"


def test_a_dropped_task_is_reported_and_stays(place: Place) -> None:
    place.send(plan())
    sent = place.send(plan(*TASKS[:3]))
    assert [g.name for g in sent.gone] == ["Các phòng thường xuyên tự kiểm tra công vụ"]
    assert len(place.issues()) == ITEMS
    assert place.send(plan()).gone == ()


def test_an_issue_without_its_mark_is_known_by_its_number(place: Place) -> None:
    place.send(plan())
    first = place.issues()[0]
    place.call("PUT", f"/issues/{first['id']}.json", {"description": "Đã họp."})
    assert numbers(place.send(plan())) == (0, 0, ITEMS, 0)
    assert place.call("GET", f"/issues/{first['id']}.json")["issue"]["description"] == "Đã họp."


def test_a_copied_issue_is_not_taken_for_the_first(place: Place) -> None:
    place.send(plan())
    first = place.issues()[0]
    copied = {k: first[k] for k in ("subject", "description", "start_date", "due_date")}
    place.call("POST", "/issues.json", {**copied, "project_id": "ke-hoach"})
    place.log.path.unlink()
    place.send(moved())
    assert numbers(place.send(moved(), force=True)) == (0, 1, ITEMS - 1, 0)
    assert [i["due_date"] for i in place.issues()][::ITEMS] == ["2026-09-29", "2026-06-29"]


def test_a_long_title_fits_and_markup_stays_text(place: Place) -> None:
    name = "Văn phòng Sở tổng hợp <script>alert(1)</script> và {{include(kin)}} của các phòng"
    place.send(plan(f"{name}, gửi {'Sở Nội vụ; ' * 60}trước ngày 30/6/2026.", *TASKS[1:]))
    issue = place.issues()[0]
    assert len(issue["subject"]) <= 255
    assert name in issue["description"]
    assert numbers(place.send(plan(f"{name}, gửi {'Sở Nội vụ; ' * 60}trước ngày 30/6/2026.", *TASKS[1:])))[2] == ITEMS


REFUSED = {
    "wrong key": ({"who": "nobody"}, LoginError, 8),
    "may only read": ({"who": "reader"}, ForbiddenError, 9),
    "project that is not there": ({"project": "khong-co"}, NoTargetError, 11),
    "project that may not be seen": ({"project": "kin"}, ForbiddenError, 9),
}


@pytest.mark.parametrize(("options", "kind", "code"), REFUSED.values(), ids=REFUSED)
def test_refusals_are_typed(place: Place, options: dict[str, str], kind: type[DeliveryError], code: int) -> None:
    error = place.send(plan(), **options).error
    assert type(error) is kind
    assert error.exit_code == code
    assert place.issues() == []


def test_the_kind_of_issue_can_be_named(broken: Place, fake: Server) -> None:
    deliver([plan()], broken.tracker(kind="task"), broken.log)
    assert {i["tracker_id"] for i in fake.answer.issues.values()} == {3}  # type: ignore[attr-defined]
    assert isinstance(
        deliver([plan(*TASKS, "Thanh tra Sở báo cáo.")], broken.tracker(kind="x"), broken.log).error, NoTargetError
    )


IMPORT = """
require 'stringio'
User.current = User.find_by(:login => 'clerk')
file = StringIO.new(File.read('%s', :encoding => 'utf-8'))
def file.original_filename; 'viec.csv'; end
import = IssueImport.new(:user => User.current, :file => file)
import.set_default_settings(:project_id => 'ke-hoach')
import.settings.merge!('separator' => ',', 'wrapper' => '"', 'encoding' => 'UTF-8', 'date_format' => '%%Y-%%m-%%d')
import.save!
mapped = IssueImport::AUTO_MAPPABLE_FIELDS.keys.map { |f| [f, import.headers.index(f)] }.select(&:last).to_h
import.settings['mapping'] = mapped.merge('project_id' => Project.find('ke-hoach').id, 'tracker' => "value:#{Tracker.first.id}", 'create_categories' => '1')
import.save!
import.run
puts "TAKEN #{import.saved_items.count} REFUSED #{import.unsaved_items.count} MAPPED #{mapped.keys.sort.join(' ')}"
puts "DUE #{import.saved_objects.map(&:due_date).compact.min} #{import.saved_objects.map { |i| i.category.name }.uniq.sort.join(', ')}"
import.saved_objects.each(&:destroy)
"""


def test_redmines_own_import_takes_the_preset(real_server: RealRedmine, tmp_path: Path) -> None:
    path = tmp_path / "viec.csv"
    with path.open("wb") as stream:
        EXPORTERS["csv"].write([plan()], stream, Settings(preset="redmine"))
    told = real_server.run_script(IMPORT % path)
    assert f"TAKEN {ITEMS} REFUSED 0 MAPPED category description due_date start_date subject unique_id" in told
    assert "DUE 2026-01-24 Báo cáo, Nhiệm vụ" in told


# --- in one that breaks down -------------------------------------------------------------------------------------

FAULTS: dict[str, Callable[[], trackers.Fault]] = {
    "500 and nothing stored": lambda: status(500),
    "500 and stored": lambda: status(500, when="after"),
    "502 from a proxy, stored": lambda: status(502, when="after"),
    "429": lambda: status(429, Retry_After="2"),
    "503": lambda: status(503, Retry_After="1"),
    "stored, answer lost": lambda: dropped(when="after"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_makes_no_second_issue_and_loses_none(
    broken: Place, fake: Server, fault: Callable[[], trackers.Fault]
) -> None:
    fake.faults = [fault(), fault()]
    assert numbers(broken.send(plan())) == (ITEMS, 0, 0, 0)
    assert len(broken.issues()) == ITEMS


def test_a_create_whose_answer_is_lost_is_not_sent_again_until_it_was_looked_up(broken: Place, fake: Server) -> None:
    fake.faults = [dropped()]
    first = broken.send(plan())
    assert counts(first)["failed"] == 1
    assert "chưa rõ" in first.outcomes[0].problem
    assert fake.sent("POST") == ITEMS
    assert numbers(broken.send(plan())) == (1, 0, ITEMS - 1, 0)
    assert len(broken.issues()) == ITEMS


def test_a_crash_between_sending_and_writing_down(broken: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    append = Log.append

    def crash(self: Log, record: Any) -> None:
        if record.event == "sent":
            raise KeyboardInterrupt
        append(self, record)

    monkeypatch.setattr(Log, "append", crash)
    with pytest.raises(KeyboardInterrupt):
        broken.send(plan())
    assert len(broken.issues()) == 1
    monkeypatch.setattr(Log, "append", append)
    broken.call("PUT", f"/issues/{broken.issues()[0]['id']}.json", {"subject": "Đổi tên"})
    assert numbers(broken.send(plan())) == (ITEMS - 1, 0, 1, 0)
    assert len(broken.issues()) == ITEMS
    assert broken.issues()[0]["subject"] == "Đổi tên"


def test_retries_wait_longer_each_time_and_as_long_as_asked(
    broken: Place, fake: Server, no_waiting: list[float]
) -> None:
    fake.faults = [status(429, Retry_After="7"), status(429)]
    broken.send(plan())
    assert no_waiting[0] >= 7
    assert 0 <= no_waiting[1] <= 30


def test_a_server_that_asks_for_too_long_is_left(broken: Place, fake: Server, no_waiting: list[float]) -> None:
    fake.faults = [status(429, Retry_After="86400")]
    error = broken.send(plan()).error
    assert isinstance(error, NetworkError)
    assert "86400 giây" in str(error)
    assert no_waiting == []


def test_a_server_that_stays_down_ends_the_run_and_the_next_goes_on(broken: Place, fake: Server) -> None:
    fake.faults = [lambda request, when: False, *(status(503) for _ in range(retry.ATTEMPTS))]
    sent = broken.send(plan())
    assert isinstance(sent.error, NetworkError)
    assert (counts(sent)["create"], counts(sent)["not_sent"]) == (1, ITEMS - 1)
    assert numbers(broken.send(plan())) == (ITEMS - 1, 0, 1, 0)
    assert len(broken.issues()) == ITEMS


def test_what_redmine_refuses_is_told_and_the_rest_is_sent(broken: Place, fake: Server) -> None:
    redmine: FakeRedmine = fake.answer  # type: ignore[assignment]
    errors = redmine._errors
    redmine._errors = lambda issue: (
        errors(issue)
        or (  # type: ignore[method-assign]
            ["Category is required"] if "cập nhật" in issue["subject"] else []
        )
    )
    sent = broken.send(plan())
    assert (counts(sent)["create"], counts(sent)["failed"]) == (ITEMS - 1, 1)
    assert "Category is required" in sent.outcomes[1].problem


def test_an_issue_that_was_moved_out_of_reach_does_not_hold_back_the_others(broken: Place, fake: Server) -> None:
    broken.send(plan())
    fake.faults = [status(403)]
    changed = plan(*(t.replace("30/6/2026", "30/9/2026").replace("25 hằng", "20 hằng") for t in TASKS))
    sent = broken.send(changed)
    assert (counts(sent)["failed"], counts(sent)["update"], sent.error) == (1, 1, None)
    assert "quyền" in sent.outcomes[0].problem


def test_somebody_writes_at_the_same_moment(broken: Place, fake: Server) -> None:
    broken.send(plan())
    redmine: FakeRedmine = fake.answer  # type: ignore[assignment]
    listed = redmine._list

    def then_edited(query: dict[str, str]) -> tuple[int, Any]:
        answer = listed(query)
        redmine._list = listed  # type: ignore[method-assign]
        redmine.edit(1, due_date="2026-08-01")
        return answer

    redmine._list = then_edited  # type: ignore[method-assign]
    sent = broken.send(moved())
    assert [*sent.outcomes[0].step.conflicts] == ["due_date"]
    assert redmine.issues[1]["due_date"] == "2026-08-01"


def test_more_issues_than_a_page_holds(broken: Place) -> None:
    many = plan(
        *(f"Phòng số {n} tự kiểm tra hồ sơ lưu trữ loại {n * 7919} trước ngày 30/6/2026." for n in range(1, 131))
    )
    broken.send(many)
    broken.log.path.unlink()
    assert numbers(broken.send(many)) == (0, 0, 130, 0)
    for issue in range(1, 121):
        broken.call("PUT", f"/issues/{issue}.json", {"description": "Đã họp."})
    assert numbers(broken.send(many)) == (0, 0, 130, 0)


def test_a_field_that_redmine_does_not_take_is_told(broken: Place, fake: Server) -> None:
    broken.send(plan())
    redmine: FakeRedmine = fake.answer  # type: ignore[assignment]
    edit = redmine.edit
    redmine.edit = lambda id_, **fields: edit(id_, **{k: v for k, v in fields.items() if k != "due_date"})  # type: ignore[method-assign]
    assert broken.send(moved()).outcomes[0].ignored == ("due_date",)


def test_a_page_that_is_no_redmine(tmp_path: Path) -> None:
    with serving(Server(lambda *_: (200, b"<html>Cong thong tin</html>"))) as server:
        error = Place(server.url, KEYS, tmp_path).send(plan()).error
    assert isinstance(error, NoTargetError)
    assert "không phải Redmine" in str(error)


def test_a_draft_under_its_number_is_asked_about(broken: Place) -> None:
    broken.send(plan(number="……/KH-SNV"))
    asked = broken.send(plan())
    assert isinstance(asked.error, UndecidedError)
    assert "--plan" in str(asked.error)
    assert len(broken.issues()) == ITEMS
    name = next(iter(broken.log.read().values())).last.plan
    assert numbers(broken.send(plan(), plan=name))[0] == 0
    assert len(broken.issues()) == ITEMS


@pytest.mark.parametrize("text", ["Rà soát.", "Một\n\nhai", "", "Mã kehoach: x-t-1 (giả)\nhai"])
def test_the_mark_comes_off_again(text: str) -> None:
    assert unmarked(marked(text, "86b46b04-t-65aa710dc2.2").replace("\n", "\r\n")) == (text, "86b46b04-t-65aa710dc2.2")
