"""What the product stands on: every package it needs, with version and licence, and whether `constraints.txt` is right.

    dependencies.py [--extra NAME ...]

Walks the installed packages from the requirements of `pyproject.toml` on. Exit code 1 where a package is under the
AGPL or names no licence, where a package that is needed has no exact pin or another version than its pin, or where a
pin is of no use to anybody. Requirements of other systems and Python versions count as of use.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OWN = "kehoach"
ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)")
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 60


def requirements(extras: Iterable[str] = ()) -> list[Requirement]:
    """What `pyproject.toml` asks for, with the extras named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = project["optional-dependencies"]
    return [Requirement(line) for line in (*project["dependencies"], *(x for e in extras for x in optional[e]))]


def extras() -> list[str]:
    """The names of all extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return sorted(project["optional-dependencies"])


def needed(wanted: Iterable[Requirement], *, everywhere: bool = False) -> dict[str, Distribution | None]:
    """By name, all packages that these need, and what they need; None for one that is not installed.

    Only what this system and Python version need; with `everywhere` what any other would need too.
    """
    found: dict[str, Distribution | None] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(r, extra) for r in wanted for extra in ("", *r.extras)]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        if name == OWN:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            found.setdefault(name, None)
            continue
        for line in found[name].requires or ():
            inner = Requirement(line)
            if _applies(inner, extra, everywhere=everywhere):
                waiting += [(inner, e) for e in ("", *inner.extras)]
    return found


def _applies(requirement: Requirement, extra: str, *, everywhere: bool) -> bool:
    if requirement.marker is None:
        return not extra
    own = "extra" in str(requirement.marker)
    if own and everywhere:
        return bool(extra) and re.search(rf"extra == ['\"]{re.escape(extra)}['\"]", str(requirement.marker)) is not None
    return own == bool(extra) and (everywhere or requirement.marker.evaluate({"extra": extra}))


def licence_of(package: Distribution) -> str:
    """The licence that a package declares, in the words of its own metadata; "" where it declares none."""
    data = package.metadata
    if expression := data.get("License-Expression"):
        return str(expression)
    named = [c.removeprefix(_CLASSIFIER) for c in data.get_all("Classifier") or () if c.startswith(_CLASSIFIER)]
    printed = (data.get("License") or "").strip()
    return "; ".join(named) or (printed.splitlines()[0][:_LONGEST] if printed else "")


def is_agpl(licence: str) -> bool:
    """Whether a licence is the GNU Affero General Public License."""
    return re.search(r"\bAGPL|Affero", licence, re.IGNORECASE) is not None


def pins() -> dict[str, str]:
    """The exact versions of `constraints.txt`."""
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    return {canonicalize_name(m["name"]): m["version"] for m in map(_PIN.match, lines) if m}


def faults() -> list[str]:
    """What is wrong with licences and pins, one sentence each."""
    pinned = pins()
    here = needed(requirements(extras()))
    anywhere = needed(requirements(extras()), everywhere=True)
    told = []
    for name, package in sorted(here.items()):
        if name not in pinned:
            told.append(f"{name}: needed, and not pinned")
        elif package is not None and package.version != pinned[name]:
            told.append(f"{name}: {package.version} is installed, {pinned[name]} is pinned")
        if package is not None and not licence_of(package):
            told.append(f"{name}: names no licence")
        if package is not None and is_agpl(licence_of(package)):
            told.append(f"{name}: is under {licence_of(package)}")
    return told + [f"{name}: pinned, and nothing needs it" for name in sorted(pinned.keys() - anywhere.keys())]


def main() -> int:
    """Print the packages and what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--extra", action="append", default=[], choices=extras(), help="with an extra of pyproject.toml"
    )
    given = parser.parse_args()
    for name, package in sorted(needed(requirements(given.extra)).items()):
        version, licence = (package.version, licence_of(package)) if package else ("not installed", "")
        print(f"{name:28} {version:18} {licence}")
    found = faults()
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
