"""Where a word for a relative stands in its clause, and when it names the patient ("patient is the mum")."""

from __future__ import annotations

from understanding.surface import SENTENCE_ENDS
from understanding.word_sets import words

POSSESSIVES = words("his her their my our")
# What stands between "his" and "wife".
BETWEEN = words(
    "own late dear elderly disabled younger older little big eldest youngest teenage oldest "
    "step other adult poor "
    "twin estranged new old same only middle second first current 's the"
)
STARTERS = words(
    "and but so because while whereas although though as since then plus also with when if , "
    ": ( - /"
)
PARENTS = words("mum mother mam dad father nan nana gran grandma grandad stepmum stepdad")
CHILDREN = words(
    "son daughter grandson granddaughter child kid kids children grandchild grandkids grandchildren "
    "boy girl lad baby toddler stepson stepdaughter twins"
)
COUNTS = words("one two three four five six seven eight twins")


def possessive_before(norms: list[str], i: int) -> str | None:
    """Return the possessive that word ``i`` hangs on, looking past adjectives."""
    j = i - 1
    while j >= 0 and i - j <= 4 and norms[j] in BETWEEN:
        j -= 1
    if j >= 0 and norms[j] == "patient" and norms[j + 1] == "'s":
        return "patient"
    return norms[j] if j >= 0 and norms[j] in POSSESSIVES else None


def is_patient_role(norms: list[str], i: int) -> bool:
    """Say whether the relation at ``i`` names the patient: "patient is the mum", "single mum of two"."""
    if norms[i - 1 : i] == ["this"] or _parent_after_child(norms, i):
        return True
    j = i - 1
    while j >= 0 and norms[j] in (
        "the",
        "a",
        "an",
        "her",
        "his",
        "their",
        "young",
        "new",
        "single",
        "lone",
        "busy",
    ):
        if norms[j] in ("single", "lone", "new", "young", "busy"):
            return True
        j -= 1
    if (
        j >= 1
        and (norms[j] in ("is", "=", ":", "being") or (norms[j] == "'s" and j < i - 1))
        and norms[j - 1] in ("patient", "this")
    ):
        return True
    rest = [n for n in norms[i + 1 : i + 4] if n != "the"]
    if rest[:1] in (["is"], ["'s"], ["="]) and rest[1:2] == ["patient"]:
        return True
    lead = [
        n
        for n in norms[max(0, i - 4) : i]
        if n not in BETWEEN and n not in POSSESSIVES and n not in ("a", "an")
    ]
    if (
        lead[-2:] == ["behalf", "of"]
        or lead[-2:] == ["patient", "("]
        or lead[-2:] == ["ringing", "for"]
    ):
        return True
    if i and norms[i - 1] in (
        "working",
        "home",
        "teen",
        "expectant",
        "divorced",
        "widowed",
        "time",
        "becoming",
    ):
        return True
    of = i + 1 < len(norms) and norms[i + 1] == "of"
    number = i + 2 < len(norms) and (norms[i + 2].isdigit() or norms[i + 2] in COUNTS)
    # "a mum, 42": an article, not a possessive, and nobody else's.
    article = (
        i >= 1 and norms[i - 1] in ("a", "this") and norms[i] in ("mum", "mother", "dad", "father")
    )
    loose = i < 2 or norms[i - 2] not in (
        "with",
        "for",
        "has",
        "is",
        "to",
        "of",
        "by",
        "and",
        "from",
    )
    return (of and number) or (article and loose)


def _parent_after_child(norms: list[str], i: int) -> bool:
    """ "Grandson 8 has ADHD. Nan, 56, angina": who opens a sentence with an age, after a child, is meant."""
    if norms[i] in PARENTS and CHILDREN.intersection(norms[:i]) and starts_clause(norms, i):
        # "Children seen, mum wants help": nobody else can be meant.
        others = {"patient", "he", "she", "him", "her", "his", "pt", "they"} | (
            PARENTS - {norms[i]}
        )
        asks = norms[i + 1 : i + 2] and norms[i + 1] in (
            "wants",
            "asks",
            "needs",
            "asking",
            "would",
        )
        if asks and not others.intersection(norms) and not possessive_before(norms, i):
            return True
    aged = norms[i + 1 : i + 2] in ([","], ["("]) and norms[i + 2 : i + 3]
    return bool(
        norms[i] in PARENTS
        and norms[i - 1 : i] == ["."]
        and aged
        and norms[i + 2].isdigit()
        and CHILDREN.intersection(norms[:i])
        and "patient" not in norms
    )


def starts_clause(norms: list[str], i: int) -> bool:
    """Say whether the noun phrase that ends at ``i`` opens its clause."""
    j = i - 1
    while j >= 0 and (
        norms[j] in POSSESSIVES or norms[j] in BETWEEN or norms[j] in ("a", "an", "the")
    ):
        j -= 1
    if j < 0 or norms[j] in SENTENCE_ENDS:
        return True
    if norms[j] in STARTERS and norms[j] != "with":
        return True
    # "it's her husband who drinks"
    return norms[j] in ("is", "'s", "was") and j >= 1 and norms[j - 1] in ("it", "that")
