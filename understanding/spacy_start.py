"""Bring in spaCy without what it only looks for.

On import spaCy's maths library asks for TensorFlow, PyTorch and the like, and would load TensorFlow
(several seconds) where Rasa has brought it; spaCy's own command line costs another half second. A blank
English pipeline uses none of them, so while spaCy is being imported they are made to look absent.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

UNUSED = ("tensorflow", "torch", "mxnet", "cupy")


def _stand_in(name: str, **names: object) -> ModuleType:
    module = ModuleType(name)
    module.__path__ = []
    vars(module).update(names)
    return module


def import_spacy() -> ModuleType:
    """Return the module ``spacy``, imported in the short way unless it is there already."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    hidden: dict[str, ModuleType | None] = {n: None for n in UNUSED if n not in sys.modules}
    hidden["spacy.cli"] = _stand_in("spacy.cli")
    hidden["spacy.cli.info"] = _stand_in("spacy.cli.info", info=None)
    sys.modules.update(hidden)  # type: ignore[arg-type]
    try:
        return importlib.import_module("spacy")
    finally:
        for name, module in hidden.items():
            if sys.modules.get(name, module) is module:
                sys.modules.pop(name, None)


def blank_english() -> Language:
    """Return an empty English pipeline: a tokeniser, and no model."""
    nlp: Language = import_spacy().blank("en")
    return nlp
