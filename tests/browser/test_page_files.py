"""The files of the page themselves; needs no browser."""

from __future__ import annotations

import re
from pathlib import Path

FILES = Path(__file__).resolve().parents[2] / "bot" / "web"
SCRIPTS = [
    FILES / f"{name}.js"
    for name in ("fingerpost-chat", "conversation", "render", "text", "text.en")
]
WIDGET = [*SCRIPTS, FILES / "fingerpost.css"]
# The full page adds itself and its icon.
SERVED = [*WIDGET, FILES / "index.html", FILES / "icon.svg"]


def test_the_widget_weighs_less_than_40_kb_uncompressed() -> None:
    assert sum(path.stat().st_size for path in WIDGET) < 40_000


def test_nothing_is_ever_put_in_as_markup() -> None:
    unsafe = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|eval\(|new Function"
    )
    for path in SCRIPTS:
        assert not unsafe.search(path.read_text(encoding="utf-8")), path.name


def test_nothing_comes_from_another_place() -> None:
    for path in SERVED:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import", text), path.name


def test_the_page_has_no_script_or_style_of_its_own() -> None:
    page = (FILES / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)", page)


def test_every_word_of_the_interface_is_in_one_file_and_used() -> None:
    words = (FILES / "text.en.js").read_text(encoding="utf-8")
    known = set(re.findall(r"^\t(\w+):", words, re.M))
    code = "".join(p.read_text(encoding="utf-8") for p in SCRIPTS if p.name != "text.en.js")
    used = set(re.findall(r"\bT\.(\w+)", code))
    assert used <= known
    # The rest is looked up by an id of a message.
    assert known - used == {
        *("met", "unknown", "not_met", "suicide_self_harm", "possible", "guess", "pdf"),
    }
