"""Plans into a tracker: match, compare, send, write down. Never twice, never over a person's hand, never deleting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Literal

import msgspec

from extractor.deliver.items import items, plan_key
from extractor.deliver.log import Fields, Known, Log, Record, now
from extractor.deliver.steps import Step, agreed, decide
from extractor.deliver.tracker import ChangedMeanwhile, Declined, Item, Remote, Tracker
from extractor.diff import pairs
from extractor.document import Document
from extractor.errors import EXIT_PARTLY_FAILED, DeliveryError, ForbiddenError, NoTargetError, UndecidedError
from extractor.export.rows import document_name

_READINGS = 3  # how often an item is read anew when somebody else is writing it at the same time

_FEW = 3  # tasks; fewer say nothing about whether two plans are one

Result = Literal["planned", "done", "failed", "not_sent"]


class Outcome(msgspec.Struct, frozen=True):
    """A step and what became of it; `ignored` are fields that the tracker silently did not take."""

    step: Step
    result: Result
    remote: str = ""
    problem: str = ""
    ignored: tuple[str, ...] = ()


class Gone(msgspec.Struct, frozen=True):
    """An item that was sent once and is no task of the plan any more. It is reported and left alone."""

    key: str
    remote: str
    name: str


class Delivery(msgspec.Struct, frozen=True):
    """What a run did, or would do; `error` is what broke it off."""

    address: str
    dry_run: bool
    outcomes: tuple[Outcome, ...] = ()
    gone: tuple[Gone, ...] = ()
    error: DeliveryError | None = None


def deliver(
    documents: Sequence[Document], tracker: Tracker, log: Log, *,
    plan: str | None = None, dry_run: bool = False, force: bool = False,
) -> Delivery:  # fmt: skip
    """Sends the tasks of the plans, creating, updating or leaving each item as `decide` says.

    A failure of one item is its outcome and the next is sent; one that meets every item (network, login, permission)
    ends the run and is the delivery's `error`. Run again, it goes on from where it ended.
    """
    outcomes: list[Outcome] = []
    gone: list[Gone] = []
    error: DeliveryError | None = None
    with nullcontext() if dry_run else log.held():
        for document in documents:
            name = plan_key(document, plan)
            known = {k: v for k, v in log.read().items() if v.last.plan == name}
            try:
                held = {r.key: r for r in tracker.current(name, known)}
            except DeliveryError as failure:
                error = failure
                break
            found = items(document, name, tracker.fields, known, held)
            if plan is None and not known and not held and (earlier := _earlier(found, log.read())):
                error = _question(document, name, earlier)
                break
            steps = [decide(i, known.get(i.key), held.get(i.key), force=force) for i in found]
            gone += _gone({i.key for i in found}, known, held)
            if dry_run:
                outcomes += (Outcome(s, "planned", s.remote.id if s.remote else "") for s in steps)
                continue
            for outcome, fatal in _send(steps, tracker, log, known, name, force=force):
                outcomes.append(outcome)
                error = fatal or error
            if error:
                break
    return Delivery(tracker.address, dry_run, tuple(outcomes), tuple(gone), error)


def _earlier(found: Sequence[Item], known: Mapping[str, Known]) -> Record | None:
    """The last line of another plan that half of these tasks seem to be of: a draft, or a version of another number."""
    plans: dict[str, list[Record]] = {}
    for item in known.values():
        plans.setdefault(item.last.plan, []).append(item.last)
    for records in plans.values():
        told = [r.telling for r in records if r.telling]
        if len(found) >= _FEW and 2 * len(pairs(told, [i.telling for i in found])) >= len(found):
            return records[-1]
    return None


def _question(document: Document, name: str, earlier: Record) -> UndecidedError:
    return UndecidedError(
        document.source.file or document_name(document),
        f"Giống kế hoạch đã gửi trước đây: {earlier.name}, gửi {earlier.at[:10]}.",
        f"Nếu đây là phiên bản mới của kế hoạch đó, thêm --plan {earlier.plan}; nếu là kế hoạch khác, --plan {name}.",
    )


def _send(
    steps: Sequence[Step], tracker: Tracker, log: Log, known: Mapping[str, Known], plan: str, *, force: bool
) -> Iterator[tuple[Outcome, DeliveryError | None]]:
    stopped: DeliveryError | None = None
    for step in steps:
        if stopped:
            yield Outcome(step, "not_sent", step.remote.id if step.remote else ""), None
            continue
        try:
            yield _carried_out(step, tracker, log, known.get(step.item.key), plan, force=force), None
        except DeliveryError as failure:
            # An item that was moved where we may not write, or just deleted, says nothing about the others.
            only_this = step.remote is not None and isinstance(failure, ForbiddenError | NoTargetError)
            if only_this or failure.exit_code == EXIT_PARTLY_FAILED:
                yield Outcome(step, "failed", problem=f"{failure.problem} {failure.remedy}"), None
            else:
                stopped = failure
                yield Outcome(step, "not_sent", step.remote.id if step.remote else ""), failure


def _carried_out(step: Step, tracker: Tracker, log: Log, known: Known | None, plan: str, *, force: bool) -> Outcome:
    """Carries a step out, reading the item anew where somebody else was faster."""
    for _ in range(_READINGS):
        try:
            return _once(step, tracker, log, known, plan, force=force)
        except ChangedMeanwhile:
            step = decide(step.item, known, tracker.find(step.item.key, known), force=force)
    raise DeliveryError(
        step.item.fields.get("title", step.item.key), "Có người đang sửa việc này.", "Chạy lại lệnh sau ít phút."
    )


def _once(step: Step, tracker: Tracker, log: Log, known: Known | None, plan: str, *, force: bool) -> Outcome:
    item, remote = step.item, step.remote
    revision = known.sent.revision if known and known.sent else 0

    def record(event: Literal["sending", "sent"], fields: Fields, stored: Fields, id_: str) -> Record:
        return Record(
            at=now(), event=event, plan=plan, key=item.key, fields=fields, revision=revision, stored=stored, remote=id_,
            telling=item.telling, due=item.due, name=document_name(item.entry.document),
        )  # fmt: skip

    if step.state == "create" or step.changes:
        revision += 1
        log.append(record("sending", item.fields, {}, remote.id if remote else ""))
        try:
            if remote is None:
                remote = tracker.create(item, revision)
            else:
                changed = {f: d.plan for f, d in step.changes.items()}
                remote = tracker.update(item, remote, changed, revision, force=force)
        except Declined:
            return Outcome(msgspec.structs.replace(step, state="conflict", conflicts=step.changes, changes={}), "done")
    if remote is None:
        return Outcome(step, "done")
    sent, stored = agreed(step, known, remote)
    if known is None or known.pending or not _says(known.last, sent, stored, remote.id, item.due):
        log.append(record("sent", sent, stored, remote.id))
    return Outcome(step, "done", remote.id, ignored=remote.ignored)


def _says(last: Record, sent: Fields, stored: Fields, id_: str, due: str) -> bool:
    return (last.fields, last.stored, last.remote, last.due) == (sent, stored, id_, due)


def _gone(kept: set[str], known: Mapping[str, Known], held: Mapping[str, Remote]) -> list[Gone]:
    out = []
    for key in dict.fromkeys((*known, *held)):
        if key not in kept and key in held:
            fields = held[key].fields
            name = next((fields[f] for f in ("subject", "summary", "title") if fields.get(f)), key)
            out.append(Gone(key, held[key].id, name))
    return out
