"""Words that must bring the safety message: suicide and self-harm, abuse, safeguarding, emergency.

The phrases are data (``vocabulary/safety.yml``). A phrase found is a cue unless what stands around it
says otherwise (``vocabulary/safety_contexts.yml``): another sense of the words, a denial, long past and
not fresh, or another person's past. Whatever is left in doubt raises the message. This is no risk screen.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from understanding.model import SafetyCue
from understanding.plain import Plain, plain
from understanding.risk_concepts import find_together
from understanding.spelling import ordinary_words
from understanding.word_lists import word_file, word_list
from understanding.word_patterns import PhraseBook

if TYPE_CHECKING:
    from spacy.tokens import Doc

CATEGORIES = ("suicide_self_harm", "abuse", "safeguarding", "emergency")
_CONTEXTS = "safety_contexts"
_STOPS = frozenset({".", "but", "however", "although", "though", "except", "yet"})
# After a far denial these begin something new: "denied PIP and now wants to die".
_FAR_STOPS = _STOPS | {
    "now",
    "because",
    "since",
    "pip",
    "uc",
    "esa",
    "lcwra",
    "benefits",
    "so",
    "then",
    "still",
    "yet",
    ",",
}
_REACH = 12
# No clause is longer, whatever was typed without a stop.
_CLAUSE = 60
_ASKS = frozenset({"do", "any", "ever", "are", "have", "asked", "feeling", "feel", "q"})
_SAYS_NO = frozenset({"no", "none", "nil", "never", "nope", "nah", "denies", "denied", "not"})


@dataclass(frozen=True)
class _Found:
    category: str
    first: int
    last: int
    # The words that matter between first and last; all of them where this is empty.
    pieces: tuple[tuple[int, int], ...] = ()
    whoever: bool = False
    despite: bool = False

    def parts(self) -> tuple[_Found, ...]:
        """Return the pieces as risks of their own."""
        return tuple(_Found(self.category, *piece) for piece in self.pieces) or (self,)


@lru_cache(maxsize=1)
def _risks() -> PhraseBook:
    file = word_file("safety")
    return PhraseBook(
        ((c, p) for c, block in file["categories"].items() for p in block["phrases"]), file["lists"]
    )


@lru_cache(maxsize=1)
def _contexts() -> PhraseBook:
    file = word_file(_CONTEXTS)
    named = (
        "harmless",
        "resolved",
        "past",
        "fresh_phrases",
        "not_now",
        "still_there",
        "other_gone",
        "past_by_age",
    )
    phrases = [(n, p) for n in named for p in file[n]]
    phrases += [(f"harmless_with {i}", b["phrase"]) for i, b in enumerate(file["harmless_with"])]
    return PhraseBook(phrases, word_file("safety")["lists"])


def _spans(book: PhraseBook, text: Plain) -> list[_Found]:
    found = []
    for name, start, end in book.find(text.text, text.starts):
        first = bisect.bisect_left(text.starts, start)
        found.append(_Found(name, first, bisect.bisect_left(text.starts, end) - 1))
    return found


class _Reading:
    """One message: its words, the risks named in it, and what stands around them."""

    def __init__(self, text: str, today: date) -> None:
        self.plain = plain(
            text,
            word_file(_CONTEXTS)["spellings"],
            word_list(_CONTEXTS, "tolerant"),
            ordinary_words(),
        )
        self.words = self.plain.words
        self.today = today
        contexts = _spans(_contexts(), self.plain)
        self.harmless = [
            c for c in contexts if c.category == "harmless" or self._beside(c.category)
        ]
        self.resolved = [c for c in contexts if c.category == "resolved"]
        self.other_gone = [c for c in contexts if c.category == "other_gone"]
        self.past = [c for c in contexts if c.category == "past"]
        self.past_by_age = [c for c in contexts if c.category == "past_by_age"]
        self.fresh = [c for c in contexts if c.category == "fresh_phrases"]
        self.still_there = any(c.category == "still_there" for c in contexts)
        self.not_now = [c for c in contexts if c.category == "not_now"]
        self.risks = [
            r
            for r in (*_spans(_risks(), self.plain), *self._together())
            if r.despite
            or not any(
                h.first <= p.last and p.first <= h.last for h in self.harmless for p in r.parts()
            )
        ]
        self.in_risk = {
            i for r in self.risks for p in r.parts() for i in range(p.first, p.last + 1)
        }

    def _together(self) -> list[_Found]:
        return [
            _Found(
                t.category,
                t.pieces[0][0],
                max(last for _, last in t.pieces),
                t.pieces,
                t.whoever,
                t.despite,
            )
            for t in find_together(self.plain)
        ]

    def _beside(self, name: str) -> bool:
        """Say whether a ``harmless_with`` phrase has one of its words anywhere in the message."""
        if not name.startswith("harmless_with "):
            return False
        wanted = word_file(_CONTEXTS)["harmless_with"][int(name.split()[1])]["words"]
        return any(f" {word} " in self.plain.text for word in wanted)

    def clause(self, risk: _Found, stops: frozenset[str]) -> tuple[int, int]:
        """Return the first and last word of the stretch around ``risk`` that no word of ``stops`` cuts."""
        first, last = risk.first, risk.last
        lowest, highest = max(0, first - _CLAUSE), min(len(self.words) - 1, last + _CLAUSE)
        while first > lowest and self.words[first - 1] not in stops:
            first -= 1
        while last < highest and self.words[last + 1] not in stops:
            last += 1
        return first, last

    def denied(self, risk: _Found) -> bool:
        """Say whether a denial stands before or after ``risk`` with nothing but filler between."""
        own = {i for p in risk.parts() for i in range(p.first, p.last + 1)}
        return any(self._denied_before(p, own) for p in risk.parts()) or self._denied_after(risk)

    def _denied_before(self, risk: _Found, own: set[int]) -> bool:
        deny, far = word_list(_CONTEXTS, "deny"), word_list(_CONTEXTS, "deny_far")
        filler, turned = word_list(_CONTEXTS, "filler"), word_list(_CONTEXTS, "not_deny")
        only_filler = True
        for i in range(risk.first - 1, max(-1, risk.first - 1 - _REACH), -1):
            word = self.words[i]
            if word in _STOPS or i in own:
                return False
            before = self.words[i - 1] if i else ""
            if word in far and before in turned:
                return False
            if word in deny and (only_filler or word in far):
                if self.words[i + 1] == "," and word not in far:
                    return False
                return not self._weeks_only(risk)
            if word == "rule" and before in turned:
                return False
            if word in _FAR_STOPS and not (word == "," and only_filler):
                return False
            if not (word in filler or i in self.in_risk or word == ","):
                only_filler = False
        return False

    def _weeks_only(self, risk: _Found) -> bool:
        """ "Hasn't cut for two weeks" is news of two weeks ago, not a denial."""
        after = self.words[risk.last + 1 : risk.last + 5]
        return (
            bool(after)
            and after[0] in {"for", "in"}
            and any(w in {"day", "days", "week", "weeks", "wks", "hours"} for w in after)
        )

    def _denied_after(self, risk: _Found) -> bool:
        filler, bare = word_list(_CONTEXTS, "filler"), word_list(_CONTEXTS, "deny_after_bare")
        for i in range(risk.last + 1, min(len(self.words), risk.last + 6)):
            word = self.words[i]
            if word == "." and self._asked_and_answered(risk, i):
                return True
            if word in _STOPS:
                return False
            if word in word_list(_CONTEXTS, "deny_after"):
                following = self.words[i + 1] if i + 1 < len(self.words) else "."
                if word in {"denies", "denied"} and following not in {".", ",", "and", "by"}:
                    return False
                ends = following in {".", ","} or following in word_list(
                    _CONTEXTS, "deny_after_end"
                )
                if word in {"no", "nil", "never"} and following in {"plan", "plans", "intent"}:
                    ends = False
                return ends or word not in bare
            if not (word in filler or word == "," or i in self.in_risk):
                return False
        return False

    def _asked_and_answered(self, risk: _Found, stop: int) -> bool:
        """ "Do you ever feel like ending it?" "No, never": a question, and the word after it denies."""
        first, _ = self.clause(risk, frozenset({"."}))
        asked = bool(_ASKS & set(self.words[first : risk.first + 1]))
        return asked and self.words[stop + 1 : stop + 2] != () and self.words[stop + 1] in _SAYS_NO

    def is_fresh(self, risk: _Found) -> bool:
        """Say whether a word beside ``risk`` makes it of these days."""
        first, last = self.clause(risk, _STOPS | {","})
        fresh = word_list(_CONTEXTS, "fresh")
        return any(self.words[i] in fresh for i in range(first, last + 1)) or any(
            first <= f.first <= last for f in self.fresh
        )

    def is_past(self, risk: _Found) -> bool:
        """Say whether ``risk`` is told as long past."""
        first, last = self.clause(risk, _STOPS)
        near_first, near_last = self.clause(risk, _STOPS | {","})
        # Of a child "teenage" and "aged 12" say no more than how old.
        aged = self.past_by_age if risk.category != "safeguarding" else []
        for past in (*self.past, *aged):
            if near_first <= past.first <= near_last:
                if self._year_too_near(past):
                    continue
                return True
            # "overdose, aged 15": the age stands in the next breath.
            if past.first == near_last + 2 and past.last <= last:
                return not self._year_too_near(past)
            # "PMH: depression, overdose, asthma": one heading over a list of short things.
            heading = self.words[past.first] in {
                "pmh",
                "pmhx",
                "hx",
                "history",
                "background",
                "previous",
                "past",
                "prev",
            }
            if (
                heading
                and first <= past.first < risk.first
                and self._list_between(past.last, risk.first)
            ):
                return True
        return False

    def _list_between(self, start: int, end: int) -> bool:
        verbs = {
            "is",
            "has",
            "wants",
            "now",
            "he",
            "she",
            "they",
            "hes",
            "shes",
            "says",
            "feels",
            "keeps",
            "with",
        }
        return not any(w in verbs for w in self.words[start + 1 : end])

    def _year_too_near(self, past: _Found) -> bool:
        years = [
            int(w) for w in self.words[past.first : past.last + 1] if w.isdigit() and len(w) == 4
        ]
        return any(y >= self.today.year - 1 for y in years)

    def is_another_day(self, risk: _Found) -> bool:
        """Say whether the clause of ``risk`` names another day: an emergency is one only now."""
        first, last = self.clause(risk, _STOPS)
        return any(first <= n.first and n.last <= last for n in self.not_now)

    def is_over(self, risk: _Found) -> bool:
        """Say whether the message goes on to say that it is over."""
        over = self.resolved + (self.other_gone if risk.category == "abuse" else [])
        return any(r.first > risk.last or r.last < risk.first for r in over)

    def person_before(self, risk: _Found) -> str | None:
        """Return the other person whose act ``risk`` is told of: "her brother took his own life"."""
        people, reporters = word_list(_CONTEXTS, "people"), word_list(_CONTEXTS, "reporters")
        for i in range(risk.first, max(-1, risk.first - 6), -1):
            word = self.words[i]
            if word in {
                ".",
                "and",
                "but",
                "with",
                "he",
                "she",
                "they",
                "hes",
                "shes",
                "pt",
                "patient",
                "because",
                "as",
            }:
                return None
            if word in people or word.removesuffix("s") in people:
                between = self.words[i + 1 : risk.first + 1]
                if self.words[i - 1 : i] and self.words[i - 1] in {
                    "with",
                    "told",
                    "tells",
                    "telling",
                    "to",
                }:
                    return None
                return None if any(w in reporters for w in between) else word
        return None

    def person_after(self, risk: _Found) -> bool:
        """ "The suicide of her son", "overdose that killed his brother"."""
        people = word_list(_CONTEXTS, "people")
        after = self.words[risk.last + 1 : risk.last + 4]
        inside = self.words[risk.first : risk.last + 1]
        return any(w in people for w in after) and ("of" in after[:1] or inside[-1:] == ("of",))


_LOSS = frozenset({"lost", "losing", "bereaved", "died", "death", "dead", "grieving", "loss"})
_COMPLETED = frozenset({"killed", "hanged", "hung", "gassed", "drowned", "shot", "took", "taken"})


def _counts(reading: _Reading, risk: _Found) -> bool:
    if reading.denied(risk):
        return False
    fresh = reading.is_fresh(risk) or (risk.category == "abuse" and reading.still_there)
    if risk.category == "emergency" and reading.is_another_day(risk):
        return False
    if risk.category == "suicide_self_harm" and not risk.whoever:
        person = reading.person_before(risk)
        words = reading.words[max(0, risk.first - 5) : risk.last + 1]
        if person or reading.person_after(risk):
            present = word_list(_CONTEXTS, "present_risk")
            alive = (fresh or any(w in present for w in words)) and not reading.is_past(risk)
            completed = any(w in _COMPLETED for w in words) and not any(
                w in {"wants", "threatening", "threatens", "trying", "tried"} for w in words
            )
            return alive and not completed
        # "Lost her son to suicide", "died by suicide".
        before = reading.words[max(0, risk.first - 5) : risk.first]
        if before[-1:] and before[-1] in {"to", "by", "from"} and _LOSS & set(before):
            return False
    if reading.is_past(risk) and not fresh:
        return False
    return not (reading.is_over(risk) and not fresh)


def find_safety(doc: Doc, today: date | None = None) -> tuple[SafetyCue, ...]:
    """Return the words of ``doc`` that raise a category now, in order; one cue a category and place.

    ``today`` decides whether a year named in the text is long past (default: this day).
    """
    reading = _Reading(doc.text, today or date.today())
    cues: dict[tuple[str, int], SafetyCue] = {}
    for risk in reading.risks:
        if not _counts(reading, risk):
            continue
        start, end = reading.plain.origin[risk.first][0], reading.plain.origin[risk.last][1]
        known = cues.get((risk.category, start))
        if known is None or known.end < end:
            cues[risk.category, start] = SafetyCue(risk.category, doc.text[start:end], start, end)
        _add_companions(reading, risk, start, end, doc.text, cues)
    return tuple(sorted(cues.values(), key=lambda c: (c.start, CATEGORIES.index(c.category))))


def _add_companions(
    reading: _Reading,
    risk: _Found,
    start: int,
    end: int,
    text: str,
    cues: dict[tuple[str, int], SafetyCue],
) -> None:
    """Add what goes with a cue: abuse of one who cannot protect himself, or near a child, is safeguarding."""
    extra = None
    if (
        risk.category == "abuse" and word_list("safety_contexts", "at_risk") & set(reading.words)
    ) or (risk.category == "suicide_self_harm" and reading.person_before(risk)):
        extra = "safeguarding"
    elif risk.category == "safeguarding" and any(
        w
        in {
            "hits",
            "hit",
            "slaps",
            "money",
            "pension",
            "slavery",
            "trafficked",
            "passport",
            "exploited",
            "beats",
            "benefits",
            "pip",
        }
        for w in reading.words[risk.first : risk.last + 1]
    ):
        extra = "abuse"
    if extra and (extra, start) not in cues:
        cues[extra, start] = SafetyCue(extra, text[start:end], start, end)
