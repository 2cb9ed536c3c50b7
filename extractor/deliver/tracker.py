"""What a tracker is to the rest: something that holds items with fields, under keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from extractor.deliver.log import Fields, Known
from extractor.diff import Telling
from extractor.export.presets import FIELDS, Entry, Preset, fill


class Item(msgspec.Struct, frozen=True):
    """A to-do as it shall stand in the tracker. `due` tells the days of one task apart."""

    key: str
    entry: Entry
    fields: Fields
    telling: Telling
    due: str = ""


class Remote(msgspec.Struct, frozen=True):
    """An item as it stands in the tracker: its own id there, the fields that are ours, the version that was read.

    `ignored` are fields that the tracker did not take although it reported success.
    """

    key: str
    id: str
    fields: Fields
    version: str = ""
    content: str = ""
    ignored: tuple[str, ...] = ()


class ChangedMeanwhile(Exception):
    """Somebody else wrote between reading and writing; read again and decide anew."""


class Declined(Exception):
    """The tracker says that a person changed the item and keeps theirs (webhook, 409)."""


class Tracker(Protocol):
    """A place where items are kept. Every method raises `DeliveryError` for what a user can do something about."""

    kind: str
    address: str

    def fields(self, entry: Entry) -> Fields:
        """The entry as this tracker's fields."""

    def current(self, plan: str, known: Mapping[str, Known]) -> Iterable[Remote]:
        """Every item of the plan that the tracker holds, those of `known` among them."""

    def find(self, key: str, known: Known | None) -> Remote | None:
        """The one item, read anew; None where it is not there."""

    def create(self, item: Item, revision: int) -> Remote:
        """A new item, never a second one of the key. Raises `ChangedMeanwhile` where there is one already."""

    def update(self, item: Item, remote: Remote, fields: Fields, revision: int, *, force: bool) -> Remote:
        """The item with these fields changed and nothing else. Raises `ChangedMeanwhile` where it is not `remote`."""


def filled(entry: Entry, rules: Preset) -> Fields:
    """The entry in the columns of the tracker's interface; what is not known is ""."""
    values = ((c.name, fill(c, rules, FIELDS[c.value](entry) if c.value else c.constant)) for c in rules.columns)
    return {name: "" if value is None else str(value) for name, value in values}
