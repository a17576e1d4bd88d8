"""Whose fact is it? The patient's, or that of somebody the message also speaks of.

A sentence is the patient's unless somebody else is its subject ("wife is on PIP"), owns what is named
("mum's MS") or carries it ("looks after dad, who has COPD"). A pronoun that cannot be that somebody, the
word *patient*, or *himself* gives the sentence back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from understanding.anchors import find_anchor
from understanding.bystanders import bystander
from understanding.kinship import BETWEEN, is_patient_role, possessive_before, starts_clause
from understanding.person import Person
from understanding.relations import EMPLOYERS, FEMALE, MALE, NEEDS_OWNER, RELATIVES
from understanding.resuming import (
    HE,
    SHE,
    VERBS,
    is_other_one,
    not_ours,
    noun_follows,
    resumes,
    sex_of_pronoun,
)
from understanding.surface import Surface
from understanding.word_sets import words

# One of two: "the elder drives a cab", "older one (not ours)".
RANKS = words("elder older younger eldest oldest youngest other")
GROUPS = words("two both couple pair brothers sisters twins brother sister twin siblings")

# "Ex heroin", "ex-army": what the patient was, not whom they left.
FORMERLY = words(
    "- army forces offender smoker miner heroin drug iv ivdu user addict alcoholic drinker gambler "
    "cannabis cocaine crack opiate methadone navy marine soldier veteran prisoner con footballer "
    "boxer teacher nurse police"
)

CHILDREN = words("kids children sons daughters boys girls twins triplets")


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


def _guess_patient_sex(norms: list[str]) -> str | None:
    votes = 0
    for i, norm in enumerate(norms):
        if norm in RELATIVES:
            own = possessive_before(norms, i)
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


def _other_than(norms: list[str]) -> str | None:
    """Return the sex of a he beside a wife, of a she beside a brother: of whom no relative can be."""
    kin = {_sex_of(n) for i, n in enumerate(norms) if n in FEMALE | MALE and n not in NEEDS_OWNER}
    spoken = {
        sex_of_pronoun(n)
        for i, n in enumerate(norms)
        if n in ("he", "she") and norms[i + 1 : i + 2] and norms[i + 1] in VERBS | {"'s"}
    }
    left = spoken - kin
    return left.pop() if len(kin) == 1 and len(spoken) == 2 and len(left) == 1 else None


def find_people(surface: Surface, known_sex: str | None = None, described: bool = False) -> People:
    """Return the owner of every word.

    ``known_sex``: the patient's, as read before; ``described``: words other than a pronoun say it ("48F").
    """
    norms = [w.norm for w in surface.words]
    anchor = find_anchor(surface)
    first_of_two = None if anchor.found or described else _first_of_two(norms)
    guessed = anchor.sex or first_of_two or _guess_patient_sex(norms) or _other_than(norms)
    sex = anchor.sex or first_of_two or known_sex or guessed
    told = anchor.found or described or first_of_two is not None
    owner: list[Person | None] = [None] * len(norms)
    in_group = bool(GROUPS.intersection(norms))
    now: Person | None = None
    whole = False  # the present owner holds the rest of the sentence, not only the clause
    last: Person | None = None
    unsexed: Person | None = None  # an ex, a partner, a boss: any pronoun may be theirs
    bracket = -1  # where a bracket ends that describes the present owner ("gran (78, COPD)")
    beside: Person | None = None  # a colleague, an interpreter: no pronoun farther on is theirs
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
        elif (passing := bystander(norms, i)) is not None:
            now, whole, beside = passing, True, passing
            bracket = norms.index(")", i) if norms[i + 1 : i + 2] == ["("] else bracket
        elif now is not None and now is beside and i == bracket + 1:
            now = None
        elif norm in RANKS and in_group and starts_clause(norms, i):
            now, whole = None, True
            if norm not in patient_words and not_ours(norms, i):
                now = Person(norm, i, anchor.sex)
        elif norm in RELATIVES and now is not None and _says_who(norms, i, now):
            # "Partner (wife) is hitting him": one and the same.
            now, bracket = replace(now, sex=_sex_of(norm) or now.sex), i + 1
        elif norm in RELATIVES or norm in EMPLOYERS:
            found = _person(norms, i, patient_words)
            if isinstance(found, str):
                patient_words.add(norm)
                stated, now = _sex_of(norm) or stated, None
                sex = stated or sex
            elif found is not None:
                subject = starts_clause(norms, i)
                possessed = i + 1 < len(norms) and norms[i + 1] == "'s"
                if not (now and whole and not subject):
                    now = replace(found, subject=subject)
                    whole = subject and not (possessed and noun_follows(norms, i + 2))
        elif norm == "(" and now is not None and now.at == i - 1 and ")" in norms[i:]:
            bracket = norms.index(")", i)
        elif now is not None and i > bracket and resumes(norms, i, now, whole, sex):
            now = None
        if now is None and is_other_one(norms, i, sex, new_sentence):
            # "She has asthma, he has PIP": a pronoun that cannot be the patient is the other one.
            other = last_by_sex.get(sex_of_pronoun(norm)) or unsexed
            if other is not None or told:
                now, whole = other or Person(norm, i, sex_of_pronoun(norm)), True
        if now is not None and now.sex is not None:
            last_by_sex[now.sex] = now
        elif now is not None and now is not beside:
            unsexed = now
        owner[i] = now
    return People(tuple(owner), stated or guessed, stated is not None)


def _says_who(norms: list[str], i: int, now: Person) -> bool:
    """Say whether the word at ``i``, alone in a bracket, says who the person before it is."""
    return (
        now.at == i - 2
        and norms[now.at] in RELATIVES
        and norms[i - 1] == "("
        and norms[i + 1 : i + 2] == [")"]
    )


def told_of_others(surface: Surface, people: People) -> list[tuple[int, int]]:
    """Return the characters of the clauses that are about somebody else ("Dad has COPD, lives Stockport")."""
    spans: list[tuple[int, int]] = []
    for i, owner in enumerate(people.owner):
        both = {"they", "we", "both", "all", "together"}.intersection(
            w.norm for w in surface.words[max(0, i - 3) : i]
        )
        if owner is not None and {"he", "she", "patient"}.intersection(_beside(surface, owner)):
            continue
        if owner is not None and owner.subject and not owner.employer and not both:
            spans.append((surface.words[i].start, surface.words[i].end))
    return spans


def _beside(surface: Surface, owner: Person) -> list[str]:
    """Return who stands before the person and an *and*: "she and the kids"."""
    before = [w.norm for w in surface.words[max(0, owner.at - 4) : owner.at]]
    return before[: before.index("and")] if "and" in before else []


def _person(norms: list[str], i: int, patient_words: set[str]) -> Person | str | None:
    """Return the person named at ``i``, the word "patient" where it is they, or None."""
    norm = norms[i]
    if norm in EMPLOYERS:
        return Person(norm, i, None, employer=True)
    if _together(norms, i):
        return None
    if norm in patient_words or is_patient_role(norms, i):
        return "patient"
    own = possessive_before(norms, i)
    if norm in NEEDS_OWNER and own is None and norms[i - 1 : i] != ["'s"]:
        return Person(norm, i, _sex_of(norm)) if _one_of_the_children(norms, i) else None
    if (
        norm in ("ex",)
        and i + 1 < len(norms)
        and norms[i + 1] in FORMERLY
        and not (own and norms[i + 1] != "-")
    ):
        follower = norms[i + 2] if norms[i + 1] == "-" and i + 2 < len(norms) else norms[i + 1]
        if follower not in RELATIVES:
            return None
    if norm in ("family", "partner") and norms[i + 1 : i + 2] in (["history"], ["doctor"], ["hub"]):
        return None
    return Person(norm, i, _sex_of(norm))


def _together(norms: list[str], i: int) -> bool:
    """ "She and the kids are on the sofa": told of the patient as well."""
    j = i - 1
    while j >= 0 and (
        norms[j] in BETWEEN or norms[j] in ("his", "her", "their", "the", "two", "three")
    ):
        j -= 1
    return (
        j >= 1
        and norms[j] == "and"
        and norms[j - 1] in ("he", "she", "patient")
        and norms[i + 1 : i + 2] in (["are"], ["were"], ["have"], ["live"], ["sleep"], ["moved"])
    )


def _one_of_the_children(norms: list[str], i: int) -> bool:
    """ "Three kids, eldest autistic", "the baby has asthma"."""
    if norms[i] in ("baby", "toddler"):
        return norms[i - 1 : i] == ["the"]
    return norms[i] in ("eldest", "youngest") and bool(CHILDREN.intersection(norms[:i]))
