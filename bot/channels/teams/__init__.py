"""The Teams channel: the consultation of the page, as cards in Microsoft Teams.

It speaks the Bot Framework protocol (activities in, calls of the v3 connector out) itself: Rasa's own
channel checks too little of what comes in and knows neither cards nor single-tenant bots.
"""
