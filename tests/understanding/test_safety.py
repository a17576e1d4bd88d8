"""What must raise the safety message, what must not, and that nothing makes the reader fall over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from understanding.safety import CATEGORIES, find_safety


@dataclass(frozen=True)
class Text:
    """Stands in for a spaCy document: only its text is read."""

    text: str


def categories(text: str) -> set[str]:
    return {cue.category for cue in find_safety(Text(text), today=date(2026, 11, 22))}  # type: ignore[arg-type]


ALARMS: dict[str, list[str]] = {
    "suicide_self_harm": """
        says she wants to end it all
        he wants to end it
        thinking about ending it
        feels the family would be better off without him
        thinks everyone would be better off if she wasn't here
        better off dead he says
        no point being here any more
        can't see the point in going on
        life isn't worth living
        nothing left to live for
        wishes he was dead
        wishes she hadn't woken up this morning
        hopes he doesn't wake up
        goes to bed hoping not to wake up
        doesn't want to be here
        dont want to be alive anymore
        I don't want to live like this, she said, I want to die
        wants to die
        thoughts of dying most days
        suicidal
        feeling sucidal
        suisidal thoughts, off work 6 wks
        active SI with a plan
        passive SI, no plans or intent
        fleeting thoughts of suicide, no plan
        thoughts of jumping in front of a train
        thought about driving into a wall on the way to work
        stood on the bridge last night
        stockpiling tablets
        has been saving up his amitriptyline
        hoarding her meds
        cutting again
        has started cutting herself
        self harming most nights
        fresh cuts on her forearms
        superficial lacerations to left arm, self inflicted
        took 40 parasetamol
        swallowed a load of pills on saturday
        took all her sertraline last night
        od'd last night
        took an OD on Friday
        overdosed two weeks ago, home from hospital now
        overdose last week, denies current intent
        found a ligature in his room
        tied a noose in the garage
        bought a rope
        googling ways to die
        written a note to the kids
        left goodbye letters
        given away his belongings
        put her affairs in order
        going to hang himself
        threatening to kill himself if PIP stopped
        says he'll top himself if they evict him
        wants to do himself in
        worried she'll do something silly
        might do something stupid
        can't keep herself safe
        unable to guarantee his safety tonight
        item 9 positive on PHQ
        PHQ 22, Q9 = 3
        dark thoughts since redundancy
        tried to hang himself in the garage
        attempted suicide in september
        tried to take her own life
        rang Samaritans last night
        in mental health crisis
        plans to join her late husband
        has the means and a plan to kill himself
        lost his job, suicidal, wife has hidden the tablets
        denied PIP and now wants to die
        not eating, not sleeping, wants to end her life
        no job, suicidal
        previous OD aged 19 but now suicidal again
        told his mum he wants to kill himself
        wife says he wants to die
        doesn't deny suicidal thoughts
        can't rule out self harm
        hasn't cut for two weeks
        urges to self-harm every evening
        burning herself with cigarettes
        slit his wrists at the weekend
        wants to go to sleep and never wake up
        feels like ending things
        had enough of living
        tired of being alive
        given up on life
        lost the will to live since the accident, low
        pt says "I can't go on"
        thoughts of harming herself
        drank bleach
        no thoughts of harming others but does want to end his own life
        low, hopeless, ideas of self harm
        ?suicidal
        """,
    "abuse": """
        husband hits her
        partner has been hitting her since he lost his job
        her boyfriend slapped her last week
        he punches her when he's drunk
        wife beats him
        wife threw a kettle at him and hits him
        husband controls all her money
        partner won't let her have a bank card
        he won't let her leave the house
        not allowed to see her family, husband forbids it
        locks her in when he goes to work
        he checks her phone every night
        goes through her messages and follows her to work
        scared of her partner
        frightened to go home
        afraid of what he might do
        doesn't feel safe at home
        walking on eggshells with him
        experiencing domestic abuse
        ongoing DV at home
        DVA disclosed today
        coercive control by husband
        controlling partner, takes her wages
        in a violent relationship
        fled her violent ex last week, in a refuge
        living in a women's refuge
        ex keeps turning up and threatening her
        being stalked by her ex
        ex-husband threatens to kill her
        partner strangled her on saturday
        raped by her partner last month
        being forced to have sex
        being forced to marry her cousin
        family taking her abroad to marry
        forced marriage planned for the summer
        honour based violence
        son hits his elderly mum
        her adult son threatens her for money
        black eye, says she walked into a door, partner speaks for her
        bruises on her arms, husband answers every question
        husbund keeps hiting her
        he slaps her about
        gets battered by her bloke most weekends
        MARAC case, IDVA involved
        partner takes his benefit money off him
        daughter takes mum's pension and shouts at her
        gaslighting her, she thinks she's going mad
        """,
    "safeguarding": """
        neighbours are taking his PIP money, he has a learning disability
        her carer is stealing her money
        son empties mum's bank account, she has dementia
        kids left home alone at night
        leaves the 4 year old alone when she works
        bruises on the toddler she can't explain
        baby shaken by boyfriend
        she smacks the baby
        children witness the violence
        he hits the kids
        worried about FGM, daughter being taken abroad
        at risk of female genital mutilation
        trafficked from Vietnam, works in a nail bar
        modern slavery, boss keeps his passport
        employer took her passport and she isn't paid
        drug dealers have taken over his flat
        being cuckooed
        county lines, 16
        15 year old being groomed online
        child protection plan in place
        safeguarding concern about the grandson
        self neglect, squalid flat
        neglected by the care home, pressure sores
        thoughts of harming the baby
        scared she might hurt her baby
        wants to kill his neighbour
        drunk while looking after the kids
        vulnerable adult, mates spend his money
        her son is cutting himself
        daughter says dad touches her, child at risk
        locked in the house by his carers, lacks capacity
        """,
    "emergency": """
        chest pain now, sweating
        central crushing chest pain in the waiting room
        clutching his chest at the desk
        having chest pain as we speak
        just collapsed in reception
        collapsed in the waiting room
        unresponsive
        not breathing
        stopped breathing
        she's having a stroke
        FAST positive
        face drooping and slurred speech since this morning
        fitting in the corridor now
        having a seizure
        lips swelling and can't breathe
        anaphylaxis after the injection
        needs an ambulance
        call 999 please
        ambulance on its way
        bleeding heavily and won't stop
        vomiting blood
        saddle numbness and can't pee
        suspected cauda equina
        took 30 tablets an hour ago
        took 40 paracetamol sat in the waiting room
        sats 82
        has a knife and is threatening staff
        baby floppy and blue
        choking in reception
        says he is in immediate danger
        thunderclap headache
        looks septic
        """,
}

HARMLESS = """
    no thoughts of self harm
    no thoughts of self-harm or suicide
    denies SI
    denies any suicidal thoughts or plans
    denies suicidal ideation, self harm and domestic abuse
    not suicidal
    isn't suicidal
    not actively suicidal
    never been suicidal
    no SI/DSH
    nil SI
    no plans or intent
    no current suicidal ideation
    PHQ9 item 9 zero
    PHQ 17, Q9 = 0
    suicide risk: none
    SI denied
    self harm - nil
    SI -ve
    says he would never harm himself
    wouldn't hurt himself, has kids to live for
    doesn't want to die, just wants his job back
    no intention of ending her life
    without suicidal thoughts
    overdose at 17, nothing since
    OD aged 15, nothing since and no current risk
    took an overdose 12 years ago after a break-up
    self harmed as a teenager, not for years
    used to cut herself at school
    history of self harm in her teens
    previous suicide attempt in 2009, well now
    PMH: depression, overdose 2011, asthma
    suicidal thoughts in lockdown, none now
    felt suicidal last year when his dad died but no thoughts now
    brother took his own life last year
    lost her son to suicide in 2021
    dad hanged himself when she was 12
    bereaved by suicide
    his mate killed himself last month, grieving
    sister's overdose two years ago still upsets her
    suicide prevention trainer for the council
    works for the Samaritans on the phones
    wants to do a mental health first aid and suicide awareness course
    works in A&E as a porter
    emergency department nurse, burnt out
    on emergency tax
    on emergency tax code
    meter on emergency again
    emergency food parcel last week
    emergency housing since March
    needs an emergency loan
    drives an ambulance
    999 call handler, off with stress
    deadline is killing him
    the commute is killing her
    his back is killing him
    dying to get back to work
    dying for a proper job
    scared to death of interviews
    working himself into the ground
    hit by redundancy
    redundancy hit them hard
    the news hit him hard
    pain hits him when he bends
    hit by a forklift at work
    hit his head at work
    crisis loan refused
    housing crisis
    mental health crisis team discharged her 2 years ago
    joked about an overdose of caffeine
    alcohol abuse, dry six months
    drug abuse in his twenties
    verbal abuse from customers at the call centre
    abused by a passenger, bus driver
    attacked by a patient on the ward, healthcare assistant
    manager threatened him with the sack
    threatened with redundancy
    bailiffs threatening court
    boss controls every break
    employer won't let her work from home
    boss won't let him sit down
    poorly controlled diabetes
    pain not well controlled
    cutting her hours to look after mum
    cut down on drinking
    butcher, cut himself on the slicer
    hurt himself lifting a fridge
    burnt out teacher
    ex was violent, left him ten years ago
    was in an abusive marriage, divorced 8 years
    domestic abuse in a previous relationship, safe now
    childhood sexual abuse, in therapy
    abused as a child
    grew up with domestic violence
    no domestic abuse
    denies DV
    feels safe at home
    asked about home, no concerns
    no safeguarding concerns
    safeguarding lead at a primary school
    refuge worker, burnt out
    domestic abuse support worker, wants a change
    conviction for assault 12 years ago
    in prison for domestic violence, released 2019
    chest pain clinic said it's not his heart
    chest pain last year, all clear
    angina, gets chest pain on exertion
    had a heart attack in March, off 20 weeks
    had a stroke in January
    collapsed disc L5
    collapsed at work last month, diagnosed epilepsy
    the firm collapsed in May
    panic attacks, feels she can't breathe on the bus
    kitchen fitter, bad knees
    fit note runs out friday
    shooting pain down his leg
    stabbing pain in the shoulder
    bus hit her car, whiplash
    can't go on working nights
    can't carry on with the job
    no point in applying, he says
    better off on benefits, she worries
    better off calculation please
    took 2 paracetamol for her head
    sertraline 50mg od
    metformin 500mg OD
    SI joint injection
    left SI joint pain
    neglected his teeth for years
    dog groomer, back pain
    self employed, self referral
    feels like a slave at work, 60 hours a week
    husband is supportive
    partner lost his job and drinks
    lives with controlling asthma inhaler plan
    kids are noisy, she can't sleep
    wife hit by redundancy too
    benefits hit by the cap
    beat cancer, back at work
    knocked his confidence
    dad died in August, off since
    ended it with her boyfriend, low mood
    ending his contract in March
    jump through hoops for UC
    in at the deep end at work
    lorry driver, walked out of his job
    trapped nerve in neck
    heartbeat irregular, cardiology
    locked out of her UC account
    scared of losing her job
    frightened of the jobcentre
    afraid to go back to work
    terrified of interviews
    doesn't feel safe driving
    not safe on ladders with his vertigo
    hates her life at work, wants a change of job
    worried about her son's exams
    child benefit stopped
    kids home from school, no childcare
    police officer, PTSD after an assault
    army veteran, saw friends shot
    ambulance technician off with stress
    life threatening asthma 10 years ago
    """


def lines(block: str) -> list[str]:
    return [line.strip() for line in block.strip().splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("category", "text"), [(c, t) for c, block in ALARMS.items() for t in lines(block)]
)
def test_risk_raises_its_category(category: str, text: str) -> None:
    assert category in categories(text)


@pytest.mark.parametrize("text", lines(HARMLESS))
def test_denied_past_and_other_senses_raise_nothing(text: str) -> None:
    assert categories(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "just told me hes took 40 parasetamol sat in the waitin room",
            {"suicide_self_harm", "emergency"},
        ),
        (
            "LD, 24. Neighbour takes his benefit money off him and slaps him if he objects",
            {"abuse", "safeguarding"},
        ),
        ("husband hits her and the kids see it", {"abuse", "safeguarding"}),
        ("her elderly mother is hit by the carer, dementia", {"abuse", "safeguarding"}),
        (
            "voices telling him to kill himself and he has a knife in his bag with him",
            {"suicide_self_harm"},
        ),
    ],
)
def test_two_categories_at_once(text: str, wanted: set[str]) -> None:
    assert wanted <= categories(text)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_risk_is_found_deep_in_a_long_message(category: str) -> None:
    padding = "48F, warehouse packer, off sick 6 wks with her back. Boss is decent. "
    for text in lines(ALARMS[category])[:12]:
        assert category in categories(padding * 3 + text + ". " + padding * 2)


def test_offsets_are_those_of_the_message() -> None:
    text = "Off 6 wks. Says she wants to die, and he’s “hitting her”"
    for cue in find_safety(Text(text)):  # type: ignore[arg-type]
        assert text[cue.start : cue.end] == cue.text


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    find_safety(Text(text))  # type: ignore[arg-type]
