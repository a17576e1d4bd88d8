"""Words that must bring the safety message: suicide and self-harm, abuse, safeguarding, emergency.

Phrases and ideas that stand together (``risk_words``, ``risk_concepts``) are cues unless what stands
around them says otherwise (``risk_context``): another sense of the words, a denial, long past and not
fresh, or another person's past. What none of them holds, a classifier may still hear
(``safety_classifier``); where a rule heard the risk and took it back, the rule is believed. Whatever is
left in doubt raises the message. This is no risk screen.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from understanding.model import SafetyCue
from understanding.risk_context import (
    denied,
    is_another_day,
    is_fresh,
    is_over,
    is_past,
    person_after,
    person_before,
    told_in_context,
)
from understanding.risk_words import CONTEXTS, Message, Risk, read_message
from understanding.safety_classifier import CATEGORIES, classifier
from understanding.word_lists import word_list
from understanding.word_sets import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LOSS = words("lost losing bereaved died death dead grieving loss")
_COMPLETED = words("killed hanged hung gassed drowned shot took taken")
_NOT_COMPLETED = words("wants threatening threatens trying tried")
_INFANT = words("baby babys babies newborn toddler infant unborn")
# "16F", "15yof": the patient is a child. "12m" after one of these words is a time.
_MINOR = re.compile(r"(?:1[0-7]|[89])(?:f|m|yof|yom)$")
_SPAN = words("off for past last since after over")
# Safeguarding told with one of these is abuse as well.
_DONE_TO = words(
    "hits hit slaps money pension slavery trafficked passport exploited beats benefits pip"
)


def _counts(message: Message, risk: Risk, today: date) -> bool:
    if denied(message, risk):
        return False
    together = risk.category == "abuse" and bool(message.context["still_there"])
    fresh = is_fresh(message, risk) or together
    if risk.category == "emergency" and is_another_day(message, risk):
        return False
    if risk.category == "suicide_self_harm" and not risk.whoever:
        if person_before(message, risk) or person_after(message, risk):
            return _alive(message, risk, fresh, today)
        # "Lost her son to suicide", "died by suicide".
        before = message.words[max(0, risk.first - 5) : risk.first]
        if before[-1:] and before[-1] in {"to", "by", "from"} and _LOSS & set(before):
            return False
    if is_past(message, risk, today) and not fresh:
        return False
    return not (is_over(message, risk) and not fresh)


def _alive(message: Message, risk: Risk, fresh: bool, today: date) -> bool:
    """Say whether another person's risk is of now: nobody has died of it, and it is not long past."""
    held = message.words[max(0, risk.first - 5) : risk.last + 1]
    present = fresh or not word_list(CONTEXTS, "present_risk").isdisjoint(held)
    completed = not _COMPLETED.isdisjoint(held) and _NOT_COMPLETED.isdisjoint(held)
    return present and not is_past(message, risk, today) and not completed


def _of_a_child(message: Message) -> bool:
    """Say whether the patient is under 18 by age and sex: "16F says"."""
    return any(
        _MINOR.match(word) and not (i and message.words[i - 1] in _SPAN)
        for i, word in enumerate(message.words)
    )


def _companion(message: Message, risk: Risk) -> str | None:
    """Return what goes with a risk: safeguarding where one is weak or a small child is near."""
    at_risk = not word_list(CONTEXTS, "at_risk").isdisjoint(message.words) or _of_a_child(message)
    if risk.category == "abuse" and at_risk:
        return "safeguarding"
    if risk.category == "suicide_self_harm" and (
        person_before(message, risk)
        or not _INFANT.isdisjoint(message.words)
        or message.context["young"]
    ):
        return "safeguarding"
    held = message.words[risk.first : risk.last + 1]
    if risk.category == "safeguarding" and not _DONE_TO.isdisjoint(held):
        return "abuse"
    return None


def _heard(message: Message, today: date) -> list[Risk]:
    """Return the risks of ``message`` that count, those of the rules first."""
    counted = [r for r in message.risks if _counts(message, r, today)]
    taken_back = [r for r in message.risks if r not in counted]
    model = classifier()
    if model is None:
        return counted
    for category, first, last in model.told(message.plain):
        known = any(r.category == category for r in counted)
        back = any(first <= r.first <= last for r in taken_back)
        if not known and not back and not told_in_context(message, first, last):
            told = Risk(category, first, last)
            if _counts(message, told, today):
                counted.append(told)
    return counted


def _cues(text: str, message: Message, risks: list[Risk]) -> tuple[SafetyCue, ...]:
    cues: dict[tuple[str, int], SafetyCue] = {}
    for risk in risks:
        start, end = message.plain.origin[risk.first][0], message.plain.origin[risk.last][1]
        known = cues.get((risk.category, start))
        if known is None or known.end < end:
            cues[risk.category, start] = SafetyCue(risk.category, text[start:end], start, end)
        extra = _companion(message, risk)
        if extra and (extra, start) not in cues:
            cues[extra, start] = SafetyCue(extra, text[start:end], start, end)
    return tuple(sorted(cues.values(), key=lambda c: (c.start, CATEGORIES.index(c.category))))


def by_rule(text: str, today: date | None = None) -> tuple[SafetyCue, ...]:
    """Return the words of ``text`` that raise a category by the rules alone."""
    message, day = read_message(text), today or date.today()
    return _cues(text, message, [r for r in message.risks if _counts(message, r, day)])


def find_safety(doc: Doc, today: date | None = None) -> tuple[SafetyCue, ...]:
    """Return the words of ``doc`` that raise a category now, in order; one cue a category and place.

    ``today`` decides whether a year named in the text is long past (default: this day).
    """
    message = read_message(doc.text)
    return _cues(doc.text, message, _heard(message, today or date.today()))


__all__ = ["CATEGORIES", "by_rule", "find_safety"]
