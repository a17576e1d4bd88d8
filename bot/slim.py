"""Starts Rasa without TensorFlow, which it imports everywhere and our pipeline never uses.

TensorFlow costs most of the start and two thirds of the memory. While `leave_out_tensorflow` is in force,
its modules are inert stand-ins: anything may be imported from them, and nothing in them works. So only the
launcher and `bot.train` use it, with a pipeline of sparse parts; plain `rasa` commands load the real one.
"""

from __future__ import annotations

import os
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from understanding.spacy_start import import_spacy

LEFT_OUT = ("tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras")


class _AnythingType(type):
    """A class whose every attribute is another stand-in, so that it can be inherited from."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _anything(name)


def _anything(name: str) -> Any:
    return _AnythingType(name, (), {"__init__": lambda self, *args, **kwargs: None})


class _StandIn(ModuleType):
    __version__ = "0"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = _anything(name)
        setattr(self, name, found)
        return found


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname.split(".")[0] not in LEFT_OUT:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def leave_out_tensorflow() -> bool:
    """Put the stand-ins in place; return whether they are.

    They are not where TensorFlow is loaded already, or with FINGERPOST_TENSORFLOW=1.
    """
    if os.environ.get("FINGERPOST_TENSORFLOW") == "1":
        return False
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return True
    if "tensorflow" in sys.modules:
        return False
    # spaCy's maths library looks for TensorFlow too, and would take the stand-in for the real one.
    import_spacy()
    sys.meta_path.insert(0, _Finder())
    return True
