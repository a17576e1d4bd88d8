"""What a message is for: a fact, an answer, a command, a question outside our field.

A light classifier: words and letter groups weighted by TF-IDF, one logistic regression. It is trained
from the sentences of ``data/nlu`` with scikit-learn (``intent_training``); here it is read from a file
and needs numpy only. Plain rules stand above it where a wrong guess would do harm: facts lost, or a drug
question read as facts.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

MODEL_FOLDER = Path(__file__).resolve().parent.parent / "models" / "understanding"
MODEL_FILE = "intents.npz"
OUTSIDE = ("off_topic", "medical_question", "benefit_question")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|[?]")
_LONGEST_TEXT = 1500
# Words; a longer message tells something beside what it asks.
LONGEST_ENTITLEMENT = 14
_QUESTION = re.compile(
    r"\?\s*$|^(?:what|which|when|why|how|who|where|is|are|can|could|does|do|should|would|whats|"
    r"what's|any)\b",
    re.IGNORECASE,
)
# Each of these is a fact about a person and his work, the kind of thing this product reads.
_FACTS = re.compile(
    r"(?<![\w£/.])\d{2}\s?(?:[mf]\b|y/?o\b|yrs? old|year[- ]old)|\b[mf]\s?\d{2}\b|\baged \d\d|"
    r"\b(?:off (?:sick|work|for|since|\d+)|signed off|sick note|unemployed|jobless|out of work|"
    r"lost (?:his|her|their) job|redundan\w+|"
    r"uc|lcwra?|esa|pip|jsa|ssp|universal credit|benefits?|sanctioned|zero hours|self employed|"
    r"self-employed|part time|"
    r"works? (?:as|in|at|for|nights|part)|working|employer|boss|manager|wants? (?:a job|to work|"
    r"to go back|work|to get)|job|lives? in|lives with|"
    r"he|she|he's|she's|hes|shes|his|her|him|pt|patient|lady|lad|man|woman|bloke|chap|mum|dad|cmht|"
    r"debts?|rent|housing|bus|no qualifications)\b",
    re.IGNORECASE,
)
_PERSON_WORDS = frozenset(
    [
        "he",
        "she",
        "he's",
        "she's",
        "hes",
        "shes",
        "his",
        "her",
        "him",
        "pt",
        "patient",
        "man",
        "woman",
        "lady",
    ]
)
_CLINICAL_QUESTION = re.compile(
    r"\b(?:max(?:imum)?|starting|usual|safe|normal|what|which|right) (?:dose|dosage|range|level|"
    r"value)\b|\bdos(?:e|es|age|ing) (?:of|for)\b|\bside[- ]effects?\b|"
    r"\binteract\w*|\bcontra-?indicat\w*|\bfirst[- ]line\b|\bhalf[- ]life\b|\bcut[- ]?off\b|"
    r"\bred flags (?:for|of|in)\b|\bguid(?:eline|ance)s?\b|"
    r"\b(?:egfr|hba1c|ferritin|tsh|psa|qt|inr|crp|bnp|ecg|ct|mri|x-?ray|2ww)\b|\bnice\b|\b(?:mg|"
    r"mcg|mmol)\b|"
    r"\b(?:safe|ok|okay) (?:in|with|during|while|to (?:give|take|use|stop|start|combine|prescribe))\b|"
    r"\bhow (?:do (?:i|you|we)|to|should i) (?:treat|manage|diagnose|wean|taper|titrate|switch|"
    r"convert|interpret|start|stop|prescribe|monitor|test)\b|"
    r"\b(?:metformin|sertraline|citalopram|fluoxetine|mirtazapine|venlafaxine|duloxetine|"
    r"amitriptyline|nortriptyline|pregabalin|gabapentin|propranolol|ramipril|lisinopril|"
    r"amlodipine|bisoprolol|statins?|atorvastatin|simvastatin|warfarin|apixaban|rivaroxaban|"
    r"clopidogrel|aspirin|ibuprofen|naproxen|codeine|morphine|tramadol|"
    r"prednisolone|methotrexate|lithium|quetiapine|olanzapine|risperidone|aripiprazole|insulin|"
    r"gliclazide|empagliflozin|semaglutide|ozempic|levothyroxine|omeprazole|lansoprazole|"
    r"amoxicillin|doxycycline|flucloxacillin|nitrofurantoin|trimethoprim|clarithromycin|antibiotics?|"
    r"hrt|the pill|salbutamol|inhaler|zopiclone|diazepam|ssri|snri|nsaids?|ppi|triptans?|"
    r"colchicine|allopurinol|furosemide|spironolactone|digoxin|finasteride|tamsulosin|bupropion|"
    r"champix|varenicline|steroids?|vaccine|vaccination|immunisation)\b",
    re.IGNORECASE,
)
# Said of work or services, a question is ours whatever else it names.
_OURS = re.compile(
    r"\b(?:refer (?:him|her|them|to)|referral|service|work(?!-?up)\w*|job\w*|employ\w*|benefits?|ips|"
    r"restart|pioneer|access to work|fit note|off sick|connect to work|talking therapies|"
    r"citizens advice|social prescrib\w*|uc|pip|esa|lcwra|support)\b",
    re.IGNORECASE,
)

# Beside a patient's job or illness only these show that a question is after a service.
_OF_SERVICES = re.compile(
    r"\b(?:refer(?:ral|red)?|services?|ips|restart|pioneer|access to work|connect to work|workwell|"
    r"talking therapies|citizens advice|social prescrib\w*|fit note)\b",
    re.IGNORECASE,
)

_BENEFIT = (
    r"(?:uc|universal credit|pip|personal independence payment|esa|jsa|dla|lcwra?|ssp|carer'?s allowance|"
    r"attendance allowance|housing benefit|council tax (?:support|reduction)|benefits?|tax credits?|"
    r"pension credit|blue badge|support group|iidb|industrial injuries(?: benefit)?|adp|"
    r"state pension|sick pay)"
)
# Whether somebody would get a benefit, or how much of it, is for a welfare rights adviser to say.
_ENTITLEMENT = re.compile(
    r"\b(?:entitle\w*|eligib\w*|qualif\w*|claim|apply for|due|owed|gets?|getting|receive|keep|lose|stop|"
    r"affect|touch|reduce|cut|worth|afford|win)\b[^.!?]{0,30}?\b" + _BENEFIT + r"\b"
    r"|\b(?:what|which|how much|any|what other) (?:"
    + _BENEFIT
    + r")\b[^.!?]{0,30}\b(?:claim|get|apply|"
    r"entitled|on|due)|\bhow much (?:would|will|does|is|can|could)\b[^.!?]{0,30}\b"
    + _BENEFIT
    + r"\b"
    r"|\b"
    + _BENEFIT
    + r"\b[^.!?]{0,25}\b(?:rates?|threshold|rules|criteria|entitle\w*|eligib\w*)\b"
    r"|\bentitled to anything\b"
    r"|\b(?:should|can|could|must|would|ought|worth|does|do|will) "
    r"(?:s?he |they |patient |pt |we |i |have to )*(?:appeal\w*|challeng\w+|contest\w*|"
    r"dispute)\b[^.!?]{0,20}\b(?:" + _BENEFIT + r"|wca|dwp|work capability)\b"
    r"|\b(?:will|would|does|do|could|can|might)\b[^.!?]{0,20}\b(?:lose|keep|affect|stop|cut|touch) "
    r"(?:his|her|their|all (?:his|her|their)) (?:money|payments?)\b"
    r"|\b(?:will|would|does|do|could|might) (?:his |her |their |the )?"
    + _BENEFIT
    + r" (?:be )?(?:stop|end|go|drop|change|reduce|affect|cut)",
    re.IGNORECASE,
)
_BETTER_OFF = re.compile(
    r"\b(?:better|worse) off (?:in|on|off|if|out of|with|by|financially|working|at)\b",
    re.IGNORECASE,
)
_WONDERS = re.compile(
    r"^(?:(?:pt|patient|she|he|they|mum|wife|husband)[' ]?s? )?(?:wants? to know|wondering|wonders|"
    r"asking|asks|asked|any idea|do you know|not sure)\b",
    re.IGNORECASE,
)
# The running of a surgery, and small talk: never facts of a patient's work.
_SURGERY = re.compile(
    r"\b(?:rota|annual leave|study leave|appraisal|printer|smart ?card|password|wi-?fi|log ?in|icd|"
    r"read code|snomed|translate|what time (?:does|do|is|are)|phlebotomy|practice meeting|cqc|"
    r"locum (?:rate|cover|pay)|parking|"
    r"who won|poem|sing me|joke|weather|football|prime minister|biscuits?|kettle|system is down|"
    r"emis is down|on telly)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Intents:
    """A trained classifier. ``weights`` is (features, intents), ``idf`` one weight a feature."""

    names: tuple[str, ...]
    vocabulary: dict[str, int]
    idf: np.ndarray[Any, Any]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]

    def classify(self, text: str) -> tuple[str, float]:
        """Return the intent of ``text`` and how sure that is (0 to 1), rules included."""
        scores = self.scores(text)
        name = max(scores, key=lambda n: scores[n])
        ruled = by_rule(text, name, scores[name])
        return (name, scores[name]) if ruled is None else ruled

    def scores(self, text: str) -> dict[str, float]:
        """Return the probability of every intent, by the classifier alone."""
        found = vector(text, self.vocabulary, self.idf)
        logits = self.bias.astype(np.float64)
        if found:
            rows, values = zip(*found, strict=True)
            logits += np.array(values) @ self.weights[list(rows)]
        logits -= logits.max()
        odds = np.exp(logits)
        odds /= odds.sum()
        return {name: float(p) for name, p in zip(self.names, odds, strict=True)}


def features(text: str) -> Counter[str]:
    """Return the features of ``text``: words, pairs of words, groups of 2 to 4 letters, and its shape."""
    low = re.sub(r"\d", "0", text[:_LONGEST_TEXT].lower().replace("’", "'"))
    words = _WORD.findall(low)
    found: Counter[str] = Counter()
    found.update("w:" + w for w in words)
    found.update("p:" + a + " " + b for a, b in pairwise(words))
    for word in words:
        padded = f" {word} "
        for size in (2, 3, 4):
            found.update("c:" + padded[i : i + size] for i in range(len(padded) - size + 1))
    size = len(words)
    found[f"s:len{min(size, 3) if size < 4 else 4 if size < 7 else 5 if size < 12 else 6}"] += 1
    if words:
        found["s:first " + words[0]] += 1
    if text.rstrip().endswith("?"):
        found["s:question"] += 1
    if _FACTS.search(text):
        found["s:facts"] += 1
    return found


def vector(
    text: str, vocabulary: dict[str, int], idf: np.ndarray[Any, Any]
) -> list[tuple[int, float]]:
    """Return the TF-IDF features of ``text`` as (index, weight), each family scaled to length one."""
    families: dict[str, list[tuple[int, float]]] = {}
    for feature, count in features(text).items():
        index = vocabulary.get(feature)
        if index is not None:
            weight = (1 + math.log(count)) * float(idf[index])
            families.setdefault(feature[0], []).append((index, weight))
    found: list[tuple[int, float]] = []
    for items in families.values():
        length = math.sqrt(sum(w * w for _, w in items))
        found += [(i, w / length) for i, w in items]
    return found


def count_facts(text: str) -> int:
    """Return how many different facts of a person and his work ``text`` seems to hold."""
    hits = {m.group().lower() for m in _FACTS.finditer(text[:_LONGEST_TEXT])}
    person = bool(hits & _PERSON_WORDS)
    return len(hits - _PERSON_WORDS) + int(person)


def by_rule(text: str, name: str, score: float) -> tuple[str, float] | None:
    """Return the intent where a rule knows better than the classifier, else None."""
    facts = count_facts(text)
    question = bool(_QUESTION.search(text.strip()))
    # "NICE guidance hypertension over 80s": a question without its question mark.
    question = (
        question or re.match(r"(?:nice|bnf|cks) (?:guid|on|for)", text, re.IGNORECASE) is not None
    )
    clinical = bool(_CLINICAL_QUESTION.search(text))
    words = len(text.split())
    if asks_entitlement(text):
        return "benefit_question", max(score, 0.8)
    if (
        question
        and clinical
        and facts <= 1
        and not _OURS.search(text)
        and name not in ("tell_me_about", "refer_to", "why_not")
    ):
        return "medical_question", max(score, 0.8)
    if (
        name in ("inform", "answer", *OUTSIDE)
        and facts <= 1
        and _SURGERY.search(text)
        and score < 0.9
    ):
        return "off_topic", 0.7
    if name in OUTSIDE and (facts >= 2 or (facts == 1 and words >= 8 and not question)):
        return "inform", 0.6
    if name in OUTSIDE and score < 0.3 and not question and not clinical:
        return "inform", score
    return None


def asks_entitlement(text: str) -> bool:
    """Say whether ``text`` is nothing but a question about a claim to a benefit."""
    asked = _QUESTION.search(text.strip()) or _WONDERS.search(text.strip())
    # A figure beside the question, or a second sentence, tells of a patient.
    alone = len(text.split()) <= LONGEST_ENTITLEMENT and not re.search(r"\d{2}|[.,!;]\s", text)
    return bool(asked and alone and _ENTITLEMENT.search(text))


def asks_of_benefit(text: str) -> bool:
    """Say whether the question ``text`` is about a claim to a benefit, whomever it describes."""
    return bool(_ENTITLEMENT.search(text) or _BETTER_OFF.search(text))


def asks_clinically(text: str) -> bool:
    """Say whether the question ``text`` is about treatment or tests, whomever it describes."""
    return bool(_CLINICAL_QUESTION.search(text)) and not _OF_SERVICES.search(text)


def is_off_topic(
    text: str,
    intents: Intents,
    asked: str | None = None,
    classified: tuple[str, float] | None = None,
) -> bool:
    """Say whether nothing should be read from ``text``: small talk, or a question about drugs and tests.

    An answer to the question just ``asked`` never is, unless it is itself a clinical question.
    ``classified``: what ``intents.classify`` said of the text, where that is known.
    """
    name, score = classified or intents.classify(text)
    question = bool(_QUESTION.search(text.strip()))
    if name == "benefit_question":
        return asks_entitlement(text) and (asked is None or text.rstrip().endswith("?"))
    if name == "medical_question":
        return score >= 0.35 and (question or bool(_CLINICAL_QUESTION.search(text)))
    if name == "off_topic":
        # A remark may be a lay way to say hardship ("toast for tea"): it must look like small talk.
        small_talk = question or _SURGERY.search(text) or len(text.split()) < 4
        sure = 0.35 if small_talk else 0.8
        return asked is None and score >= sure
    return False


def load(folder: Path = MODEL_FOLDER) -> Intents:
    """Read the classifier. Raises ``FileNotFoundError`` where none was trained."""
    with np.load(folder / MODEL_FILE, allow_pickle=False) as stored:
        names = json.loads(str(stored["names"]))
        terms = json.loads(str(stored["terms"]))
        return Intents(
            tuple(names),
            {term: i for i, term in enumerate(terms)},
            stored["idf"],
            stored["weights"],
            stored["bias"],
        )


@lru_cache(maxsize=1)
def intents() -> Intents:
    """Return the shipped classifier, trained on the spot (about a second) where none is stored."""
    try:
        return load()
    except FileNotFoundError:
        from understanding.intent_training import train

        return train()
