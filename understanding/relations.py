"""The words for people beside the patient: relatives, partners, employers."""

from __future__ import annotations

from understanding.word_sets import words

FEMALE = words(
    "mum mother wife missus daughter sister nan nana gran granny grandma grandmother "
    "girlfriend aunt auntie niece "
    "stepmum stepmother stepdaughter granddaughter mother-in-law lass girl mummy sis fiancee "
    "mam mamma nanna nannie grandmum sister-in-law daughter-in-law"
)
MALE = words(
    "dad father husband son brother grandad granddad grandpa grandfather boyfriend uncle "
    "nephew stepdad "
    "stepfather stepson grandson lad boy fella bloke daddy fiance hubby gramps son-in-law "
    "brother-in-law father-in-law stepbrother"
)
EITHER = words(
    "partner ex parents parent cousin spouse child children kid kids baby toddler twin twins "
    "teenager family relative "
    "in-laws laws friend friends mate flatmate housemate neighbour neighbor colleague "
    "landlord landlady lodger sibling "
    "siblings grandparents grandkids grandchildren eldest youngest"
)
# Relatives only where they belong to somebody ("her lad"); alone they may be the patient ("lad of 19").
NEEDS_OWNER = words("lad lass boy girl fella bloke kid child baby eldest youngest")
EMPLOYERS = words("boss manager gaffer foreman supervisor employer")
PARTNERS = words(
    "husband wife partner boyfriend girlfriend missus ex spouse fiance fiancee fella bloke"
)
RELATIVES = FEMALE | MALE | EITHER
