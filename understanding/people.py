"""Whose fact is it? The patient's, or that of somebody the message also speaks of.

A sentence is the patient's unless somebody else is its subject ("wife is on PIP"), owns what is named
("mum's MS") or carries it ("looks after dad, who has COPD"). A pronoun that cannot be that somebody, the
word *patient*, or *himself* gives the sentence back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from understanding.anchors import find_anchor
from understanding.relations import EMPLOYERS, FEMALE, MALE, NEEDS_OWNER, RELATIVES
from understanding.surface import SENTENCE_ENDS, Surface
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
REPORTING = words(
    "says said say thinks think told tells telling reckons rang reports reported worries "
    "worried asked asks brought noticed "
    "insists convinced feels describes mentioned mentions reports confirms confirmed "
    "adds explained called phoned believes"
)
RESUMING = words("himself herself themselves patient themself")
STOPPERS = words("but so because although though whereas while ; ) however otherwise")
VERBS = words(
    "is was are has had have does do did can could will would works work working wants needs "
    "lives gets got says feels "
    "now not never he she they him i also still struggles struggling lost finds been"
)
AUXILIARIES = words("is are was were 's has had have")
COPULAS = words("is are was were 's has had have with on lost got gets been")
ACTS = words(
    "died left gone went works drinks helps drives came rang says knows thinks wants cooks does"
)
# One of two: "the elder drives a cab", "older one (not ours)".
RANKS = words("elder older younger eldest oldest youngest other")
GROUPS = words("two both couple pair brothers sisters twins brother sister twin siblings")
HE, SHE, HERS = frozenset({"he", "him"}), frozenset({"she"}), frozenset({"her"})


@dataclass(frozen=True)
class Person:
    """Somebody other than the patient: the word that names them, where it stands, and their sex if known.

    ``subject``: a clause is about them, rather than naming them by the way.
    """

    word: str
    at: int
    sex: str | None
    employer: bool = False
    subject: bool = False


@dataclass(frozen=True)
class People:
    """``owner[i]``: whose word ``i`` is (None: the patient's).

    ``patient_sex``: what the words for people tell of it; ``stated`` where they say it outright.
    """

    owner: tuple[Person | None, ...]
    patient_sex: str | None
    stated: bool = False


def _sex_of(word: str) -> str | None:
    return "female" if word in FEMALE else "male" if word in MALE else None


def _possessive_before(norms: list[str], i: int) -> str | None:
    """Return the possessive that word ``i`` hangs on, looking past adjectives."""
    j = i - 1
    while j >= 0 and i - j <= 4 and norms[j] in BETWEEN:
        j -= 1
    if j >= 0 and norms[j] == "patient" and norms[j + 1] == "'s":
        return "patient"
    return norms[j] if j >= 0 and norms[j] in POSSESSIVES else None


def _is_patient_role(norms: list[str], i: int) -> bool:
    """Say whether the relation at ``i`` names the patient: "patient is the mum", "single mum of two"."""
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


COUNTS = words("one two three four five six seven eight twins")


def _clause_start(norms: list[str], i: int) -> bool:
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


def _guess_patient_sex(norms: list[str]) -> str | None:
    votes = 0
    for i, norm in enumerate(norms):
        if norm in RELATIVES:
            own = _possessive_before(norms, i)
            votes += {"his": 1, "her": -1}.get(own or "", 0)
    return "male" if votes > 0 else "female" if votes < 0 else None


def _first_of_two(norms: list[str]) -> str | None:
    """Return the sex of whom the message speaks first, where it speaks of a he and a she and no relative."""
    spoken = [
        "female" if n in SHE else "male"
        for i, n in enumerate(norms)
        if n in ("he", "she") and norms[i + 1 : i + 2] and norms[i + 1] in VERBS | {"'s"}
    ]
    if len(set(spoken)) < 2 or (RELATIVES | EMPLOYERS).intersection(norms):
        return None
    return spoken[0]


def find_people(surface: Surface, known_sex: str | None = None, described: bool = False) -> People:
    """Return the owner of every word.

    ``known_sex``: the patient's, as read before; ``described``: words other than a pronoun say it ("48F").
    """
    norms = [w.norm for w in surface.words]
    anchor = find_anchor(surface)
    first_of_two = None if anchor.found or described else _first_of_two(norms)
    guessed = anchor.sex or first_of_two or _guess_patient_sex(norms)
    sex = anchor.sex or first_of_two or known_sex or guessed
    told = anchor.found or described or first_of_two is not None
    owner: list[Person | None] = [None] * len(norms)
    in_group = bool(GROUPS.intersection(norms))
    now: Person | None = None
    whole = False  # the present owner holds the rest of the sentence, not only the clause
    last: Person | None = None
    unsexed: Person | None = None  # an ex, a partner, a boss: any pronoun may be theirs
    bracket = -1  # where a bracket ends that describes the present owner ("gran (78, COPD)")
    patient_words: set[str] = set(anchor.words)
    last_by_sex: dict[str, Person] = {}
    stated: str | None = anchor.sex or first_of_two
    for i, norm in enumerate(norms):
        new_sentence = i > 0 and surface.sentence[i] != surface.sentence[i - 1]
        if new_sentence:
            last, now = now or last, None
            pronoun = next((n for n in norms[i : i + 2] if n in HE | SHE), None)
            if pronoun is None and norm in ("her", "his"):
                # "Asked about his mum. Her dementia …"
                pronoun = {"her": "she", "his": "he"}[norm]
            theirs = last and not last.employer and sex and last.sex and last.sex != sex
            if last and pronoun and theirs and (pronoun in SHE) == (last.sex == "female"):
                now, whole = last, True
        if norm == "family" and norms[i + 1 : i + 2] == ["history"]:
            now, whole = Person("family history", i, None), True
        elif norm in RANKS and in_group and _clause_start(norms, i):
            now, whole = None, True
            if norm not in patient_words and _not_ours(norms, i):
                now = Person(norm, i, anchor.sex)
        elif norm in RELATIVES or norm in EMPLOYERS:
            found = _person(norms, i, patient_words)
            if isinstance(found, str):
                patient_words.add(norm)
                stated, now = _sex_of(norm) or stated, None
                sex = stated or sex
            elif found is not None:
                subject = _clause_start(norms, i)
                possessed = i + 1 < len(norms) and norms[i + 1] == "'s"
                if not (now and whole and not subject):
                    now = replace(found, subject=subject)
                    whole = subject and not (possessed and _noun_follows(norms, i + 2))
        elif norm == "(" and now is not None and now.at == i - 1 and ")" in norms[i:]:
            bracket = norms.index(")", i)
        elif now is not None and i > bracket and _resumes(norms, i, now, whole, sex):
            now = None
        if now is None and _is_other_one(norms, i, sex, new_sentence):
            # "She has asthma, he has PIP": a pronoun that cannot be the patient is the other one.
            other = last_by_sex.get(_sex_of_pronoun(norm)) or unsexed
            if other is not None or told:
                now, whole = other or Person(norm, i, _sex_of_pronoun(norm)), True
        if now is not None and now.sex is not None:
            last_by_sex[now.sex] = now
        elif now is not None:
            unsexed = now
        owner[i] = now
    return People(tuple(owner), stated or guessed, stated is not None)


def told_of_others(surface: Surface, people: People) -> list[tuple[int, int]]:
    """Return the characters of the clauses that are about somebody else ("Dad has COPD, lives Stockport")."""
    spans: list[tuple[int, int]] = []
    for i, owner in enumerate(people.owner):
        both = {"they", "we", "both", "all", "together"}.intersection(
            w.norm for w in surface.words[max(0, i - 3) : i]
        )
        if owner is not None and owner.subject and not owner.employer and not both:
            spans.append((surface.words[i].start, surface.words[i].end))
    return spans


def _not_ours(norms: list[str], i: int) -> bool:
    """ "The older one is ours": then she is the patient."""
    return (
        not {"mine", "ours", "patient"}.intersection(norms[i + 1 : i + 4])
        or "not" in norms[i + 1 : i + 4]
    )


def _sex_of_pronoun(norm: str) -> str:
    return "female" if norm in SHE | HERS else "male"


def _is_other_one(norms: list[str], i: int, sex: str | None, new_sentence: bool) -> bool:
    """Say whether a pronoun that cannot be the patient is the subject of a clause at ``i``."""
    norm, after = norms[i], norms[i + 1] if i + 1 < len(norms) else ""
    if sex is None or norm not in HE | SHE | HERS or _sex_of_pronoun(norm) == sex:
        return False
    if norm in ("him", "her"):
        # "Him: retired, deaf."
        return after == ":" and (i == 0 or new_sentence)
    starts = i == 0 or norms[i - 1] in STARTERS | STOPPERS or new_sentence
    return starts or after in VERBS


def _person(norms: list[str], i: int, patient_words: set[str]) -> Person | str | None:
    """Return the person named at ``i``, the word "patient" where it is they, or None."""
    norm = norms[i]
    if norm in EMPLOYERS:
        return Person(norm, i, None, employer=True)
    if norm in patient_words or _is_patient_role(norms, i):
        return "patient"
    own = _possessive_before(norms, i)
    if norm in NEEDS_OWNER and own is None and norms[i - 1 : i] != ["'s"]:
        return None
    if (
        norm in ("ex",)
        and i + 1 < len(norms)
        and norms[i + 1] in ("-", "army", "forces", "offender", "smoker", "miner")
    ):
        follower = norms[i + 2] if norms[i + 1] == "-" and i + 2 < len(norms) else norms[i + 1]
        if follower not in RELATIVES:
            return None
    if norm in ("family", "partner") and norms[i + 1 : i + 2] in (["history"], ["doctor"], ["hub"]):
        return None
    return Person(norm, i, _sex_of(norm))


def _noun_follows(norms: list[str], i: int) -> bool:
    """After "mum's": say whether a thing owned comes next rather than a verb ("mum's got …")."""
    return i < len(norms) and norms[i] not in (
        [
            "got",
            "been",
            "on",
            "in",
            "at",
            "off",
            "the",
            "a",
            "an",
            "not",
            "just",
            "also",
            "always",
            "never",
            "retired",
            "unemployed",
            "depressed",
            "who",
            "with",
            "having",
            "had",
            "working",
            "poorly",
            "ill",
            "disabled",
            "diabetic",
            "out",
            "under",
            "claiming",
            "getting",
            "back",
            "very",
            "really",
            "now",
        ]
    )


def _resumes(norms: list[str], i: int, now: Person, whole: bool, sex: str | None) -> bool:
    """Say whether word ``i`` gives the sentence back to the patient."""
    norm = norms[i]
    if (
        norm in RESUMING
        and not (i and norms[i - 1] == "of")
        and not (norms[i - 1] in ("by", "kill", "killed", "hurt") if i else False)
    ):
        return True
    if (norm == "ours" and norms[i - 1 : i] != ["not"]) or norms[i : i + 2] == ["this", "one"]:
        return True
    after_break = i > 0 and norms[i - 1] in STARTERS | STOPPERS | {"that", "who"} | REPORTING
    if norm in HE | SHE and (after_break or norms[i - 1 : i] == [now.word]):
        female = norm in SHE
        if now.employer or now.sex is None:
            return True
        if (now.sex == "female") != female:
            return True
        return sex is None or (sex == "female") == female
    if norm in REPORTING and whole and i - now.at <= 3:
        # "Uncle was told never to work again" is the uncle's.
        return norms[i - 1] not in ("was", "is", "been", "got", "were", "being", "'s")
    if norm == "so":
        return True
    if whole:
        # "Dad is retired, COPD, 67" is all his; "wife does everything, sits in all day" is not.
        near = i - now.at <= 2 and norms[i - 1] not in ACTS and not norms[i - 1].endswith("ed")
        listed = norms[now.at + 1 : now.at + 2] == [":"]
        carries = (
            near
            or listed
            or any(n in COPULAS or n == "who" for n in norms[now.at + 1 : min(i, now.at + 4)])
        )
        if norm == "," and i == now.at + 1:
            return False
        if norm == "," and not carries:
            return i + 1 >= len(norms) or norms[i + 1] not in AUXILIARIES
        return norm == ";"
    if norm in STOPPERS or norm == ",":
        return True
    if norm == "and":
        return i + 1 < len(norms) and norms[i + 1] in VERBS
    return False
