"""Handing a referral over: once, encrypted, to an address that its receiver has confirmed.

``sending`` is where the desk comes in: it packs a referral, says what stands in the way, and puts the parcel
into the ``outbox`` within the desk's own transaction. A ``worker`` takes parcels out and gives them to one of
the channels (``email``, ``fhir_endpoint``, ``web_api``); ``retry`` says when to try again and when to stop.
docs/delivery.md tells the whole of it.
"""
