"""What comes back: a receiver's report by link or call-back, silence, and what the practice then has to do.

``links`` are given out with each referral, ``callbacks`` come from receivers' own systems, ``reports`` moves
a referral as either says, ``nudges`` notices silence, ``tasks`` keeps what somebody has to do, and
``next_steps`` has the words for the patient and the next services to try.
"""
