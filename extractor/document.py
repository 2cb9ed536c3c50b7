"""The output contract, version 1, as types: what `kehoach extract` prints.

Every type is frozen. Key order in JSON is field order here. Text values are Vietnamese as printed, NFC;
dates are ISO 8601; what is unknown is `None` or `()`, never a guess. The published JSON Schema is generated
from these types (`extractor.schema`).
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

if TYPE_CHECKING:
    import spacy.tokens

SCHEMA_VERSION = "1.0"

AgencyKind = Literal[
    "ministry",
    "provincial_department",
    "people_committee",
    "people_council",
    "party",
    "office",
    "unit",
    "group",
    "person_title",
    "other",
]
TextOrigin = Literal["text_layer", "ocr", "mixed", "docx", "text"]
DeadlineKind = Literal["date", "period", "recurring", "continuous", "relative", "conditional"]
Bound = Literal["before", "by", "on", "within", "after", "from"]
OffsetUnit = Literal["day", "working_day", "month", "year"]
CitationForm = Literal["numbered", "named", "short", "self"]
Numbering = Literal["administrative", "normative", "law", "party", "letter", "joint"]
Relation = Literal[
    "basis",
    "implements",
    "promulgates",
    "attached_to",
    "approves",
    "amends",
    "replaces",
    "repeals",
    "guides",
    "submitted_by",
    "mentions",
]
LeadSource = Literal["stated", "column", "heading", "document"]
Severity = Literal["error", "warning", "info"]
Authority = Literal["TM.", "KT.", "TL.", "TUQ.", "Q."]

# What a rule may say: each of its parts a short list of whole numbers or days, so that it has a next day.
RRULE = (
    r"^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL=[1-9][0-9]{0,2}|BYSETPOS=-?[1-9][0-9]?"
    r"|BYMONTH=[1-9][0-9]?(,[1-9][0-9]?){0,11}|BYMONTHDAY=-?[1-9][0-9]?(,-?[1-9][0-9]?){0,30}"
    r"|BYDAY=(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU)){0,6})){0,5}$"
)


class Box(msgspec.Struct, frozen=True, gc=False):
    """A rectangle on a 1-based page, in PDF points from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Span(msgspec.Struct, frozen=True, gc=False):
    """Half-open character offsets into `Document.text`; page and boxes where the source has pages."""

    start: int
    end: int
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Agency(msgspec.Struct, frozen=True, gc=False):
    """`name` as printed; `canonical` the full official name, or None where it cannot be known."""

    name: str
    canonical: str | None
    kind: AgencyKind


class Signer(msgspec.Struct, frozen=True):
    """Who signed; `position` on one line as printed ("PHÓ CHỦ TỊCH")."""

    name: str | None
    position: str | None
    authority: Authority | None


class Header(msgspec.Struct, frozen=True):
    """The head and foot of the document. `issuer_rule` names the rule by which the issuer was found."""

    type: str | None = None
    type_text: str | None = None
    type_code: str | None = None
    number: str | None = None
    symbol: str | None = None
    identifier: str | None = None
    issued_on: dt.date | None = None
    place: str | None = None
    issuer: Agency | None = None
    issuer_parent: Agency | None = None
    issuer_rule: str | None = None
    title: str | None = None
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    is_draft: bool = False


class Section(msgspec.Struct, frozen=True):
    """A heading of the outline; `level` 1 is the outermost."""

    id: str
    label: str | None
    title: str
    level: int
    parent_id: str | None
    span: Span


class Offset(msgspec.Struct, frozen=True, gc=False):
    """A relative limit: `amount` of `unit` from `anchor`, the anchor as printed."""

    amount: int
    unit: OffsetUnit
    anchor: str | None


class Deadline(msgspec.Struct, frozen=True, gc=False):
    """A time limit. `start` and `end` are the first and last day that is in time, inclusive."""

    text: str
    kind: DeadlineKind
    stated: dt.date | None
    bound: Bound | None
    start: dt.date | None
    end: dt.date | None
    rrule: Annotated[str, msgspec.Meta(pattern=RRULE)] | None
    offset: Offset | None
    assumed: tuple[str, ...]
    span: Span


class Task(msgspec.Struct, frozen=True):
    """One obligation that somebody could tick off: a leaf item of the document or a row of its table.

    `recipients` are those to whom a report goes, in the order told, the office it goes through among them;
    `cut_offs` the days up to which, or the periods for which, its figures are counted.
    """

    id: str
    ordinal: int
    label: str | None
    section_id: str | None
    section_path: tuple[str, ...]
    text: str
    title: str
    kind: Literal["task", "report"]
    action: str | None
    lead: tuple[Agency, ...]
    cooperating: tuple[Agency, ...]
    approver: tuple[Agency, ...]
    supervisor: tuple[Agency, ...]
    lead_source: LeadSource | None
    deadlines: tuple[Deadline, ...]
    products: tuple[str, ...]
    budget: str | None
    notes: str | None
    citation_ids: tuple[str, ...]
    origin: Literal["prose", "table"]
    same_as: str | None
    confidence: float
    span: Span
    recipients: tuple[Agency, ...] = ()
    cut_offs: tuple[Deadline, ...] = ()


class Pinpoint(msgspec.Struct, frozen=True):
    """A place inside the cited document: "điểm a khoản 2 Điều 5" is article 5, clause 2, point a."""

    article: str | None
    clause: str | None
    point: str | None


class Citation(msgspec.Struct, frozen=True):
    """One mention of a document, from its type word to the end of its own date and issuer."""

    id: str
    text: str
    span: Span
    form: CitationForm
    type: str | None
    type_code: str | None
    number: str | None
    symbol: str | None
    identifier: str | None
    numbering: Numbering | None
    issued_on: dt.date | None
    issuer: Agency | None
    title: str | None
    pinpoints: tuple[Pinpoint, ...] = ()
    relation: Relation = "mentions"
    relation_from: str | None = None
    cited_document_id: str | None = None
    section_id: str | None = None
    task_ids: tuple[str, ...] = ()


class RegisterResult(msgspec.Struct, frozen=True):
    """What an audit found for a cited document."""

    status: str
    matched: str | None
    score: float | None
    differences: tuple[str, ...]


class CitedDocument(msgspec.Struct, frozen=True):
    """One distinct document that is cited. `name` only where it is cited without a number."""

    id: str
    type: str | None
    type_code: str | None
    identifier: str | None
    name: str | None
    issued_on: dt.date | None
    issuer: Agency | None
    title: str | None
    citation_ids: tuple[str, ...]
    in_register: RegisterResult | None = None


class Finding(msgspec.Struct, frozen=True):
    """A doubt or a fault; `message` is Vietnamese. `subject_id` is the task, citation or document meant."""

    code: str
    severity: Severity
    message: str
    subject_id: str | None = None
    span: Span | None = None


class Tool(msgspec.Struct, frozen=True):
    """Which program made the output. `model` is the name and version of the judge, None where rules alone decided."""

    name: str
    version: str
    model: str | None = None


class Signature(msgspec.Struct, frozen=True):
    """A digital signature of the file, as it says of itself; it is not verified."""

    signer: str | None
    signed_at: dt.datetime | None


class SourceInfo(msgspec.Struct, frozen=True):
    """The file that was read. `ocr_pages` are the 1-based pages that were read by OCR."""

    file: str
    sha256: str
    media_type: str
    page_count: int | None
    text_origin: TextOrigin
    ocr_pages: tuple[int, ...] = ()
    signatures: tuple[Signature, ...] = ()


class Document(msgspec.Struct, frozen=True):
    """A plan as data: the top level of the output."""

    schema_version: str
    tool: Tool
    source: SourceInfo
    header: Header
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    citations: tuple[Citation, ...]
    cited_documents: tuple[CitedDocument, ...]
    findings: tuple[Finding, ...]
    text: str | None

    def to_json(self, *, indent: int | None = 1) -> str:
        """The document as JSON text, UTF-8 letters unescaped; `indent=None` puts it on one line."""
        data = msgspec.json.encode(self)
        if indent is not None:
            data = msgspec.json.format(data, indent=indent)
        return data.decode("utf-8")

    @classmethod
    def from_json(cls, data: str | bytes) -> Document:
        """Read back what `to_json` wrote; raises `msgspec.ValidationError` where it breaks the contract."""
        return msgspec.json.decode(data, type=cls)

    def to_spacy(self) -> spacy.tokens.Doc:
        """A spaCy `Doc` of the text; `doc.spans` holds citations, deadlines, agencies and tasks."""
        from extractor.language import to_spacy

        return to_spacy(self)
