"""How well and how fast the audit is: errors planted into citations of real registers, and a million rows.

    python benchmarks/audit.py REGISTER.csv [--place "tỉnh Bình Dương"] [REGISTER.csv ...] [--plants N]
    python benchmarks/audit.py --scale [--rows N] [--plans N] [--register postgresql://...]

The first form imports the registers, writes plans that cite their documents, some untouched and some with one error
planted on purpose, reads the plans with the whole pipeline and audits them. An error counts as detected where the
audit reports anything but "matched" for that citation, or where the citation cannot be audited because the pipeline
reports its number as faulty; a false alarm is an untouched citation of a document in force that is not "matched".
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from extractor import extract_text
from extractor.document import Document
from extractor.recognise.provinces import provinces
from extractor.register.audit import Auditor, Checked
from extractor.register.entry import Entry
from extractor.register.filling import count_coverage, put, put_source
from extractor.register.importing import import_file, plan_import
from extractor.register.keys import number_parts, plain_number, skeleton
from extractor.register.rows import Defaults
from extractor.register.store import Register, open_register

PER_PLAN = 12
DAY = dt.date(2026, 3, 15)  # the day of the plans
PLACES = ("tỉnh Đồng Nai", "tỉnh Quảng Ngãi", "tỉnh Nghệ An", "tỉnh Lào Cai")
OTHER_ORGANS = ("Chính phủ", "Bộ Tài chính", "Bộ Nội vụ", "Thủ tướng Chính phủ", "Quốc hội")
OCR_SLIPS = (("Đ", "D"), ("8", "B"), ("0", "O"), ("1", "l"), ("5", "S"), ("8", "3"), ("6", "b"), ("2", "Z"), ("9", "g"))
OTHER_TYPES = {"Quyết định": ("Kế hoạch", "KH"), "Kế hoạch": ("Quyết định", "QĐ"), "Chỉ thị": ("Thông báo", "TB")}


class Cite(msgspec.Struct, frozen=True):
    """A citation to be written: its parts as printed, and the error planted in it."""

    type: str
    number: str
    issued_on: dt.date
    issuer: str | None
    title: str | None
    error: str | None = None

    def __str__(self) -> str:
        issuer = f" của {self.issuer}" if self.issuer else ""
        title = self.title or ""
        title = title if not title or title.lower().startswith(("về", "ban hành", "phê duyệt")) else f"về việc {title}"
        return f"{self.type} số {self.number} ngày {self.issued_on:%d/%m/%Y}{issuer} {title}".rstrip()


def written(e: Entry, draw: random.Random) -> Cite:
    """An entry as a plan would cite it: with its title, the beginning of it or none, and its issuer."""
    assert e.identifier
    assert e.issued_on
    title = (e.title or "").removeprefix("v/v ").removeprefix("về việc ")
    shown = title if 12 < len(title) < 160 and not set(";:") & set(title) and draw.random() < 0.6 else None
    if shown and draw.random() < 0.3:
        shown = " ".join(shown.split()[: draw.randint(6, 10)])
    issuer = e.issuer if draw.random() < 0.8 else None
    if issuer and (found := issuer.removeprefix("Ủy ban nhân dân ")) != issuer:
        issuer = draw.choice([issuer, f"UBND {found}", f"Chủ tịch UBND {found}", "UBND tỉnh"])
    elif issuer and issuer.startswith("Bộ "):
        issuer = draw.choice([issuer, f"Bộ trưởng {issuer}"])
    return Cite(e.type or "Văn bản", e.identifier, e.issued_on, issuer, shown)


def wrong_day(c: Cite, draw: random.Random) -> Cite:
    """Another day of the same month or the same day of another month."""
    while True:
        day = draw.choice(
            [c.issued_on.replace(day=draw.randint(1, 28)), c.issued_on.replace(day=1, month=draw.randint(1, 12))]
        )
        if day != c.issued_on:
            return msgspec.structs.replace(c, issued_on=day, error="wrong day")


def swapped_digits(c: Cite, draw: random.Random) -> Cite | None:
    """Two neighbouring digits of the number swapped."""
    number, rest = plain_number(c.number).split("/", 1)
    places = [
        i for i in range(len(number) - 1) if number[i] != number[i + 1] and number[:2].isdigit() and i + 1 < len(number)
    ]
    places = [
        i for i in places if not (i == 0 and number[1] == "0") and number[i].isdigit() and number[i + 1].isdigit()
    ]
    if not places:
        return None
    i = draw.choice(places)
    return msgspec.structs.replace(
        c, number=f"{number[:i]}{number[i + 1]}{number[i]}{number[i + 2 :]}/{rest}", error="digits swapped"
    )


def wrong_issuer(c: Cite, draw: random.Random) -> Cite | None:
    """Another province's body, or another central body."""
    if c.issuer is None:
        return None
    body, found, _ = c.issuer.partition(" tỉnh")
    others = [o for o in OTHER_ORGANS if o.removeprefix("Bộ trưởng ") not in c.issuer and c.issuer not in o]
    other = f"{body} {draw.choice(PLACES)}" if found else draw.choice(others)
    return msgspec.structs.replace(c, issuer=other, error="wrong issuer")


def wrong_type(c: Cite, draw: random.Random) -> Cite | None:
    """The type word of another type; in half of the cases the symbol's too."""
    if c.type not in OTHER_TYPES:
        return None
    word, code = OTHER_TYPES[c.type]
    number = c.number
    if draw.random() < 0.5:
        head, _, tail = number.rpartition("/")
        number = f"{head}/{code}-{tail.partition('-')[2]}"
    return msgspec.structs.replace(c, type=word, number=number, error="wrong type")


def unknown(c: Cite, draw: random.Random) -> Cite:
    """A number that no office reaches."""
    rest = plain_number(c.number).split("/", 1)[1]
    return msgspec.structs.replace(c, number=f"{draw.randint(70_000, 99_000)}/{rest}", error="unknown", title=None)


def ocr_slip(c: Cite, draw: random.Random) -> Cite | None:
    """One letter or digit as OCR misreads it."""
    slips = [(a, b) for a, b in OCR_SLIPS if a in c.number]
    if not slips:
        return None
    a, b = draw.choice(slips)
    return msgspec.structs.replace(c, number=c.number.replace(a, b, 1), error="OCR slip")


PLANTS: tuple[Callable[[Cite, random.Random], Cite | None], ...] = (
    wrong_day,
    swapped_digits,
    wrong_issuer,
    wrong_type,
    unknown,
    ocr_slip,
)


def plan_of(cites: list[Cite], on: dt.date) -> str:
    """A plan that has these citations as its legal bases."""
    bases = "\n\n".join(f"Căn cứ {c};" for c in cites)
    return (
        "ỦY BAN NHÂN DÂN\nTỈNH BÌNH DƯƠNG\n\nSố: 9001/KH-UBND\n\n"
        f"Bình Dương, ngày {on:%d} tháng {on:%m} năm {on.year}\n\n"
        f"KẾ HOẠCH\n\nRà soát văn bản năm {on.year}\n\n{bases}\n\nỦy ban nhân dân tỉnh ban hành kế hoạch như sau:\n\n"
        "I. NHIỆM VỤ\n\n1. Sở Tư pháp rà soát các văn bản, hoàn thành trước ngày 30/12.\n\nCHỦ TỊCH\n\nNguyễn Văn A\n"
    )


def checked_of(cite: Cite, checked: tuple[Checked, ...]) -> Checked | None:
    """The outcome for that citation."""
    wanted = plain_number(cite.number)
    dated = [c for c in checked if c.document.issued_on == cite.issued_on]
    same = [c for c in dated if plain_number(c.document.identifier or "") == wanted]
    # The pipeline may have put right what a scan has damaged, and the audit says so.
    mended = [c for c in dated if c.document.identifier and skeleton(c.document.identifier) == skeleton(wanted)]
    return next(iter(same or mended), None)


def quality(files: list[Path], place: str, plants: int) -> int:
    """Detection and false alarms over the registers; the exit code."""
    draw = random.Random(20240229)
    with tempfile.TemporaryDirectory() as folder, open_register(f"{folder}/register.sqlite", create=True) as register:
        for file in files:
            done = import_file(register, plan_import(file), Defaults(place=place))
            print(
                f"{file.name}: {done.rows} rows, {done.stored}, {done.repeated} repeated, {len(done.rejected)} rejected"
            )
        entries = [e for e in register.entries() if e.identifier and e.issued_on and number_parts(e.identifier)]
        mark_validity(register, entries, draw)
        entries = [e for e in register.entries() if e.identifier and e.issued_on and number_parts(e.identifier)]
        auditor = Auditor(register)
        entries = [e for e in entries if "/" in (e.identifier or "") and not e.alternate]
        sound = [e for e in entries if e.effect == "in_force" and (e.effective_on is None or e.effective_on <= DAY)]
        ended = [e for e in entries if e.effect in ("expired", "partly_expired", "replaced")]
        ended += [e for e in entries if e.effective_on and e.effective_on > DAY and e not in ended]
        draw.shuffle(sound)
        draw.shuffle(ended)
        planted = list(errors(sound, ended, plants, draw))
        untouched = [written(e, draw) for e in sound[: max(1000, plants)]]
        results = run([*planted, *untouched], auditor, draw)
    return report(results)


def mark_validity(register: Register, entries: list[Entry], draw: random.Random) -> None:
    """Real registers name few replaced documents: some are marked so, with the document that replaces them."""
    chosen = draw.sample([e for e in entries if e.effect == "in_force"], 40)
    with register.transaction() as connection:
        source = put_source(connection, "marked", "register", None, len(chosen))
        marked = [
            msgspec.structs.replace(e, effect="replaced", replaced_by="Quyết định số 1/2026/QĐ-UBND", source="marked")
            for e in chosen
        ]
        put(connection, marked, source)


def errors(sound: list[Entry], ended: list[Entry], plants: int, draw: random.Random) -> Iterator[Cite]:
    """The planted citations, the kinds in turn."""
    for e in ended[: plants // 4]:
        yield msgspec.structs.replace(written(e, draw), error="validity")
    source = iter(sound * 3)
    for i in range(plants - min(len(ended), plants // 4)):
        found = None
        while found is None:
            found = PLANTS[i % len(PLANTS)](written(next(source), draw), draw)
        yield found


def run(cites: list[Cite], auditor: Auditor, draw: random.Random) -> list[tuple[Cite, Checked | None]]:
    """Every citation in a plan, the plans read and audited."""
    draw.shuffle(cites)
    results: list[tuple[Cite, Checked | None]] = []
    left = list(cites)
    while left:
        # A number that a plan cites twice may be taken for one document: here each stands once.
        group = list({skeleton(plain_number(c.number).partition("/")[0]): c for c in left[:PER_PLAN]}.values())
        left = [c for c in left if c not in group]
        audit = auditor.audit(extract_text(plan_of(group, DAY)))
        results += [(c, checked_of(c, audit.checked)) for c in group]
    return results


def report(results: list[tuple[Cite, Checked | None]]) -> int:
    """Print what was detected; exit code 1 where the goals are missed."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for cite, checked in results:
        kinds[cite.error or "untouched"][checked.status if checked else "(not read)"] += 1
    for kind, counts in sorted(kinds.items()):
        print(f"{kind:18} {sum(counts.values()):5}  {dict(counts.most_common())}")
    planted = [c for c in results if c[0].error]
    clean = [c for c in results if not c[0].error]
    missed = [c for c in planted if c[1] is None or c[1].status == "matched"]
    alarms = [c for c in clean if c[1] is None or c[1].status != "matched"]
    for cite, checked in (*missed[:10], *alarms[:20]):
        told = [d.message for d in checked.differences] if checked else None
        print(
            f"  {'missed' if cite.error else 'alarm'}: {cite} → {checked.status if checked else None} {told}",
            file=sys.stderr,
        )
    detection, false_alarms = 1 - len(missed) / len(planted), len(alarms) / len(clean)
    print(f"planted {len(planted)}, detected {detection:.4f}; untouched {len(clean)}, false alarms {false_alarms:.4f}")
    return int(detection < 0.99 or false_alarms > 0.01)


def many_entries(rows: int) -> Iterator[Entry]:
    """A made-up register of 34 provinces and a few central bodies."""
    draw = random.Random(7)
    places = [f"{p.kind} {p.name}" for p in provinces() if p.merged_into is None]
    codes = (("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Thông báo", "TB"), ("Chỉ thị", "CT"))
    words = ("phê duyệt", "điều chỉnh", "quy hoạch", "dự án", "đầu tư", "công trình", "cấp nước", "chuyển đổi số")
    for i in range(rows):
        kind, code = codes[i % 4]
        on = dt.date(2010, 1, 1) + dt.timedelta(days=(i * 13) % 5800)
        yield Entry(
            identifier=f"{i % 4500 + 1}/{code}-UBND", type=kind, issued_on=on,
            issuer=f"Ủy ban nhân dân {places[(i // 4500) % len(places)]}",
            title=" ".join(draw.choices(words, k=12)) + f" {i}", effect="in_force", source="scale",
        )  # fmt: skip


def scale(location: str, rows: int, plans: int) -> int:
    """Extract the plans, build the register (one of that size is used again), audit the plans; times and memory."""
    draw = random.Random(1)
    step = max(rows // (plans * 15), 1)
    sample = [e for i, e in enumerate(many_entries(rows)) if i % step == 0]
    started = time.perf_counter()
    documents: list[bytes] = []
    for _ in range(plans):
        cites = [written(e, draw) for e in draw.sample(sample, PER_PLAN)]
        cites = [wrong_day(c, draw) if draw.random() < 0.2 else c for c in cites]
        documents.append(extract_text(plan_of(cites, DAY)).to_json(indent=None).encode())
    print(f"{plans} plans extracted in {time.perf_counter() - started:.1f} s", flush=True)
    with open_register(location, create=True) as register:
        if sum(s.entries for s in register.sources()) < rows:
            fill(register, rows)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        auditor = Auditor(register)
        statuses: Counter[str] = Counter()
        for data in documents:
            statuses.update(c.status for c in auditor.audit(Document.from_json(data)).checked)
        took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{plans} plans, {sum(statuses.values())} citations audited in {took:.1f} s")
    print(f"memory +{(after - before) // 1024} MB")
    print(dict(statuses))
    return int(took > 60)


def fill(register: Register, rows: int) -> None:
    """Put the made-up register in."""
    started = time.perf_counter()
    source_entries = many_entries(rows)
    with register.transaction() as connection:
        source = put_source(connection, "scale", "register", None, rows)
        while batch := list(islice(source_entries, 5000)):
            put(connection, batch, source)
        count_coverage(connection)
    print(f"register of {rows} rows built in {time.perf_counter() - started:.1f} s", flush=True)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--place", default="tỉnh Bình Dương")
    parser.add_argument("--plants", type=int, default=600)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--plans", type=int, default=1_000)
    parser.add_argument("--register")
    options = parser.parse_args()
    if options.scale:
        with tempfile.TemporaryDirectory() as folder:
            return scale(options.register or f"{folder}/scale.sqlite", options.rows, options.plans)
    if not options.files:
        parser.error("name the register files, or --scale")
    return quality(options.files, options.place, options.plants)


if __name__ == "__main__":
    sys.exit(main())
