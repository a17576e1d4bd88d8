"""All phrases of the vocabulary, compiled: what the reader looks for in a message."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services_directory.vocabulary import VOCABULARY_FOLDER, Vocabulary, vocabulary
from understanding.kept import kept
from understanding.phrases import PhraseBook, Sense, hold, keys_of_words
from understanding.spelling import Speller
from understanding.word_lists import word_file

HOMONYM, WORKPLACE = "homonym", "workplace"
# What the keys of the vocabulary's words are worked out from.
READS_WORDS = ("phrases", "surface", "spacy_start", "spelling", "word_sets")
KEYS_FROM = [
    *(Path(__file__).parent / f"{name}.py" for name in READS_WORDS),
    *sorted(VOCABULARY_FOLDER.glob("*.yml")),
]
# Keys whose words are read by rules of their own.
BY_RULE = frozenset({"sex", "numbers", "needs", "work_status_outcome"})

# Words that rules rely on and that are therefore mended when misspelt.
RULE_WORDS = [
    "female",
    "woman",
    "english",
    "classes",
    "interest",
    "falling",
    "asleep",
    "struggle",
    "coping",
    "manage",
    "managing",
    "notice",
    "thinking",
    "concentrate",
    "exhausted",
    "enjoys",
    "happy",
    "problems",
    "working",
    "worked",
    "unemployed",
    "husband",
    "daughter",
    "brother",
    "sister",
    "mother",
    "father",
    "partner",
    "girlfriend",
    "boyfriend",
    "possible",
    "possibly",
    "probably",
    "suspected",
    "denies",
    "without",
    "previously",
    "resolved",
    "recovered",
    "struggling",
    "difficult",
    "weeks",
    "months",
    "years",
    "looking",
    "wants",
    "waiting",
    "surgery",
    "hospital",
    "appointment",
    "receptionist",
    "patient",
    "diagnosed",
    "diagnosis",
    "history",
    "yesterday",
    "tomorrow",
    "because",
    "although",
    "however",
    "university",
    "college",
    "certificate",
    "manager",
    "supervisor",
    "company",
    "ours",
    "mine",
    "theirs",
    "herself",
    "himself",
    "older",
    "elder",
    "younger",
]


class Lexicon:
    """The phrase book, and the speller that knows its words."""

    def __init__(self, words: Vocabulary) -> None:
        phrases = [
            (
                pattern,
                Sense(key if key != "flags" else term.id, term.id if key != "flags" else "true"),
            )
            for key, terms in words.terms.items()
            if key not in BY_RULE
            for term in terms.values()
            for pattern in term.words
        ]
        phrases += [(p, Sense(HOMONYM, HOMONYM)) for p in word_file("homonyms")["phrases"]]
        phrases += [(p, Sense(WORKPLACE, WORKPLACE)) for p in word_file("homonyms")["workplaces"]]
        phrases += [(p, Sense("occupation", "job")) for p in word_file("occupations")["jobs"]]
        patterns = sorted({pattern for pattern, _ in phrases})
        hold(kept("phrase-keys", KEYS_FROM, lambda: keys_of_words(patterns)))
        self.vocabulary = words
        self.book = PhraseBook(phrases)
        self.flags = frozenset(words.terms.get("flags", {}))
        self.speller = Speller([*self.book.known_words, *RULE_WORDS])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon of the shipped vocabulary, compiled once a process."""
    return Lexicon(vocabulary())
