"""What is too much: a file that would take the machine is refused with a typed error, before it does."""

from __future__ import annotations

FILE_BYTES = 256 * 1024 * 1024
TEXT_BYTES = 32 * 1024 * 1024
ZIP_MEMBERS = 5_000
ZIP_BYTES = 256 * 1024 * 1024
XML_BYTES = 96 * 1024 * 1024
PAGES = 3_000
PAGE_CHARACTERS = 200_000
DOCUMENT_CHARACTERS = 20_000_000
PAGE_OBJECTS = 60_000
PAGE_RULES = 6_000
PAGE_POINTS = 14_400
IMAGE_PIXELS = 60_000_000
