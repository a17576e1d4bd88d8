"""A document as a PDF: A4, tagged for screen readers (PDF/UA-1), selectable text, one page where it fits.

The layout is ``sheet.typ``, set by Typst. A document reaches it as JSON data, never as markup, so that
nothing a clinician or a patient's name contains can change the page. Nothing is fetched and no font of the
machine is used: the same document gives the same page everywhere.
"""

from __future__ import annotations

import json
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from referrals.rendering.glyphs import FONTS, LACKING, STAND_IN, printable
from referrals.rendering.model import DocumentModel

SHEET = Path(__file__).parent / "sheet.typ"
STANDARD = "ua-1"
# One compiler at a time: it keeps what it has set, and is not made to be shared between threads.
_ONE_AT_A_TIME = threading.Lock()


class PdfError(RuntimeError):
    """The PDF could not be made. The draft and its text are untouched."""


def as_pdf(document: DocumentModel, large_print: bool = False) -> bytes:
    """Return ``document`` as a PDF; ``large_print``: 18 point throughout, labels above values.

    A letter that the font lacks becomes a square, and a line at the end says so. Raises ``PdfError``.
    """
    data = _printable(document.to_json())
    if STAND_IN in json.dumps(data, ensure_ascii=False):
        note = {"is": "Paragraph", "text": LACKING}
        data["sections"].append({"title": "", "blocks": [note]})
    inputs = {"document": json.dumps(data), "large": "yes" if large_print else "no"}
    try:
        with _ONE_AT_A_TIME:
            made = _compiler().compile(
                input=str(SHEET),
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=[STANDARD],
            )
    except typst.TypstError:
        # The cause quotes the document, so it goes no further.
        raise PdfError(
            "The PDF could not be made; the draft is kept. Use the text of the document instead."
        ) from None
    return bytes(made)


@lru_cache(maxsize=1)
def _compiler() -> Any:
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    return typst.Compiler(root=str(SHEET.parent), font_paths=fonts)


def _printable(value: Any) -> Any:
    """Return JSON data with every text as the font can show it; keys stay."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_printable(item) for item in value]
    return value
