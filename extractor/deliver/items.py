"""Which item of the tracker is which task of this version of the plan.

A task's id changes with its words, and a tracker must not see a second item because a deadline was moved. So an item
keeps the key under which it was first sent: what was sent before is matched with the tasks of now, by the same words
first and then by the likest, as `kehoach diff` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec.structs import replace

from extractor.deliver.log import Fields, Known
from extractor.deliver.tracker import Item, Remote
from extractor.diff import Telling, folded, pairs, telling
from extractor.document import Document, Task
from extractor.export.presets import Entry
from extractor.export.todos import Todo, document_key, todos

_NTH = re.compile(r"^(?P<task>.+?)(?:\.(?P<n>\d+))?$")
_WORDS_OF_TASK = ("text", "description")  # the fields that open with the words of the task


def plan_key(document: Document, named: str | None = None) -> str:
    """What the keys of a plan's items begin with: the name that the user gives, else the document's own key."""
    return named or document_key(document)


def items(
    document: Document,
    plan: str,
    fields: Callable[[Entry], Fields],
    known: Mapping[str, Known],
    held: Mapping[str, Remote],
) -> tuple[Item, ...]:
    """The to-dos of the document, each under the key of the item that it is or becomes.

    `known` is what the log tells of this plan, `held` what the tracker holds of it; an item that only the tracker
    knows is recognised by its text.
    """
    by_task: dict[str, list[Todo]] = defaultdict(list)
    for todo in todos(document):
        by_task[f"{plan}-{todo.task.id}"].append(todo)
    tasks = {key: found[0].task for key, found in by_task.items()}
    old = _old_keys(known, held)
    became = _matched(tasks, {task: [known[k] for k in keys if k in known] for task, keys in old.items()}, held, old)
    out: list[Item] = []
    for task, found in by_task.items():
        before = old.get(became.get(task, ""), [])
        dues = {key: known[key].last.due for key in before if key in known}
        for todo, key in zip(found, _keys(became.get(task, task), found, before, dues), strict=True):
            entry = Entry(document, replace(todo, key=key))
            out.append(Item(key, entry, fields(entry), telling(todo.task), due_text(todo)))
    return tuple(out)


def due_text(todo: Todo) -> str:
    """The day of the entry, by which one of several days of a task is recognised."""
    return f"{todo.due.day or ''}{';' + todo.due.rule if todo.due.rule else ''}" if todo.due else ""


def _old_keys(known: Iterable[str], held: Iterable[str]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys((*known, *held)):
        out[_split(key)[0]].append(key)
    return {task: sorted(keys, key=lambda k: _split(k)[1]) for task, keys in out.items()}


def _matched(
    tasks: Mapping[str, Task], known: Mapping[str, list[Known]], held: Mapping[str, Remote],
    old: Mapping[str, list[str]],
) -> dict[str, str]:  # fmt: skip
    """The key of the task of now → that of the task it was."""
    became = {key: key for key in tasks if key in old}
    told = {
        task: replace(latest.telling, id=task)
        for task, records in known.items()
        if task not in became and records and (latest := records[0].last).telling is not None
    }
    _pair(became, told, {k: replace(telling(t), id=k) for k, t in tasks.items() if k not in became})
    strangers = {
        task: Telling(task, folded(_text(held[keys[0]])))
        for task, keys in old.items()
        if task not in became.values() and task not in told and keys[0] in held
    }
    _pair(became, strangers, {k: Telling(k, folded(t.text)) for k, t in tasks.items() if k not in became})
    return became


def _pair(became: dict[str, str], before: Mapping[str, Telling], after: Mapping[str, Telling]) -> None:
    old, new = list(before.values()), list(after.values())
    became.update({new[j].id: old[i].id for i, j in pairs(old, new).items()})


def _text(remote: Remote) -> str:
    text = next((remote.fields[f] for f in _WORDS_OF_TASK if remote.fields.get(f)), "")
    return text.split("\n\n")[0]


def _keys(task: str, found: Sequence[Todo], before: Sequence[str], dues: Mapping[str, str]) -> list[str]:
    """A key for each day of a task: that of the same day before, else the next that is free, else a new one."""
    left = list(before)
    out: list[str | None] = []
    for todo in found:
        same = next((k for k in left if k in dues and dues[k] == due_text(todo)), None)
        if same:
            left.remove(same)
        out.append(same)
    numbers = (n for n in range(1, len(found) + len(before) + 1))
    fresh = (k for n in numbers if (k := task if n == 1 else f"{task}.{n}") not in before)
    return [key or (left.pop(0) if left else next(fresh)) for key in out]


def _split(key: str) -> tuple[str, int]:
    found = _NTH.match(key)
    assert found
    return found["task"], int(found["n"] or 1)
