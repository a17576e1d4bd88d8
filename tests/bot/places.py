"""The names of Rasa 3.6.21 that we replace or lean on, with the parameters they had when we did."""

PLACES = {
    "rasa.core.actions.action:RemoteAction._validate_action_result": ["self", "result"],
    "rasa.core.actions.action:RemoteAction.action_response_format_spec": [],
    "rasa.shared.core.events:Event.resolve_by_type": ["type_name", "default"],
    "rasa.core.tracker_store:FailSafeTrackerStore.on_tracker_store_error": ["self", "error"],
    "rasa.core.tracker_store:FailSafeTrackerStore.on_tracker_store_retrieve_error": [
        "self",
        "error",
    ],
    "rasa.core.tracker_store:SQLTrackerStore._event_query": [
        "self",
        "session",
        "sender_id",
        "fetch_events_from_all_sessions",
    ],
    "rasa.core.tracker_store:SQLTrackerStore.save": ["self", "tracker"],
    "rasa.core.tracker_store:SQLTrackerStore.session_scope": ["self"],
    "rasa.core.tracker_store:TrackerStore.stream_events": ["self", "tracker"],
    "rasa.core.lock_store:LockStore.lock": [
        "self",
        "conversation_id",
        "lock_lifetime",
        "wait_time_in_seconds",
    ],
    "rasa.core.lock:TicketLock": ["conversation_id", "tickets"],
    "rasa.utils.endpoints:EndpointConfig.request": [
        "self",
        "method",
        "subpath",
        "content_type",
        "compress",
        "kwargs",
    ],
    "rasa.core.channels.channel:OutputChannel.send_response": ["self", "recipient_id", "message"],
    "rasa.core.agent:Agent.load_model": ["self", "model_path", "fingerprint"],
    "rasa.core.agent:Agent.handle_message": ["self", "message"],
    "rasa_sdk.executor:ActionExecutor.run": ["self", "action_call"],
    "rasa_sdk.executor:ActionExecutor.register_package": ["self", "package"],
}
