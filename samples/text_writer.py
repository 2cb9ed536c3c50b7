"""A plan as plain text, in the order in which it is copied out of a page: left column first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from motto import motto

_HEADING = re.compile(r"^(?:# |\^ |\^\* )", re.MULTILINE)


def write_text(parts: list[dict[str, Any]], path: Path) -> None:
    """Paragraphs parted by blank lines; emphasis stays as it is marked in the source."""
    blocks: list[str] = []
    for part in parts:
        head, foot = part.get("head"), part.get("foot")
        if head:
            blocks += [head["parent"].replace("\n", " ")] if "parent" in head else []
            blocks += [head["issuer"], head["number"], "\n".join(motto(head)), head["place_date"]]
        blocks += [part["type"], part["title"].strip()]
        blocks += _HEADING.sub("", part["body"]).strip().split("\n")
        if foot:
            recipients = [f"- {name}{'.' if name == foot['recipients'][-1] else ';'}" for name in foot["recipients"]]
            blocks += ["\n".join(["Nơi nhận:", *recipients]), "\n".join(foot["signature"]), foot["signer"]]
    path.write_text("\n\n".join(blocks).replace("¶", "\n\n") + "\n", "utf-8")
