"""The part of the form that names the patient: what it shows, and the ``Identity`` that it sends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.web.referrals.forms import Sent
from referrals.identity import Doubt, Identity, from_values, take_apart, to_values
from referrals.identity.checks import problems
from referrals.identity.model import FLAGS
from referrals.identity.shapes import DATE, POSTCODE
from referrals.identity.tidying import day_of, postcode_of

PREFIX = "id."
PASTE = "paste"
# Field, label, what the browser may fill in: never anything, since it is another person each time.
NAMING = (
    ("name", "Full name"),
    ("date_of_birth", "Date of birth"),
    ("nhs_number", "NHS number"),
    ("sex", "Sex"),
    ("address", "Address"),
    ("postcode", "Postcode"),
    ("phone", "Telephone"),
    ("other_phone", "Other telephone"),
    ("email", "E-mail"),
)
SPEAKING = (
    ("language", "Language"),
    ("interpreter", "Interpreter needed"),
    ("communication_need", "Communication need, such as BSL, easy read, large print"),
    ("safe_to_ring", "Safe to ring"),
    ("leave_message", "Safe to leave a message"),
    ("send_text", "Safe to send a text"),
)
LABELS = dict((*NAMING, *SPEAKING))
SEX_WORDS = (("", "not known"), ("female", "female"), ("male", "male"), ("other", "other"))
FLAG_WORDS = (("", "not asked"), ("yes", "yes"), ("no", "no"))
DATE_WORDS = "Write the date of birth as 12/03/1978."


@dataclass(frozen=True)
class IdentityForm:
    """How the part looks: ``values`` by field, what to check (``doubts``), what is wrong, by field.

    ``shown``: the fields stand there to be read; ``pasted`` is what could not be taken apart.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    wrong: Mapping[str, str] = field(default_factory=dict)
    shown: bool = False
    pasted: str = ""

    @property
    def filled(self) -> bool:
        """Whether any field holds something."""
        return any(self.values.values())


class IdentityProblem(ValueError):
    """The fields cannot be kept; ``form`` shows them as they were typed, with what is wrong."""

    def __init__(self, form: IdentityForm) -> None:
        super().__init__(" ".join(form.wrong.values()))
        self.form = form


def shown(identity: Identity, doubts: tuple[Doubt, ...] = ()) -> IdentityForm:
    """Return the part with ``identity`` in its fields, as people read it."""
    values = to_values(identity)
    if identity.date_of_birth:
        values["date_of_birth"] = f"{identity.date_of_birth:%d/%m/%Y}"
    values["nhs_number"] = identity.spoken_nhs_number
    return IdentityForm(values, doubts, shown=True)


def taken_apart(sent: Sent, today: date) -> IdentityForm | None:
    """Return the part filled from what was pasted, or ``None`` where nothing was.

    What stands in the fields already is kept where the text says nothing of it.
    """
    pasted = sent.text(PASTE).strip()
    if not pasted:
        return None
    identity, doubts = take_apart(pasted, today)
    if identity.empty:
        return IdentityForm(_values(sent), doubts, shown=True, pasted=pasted)
    made = shown(identity, doubts)
    found = {name: value for name, value in made.values.items() if value}
    return IdentityForm({**_values(sent), **found}, doubts, shown=True)


def as_sent(sent: Sent) -> IdentityForm:
    """Return the part as it was sent."""
    values = _values(sent)
    there = any(name.startswith(PREFIX) for name in sent.values)
    return IdentityForm(values, shown=there, pasted=sent.text(PASTE))


def identity_in(sent: Sent, today: date, training: bool) -> Identity | None:
    """Return the identity that was sent, or ``None`` where its fields are not there or all empty.

    Raises ``IdentityProblem``.
    """
    values = {name: value for name, value in _values(sent).items() if value}
    if not values:
        return None
    form = as_sent(sent)
    wrong: dict[str, str] = {}
    if text := values.pop("date_of_birth", ""):
        match = DATE.fullmatch(text)
        born = day_of(match, today)[0] if match else None
        if born is None:
            wrong["date_of_birth"] = DATE_WORDS
        else:
            values["date_of_birth"] = born.isoformat()
    if "nhs_number" in values:
        values["nhs_number"] = re.sub(r"[\s-]", "", values["nhs_number"])
    if match := POSTCODE.fullmatch(values.get("postcode", "")):
        values["postcode"] = postcode_of(match)
    for flag in FLAGS:
        if values.get(flag) not in (None, "yes", "no"):
            wrong[flag] = f"{LABELS[flag]}: yes or no."
            del values[flag]
    identity = from_values(values)
    wrong |= {problem.field: problem.says for problem in problems(identity, today, training)}
    if wrong:
        raise IdentityProblem(
            IdentityForm(form.values, wrong=wrong, shown=True, pasted=form.pasted)
        )
    return identity


def _values(sent: Sent) -> dict[str, str]:
    return {name: value.strip() for name, value in sent.beginning(PREFIX) if name in LABELS}
