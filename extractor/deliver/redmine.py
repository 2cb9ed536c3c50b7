"""Issues of a Redmine project, over its REST API.

Redmine has no idempotent create. So an issue carries its key in the last line of its description, a key is looked up
before an issue is created, and a create whose answer got lost is looked up and never sent again in the same run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from extractor.deliver.http import Answer, Http, ServerFault, Unanswered
from extractor.deliver.log import Fields, Known
from extractor.deliver.retry import persistently
from extractor.deliver.tracker import ChangedMeanwhile, Item, Remote, filled
from extractor.errors import DeliveryError, LoginError, NoTargetError
from extractor.export.presets import Entry, interfaces

_MARK = re.compile(r"\s*^Mã kehoach: (?P<key>[a-z0-9.-]+)[^\n]*$", re.MULTILINE)
_PAGE = 100  # the most that Redmine gives at once


def _json() -> dict[str, str]:
    return {"Content-Type": "application/json"}


def marked(text: str, key: str) -> str:
    """A description with the line by which the issue is found again."""
    return f"{text}\n\nMã kehoach: {key} (xin giữ nguyên dòng này)"


def unmarked(description: str) -> tuple[str, str | None]:
    """A description without that line, and the key; the last such line counts."""
    text = description.replace("\r\n", "\n")
    marks = list(_MARK.finditer(text))
    if not marks:
        return text.strip(), None
    return (text[: marks[-1].start()] + text[marks[-1].end() :]).strip(), marks[-1]["key"]


class Redmine:
    """A project. `kind_of_issue` is the name of a Redmine tracker ("Task"), else the project's first one."""

    kind = "redmine"

    def __init__(self, http: Http, project: str, kind_of_issue: str | None = None) -> None:
        self.http, self.project, self.kind_of_issue = http, project, kind_of_issue
        self.address = f"{http.base}/projects/{quote(project)}"
        self._rules = interfaces()["redmine"]
        self._ids: dict[str, int] | None = None

    def fields(self, entry: Entry) -> Fields:
        """Subject, description, start and due date."""
        return filled(entry, self._rules)

    def current(self, plan: str, known: Mapping[str, Known]) -> Iterator[Remote]:
        """The issues that carry a key of the plan, and those that were sent and have lost it."""
        self._log_in()
        logged = {k.sent.remote: key for key, k in known.items() if k.sent and k.sent.remote}
        found: dict[str, dict[str, Any]] = {}
        query = {"project_id": self.project, "status_id": "*", "sort": "id", "description": f"~{plan}-"}
        for issue in self._listed(query):
            found[str(issue["id"])] = issue
        missing = [i for i in logged if i not in found]
        for at in range(0, len(missing), _PAGE):
            ids = ",".join(missing[at : at + _PAGE])
            found.update((str(i["id"]), i) for i in self._listed({"issue_id": ids, "status_id": "*", "sort": "id"}))
        given: set[str] = set()
        # Copying an issue copies its key: the one that was sent counts, else the oldest.
        for id_, issue in sorted(found.items(), key=lambda x: (x[0] not in logged, int(x[0]))):
            key = logged.get(id_) or unmarked(issue.get("description") or "")[1]
            if key and key.startswith(f"{plan}-") and key not in given:
                given.add(key)
                yield _remote(issue, key)

    def find(self, key: str, known: Known | None) -> Remote | None:
        """The issue by its number, else by its key."""
        if known and known.sent and known.sent.remote and (issue := self._issue(known.sent.remote)):
            return _remote(issue, key)
        query = {"project_id": self.project, "status_id": "*", "sort": "id", "description": f"~{key}"}
        for issue in self._listed(query):
            if unmarked(issue.get("description") or "")[1] == key:
                return _remote(issue, key)
        return None

    def create(self, item: Item, revision: int) -> Remote:
        """A new issue, of the project's default status, priority and category."""
        issue: dict[str, Any] = {**self._written(item.fields, item.key), "project_id": self.project}
        if self.kind_of_issue:
            issue["tracker_id"] = self._tracker_id(self.kind_of_issue)
        content = msgspec.json.encode({"issue": issue})

        def attempt() -> Remote:
            try:
                answer = self.http.send_once("POST", f"{self.http.base}/issues.json", content, _json)
            except ServerFault as fault:
                if there := self.find(item.key, None):
                    return there
                raise fault.failure from fault
            except Unanswered as lost:
                if there := self.find(item.key, None):
                    return there
                raise DeliveryError(
                    item.fields["subject"], "Đã gửi mà máy chủ không trả lời; chưa rõ việc đã được tạo hay chưa.",
                    "Chạy lại lệnh: kehoach hỏi máy chủ trước rồi mới gửi lại.",
                ) from lost  # fmt: skip
            return _remote(self._taken(answer, item, "issue"), item.key)

        return persistently(attempt)

    def update(self, item: Item, remote: Remote, fields: Fields, revision: int, *, force: bool) -> Remote:
        """Redmine has no If-Match: the issue is read right before it is written, and read again afterwards."""
        before = self._issue(remote.id)
        if before is None or _remote(before, item.key) != msgspec.structs.replace(remote, ignored=()):
            raise ChangedMeanwhile
        content = msgspec.json.encode({"issue": self._written(fields, item.key)})
        answer = self.http.send("PUT", f"{self.http.base}/issues/{remote.id}.json", content, _json)
        self._taken(answer, item, None)
        after = self._issue(remote.id)
        if after is None:
            raise ChangedMeanwhile
        now = _remote(after, item.key)
        ignored = tuple(f for f, v in fields.items() if now.fields[f] != v and now.fields[f] == remote.fields[f])
        return msgspec.structs.replace(now, ignored=ignored)

    def _written(self, fields: Fields, key: str) -> dict[str, Any]:
        return {f: marked(v, key) if f == "description" else v for f, v in fields.items()}

    def _log_in(self) -> None:
        """Without a login Redmine shows what is public, so a wrong key must be told from an empty project."""
        try:
            answer = self.http.send("GET", f"{self.http.base}/users/current.json")
        except LoginError as error:
            raise LoginError(
                self.http.base, "Redmine không nhận khóa API này.",
                "Lấy lại khóa ở My account › API access key; REST API phải được bật (Administration › Settings › API).",
            ) from error  # fmt: skip
        if not isinstance(answer.json(), dict) or "user" not in answer.json():
            raise NoTargetError(self.http.base, "Địa chỉ này không phải Redmine.", "Kiểm tra lại --url.")

    def _listed(self, query: dict[str, str]) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            page = urlencode({**query, "limit": _PAGE, "offset": offset}, safe="*,~")
            try:
                body = self.http.send("GET", f"{self.http.base}/issues.json?{page}").json()
            except NoTargetError as error:
                raise NoTargetError(
                    self.address, f"Redmine không có dự án “{self.project}”.", "Kiểm tra lại --project (mã dự án)."
                ) from error
            issues = body.get("issues") if isinstance(body, dict) else None
            if not isinstance(issues, list):
                raise NoTargetError(self.http.base, "Địa chỉ này không phải Redmine.", "Kiểm tra lại --url.")
            yield from issues
            offset += len(issues)
            if not issues or offset >= int(body.get("total_count", 0)):
                return

    def _issue(self, id_: str) -> dict[str, Any] | None:
        try:
            body = self.http.send("GET", f"{self.http.base}/issues/{quote(id_)}.json").json()
        except NoTargetError:
            return None
        return body.get("issue") if isinstance(body, dict) else None

    def _tracker_id(self, name: str) -> int:
        if self._ids is None:
            body = self.http.send("GET", f"{self.address}.json?include=trackers").json()
            self._ids = {t["name"].casefold(): t["id"] for t in body["project"]["trackers"]}
        if name.casefold() not in self._ids:
            raise NoTargetError(self.address, f"Dự án không có loại việc “{name}”.", f"Có: {', '.join(self._ids)}.")
        return self._ids[name.casefold()]

    def _taken(self, answer: Answer, item: Item, part: str | None) -> dict[str, Any]:
        """The part of a successful answer; raises for what Redmine refuses or has seen changed."""
        body = answer.json()
        if answer.status == 409:
            raise ChangedMeanwhile
        if answer.status >= 400 or (part and not (isinstance(body, dict) and part in body)):
            errors = body.get("errors", []) if isinstance(body, dict) else []
            told = self.http.secret.scrubbed("; ".join(map(str, errors))) or f"mã {answer.status}"
            raise DeliveryError(item.fields["subject"], f"Redmine không nhận: {told}.", "Sửa kế hoạch hoặc dự án.")
        found: dict[str, Any] = body[part] if part else {}
        return found


def _remote(issue: Mapping[str, Any], key: str) -> Remote:
    fields = {
        "subject": str(issue.get("subject") or ""),
        "description": unmarked(str(issue.get("description") or ""))[0],
        "start_date": str(issue.get("start_date") or ""),
        "due_date": str(issue.get("due_date") or ""),
    }
    return Remote(key, str(issue["id"]), fields, str(issue.get("updated_on") or ""))
