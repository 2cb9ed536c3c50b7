"""The opening verb of an item whose first word is in no catalogue, by underthesea's parts of speech."""

from __future__ import annotations

import re
from functools import lru_cache

_CLAUSE = re.compile(r"[^,;:.()\n]{1,120}")
_MOST_VERBS = 2


@lru_cache(maxsize=4096)
def tagged_verb(text: str) -> str | None:
    """The verbs that open a text, as printed: "Dự trữ lương thực" opens with "Dự trữ"; None for a noun.

    The first letter is set small for the tagger, which takes a capital for a name. Loads underthesea's model
    (about half a second) on first use.
    """
    clause = _CLAUSE.match(text.strip())
    if clause is None:
        return None
    from underthesea import pos_tag

    printed = clause[0]
    length = 0
    for count, (word, tag) in enumerate(pos_tag(printed[0].lower() + printed[1:])):
        if tag != "V" or count == _MOST_VERBS:
            break
        end = printed.lower().find(word.lower(), length)
        if end < 0:
            break
        length = end + len(word)
    return printed[:length].strip() or None
