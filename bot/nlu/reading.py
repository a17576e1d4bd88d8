"""The Rasa component that reads a message, once, with `understanding`.

Rasa gives `process` the conversation so far (a parameter named `tracker` is filled in by the recipe),
so the reader knows which slot was just asked. What it found leaves as Rasa's intent and entities and,
whole, as `understanding`, which the action takes from `tracker.latest_message`.

Training trains what the reader weighs (`intent_training`, `safety_training`), kept in models/understanding/:
the model archive holds none of it, so a new word in the vocabulary is known at the next start.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional  # noqa: UP035 - Rasa compares these types as written

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from actions.context import asked_slot, conversation_date
from actions.reading import read, reader
from understanding import intent_training, safety_training

UNDERSTANDING = "understanding"
EXTRACTOR = "ClinicalReading"


def entities(understanding: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the mentions as Rasa entities: the slot is the entity, with its assertion."""
    return [
        {
            "entity": mention["slot"],
            "value": mention["value"],
            "start": mention["start"],
            "end": mention["end"],
            "assertion": mention["assertion"],
            "extractor": EXTRACTOR,
        }
        for mention in understanding["mentions"]
    ]


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class ClinicalReading(GraphComponent):
    """Sets intent, entities and understanding of a message."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClinicalReading:
        """Make the component for training."""
        return cls(resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],  # noqa: UP006
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ClinicalReading:
        """Make the component for reading. The reader is loaded here, not on the first message."""
        reader()
        return cls(resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train what the reader weighs: intents from data/nlu (`training_data`), and safety."""
        intent_training.train()
        safety_training.train()
        return self._resource

    def process(
        self,
        messages: List[Message],  # noqa: UP006
        tracker: Optional[DialogueStateTracker] = None,  # noqa: UP045
    ) -> List[Message]:  # noqa: UP006
        """Read each message as an answer to what `tracker` says was asked last, on the conversation's day."""
        asked = asked_slot(tracker.get_slot("consultation")) if tracker else None
        kept_date = tracker.get_slot("as_of") if tracker else None
        for message in messages:
            day = conversation_date(message.get("metadata") or {}, kept_date)
            understanding = read(str(message.get("text") or ""), asked, day)
            message.set("intent", understanding["intent"], add_to_output=True)
            message.set("entities", entities(understanding), add_to_output=True)
            message.set(UNDERSTANDING, understanding, add_to_output=True)
        return messages
