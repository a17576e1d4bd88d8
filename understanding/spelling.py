"""Reading a word as it was meant: shorthand, text-speak and typing errors.

Only a word that is no ordinary English word may be corrected, and only to a word of our own vocabulary
that begins with the same letter. So "lead" never becomes "led", nor a name an illness: the list of
ordinary words holds first names and places too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

WORD_LIST = Path(__file__).parent / "english_words.txt"

# What clinicians and patients type for a word. The right side may be several words.
SHORTHAND: dict[str, str] = {
    "&": "and", "+": "and", "n": "and", "nd": "and", "w": "with", "wiv": "with", "wif": "with", "wth": "with",
    "wk": "week", "wks": "weeks", "wek": "week", "weks": "weeks", "weaks": "weeks", "wke": "week", "weeek": "week",
    "mth": "month", "mths": "months", "mnth": "month", "mnths": "months", "munth": "month", "munths": "months",
    "mos": "months", "mo": "months", "monhts": "months", "monts": "months", "moths": "months", "mnth's": "months",
    "yr": "year", "yrs": "years", "yers": "years", "yeers": "years", "hr": "hour", "hrs": "hours",
    "dr": "doctor", "gp": "gp", "pt": "patient", "pts": "patients", "px": "patient", "ptnt": "patient",
    "thru": "through", "tho": "though", "cos": "because", "coz": "because", "bc": "because", "bcos": "because",
    "becoz": "because", "cuz": "because", "cause": "because", "ov": "of", "da": "the", "dat": "that", "dis": "this",
    "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not", "wasnt": "was not",
    "cant": "can not", "wont": "will not", "couldnt": "could not", "wouldnt": "would not", "hasnt": "has not",
    "havent": "have not", "hadnt": "had not", "arent": "are not", "aint": "is not", "ain't": "is not",
    "shouldnt": "should not", "doesn": "does not", "carnt": "can not", "cudnt": "could not", "dosnt": "does not",
    "dosent": "does not", "doesent": "does not", "havnt": "have not", "hasent": "has not", "didn": "did not",
    "wernt": "were not", "cnt": "can not", "dnt": "do not", "hes": "he is", "shes": "she is", "theyre": "they are",
    "theres": "there is", "hed": "he had", "ive": "i have", "im": "i am", "thats": "that is", "whos": "who is",
    "its": "its", "bak": "back", "sik": "sick", "sic": "sick", "bean": "been", "agen": "again",
    "agin": "again", "jus": "just", "jst": "just", "wen": "when", "wer": "were", "woz": "was", "wos": "was",
    "wot": "what", "cud": "could", "wud": "would", "shud": "should", "ours": "hours", "munny": "money",
    "mony": "money", "monney": "money", "wurk": "work", "werk": "work", "wrk": "work", "wok": "work", "wrking": "working",
    "workin": "working", "livin": "living", "lookin": "looking", "goin": "going", "gettin": "getting",
    "drinkin": "drinking", "sleepin": "sleeping", "strugglin": "struggling", "waitin": "waiting", "kippin": "kipping",
    "feelin": "feeling", "nowt": "nothing", "owt": "anything", "summat": "something", "sumat": "something",
    "nuffin": "nothing", "nuthin": "nothing", "nothin": "nothing", "sumthing": "something", "gona": "going to",
    "gonna": "going to", "wanna": "want to", "wannt": "want", "wonts": "wants", "wantin": "wanting", "gotta": "got to",
    "hav": "have", "haz": "has", "dosn't": "does not", "mam": "mum", "mom": "mum", "mums": "mum's",
    "husbands": "husband's", "wifes": "wife's", "dads": "dad's", "hubby": "husband", "hubbie": "husband", "missis": "missus",
    "gf": "girlfriend", "bf": "boyfriend", "dtr": "daughter", "dau": "daughter", "bro": "brother",
    "hx": "history", "phx": "past history", "pmh": "past history", "pmhx": "past history", "fh": "family history",
    "fhx": "family history", "dx": "diagnosis", "dx'd": "diagnosed", "dxd": "diagnosed", "diag": "diagnosed", "rx": "treatment",
    "tx": "treatment", "sx": "symptoms", "ix": "investigation", "rv": "review", "appt": "appointment",
    "appts": "appointments", "apt": "appointment", "approx": "about", "poss": "possible", "prob": "probable",
    "probs": "problems", "prev": "previous", "susp": "suspected", "emp": "employed", "unemp": "unemployed",
    "unemployd": "unemployed", "selfemployed": "self employed", "zerohours": "zero hours", "parttime": "part time",
    "fulltime": "full time", "pte": "part time", "ft": "full time", "childcare": "child care", "uni": "university",
    "unempolyed": "unemployed", "msk": "musculoskeletal", "asap": "soon", "govt": "government", "w/o": "without", "y/o": "year old", "s/e": "self employed", "p/t": "part time", "f/t": "full time", "o/w": "otherwise", "b/f": "boyfriend", "g/f": "girlfriend", "lcw(ra": "lcwra", "m/c": "manchester", "n/a": "none",
    "w/out": "without", "c/o": "complains of", "d/t": "due to", "2day": "today", "aplyd": "applied", "aplied": "applied", "aplying": "applying", "civ": "civil", "serv": "service", "mngng": "managing", "employd": "employed", "femle": "female", "femal": "female", "exp": "experience", "pd": "paid", "lkg": "looking", "asst": "assistant", "w/l": "waiting list", "cnat": "can not", "whent": "went", "deff": "deaf", "sons": "son's", "daughters": "daughter's", "sisters": "sister's", "brothers": "brother's", "lollypop": "lollipop", "quals": "qualifications", "yeras": "years", "neds": "needs", "rite": "write", "wrok": "work", "lfie": "life", "scool": "school", "wrking": "working", "heatin": "heating", "rtw": "return to work", "w/chair": "wheelchair", "vol": "volunteering", "jnr": "junior", "exec": "executive", "fasc": "fasciitis", "bilat": "bilateral", "abst": "abstinent", "rta": "crash", "oow": "out of work", "wfh": "works from home", "sofasurfing": "sofa surfing", "jobseeking": "job seeking", "h/o": "history of", "laydy": "lady", "wimin": "woman", "aprentiship": "apprenticeship", "nures": "nurse", "rist": "wrist", "hart": "heart", "lng": "long", "sinse": "since", "bck": "back", "nursury": "nursery", "ackhe": "ache", "dentis": "dentist", "cashir": "cashier", "vodca": "vodka", "marige": "marriage", "benifits": "benefits", "benifit": "benefit", "cansa": "cancer", "canser": "cancer", "sholder": "shoulder", "nee": "knee", "kneee": "knee", "angsiety": "anxiety", "axiety": "anxiety", "asma": "asthma", "asthama": "asthma", "diabetis": "diabetes", "dietbetes": "diabetes", "bipola": "bipolar", "epilectic": "epileptic", "homless": "homeless", "det": "debt", "dept": "department", "sik": "sick", "syas": "says", "loens": "loans", "lonly": "lonely", "jobb": "job", "luking": "looking", "lukin": "looking", "aslep": "asleep", "wel": "well", "stil": "still", "compyuter": "computer", "compter": "computer", "inglish": "english", "englsh": "english", "alergic": "allergic", "wrkin": "working", "wrked": "worked", "wrks": "works", "strugles": "struggles", "struglin": "struggling", "copin": "coping", "ret'd": "retired", "oow": "out of work", "wd": "would", "shd": "should", "cd": "could", "til": "till", "2moro": "tomorrow",
    "tmrw": "tomorrow", "wkly": "weekly", "hosp": "hospital", "dept": "department", "mgr": "manager", "mngr": "manager",
    "bosses": "boss's", "busses": "buses", "neice": "niece", "freind": "friend", "freinds": "friends", "recieve": "receive",
    "recieving": "receiving", "recieves": "receives", "alot": "a lot", "noone": "no one", "atm": "at the moment",
    "skool": "school", "nite": "night", "nites": "nights", "luv": "love", "luvs": "loves", "wudnt": "would not",
    "tho'": "though", "reli": "really", "rly": "really", "realy": "really", "ppl": "people", "sumone": "someone",
    "evry": "every", "evryday": "every day", "everyday": "every day", "hurtin": "hurting", "alchol": "alcohol",
    "bfore": "before", "b4": "before", "abt": "about", "yrold": "year old", "yo": "year old", "jobcenter": "job centre",
    "jobcentre": "job centre", "jobcenter's": "job centre", "jc": "job centre", "jcp": "job centre", "dwp": "dwp",
    "foodbank": "food bank", "foodbanks": "food banks", "carehome": "care home", "aswell": "as well", "infact": "in fact",
    "offsick": "off sick", "o/s": "off sick", "retd": "retired", "divorsed": "divorced", "pls": "please",
    "plz": "please", "thx": "thanks", "ta": "thanks", "cheers": "thanks", "gd": "good", "arn't": "are not", "hse": "house",
    "ltd": "limited", "bcs": "because", "hosing": "housing", "frend": "friend", "frends": "friends", "dyin": "dying",
    "sed": "said", "sez": "says", "reckins": "reckons", "tole": "told", "cum": "come", "cuming": "coming", "iz": "is",
    "hiz": "his", "nun": "none", "sum": "some", "wich": "which", "thier": "their", "fone": "phone",
}  # fmt: skip

# Shortest word that is corrected at all, and from which length two slips are allowed.
SHORTEST, TWO_SLIPS_FROM = 5, 8


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Return the English words, first names and places that are never corrected."""
    return frozenset(WORD_LIST.read_text(encoding="utf-8").split())


class Speller:
    """Knows the words of the vocabulary and finds the one meant by a misspelt word."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_letter[word[0]].append(word)
        self._cache: dict[str, str] = {}

    def correct(self, word: str) -> str:
        """Return the known word meant by ``word`` (lower case), or ``word`` itself."""
        if word in self._known or len(word) < SHORTEST or not word.isalpha() or len(word) > 24:
            return word
        if word in self._cache:
            return self._cache[word]
        found = word if word in ordinary_words() else self._nearest(word)
        if len(self._cache) < 20_000:
            self._cache[word] = found
        return found

    def _nearest(self, word: str) -> str:
        """Return the nearest known word; a tie at the full distance is no evidence, so is left alone."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        slips = 2 if len(word) >= TWO_SLIPS_FROM else 1
        near = extract(
            word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips, limit=2
        )
        if not near or (len(near) > 1 and near[0][1] == near[1][1] and slips == near[0][1] == 2):
            return word
        return str(near[0][0])
