"""Work in the words of daily speech: status, lengths of time, wishes, risk, and whose they are."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader

CASES: tuple[tuple[str, dict[str, Any]], ...] = (
    # Nearly gone is still there; what is wished for is not so yet.
    ("nearly walked off twice, panic attacks on site", {"work_status": "in_work_struggling"}),
    ("nearly walked out of work last week", {"work_status": "in_work_struggling"}),
    ("came close to handing in her notice", {"work_status": "in_work_struggling"}),
    ("walked out of work last week", {"work_status": "unemployed"}),
    ("LCW on his UC, wants back on the sites", {"work_status": None, "goal": "return_to_work"}),
    ("starts in the council call room just after Christmas", {"has_job_offer": True}),
    ("he blew the savings on scratchcards", {"barriers": ["debt_finance"]}),
    ("walked out of work last week", {"barriers": None}),
    # a job, and what plainly hits it
    (
        "24M Rochdale uber driver epilepsy lost licence",
        {"work_status": "in_work_struggling", "job_at_risk": True},
    ),
    ("HGV driver, seizures, DVLA have taken his licence", {"work_status": "in_work_struggling"}),
    ("bus driver, diabetic, told not to drive", {"job_at_risk": True}),
    ("courier, licence suspended after a fit", {"job_at_risk": True}),
    ("coach driver, licence renewed, diabetes", {"work_status": "in_work", "job_at_risk": None}),
    ("office worker with epilepsy, lost licence", {"work_status": "in_work", "job_at_risk": None}),
    ("unemployed driver lost licence epilepsy", {"work_status": "unemployed", "job_at_risk": None}),
    ("dad lost his licence, he is a bus driver with anxiety", {"job_at_risk": None}),
    ("HCA sick cert 3/52", {"work_status": "off_sick"}),
    ("sick cert needed, nurse", {"work_status": "off_sick"}),
    (
        "40F Wigan breast ca, terminal, employer being awful about it",
        {"work_status": "in_work_struggling", "barriers": ["employer_adjustments"]},
    ),
    ("29F pelvic girdle pain, retail, boss not helping", {"work_status": "in_work_struggling"}),
    ("last employer was awful, on UC, wants a job", {"work_status": None, "goal": "find_work"}),
    ("needs an employer who'll allow hospital days", {"work_status": None}),
    ("carer for mum, thinking of jacking it in", {"work_status": "in_work_struggling"}),
    ("thinking of packing the job in", {"work_status": "in_work_struggling"}),
    ("thinking of quitting smoking", {"work_status": None}),
    ("nothing left to give, teacher burnt out", {"job_at_risk": None}),
    ("boss says there'll be nothing to go back to", {"job_at_risk": True}),
    ("has a DV worker, fled husband", {"work_status": None, "occupation": None}),
    # "on the sick" alone may be a benefit
    ("30M gambling addiction, debts 20k, on the sick", {"work_status": None}),
    ("on the sick from Royal Mail", {"work_status": "off_sick"}),
    ("builder on the sick with his back", {"work_status": "off_sick"}),
    ("been on the sick since March", {"work_status": "off_sick"}),
    ("on the sick, wants back in", {"work_status": "off_sick", "goal": "return_to_work"}),
    # where somebody works
    ("works in a school", {"work_status": "in_work"}),
    ("works at a college, stress", {"work_status": "in_work_struggling"}),
    ("student, in school every day", {"work_status": "student"}),
    ("pt 50M from Oldham works at Asda nights", {"work_status": "in_work"}),
    (
        "wife has MS, son autistic, pt 50M from Oldham works at Asda nights, tired all the time",
        {"work_status": "in_work", "age": 50},
    ),
    ("works in care home", {"work_status": "in_work"}),
    # a job to come, a job that ended
    ("new job starts 1 Dec, worried how she'll cope", {"has_job_offer": True, "goal": None}),
    ("wants a new job", {"goal": "change_job"}),
    ("finished work in March", {"work_status": "unemployed"}),
    ("finished at Tesco in May", {"work_status": "unemployed"}),
    ("finished work at six, exhausted", {"work_status": None}),
    ("he did lose the job in the end, looking", {"work_status": "unemployed", "job_at_risk": None}),
    # told by circumstance
    ("porter, seizures, HR have sent him home on medical suspension", {"work_status": "off_sick"}),
    ("told her to stop at home on full pay till the new knee's in", {"work_status": "off_sick"}),
    ("34F RA, taken herself off the rota meanwhile", {"work_status": "off_sick"}),
    ("OH have told him not to come in till his bloods are back", {"work_status": "off_sick"}),
    ("HR stood her down pending a medical, bus driver", {"work_status": "off_sick"}),
    ("her shifts are being covered by the bank till she's right", {"work_status": "off_sick"}),
    ("supply covering her class since Easter, teacher", {"work_status": "off_sick"}),
    ("salon shut since her op, sole trader", {"work_status": "off_sick", "occupation": None}),
    ("she opened the shop at nine", {"work_status": None}),
    ("told not to lift, porter", {"work_status": "in_work"}),
    ("dropped to three days since chemo", {"work_status": "in_work_struggling"}),
    ("gone part-time since the stroke, at the bank", {"work_status": "in_work_struggling"}),
    ("apprenticeship ended when he hurt his back", {"work_status": "unemployed"}),
    ("lives off his pension", {"work_status": "retired"}),
    ("drives for Uber, diabetic", {"employment_type": ["self_employed"]}),
    ("DWP say she owes them 2k", {"benefit_issues": ["overpayment"]}),
    ("agency are covering her post until she's well enough", {"work_status": "off_sick"}),
    ("she's in every day at the building society and quite happy", {"work_status": "in_work"}),
    ("back laying carpets, hands right as rain", {"work_status": "in_work"}),
    ("he's not missed a shift at the brewery, OA hands", {"work_status": "in_work"}),
    ("64, Parkinson's, medically retired from joinery last year", {"work_status": "retired"}),
    ("nobody to mind the kids while she looks for a job", {"work_status": "unemployed"}),
    ("HR say dismissal is the next step, off 30 weeks", {"job_at_risk": True}),
    ("cleaner, told one more mistake and she's out", {"job_at_risk": True}),
    ("off 6 wks with RA, dying to be at the lathe again", {"goal": "return_to_work"}),
    ("wants shut of that place", {"job_at_risk": None}),
    ("not on uc not on pip not on anything", {"benefits": ["none"]}),
    ("contributory ESA, the work related group", {"benefits": ["esa_wrag"]}),
    ("44F petrified her UC'll be cut", {"benefits": ["uc"], "barriers": ["benefit_worry"]}),
    ("she and the kids are on her sister's floor, on UC", {"benefits": ["uc"]}),
    (
        "48F packer in Ashton, off sick 6 wks back pain",
        {"work_status": "off_sick", "absence_weeks": 6},
    ),
    ("rang in sick 3 weeks ago, warehouse picker", {"work_status": "off_sick", "absence_weeks": 3}),
    (
        "phoned in sick a fortnight since and not been in",
        {"work_status": "off_sick", "absence_weeks": 2},
    ),
    (
        "off 10/52 since his MI + stents, tram driver",
        {"work_status": "off_sick", "absence_weeks": 10},
    ),
    ("22/52 off, no sick pay, scaffolder", {"work_status": "off_sick", "absence_weeks": 22}),
    (
        "HGV driver, DVLA pulled his licence, 9 wks sat at home",
        {"work_status": "off_sick", "absence_weeks": 9},
    ),
    (
        "bearer at an undertaker's, off 12/52 after knee op",
        {"work_status": "off_sick", "absence_weeks": 12},
    ),
    (
        "off her feet 8 weeks, dinner lady, broken ankle",
        {"work_status": "off_sick", "absence_weeks": 8},
    ),
    (
        "It's asthma that's got her off this time, 4 wks, school kitchen",
        {"work_status": "off_sick", "absence_weeks": 4},
    ),
    (
        "panic attacks, employed by the council but hasn't been in since March",
        {"work_status": "off_sick"},
    ),
    (
        "into his 7th week off with depression, porter",
        {"work_status": "off_sick", "absence_weeks": 7},
    ),
    ("fit note runs out friday, has been off since the crash", {"work_status": "off_sick"}),
    ("signed her off in January, still not fit to go back", {"work_status": "off_sick"}),
    ("teacher, stress, at home on full pay since half term", {"work_status": "off_sick"}),
    (
        "employer is keeping his job open, three months off",
        {"work_status": "off_sick", "absence_weeks": 13},
    ),
    (
        "been on the box 6 weeks, plumber's mate, hernia",
        {"work_status": "off_sick", "absence_weeks": 6},
    ),
    (
        "not worked a shift since the stroke, still on the hospital's books",
        {"work_status": "off_sick"},
    ),
    (
        "bus driver, can't drive because of seizures so stood down 4 weeks on sick pay",
        {"work_status": "off_sick"},
    ),
    (
        "nowt for 3 yrs now, LCWRA",
        {"work_status": "economically_inactive", "out_of_work_months": 36},
    ),
    (
        "Out of work 14 months and has applied all over",
        {"work_status": "unemployed", "out_of_work_months": 14, "goal": "find_work"},
    ),
    ("UC, four years since she last worked", {"out_of_work_months": 48}),
    (
        "last had a job thirteen months back, signing on",
        {"work_status": "unemployed", "out_of_work_months": 13},
    ),
    (
        "lost his chair at the barbers 14 months ago, UC, wants to find a job",
        {"work_status": "unemployed", "out_of_work_months": 14, "goal": "find_work"},
    ),
    (
        "Warehouse finished her Friday, she's out asking for work already",
        {"work_status": "unemployed", "goal": "find_work"},
    ),
    ("Job was axed at christmas, looking", {"work_status": "unemployed", "goal": "find_work"}),
    ("between jobs at the moment, joiner by trade", {"work_status": "unemployed"}),
    ("his contract wasn't renewed, nothing since", {"work_status": "unemployed"}),
    (
        "firm went to the wall in May, hunting high and low",
        {"work_status": "unemployed", "goal": "find_work"},
    ),
    (
        "no job for a year, hunting high and low",
        {"work_status": "unemployed", "out_of_work_months": 12, "goal": "find_work"},
    ),
    ("trained beautician, no job", {"work_status": "unemployed"}),
    ("was an electrician till his eyes went, out of work since", {"work_status": "unemployed"}),
    ("got the push in June, skint", {"work_status": "unemployed"}),
    ("packed it in at the nursing home last year, on UC", {"work_status": "unemployed"}),
    (
        "hasn't worked since 2019, carer's allowance for her mum",
        {"work_status": "economically_inactive"},
    ),
    (
        "stopped at home with her autistic lads, carer's allowance, no plans to work",
        {"work_status": "economically_inactive"},
    ),
    (
        "gave up accounts work in 2019 to look after twins, carers allowance",
        {"work_status": "economically_inactive"},
    ),
    ("too poorly to hold a job down, ESA support group", {"work_status": "economically_inactive"}),
    ("housebound, no work for ten years", {"out_of_work_months": 120}),
    ("no job, not looking, minds the grandkids", {"work_status": "economically_inactive"}),
    (
        "never had a paid job in her life, 24, wants one",
        {"never_worked": True, "goal": "find_work", "work_status": "unemployed"},
    ),
    ("has never done a day's paid work", {"never_worked": True}),
    ("never had so much as a paper round", {"never_worked": True}),
    ("straight from school to caring, no work history", {"never_worked": True}),
    ("drives a gritter for the council, no issues", {"work_status": "in_work"}),
    ("40, teaches chemistry, all well", {"work_status": "in_work"}),
    # It is her life that she wants to end, not her contract.
    ("48F packer in Ashton, says she wants to end her life", {"work_status": "in_work"}),
    ("She's an interpreter at the Royal Oldham and thriving", {"work_status": "in_work"}),
    ("Night porter now and loves it", {"work_status": "in_work"}),
    ("still cleaning at the primary and fit as a flea", {"work_status": "in_work"}),
    ("full time at the tip, no health worries", {"work_status": "in_work"}),
    (
        "on the checkout part time, getting by all right",
        {"work_status": "in_work", "employment_type": ["part_time"]},
    ),
    (
        "owns the Chinese takeaway on Stamford St, cooks seven nights",
        {"work_status": "in_work", "employment_type": ["self_employed"]},
    ),
    ("Runs a market stall, managing fine", {"work_status": "in_work"}),
    ("works full time, no sickness", {"work_status": "in_work"}),
    ("Shift supervisor, in and managing", {"work_status": "in_work", "employment_type": None}),
    ("FT at B&Q, attending, RTW i/v went ok", {"work_status": "in_work", "goal": None}),
    ("cleans offices n has no trubble wiv it", {"work_status": "in_work"}),
    (
        "back at the tannery 5 wks after a yr on the sick, all settled",
        {"work_status": "in_work", "absence_weeks": None},
    ),
    ("signed off last year but back now, no bother", {"work_status": "in_work"}),
    ("on mat leave from the bank, due back in March", {"work_status": "in_work"}),
    ("got a start at the bakery, likes it", {"work_status": "in_work"}),
    ("she's working again, three mornings", {"work_status": "in_work"}),
    ("holds down two cleaning jobs", {"work_status": "in_work"}),
    ("clocks on at six every day, never misses", {"work_status": "in_work"}),
    (
        "postie, plantar fasciitis, the walk's murdering him but he's still on it",
        {"work_status": "in_work_struggling"},
    ),
    (
        "florist, own business, wincing through every wedding order, determined to keep trading",
        {"work_status": "in_work_struggling", "goal": "stay_in_work"},
    ),
    (
        "TA, hasn't missed a day but she says she can't keep it up",
        {"work_status": "in_work_struggling"},
    ),
    ("in work but only just, sonographer", {"work_status": "in_work_struggling"}),
    ("call centre, carpal tunnel and the typing's agony", {"work_status": "in_work_struggling"}),
    ("dental nurse, numb hands, finding work tricky", {"work_status": "in_work_struggling"}),
    (
        "decorator's mate, in but wheezing himself sick on the sanding",
        {"work_status": "in_work_struggling"},
    ),
    ("still on the ovens at 4am, RA, hands on fire", {"work_status": "in_work_struggling"}),
    (
        "gone up to full time at the laundrette, barely getting through the day",
        {"work_status": "in_work_struggling"},
    ),
    (
        "home care on a zero hrs contract, rings in poorly a lot. Doesn't want to lose the job",
        {"work_status": "in_work_struggling", "goal": "stay_in_work"},
    ),
    ("still going in but in tears most days", {"work_status": "in_work_struggling"}),
    (
        "butcher, can't hold a boning knife, still at the block, boss openly wants rid, "
        "fancies van work instead",
        {"work_status": "in_work_struggling", "goal": "change_job", "job_at_risk": True},
    ),
    (
        "lab tech, asked three times to wfh and been told no three times",
        {"work_status": "in_work_struggling"},
    ),
    ("gets through a shift on codeine, joiner, knees gone", {"work_status": "in_work_struggling"}),
    ("grafting through it, roofer, shoulder", {"work_status": "in_work_struggling"}),
    (
        "on her last warning for sickness, still in",
        {"work_status": "in_work_struggling", "job_at_risk": True},
    ),
    (
        "Two hundred calls a shift, reckons the place is making him poorly",
        {"work_status": "in_work_struggling"},
    ),
    (
        "working from home mostly, migraines make the screen impossible",
        {"work_status": "in_work_struggling"},
    ),
    (
        "reading law at Salford, wants a Saturday job",
        {"work_status": "student", "goal": "find_work"},
    ),
    ("2nd yr nursing student, not coping", {"work_status": "student"}),
    ("drew his pension in May, allotment, happy", {"work_status": "retired"}),
    (
        "Thursdays she volunteers at the cat rescue, would like it to turn into a wage",
        {"work_status": "volunteering", "goal": "find_work"},
    ),
    ("helps out unpaid at the foodbank", {"work_status": "volunteering"}),
    ("two mornings unpaid in the hospice shop", {"work_status": "volunteering"}),
    ("foodbank parcels by the last week of the month, kitchen porter", {"work_status": "in_work"}),
    ("lab tech at the uni", {"work_status": "in_work"}),
    ("not retired whatever the screen says, cleans offices", {"work_status": "in_work"}),
    (
        "employer offering phased hours, off 5 weeks, keen as mustard to get back in the cab",
        {"goal": "return_to_work", "work_status": "off_sick"},
    ),
    (
        "off 17 wks, union getting him moved into the stores so he can go back",
        {"goal": "return_to_work"},
    ),
    ("off ten weeks, itching to be back Monday", {"goal": "return_to_work"}),
    ("off 12 weeks, back on the 1st if I'll pass him", {"goal": "return_to_work"}),
    (
        "call handler, capability hearing Monday, all she wants is to hold on to the post",
        {"goal": "stay_in_work", "job_at_risk": True},
    ),
    (
        "no job, wants a garden centre to take him on",
        {"goal": "find_work", "work_status": "unemployed"},
    ),
    ("unemployed 2 yr, would luv warehouse work", {"goal": "find_work"}),
    ("unemployed. says he'd have a go at a job if someone took him on", {"goal": "find_work"}),
    ("unemployed, Says she'd work tomorrow", {"goal": "find_work"}),
    ("no job. Feels a job would give the week some shape", {"goal": "find_work"}),
    ("out of work, probation say he's ready, wants graft of any sort", {"goal": "find_work"}),
    (
        "Upholsterer with his own workshop, stressed. Wants to keep the business going",
        {"goal": "stay_in_work", "employment_type": ["self_employed"]},
    ),
    (
        "Not job hunting as such, 4 yrs since the bank closed. But would love a few hrs paid work now",
        {"goal": "find_work"},
    ),
    (
        "Work? can't even think about it, please don't push her. Fibromyalgia, no job",
        {"goal": "not_now"},
    ),
    (
        "on the fryers at a chicken shop, keeps asking about getting into care work",
        {"goal": "change_job", "work_status": "in_work"},
    ),
    ("wants to keep the post, receptionist", {"goal": "stay_in_work"}),
    ("in work, wants to stay put there", {"goal": "stay_in_work"}),
    (
        "doesn't want work brought up till they're at high school, no job, carers allowance",
        {"goal": "not_now", "work_status": "economically_inactive"},
    ),
    (
        "she's landed a council admin job, starts 7th Dec, out of work till then",
        {"has_job_offer": True},
    ),
    ("been offered a job at Aldi, starts Monday, on UC", {"has_job_offer": True}),
    ("had an offer but it was withdrawn", {"has_job_offer": False}),
    ("they're on about ending his apprenticeship, sparky", {"job_at_risk": True}),
    ("HR letter says medical dismissal next, off 9 weeks", {"job_at_risk": True}),
    ("gaffer says he's a liability and wants him gone", {"job_at_risk": True}),
    ("hit her third absence trigger, call handler", {"job_at_risk": True}),
    ("agency making noises about dropping him", {"job_at_risk": True}),
    ("says he wants to end his life", {"job_at_risk": None}),
    ("facing redundancy in the new year", {"job_at_risk": True}),
    ("never been near a CMHT", {"under_secondary_mental_health": False}),
    ("discharged from the CMHT in 2022, steady since", {"under_secondary_mental_health": False}),
    ("under the mental health team, depot monthly", {"under_secondary_mental_health": True}),
    ("no CPN any more", {"under_secondary_mental_health": False}),
    ("wife is off sick, he works at Asda", {"work_status": "in_work"}),
    (
        "husband's been made redundant so she's gone full time at the laundrette",
        {"work_status": "in_work"},
    ),
    (
        "boyfriend on a tag can't work; she can, 26, no job for a year",
        {"work_status": "unemployed", "out_of_work_months": 12},
    ),
    ("his brother lost his job, he's a baker, doing well", {"work_status": "in_work"}),
    ("used to be on the sick, now a porter at the MRI", {"work_status": "in_work"}),
    ("was unemployed till May, now stacking shelves", {"work_status": "in_work"}),
    ("query coeliac, bloods gone off. Runs a market stall", {"work_status": "in_work"}),
    ("Owes four grand on cards all the same", {"work_status": None, "employment_type": None}),
)
NUMBERS = ("absence_weeks", "out_of_work_months")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(("text", "want"), CASES, ids=[text for text, _ in CASES])
def test_work(reader: Reader, text: str, want: dict[str, Any]) -> None:
    case = reader.read(text).case
    for key, value in want.items():
        if isinstance(value, list):
            assert set(value) <= set(case.get(key, []))
        elif key in NUMBERS and value:
            assert case.get(key) == pytest.approx(value, rel=0.1, abs=1)
        else:
            assert case.get(key) == value, key
