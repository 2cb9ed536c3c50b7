"""Patterns of the reading rules: `<U>` in a character class is a Vietnamese capital, `<L>` a small letter."""

from __future__ import annotations

import re
from functools import cache

_SMALL = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled pattern of a rule; a range such as "À-Ỹ" would take small letters with the capitals."""
    return re.compile(pattern.replace("<U>", "A-Z" + _SMALL.upper()).replace("<L>", "a-z" + _SMALL))
