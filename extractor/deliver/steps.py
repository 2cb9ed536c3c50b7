"""What is to be done with an item: a comparison of three, what was last sent, what the tracker holds, what is now."""

from __future__ import annotations

from typing import Literal

import msgspec

from extractor.deliver.log import Fields, Known
from extractor.deliver.tracker import Item, Remote

State = Literal["create", "update", "unchanged", "conflict"]


class Differs(msgspec.Struct, frozen=True):
    """A field as the tracker holds it and as the plan has it now."""

    tracker: str
    plan: str


class Step(msgspec.Struct, frozen=True):
    """A decision. `changes` are written, `conflicts` are not, `kept` are fields that only a person changed.

    `deleted`: the item was sent once and is no longer there. A conflict may carry changes of other fields.
    """

    item: Item
    state: State
    remote: Remote | None = None
    changes: dict[str, Differs] = {}
    conflicts: dict[str, Differs] = {}
    kept: tuple[str, ...] = ()
    deleted: bool = False


def decide(item: Item, known: Known | None, remote: Remote | None, *, force: bool = False) -> Step:
    """The step for an item.

    A field is written where the plan changed it and nobody touched it in the tracker. Where both changed it, or where
    it is not known what was sent, it is a conflict; where only a person changed it, theirs stays. `force` writes all.
    """
    if remote is None:
        deleted = known is not None and known.sent is not None
        return Step(item, "conflict" if deleted and not force else "create", deleted=deleted)
    changes: dict[str, Differs] = {}
    conflicts: dict[str, Differs] = {}
    kept: list[str] = []
    base = known.base if known else {}
    stored = known.stored if known else {}
    for field, now in item.fields.items():
        there = remote.fields.get(field, "")
        if there == now:
            continue
        if force or (field in base and base[field] != now and there == stored[field]):
            changes[field] = Differs(there, now)
        elif field in base and base[field] == now:
            if there != stored[field]:
                kept.append(field)
        else:
            conflicts[field] = Differs(there, now)
    state: State = "conflict" if conflicts else "update" if changes else "unchanged"
    return Step(item, state, remote, changes, conflicts, tuple(kept))


def agreed(step: Step, known: Known | None, remote: Remote) -> tuple[Fields, Fields]:
    """After a step: the fields as we last sent them, and where the tracker holds them otherwise, as it holds them.

    A field in conflict keeps what was sent before; one that a person changed keeps what the tracker held before them.
    """
    sent, stored = dict(known.base if known else {}), dict(known.stored if known else {})
    for field, now in step.item.fields.items():
        there = remote.fields.get(field, "")
        if field in step.changes or step.state == "create" or there == now:
            sent[field], stored[field] = now, there
    return sent, {f: v for f, v in stored.items() if v != sent.get(f)}
