"""Bring in spaCy without what it only looks for.

On import spaCy's maths library asks for TensorFlow, PyTorch and the like, and would load TensorFlow
(several seconds) where Rasa has brought it. spaCy's own command line, the codes of all languages and, by
way of `packaging`, the whole of setuptools cost another quarter of a second. A blank English pipeline uses
none of them, so while spaCy is being imported they are made to look absent or empty. Whoever asks for them
afterwards gets them in full.
"""

from __future__ import annotations

import importlib
import sys
import sysconfig
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

ABSENT = ("tensorflow", "torch", "mxnet", "cupy", "h5py")


def _stand_in(name: str, **names: object) -> ModuleType:
    """Return a module of ``names`` that asks the real one for anything else."""

    def fetch(wanted: str) -> object:
        real = None if wanted.startswith("__") else importlib.import_module(name)
        if real is None or real is module:
            raise AttributeError(f"{name} has no {wanted} while spaCy is being imported")
        return getattr(real, wanted)

    module = ModuleType(name)
    module.__path__ = []
    vars(module).update(names, __getattr__=fetch)
    return module


def _empty() -> dict[str, ModuleType]:
    """Return what stands in for modules of which an import needs no more than these names."""
    util = _stand_in("distutils.util", get_platform=sysconfig.get_platform)
    return {
        "spacy.cli": _stand_in("spacy.cli"),
        "spacy.cli.info": _stand_in("spacy.cli.info", info=None),
        "langcodes": _stand_in("langcodes"),
        "distutils": _stand_in("distutils", util=util),
        "distutils.util": util,
    }


def import_spacy() -> ModuleType:
    """Return the module ``spacy``, imported in the short way unless it is there already."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    hidden: dict[str, ModuleType | None] = {n: None for n in ABSENT if n not in sys.modules}
    hidden |= {n: m for n, m in _empty().items() if n not in sys.modules}
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
