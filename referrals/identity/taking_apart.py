"""One pasted line or block from a record system (EMIS, SystmOne, …) taken apart, to be shown for checking.

First what has a label, then what has a shape of its own, then the name at the top and the address in front
of the postcode. What could be read two ways is read the British way and said as a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from stdnum.gb import nhs

from referrals.identity import shapes
from referrals.identity.checks import age_on
from referrals.identity.model import Identity
from referrals.identity.tidying import TAKEN, day_of, name_of, one_line, phone_of, postcode_of

LONGEST = 4000
_TEXT_FIELDS = (
    "name",
    "surname",
    "given",
    "address",
    "language",
    "interpreter",
    "communication_need",
)


@dataclass(frozen=True)
class Doubt:
    """What a person should look at. ``field`` is one of ``Identity``'s, or ``rest``."""

    field: str
    says: str


def take_apart(pasted: str, today: date | None = None) -> tuple[Identity, tuple[Doubt, ...]]:
    """Return the identity in ``pasted``, and what to look at before it is used.

    Never raises. ``today`` (default: the real day) settles two-figure years, and ages in brackets.
    """
    return _Reading(pasted[:LONGEST], today or date.today()).done()


class _Reading:
    def __init__(self, pasted: str, today: date) -> None:
        text = pasted.replace("\r\n", "\n").replace("\r", "\n").replace(TAKEN, " ")
        text = "\n".join(line.strip() for line in text.split("\n"))
        # Columns of a banner: tabs, bars, wide gaps.
        self._text = re.sub(r"[ ]*(?:\t|\||•|·| {2,})[ \t]*", "\n", text).strip()
        self._today = today
        self._found: dict[str, Any] = {}
        self._doubts: list[Doubt] = []
        self._phones: list[tuple[str, str]] = []

    def done(self) -> tuple[Identity, tuple[Doubt, ...]]:
        self._labelled()
        self._wishes()
        self._numbers()
        self._dates()
        self._emails()
        self._sexes()
        self._age()
        self._name()
        self._place()
        self._keep_phones()
        if re.search(r"[A-Za-z]{3}", self._text.replace(TAKEN, " ")):
            self._doubt("rest", "Some of the text was not used: check that nothing is missing.")
        if not self._found.get("name"):
            self._doubt("name", "No name was found: type it.")
        return Identity(**self._found), tuple(dict.fromkeys(self._doubts))

    def _doubt(self, field: str, says: str) -> None:
        self._doubts.append(Doubt(field, says))

    def _take(self, start: int, end: int) -> None:
        # As long as what it stands for, so that places found before stay true.
        self._text = self._text[:start] + TAKEN * (end - start) + self._text[end:]

    def _labelled(self) -> None:
        found = shapes.labels(self._text)
        for label, following in zip(found, [*found[1:], None], strict=False):
            end = following.start if following else len(self._text)
            begin = (
                label.end
                + len(self._text[label.end : end])
                - len(self._text[label.end : end].lstrip())
            )
            stop = self._stop(label.field, begin, end)
            value = self._text[begin:stop].strip(" \n,;")
            if label.field is None:
                self._take(label.start, stop)
            elif label.field in _TEXT_FIELDS:
                self._take(label.start, stop)
                self._text_value(label.field, value)
            else:
                # What it announces has a shape: that is found by itself, near its label.
                self._shaped_value(label.field, begin, stop)
                self._take(label.start, min(label.end, stop))
        names = [self._found.pop(key, "") for key in ("given", "surname")]
        if any(names):
            self._found.setdefault("name", " ".join(filter(None, names)))

    def _stop(self, field: str | None, begin: int, end: int) -> int:
        """Return where the value that begins at ``begin`` ends: at its line's end, an address at its last."""
        if field != "address":
            line_end = self._text.find("\n", begin, end)
            return end if line_end < 0 else line_end
        gap = self._text.find("\n\n", begin, end)
        stop = end if gap < 0 else gap
        for shape in (shapes.EMAIL, shapes.PHONE, shapes.DATE, shapes.NHS_NUMBER):
            if match := shape.search(self._text, begin, stop):
                stop = match.start()
        if postcode := shapes.POSTCODE.search(self._text, begin, stop):
            stop = postcode.end()
        return stop

    def _text_value(self, field: str, value: str) -> None:
        if not value:
            return
        if field == "name":
            self._found.setdefault("name", name_of(value))
        elif field == "address":
            self._address(value)
        elif field == "interpreter":
            self._found["interpreter"] = not shapes.NO.match(value)
            if not shapes.YES.match(value) and not shapes.NO.match(value):
                self._found.setdefault("language", value)
        elif field == "communication_need" and shapes.NO.fullmatch(value):
            return
        elif field == "language":
            if match := shapes.INTERPRETER.search(value):
                self._found["interpreter"] = not (match["no"] or match["not"])
                value = (value[: match.start()] + value[match.end() :]).strip(" ()-,;")
            self._found.setdefault("language", value)
        else:
            self._found.setdefault(field, value)

    def _shaped_value(self, field: str, begin: int, stop: int) -> None:
        if field == "nhs_number":
            if match := shapes.NHS_NUMBER.search(self._text, begin, stop):
                self._nhs_number(match)
            else:
                self._doubt("nhs_number", "The NHS number could not be read: type it.")
        elif field == "date_of_birth":
            match = shapes.DATE.search(self._text, begin, stop)
            if match is None or not self._born(match):
                self._doubt("date_of_birth", "The date of birth could not be read: type it.")
        elif field == "sex":
            match = re.compile(r"[A-Za-z-]+").match(self._text, begin, stop)
            word = shapes.SEX_IDS.get(match[0].lower()) if match else None
            if match and word:
                self._found.setdefault("sex", word)
                self._take(*match.span())
        elif field in ("phone", "mobile", "work_phone"):
            if match := shapes.PHONE.search(self._text, begin, stop):
                self._phones.append((field, phone_of(match[0])))
                self._take(*match.span())
        elif field == "email":
            if match := shapes.EMAIL.search(self._text, begin, stop):
                self._found.setdefault("email", match[0])
                self._take(*match.span())
        elif field == "postcode" and (match := shapes.POSTCODE.search(self._text, begin, stop)):
            self._found.setdefault("postcode", postcode_of(match))
            self._take(*match.span())

    def _nhs_number(self, match: re.Match[str]) -> None:
        digits = re.sub(r"\D", "", match[0])
        self._take(*match.span())
        known = self._found.setdefault("nhs_number", digits)
        if known != digits:
            self._doubt("nhs_number", "There are two NHS numbers: check which is this patient's.")
        if not nhs.is_valid(digits):
            self._doubt("nhs_number", "The last digit of the NHS number does not fit the others.")

    def _numbers(self) -> None:
        """Take NHS and telephone numbers, the one that begins first: their figures may run together."""
        at = 0
        while True:
            found = [p.search(self._text, at) for p in (shapes.NHS_NUMBER, shapes.PHONE)]
            starts = [(m.start(), kind) for kind, m in enumerate(found) if m]
            if not starts:
                return
            kind = min(starts)[1]
            match = found[kind]
            assert match is not None
            at = match.end()
            if kind == 1:
                self._take(*match.span())
                self._phones.append(("", phone_of(match[0])))
            else:
                self._nhs_number(match)

    def _born(self, match: re.Match[str]) -> bool:
        born, doubt = day_of(match, self._today)
        if born is None:
            return False
        self._take(*match.span())
        self._found.setdefault("date_of_birth", born)
        if doubt:
            self._doubt("date_of_birth", doubt)
        return True

    def _dates(self) -> None:
        """Take the date of birth where none had a label: the earliest of all dates."""
        matches = list(shapes.DATE.finditer(self._text))
        read = [(born, m) for m in matches if (born := day_of(m, self._today)[0])]
        if "date_of_birth" not in self._found and read:
            if len({born for born, _ in read}) > 1:
                self._doubt("date_of_birth", "There are several dates: the earliest was taken.")
            self._born(min(read, key=lambda pair: pair[0])[1])
        for match in matches:
            self._take(*match.span())

    def _emails(self) -> None:
        for match in list(shapes.EMAIL.finditer(self._text)):
            self._take(*match.span())
            if self._found.setdefault("email", match[0]) != match[0]:
                self._doubt("email", "There are two e-mail addresses: the first was taken.")

    def _keep_phones(self) -> None:
        """Keep two numbers: a mobile first, one from work last."""
        unique = dict.fromkeys(
            number
            for _, number in sorted(
                self._phones,
                key=lambda p: (
                    p[0] == "work_phone",
                    not shapes.MOBILE.match(p[1].replace(" ", "")),
                ),
            )
        )
        for name, number in zip(("phone", "other_phone"), unique, strict=False):
            self._found[name] = number
        if len(unique) > 2:
            self._doubt("phone", "There are more than two telephone numbers: check which to use.")

    def _sexes(self) -> None:
        match = shapes.SEX.search(self._text) or shapes.SEX_LETTER.search(self._text)
        if "sex" not in self._found and match:
            self._found["sex"] = shapes.SEX_IDS[match[1].lower()]
            self._take(*match.span())

    def _age(self) -> None:
        match = shapes.AGE.search(self._text)
        if match is None:
            return
        self._take(*match.span())
        born = self._found.get("date_of_birth")
        if born and age_on(self._today, born) != int(match[1]):
            self._doubt(
                "date_of_birth", "The age that stands beside it does not fit the date of birth."
            )

    def _wishes(self) -> None:
        """Take how to speak with the patient, where no label said it."""
        if "interpreter" not in self._found and (match := shapes.INTERPRETER.search(self._text)):
            self._found["interpreter"] = not (match["no"] or match["not"])
            self._take(*match.span())
        needs = [match for match in shapes.NEEDS.finditer(self._text)]
        if needs:
            told = ", ".join(dict.fromkeys(match[0] for match in needs))
            self._found.setdefault("communication_need", told)
            for match in needs:
                self._take(*match.span())
        for field, pattern in (
            ("leave_message", shapes.NO_MESSAGE),
            ("send_text", shapes.NO_TEXT),
            ("safe_to_ring", shapes.NO_RING),
        ):
            if match := pattern.search(self._text):
                self._found[field] = False
                self._take(*match.span())

    def _name(self) -> None:
        """Take the name from the top: what stands before a line's end, a figure, or something taken."""
        for match in re.finditer(rf"[^\n{TAKEN}\d]+", self._text):
            if not re.search(r"[A-Za-z]{2}", match[0]):
                continue
            if "name" in self._found:
                return
            words, end = match[0], match.end()
            parts = words.split(",")
            if len(parts) > 2 or (
                len(parts) == 2 and len(parts[0].split()) > 1 and parts[1].strip()
            ):
                # "Test Zebra, Rose Cottage, …": an address follows the name.
                count = 1 if len(shapes.TITLE.sub("", parts[0]).split()) > 1 else 2
                words = ",".join(parts[:count])
                end = match.start() + len(words)
                self._doubt("name", "Check where the name ends.")
            name = name_of(words)
            if len(name.split()) > 6:
                return
            self._take(match.start(), end)
            self._found["name"] = name
            if len(name.split()) < 2:
                self._doubt("name", "Only one name was found.")
            return

    def _place(self) -> None:
        match = shapes.POSTCODE.search(self._text)
        if match is None:
            return
        before = self._text[: match.start()]
        begin = max(before.rfind(TAKEN), before.rfind("\n\n")) + 1
        self._take(*match.span())
        self._found.setdefault("postcode", postcode_of(match))
        lines = before[begin:].strip(" ,;\n")
        if "address" not in self._found and re.search(r"[A-Za-z]{2}", lines):
            self._found["address"] = one_line(lines)
            self._take(begin, match.start())

    def _address(self, value: str) -> None:
        if match := shapes.POSTCODE.search(value):
            self._found.setdefault("postcode", postcode_of(match))
            value = value[: match.start()]
        if one_line(value):
            self._found.setdefault("address", one_line(value))
