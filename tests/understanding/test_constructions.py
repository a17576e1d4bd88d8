"""Constructions of hurried notes, some twenty of each kind: what they say, and what they never do."""

from __future__ import annotations

from typing import Any

import pytest

from understanding.reader import Reader

# (text, the key just asked for, what is said, what must not be read; an empty list forbids any value)
Case = tuple[str, str | None, dict[str, Any], dict[str, list[str]]]

# Whether somebody works, is off, or has none, and since when.
WORK: tuple[Case, ...] = (
    (
        "54M joiner, frozen shoulder, not picked up a saw in 9 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 9},
        {},
    ),
    (
        "roofer, sciatica, hasn't been up a ladder for 6 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 6},
        {},
    ),
    (
        "hairdresser, carpal tunnel, hasn't touched her scissors in 2 months",
        None,
        {"work_status": "off_sick", "absence_weeks": 9},
        {},
    ),
    (
        "bus driver, seizures, not been behind the wheel since 5 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 5},
        {},
    ),
    (
        "Taxi driver with labyrinthitis, hasn't driven a fare for 3 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 3},
        {},
    ),
    (
        "nurse, depression, not done a shift in 7 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 7},
        {},
    ),
    (
        "teacher, anxiety, has not stood in front of a class for 4 months",
        None,
        {"work_status": "off_sick", "absence_weeks": 17},
        {},
    ),
    (
        "scaffolder s/e, LBP, last worked 7/52 ago",
        None,
        {"work_status": "off_sick", "absence_weeks": 7},
        {},
    ),
    (
        "cleaner, plantar fasciitis, last worked 3 weeks ago",
        None,
        {"work_status": "off_sick", "absence_weeks": 3},
        {},
    ),
    (
        "self-employed plumber, back pain, 3 wks not working",
        None,
        {"work_status": "off_sick", "absence_weeks": 3},
        {},
    ),
    (
        "slf emplyd plumber bck pian 3 wks nt wrking",
        None,
        {"work_status": "off_sick", "absence_weeks": 3},
        {},
    ),
    (
        "PC, LBP. Occ: scaffolder. Last shift 4/52 ago",
        None,
        {"work_status": "off_sick", "absence_weeks": 4},
        {},
    ),
    (
        "she is a school cook, since four months she is not going to work because of the hands",
        None,
        {"work_status": "off_sick", "absence_weeks": 17},
        {},
    ),
    (
        "Since 6 weeks he is not attending work due to knee pain, he is a porter",
        None,
        {"work_status": "off_sick", "absence_weeks": 6},
        {},
    ),
    (
        "works in Tesco but not working since 5 weeks, depression",
        None,
        {"work_status": "off_sick", "absence_weeks": 5},
        {},
    ),
    (
        "postman, knee, hasn't done his round for 8 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 8},
        {},
    ),
    (
        "gardener, vertigo, no work possible for 6 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 6},
        {},
    ),
    (
        "electrician, wrist fracture, six weeks in plaster and off for all six",
        None,
        {"work_status": "off_sick", "absence_weeks": 6},
        {},
    ),
    (
        "civil servant, RRMS, SSP, wk 20 of 28",
        None,
        {"work_status": "off_sick", "absence_weeks": 20},
        {},
    ),
    (
        "Labourer, hernia, week 5 of 12 off",
        None,
        {"work_status": "off_sick", "absence_weeks": 5},
        {},
    ),
    (
        "bricklayer, tennis elbow, tools down 10 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 10},
        {},
    ),
    (
        "welder, asthma, downed tools 4 weeks ago",
        None,
        {"work_status": "off_sick", "absence_weeks": 4},
        {},
    ),
    (
        "HGV driver, sleep apnoea, not driven his wagon for 3 months",
        None,
        {"work_status": "off_sick", "absence_weeks": 13},
        {},
    ),
    (
        "He fits kitchens, hasn't lifted a thing in 6/52 with his back",
        None,
        {"work_status": "off_sick", "absence_weeks": 6},
        {},
    ),
    ("struggling at work with her asthma", None, {"work_status": "in_work_struggling"}, {}),
    ("works in a chippy, no problems", None, {"work_status": "in_work"}, {}),
    ("works in Greggs, IBS, all fine there", None, {"work_status": "in_work"}, {}),
    ("carer by trade (care home). in work, no problems", None, {"work_status": "in_work"}, {}),
    (
        "out of work bricklayer, 20/12",
        None,
        {"work_status": "unemployed", "out_of_work_months": 20},
        {},
    ),
    ("OOW 20/12, UC", None, {"work_status": "unemployed", "out_of_work_months": 20}, {}),
    (
        "warehouse lad, let go, last worked 8 months ago",
        None,
        {"work_status": "unemployed", "out_of_work_months": 8},
        {},
    ),
    ("bored stiff. Tax adviser, in work, physically fit", None, {"work_status": "in_work"}, {}),
    (
        "dinner lady keeping them both afloat, sore thumbs (OA) but gets by",
        None,
        {"work_status": "in_work"},
        {},
    ),
    (
        "postman, plantar fasciitis, doing his round but limping badly",
        None,
        {"work_status": "in_work_struggling"},
        {},
    ),
    (
        "signed off for 6 months in 2022 with depression, fully better, works as a vet nurse",
        None,
        {"work_status": "in_work"},
        {},
    ),
    (
        "off three months in 2023 with her back, fine now, works as a chef",
        None,
        {"work_status": "in_work"},
        {},
    ),
    ("stressed and off sick from the tax office", None, {"work_status": "off_sick"}, {}),
    ("redundant since 5 mths", None, {"work_status": "unemployed", "out_of_work_months": 5}, {}),
    (
        "redunant since 5 mths, aplying evrywhere",
        None,
        {"work_status": "unemployed", "out_of_work_months": 5},
        {},
    ),
    (
        "good job at the cereal factory til 2 year since; jobless now",
        None,
        {"work_status": "unemployed", "out_of_work_months": 24},
        {},
    ),
    (
        "had a job at the mill until 3 years back, nothing since",
        None,
        {"work_status": "unemployed", "out_of_work_months": 36},
        {},
    ),
    ("no job since 2 years", None, {"work_status": "unemployed", "out_of_work_months": 24}, {}),
    ("Volenteers at foodbank", None, {"work_status": "volunteering"}, {}),
    ("volunters 2 days at the hospice", None, {"work_status": "volunteering"}, {}),
    ("unempolyed, has osteo artheritis", None, {"work_status": "unemployed"}, {}),
    (
        "reception here, got a gentleman on the line sobbing",
        None,
        {},
        {
            "work_status": [
                "in_work",
                "off_sick",
                "in_work_struggling",
                "economically_inactive",
                "unemployed",
            ]
        },
    ),
    (
        "that were a big help, I'm off for me dinner",
        None,
        {},
        {
            "work_status": [
                "in_work",
                "off_sick",
                "in_work_struggling",
                "economically_inactive",
                "unemployed",
            ]
        },
    ),
    (
        "Thanks love, off home now",
        None,
        {},
        {
            "work_status": [
                "in_work",
                "off_sick",
                "in_work_struggling",
                "economically_inactive",
                "unemployed",
            ]
        },
    ),
    (
        "seen w support worker, pt 55M, alcohol dependent still",
        None,
        {},
        {
            "work_status": [
                "in_work",
                "off_sick",
                "in_work_struggling",
                "economically_inactive",
                "unemployed",
            ]
        },
    ),
    (
        "wife works, he has PTSD",
        None,
        {},
        {
            "work_status": [
                "in_work",
                "off_sick",
                "in_work_struggling",
                "economically_inactive",
                "unemployed",
            ]
        },
    ),
    ("slf emplyd plumber", None, {"employment_type": ["self_employed"]}, {}),
    ("self imployed", None, {"employment_type": ["self_employed"]}, {}),
    ("zero ours contrack", None, {"employment_type": ["zero_hours"]}, {}),
    (
        "F52 lollipop lady, knees gone, hasn't been out on the crossing for 7 weeks",
        None,
        {"work_status": "off_sick", "absence_weeks": 7},
        {},
    ),
    (
        "forklift driver 41 M, not been on his truck since his op 5/52 ago",
        None,
        {"work_status": "off_sick", "absence_weeks": 5},
        {},
    ),
    ("nurse on maternity leave", None, {"work_status": "in_work"}, {}),
    (
        "used to be a chef, nothing now for 3 yrs",
        None,
        {"work_status": "unemployed", "out_of_work_months": 36},
        {"work_status": ["in_work"]},
    ),
    ("ex-miner, on PIP, COPD", None, {"benefits": ["pip"]}, {"work_status": ["in_work"]}),
    ("trained as a plumber, never worked as one, on UC", None, {}, {"work_status": ["in_work"]}),
    ("last had a wage in 2022, anxiety", None, {"work_status": "unemployed"}, {}),
    ("her contract was up in July and they didn't renew", None, {"work_status": "unemployed"}, {}),
    ("Amazon let her go at Christmas, depression", None, {"work_status": "unemployed"}, {}),
    (
        "works 16 hrs a wk at B&M, coping fine",
        None,
        {"work_status": "in_work", "employment_type": ["part_time"]},
        {},
    ),
    ("does 3 nights at the care home and loves it", None, {"work_status": "in_work"}, {}),
    (
        "on the tills at Aldi but feet are killing her, plantar fasciitis",
        None,
        {"work_status": "in_work_struggling"},
        {},
    ),
    (
        "office job, migraines twice a week, missing days",
        None,
        {"work_status": "in_work_struggling"},
        {},
    ),
    (
        "off 6/52, wants her old hours back when fit",
        None,
        {"work_status": "off_sick", "absence_weeks": 6},
        {},
    ),
    ("off since 3rd week of Oct w stress", None, {"work_status": "off_sick"}, {}),
    ("signed off a month, going for a second month", None, {"work_status": "off_sick"}, {}),
    (
        "8 months off the buses with her hip",
        None,
        {"work_status": "off_sick", "absence_weeks": 35},
        {},
    ),
    (
        "been on UC 14/12, plain, no job",
        None,
        {"benefits": ["uc"], "work_status": "unemployed"},
        {},
    ),
    ("is the clinic in Bury open on Fridays", None, {}, {"work_status": ["in_work"]}),
    (
        "the printer's out of toner again",
        None,
        {},
        {"work_status": ["in_work"], "barriers": ["transport"]},
    ),
    ("what time does the pharmacy shut", None, {}, {"work_status": ["in_work", "unemployed"]}),
)

# Wishes, risk, offers.
WISHES: tuple[Case, ...] = (
    (
        "He hasn't got a job to go back to & isn't wanting one",
        None,
        {"work_status": "economically_inactive", "goal": "not_now"},
        {},
    ),
    ("unemployed, wants a jobb", None, {"goal": "find_work"}, {}),
    ("jobless, wnts a jobb", None, {"goal": "find_work"}, {}),
    ("unemployed, looking for a first steady job", None, {"goal": "find_work"}, {}),
    (
        "mum at home, wants a little part-time job round it, none at present",
        None,
        {"goal": "find_work"},
        {},
    ),
    ("no job. Looking for reception work", None, {"goal": "find_work"}, {}),
    ("no job, hunting for one", None, {"goal": "find_work"}, {}),
    ("Volunteers at foodbank, wants paid job", None, {"goal": "find_work"}, {}),
    ("unemployed and back on the job market", None, {"goal": "find_work"}, {}),
    ("out of work, wants payed work", None, {"goal": "find_work"}, {}),
    ("on UC, would love to work with animals", None, {"goal": "find_work"}, {}),
    ("no work, after a wee cleaning job", None, {"goal": "find_work"}, {}),
    ("unemployed, keen on a bar job", None, {"goal": "find_work"}, {}),
    ("out of work; fancies a bit of warehouse work", None, {"goal": "find_work"}, {}),
    ("laid off, looking for a local shop job", None, {"goal": "find_work"}, {}),
    ("wants a job in a nursery, unemployed", None, {"goal": "find_work"}, {}),
    ("unemployed, hoping to get a start somewhere", None, {"goal": "find_work"}, {}),
    ("jobless, on the hunt for work", None, {"goal": "find_work"}, {}),
    ("no job, looking for one", None, {"goal": "find_work"}, {}),
    ("unemployed. Wants one asap", None, {"goal": "find_work"}, {}),
    ("made redundant, in the market for a driving job", None, {"goal": "find_work"}, {}),
    ("out of work, on the look out for a job", None, {"goal": "find_work"}, {}),
    ("unemployed, actively seeking admin work", None, {"goal": "find_work"}, {}),
    ("unemployed, she'd like a job", None, {"goal": "find_work"}, {}),
    ("in work, wants to change job", None, {"goal": "change_job"}, {}),
    ("Till operator, wants to change jobs", None, {"goal": "change_job"}, {}),
    ("postman limping badly, wants to keep his job", None, {"goal": "stay_in_work"}, {}),
    (
        "reckons they'll stop her money the minute she does an hour's paid work",
        None,
        {},
        {"goal": ["find_work"]},
    ),
    ("worried paid work would cost her the PIP", None, {}, {"goal": ["find_work"]}),
    ("24yoF ASD, never wkd", None, {"never_worked": True}, {}),
    ("nvr worked, 22M", None, {"never_worked": True}, {}),
    ("never wrkd, LD", None, {"never_worked": True}, {}),
    ("neva had a job", None, {"never_worked": True}, {}),
    ("nver worked a day", None, {"never_worked": True}, {}),
    (
        "keeps ringing in sick from the call centre, anxiety, on final warning",
        None,
        {"work_status": "in_work_struggling", "job_at_risk": True},
        {},
    ),
    (
        "HR have started capability with him over his absences, gout",
        None,
        {"job_at_risk": True},
        {},
    ),
    ("boss said one more day off and she's out", None, {"job_at_risk": True}, {}),
    ("they want shut of him at the depot, back pain", None, {"job_at_risk": True}, {}),
    ("got a job lined up, starts at Greggs 1st Dec", None, {"has_job_offer": True}, {}),
    ("been offered a cleaning post, begins in two weeks", None, {"has_job_offer": True}, {}),
    ("unemployed, gagging to get back in a kitchen", None, {"goal": "find_work"}, {}),
    ("dad of 3 on UC after any job going", None, {"goal": "find_work"}, {}),
    ("wants out of care work, fancies an office", None, {"goal": "change_job"}, {}),
    ("roofer, knees shot, thinking of something less heavy", None, {"goal": "change_job"}, {}),
    ("says work is the last thing on his mind", None, {"goal": "not_now"}, {}),
    ("supervisor bullying her, wants out", None, {"goal": "change_job"}, {}),
)

# Numbers: ages, what is no age, and short answers.
AGES: tuple[Case, ...] = (
    ("no idea, she never said", "work_status", {}, {"work_status": ["unemployed", "in_work"]}),
    ("no clue, didn't get that far", "work_status", {}, {"work_status": ["unemployed"]}),
    ("teacher, 50 next month so 49", None, {"age": 49}, {}),
    ("24yoF ASD, lives w parents", None, {"age": 24}, {}),
    ("24yoM LD", None, {"age": 24}, {}),
    ("61yoF OA", None, {"age": 61}, {}),
    ("EUPD, last self harm age 19, now 35, stable", None, {"age": 35}, {}),
    ("nobody will take him on at 58 he reckons", None, {"age": 58}, {}),
    ("first fit aged 12, 41 now", None, {"age": 41}, {}),
    ("dx T1DM at 9, 33 now, bus driver", None, {"age": 33}, {}),
    ("turns 60 next month, so 59", None, {"age": 59}, {}),
    ("19 in March so still 18", None, {"age": 18}, {}),
    ("F 29 anxiety", None, {"age": 29}, {}),
    ("IVDU on OST (methadone 60), NFA", None, {}, {"age": []}),
    ("Gets 4 hours some weeks, 40 others", None, {}, {"age": []}),
    ("sertraline 50, no better", None, {}, {"age": []}),
    ("on amitrip 75 nocte", None, {}, {"age": []}),
    ("gabapentin 300, pregabalin 75", None, {}, {"age": []}),
    ("mirtazapine 45 and not sleeping", None, {}, {"age": []}),
    ("thyroxine 75 daily", None, {}, {"age": []}),
    ("PHQ 18 GAD 16", None, {}, {"age": []}),
    ("BMI 41", None, {}, {"age": []}),
    ("codeine 30 x4", None, {}, {"age": []}),
    ("30 hours one week, 20 the next", None, {}, {"age": []}),
    ("propranolol 40, palpitations", None, {}, {"age": []}),
    ("score of 22 on the AUDIT", None, {}, {"age": []}),
    ("peak flow 60% predicted", None, {}, {"age": []}),
    ("18", "out_of_work_months", {"out_of_work_months": 18}, {"age": []}),
    ("24", "uc_months", {"uc_months": 24}, {"age": []}),
    ("30", "absence_weeks", {"absence_weeks": 30}, {"age": []}),
    ("since mid summer, call it 10", "absence_weeks", {"absence_weeks": 10}, {}),
    ("ooh, call it 14", "absence_weeks", {"absence_weeks": 14}, {}),
    ("must be 20 by now", "out_of_work_months", {"out_of_work_months": 20}, {}),
    ("7 or 8 I think", "absence_weeks", {"absence_weeks": 7.5}, {}),
    ("24ish", "out_of_work_months", {"out_of_work_months": 24}, {}),
    ("going on 9", "absence_weeks", {"absence_weeks": 9}, {}),
    ("lady in her fifties, 54 I think", None, {"age": 54}, {}),
    ("DOB makes her 38", None, {"age": 38}, {}),
    ("a 62-year-old retired bus driver", None, {"age": 62, "work_status": "retired"}, {}),
    ("M, 33, Bolton", None, {"age": 33}, {}),
    ("bed 12, ward 4, waiting", None, {}, {"age": []}),
    ("takes 40 mg, 28 tabs", None, {}, {"age": []}),
    ("can you fax the 50 forms", None, {}, {"age": []}),
)

# Illnesses, misspelt or abbreviated, and words that only look like one.
ILLNESSES: tuple[Case, ...] = (
    ("osteo artheritis in hips", None, {"conditions": ["osteoarthritis"]}, {}),
    ("ostio arthritus both knees", None, {"conditions": ["osteoarthritis"]}, {}),
    ("fibromialga n migranes", None, {"conditions": ["chronic_pain", "neurological"]}, {}),
    ("fybromyalgea", None, {"conditions": ["chronic_pain"]}, {}),
    ("skitzophrenia, CMHT", None, {"conditions": ["psychosis"]}, {}),
    ("shizofrenia", None, {"conditions": ["psychosis"]}, {}),
    ("reumatoid arthritus", None, {"conditions": ["inflammatory_arthritis"]}, {}),
    ("rhumatoid arthritis", None, {"conditions": ["inflammatory_arthritis"]}, {}),
    ("epilepsie, no fits a yr", None, {"conditions": ["neurological"]}, {}),
    ("sciatca", None, {"conditions": ["back_pain"]}, {}),
    ("siatica down left leg", None, {"conditions": ["back_pain"]}, {}),
    ("long covd", None, {"conditions": ["long_covid"]}, {}),
    ("long covidd since 2022", None, {"conditions": ["long_covid"]}, {}),
    ("sever anxeity", None, {"conditions": ["anxiety"]}, {}),
    ("angziety and deppresion", None, {"conditions": ["anxiety", "depression"]}, {}),
    ("Dibetic lady", None, {"conditions": ["diabetes"]}, {}),
    ("diabetees type 2", None, {"conditions": ["diabetes"]}, {}),
    ("asthmer", None, {"conditions": ["respiratory"]}, {}),
    ("bi polar", None, {"conditions": ["bipolar"]}, {}),
    ("emfysema", None, {"conditions": ["respiratory"]}, {}),
    ("parkinsins", None, {"conditions": ["neurological"]}, {}),
    ("hi blood preshure", None, {"conditions": ["cardiovascular"]}, {}),
    ("angeena", None, {"conditions": ["cardiovascular"]}, {}),
    ("#R tib/fib in RTC", None, {"conditions": ["lower_limb"]}, {}),
    ("# L wrist, postie", None, {"conditions": ["upper_limb"]}, {}),
    ("#NOF", None, {"conditions": ["lower_limb"]}, {}),
    ("#L clavicle", None, {"conditions": ["neck_shoulder"]}, {}),
    ("PMH T2DM HTN. NKDA", None, {"conditions": ["diabetes", "cardiovascular"]}, {}),
    ("?GAD ?ADHD", None, {"conditions": ["anxiety", "adhd"]}, {}),
    ("S/B SpR: RRMS", None, {"conditions": ["neurological"]}, {}),
    (
        "AF, CKD3, OA knees",
        None,
        {"conditions": ["cardiovascular", "long_term_condition_other", "osteoarthritis"]},
        {},
    ),
    ("surgical menopause post hysterectomy", None, {"conditions": ["menopause"]}, {}),
    ("flushes and brain fog, perimenopausal", None, {"conditions": ["menopause"]}, {}),
    ("bad knees and he's got sugar", None, {"conditions": ["diabetes"]}, {}),
    ("works in stroke rehab as a physio, herself well", None, {}, {"conditions": ["stroke"]}),
    ("a Cancer by star sign he jokes", None, {}, {"conditions": ["cancer"]}),
    ("depression in the tarmac tripped her", None, {}, {"conditions": ["depression"]}),
    ("works in the diabetes clinic", None, {}, {"conditions": ["diabetes"]}),
    ("nurse on the cancer ward", None, {}, {"conditions": ["cancer"]}),
    ("secretary in the pain clinic", None, {}, {"conditions": ["chronic_pain"]}),
    ("volunteer for the Stroke Association", None, {}, {"conditions": ["stroke"]}),
    ("bipolar affective disorder, on lithium", None, {"conditions": ["bipolar"]}, {}),
    ("brittle asthmatic", None, {"conditions": ["respiratory"]}, {}),
    ("torn rotator cuff, scaffolder", None, {"conditions": ["neck_shoulder"]}, {}),
    ("slipped disc L4/5", None, {"conditions": ["back_pain"]}, {}),
    ("underactive thyroid and coeliac", None, {"conditions": ["long_term_condition_other"]}, {}),
    ("deaf in one ear, tinnitus", None, {"conditions": ["sensory_impairment"]}, {}),
    ("on a script, 10 years on the gear", None, {"conditions": ["drug_dependence"]}, {}),
    ("bottle of wine a night and can't stop", None, {"conditions": ["alcohol_dependence"]}, {}),
    ("loses his wages on the machines", None, {"conditions": ["gambling"]}, {}),
)

# Benefits and what is wrong with them.
MONEY: tuple[Case, ...] = (
    ("univesal credt", None, {"benefits": ["uc"]}, {}),
    ("universal credt", None, {"benefits": ["uc"]}, {}),
    ("esa suport grp", None, {"benefits": ["esa_support_group"]}, {}),
    ("UC for a year and a half", None, {"benefits": ["uc"], "uc_months": 18}, {}),
    ("nothing coming in, hasn't claimed", None, {"benefits": ["none"]}, {}),
    (
        "they stopped his PIP, at tribunal now",
        None,
        {"benefit_issues": ["appeal"], "barriers": ["benefit_problem"]},
        {},
    ),
    ("waiting on her work capability assessment", None, {"benefit_issues": ["wca_pending"]}, {}),
    (
        "failed the medical for UC, got nil points",
        None,
        {"benefit_issues": ["found_fit_for_work"]},
        {},
    ),
    (
        "missed an appt and UC docked 3 weeks",
        None,
        {"benefit_issues": ["sanctioned"], "barriers": ["benefit_problem"]},
        {},
    ),
    ("owes the DWP two grand they overpaid", None, {"benefit_issues": ["overpayment"]}, {}),
)

# What stands in the way, said plainly; and workplaces that are no barrier.
BARRIERS: tuple[Case, ...] = (
    ("wont leve house on her own", None, {"barriers": ["leaving_home_alone"]}, {}),
    ("cant use computor", None, {"barriers": ["digital_skills"]}, {}),
    ("boss wont alow homeworking", None, {"barriers": ["employer_adjustments"]}, {}),
    ("manger refusing chair", None, {"barriers": ["employer_adjustments"]}, {}),
    ("cant reed or rite", None, {"barriers": ["literacy_numeracy"]}, {}),
    ("in arears with rent", None, {"barriers": ["debt_finance"]}, {}),
    ("manager refusing chair", None, {"barriers": ["employer_adjustments"]}, {}),
    ("boss won't allow homeworking", None, {"barriers": ["employer_adjustments"]}, {}),
    ("line manager refuses to let her sit", None, {"barriers": ["employer_adjustments"]}, {}),
    ("depot won't move her off earlies", None, {"barriers": ["employer_adjustments"]}, {}),
    ("employer is refusing lighter duties", None, {"barriers": ["employer_adjustments"]}, {}),
    ("firm said no to a later start", None, {"barriers": ["employer_adjustments"]}, {}),
    ("HR turned down flexible hours", None, {"barriers": ["employer_adjustments"]}, {}),
    (
        "boss not having it when he asked for a stool",
        None,
        {"barriers": ["employer_adjustments"]},
        {},
    ),
    ("gaffer won't hear of him sitting down", None, {"barriers": ["employer_adjustments"]}, {}),
    ("left college wi nowt", None, {"barriers": ["skills_qualifications"]}, {}),
    (
        "came out of school with nothing to show for it",
        None,
        {"barriers": ["skills_qualifications"]},
        {},
    ),
    ("left school with no exams", None, {"barriers": ["skills_qualifications"]}, {}),
    ("no certificates to his name", None, {"barriers": ["skills_qualifications"]}, {}),
    ("her English isn't up to an interview", None, {"barriers": ["english_language"]}, {}),
    ("English still quite poor", None, {"barriers": ["english_language"]}, {}),
    ("speaks hardly any English", None, {"barriers": ["english_language"]}, {}),
    ("needs an interpreter", None, {"barriers": ["english_language"]}, {}),
    ("kipping on his sister's sofa", None, {"barriers": ["housing"]}, {}),
    ("sleeping in his van", None, {"barriers": ["housing"]}, {}),
    ("eviction notice on the mat", None, {"barriers": ["housing"]}, {}),
    ("being evicted next month", None, {"barriers": ["housing"]}, {}),
    (
        "her and hubby rowing from morning til night, solicitors' letters",
        None,
        {"barriers": ["family_relationship"]},
        {},
    ),
    ("he and the wife at each other's throats", None, {"barriers": ["family_relationship"]}, {}),
    ("in the middle of a nasty divorce", None, {"barriers": ["family_relationship"]}, {}),
    ("marriage on the rocks", None, {"barriers": ["family_relationship"]}, {}),
    ("borrowing off his brother to pay the mortgage", None, {"barriers": ["debt_finance"]}, {}),
    ("bailiffs at the door", None, {"barriers": ["debt_finance"]}, {}),
    ("can't go anywhere unless her nan's with her", None, {"barriers": ["leaving_home_alone"]}, {}),
    (
        "goes over every day to see to her mum who has dementia",
        None,
        {"barriers": ["caring_responsibilities"]},
        {},
    ),
    ("does all her son's care", None, {"barriers": ["caring_responsibilities"]}, {}),
    ("looks after his dad, over there daily", None, {"barriers": ["caring_responsibilities"]}, {}),
    ("nobody will take him on at 58, pure ageism", None, {"barriers": ["discrimination"]}, {}),
    ("threatened to burn her house down, her ex", None, {"barriers": ["domestic_abuse"]}, {}),
    ("bus doesn't run that early", None, {"barriers": ["transport"]}, {}),
    ("no car and nothing runs out there before eight", None, {"barriers": ["transport"]}, {}),
    (
        "without any qualifications? no, she has a degree",
        None,
        {},
        {"barriers": ["skills_qualifications"]},
    ),
    ("carer by trade (care home)", None, {}, {"barriers": ["caring_responsibilities"]}),
    ("works in a nursery, off sick", None, {}, {"barriers": ["childcare"]}),
    ("maths tutor for prisoners at Forest Bank", None, {}, {"barriers": ["offending_history"]}),
    ("prison officer, back pain", None, {}, {"barriers": ["offending_history"]}),
    (
        "applied for a post in debt recovery at the housing office",
        None,
        {},
        {"barriers": ["debt_finance"]},
    ),
    ("works for a housing association", None, {}, {"barriers": ["housing"]}),
    ("debt adviser at Citizens Advice, migraine", None, {}, {"barriers": ["debt_finance"]}),
    ("lives off the precinct in Little Hulton", None, {}, {"barriers": ["food_fuel_poverty"]}),
    ("facial droop came on at the front desk", None, {}, {"barriers": ["employer_adjustments"]}),
    ("moved to Stoke last month", None, {}, {"barriers": ["treatment_wait"]}),
    ("English is fine", None, {}, {"barriers": ["english_language"]}),
    ("works at a food bank", None, {}, {"barriers": ["food_fuel_poverty"]}),
    ("dunno what a mouse is, never sent an email", None, {"barriers": ["digital_skills"]}, {}),
    (
        "can't fill in a form to save her life, left school at 13",
        None,
        {"barriers": ["literacy_numeracy"]},
        {},
    ),
    ("meter's on emergency and cupboards are bare", None, {"barriers": ["food_fuel_poverty"]}, {}),
    ("payday loans coming out of his ears", None, {"barriers": ["debt_finance"]}, {}),
    ("Section 21 through the door last week", None, {"barriers": ["housing"]}, {}),
    ("mother died in June and she's not got going since", None, {"barriers": ["bereavement"]}, {}),
    ("two buses each way and the first isn't till 7", None, {"barriers": ["transport"]}, {}),
    ("has the little one and no nursery place", None, {"barriers": ["childcare"]}, {}),
    ("he sees no-one from one week to the next", None, {"barriers": ["social_isolation"]}, {}),
    (
        "if she does more than 16 hours they'll take her PIP she thinks",
        None,
        {"barriers": ["benefit_worry"]},
        {},
    ),
    ("CV has a ten year hole in it", None, {"barriers": ["work_experience"]}, {}),
    (
        "reckons nobody would want him, got no faith in himself",
        None,
        {"barriers": ["confidence"]},
        {},
    ),
    ("just out of Strangeways, licence conditions", None, {"barriers": ["offending_history"]}, {}),
    ("came from Sudan in 2023, got his status in May", None, {"barriers": ["refugee_migrant"]}, {}),
    ("on the list for CBT since spring", None, {"barriers": ["treatment_wait"]}, {}),
    (
        "surgeon told her she'd never lift again and she's believed it",
        None,
        {"barriers": ["low_expectations"]},
        {},
    ),
    (
        "forgets his insulin, pain clinic tablets all over the place",
        None,
        {"barriers": ["health_management"]},
        {},
    ),
    ("thanks, that's sorted", None, {}, {"barriers": ["housing", "confidence"]}),
)

CASES = (*WORK, *WISHES, *AGES, *ILLNESSES, *MONEY, *BARRIERS)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def says(case: dict[str, Any], key: str, value: Any) -> bool:
    """Say whether ``case`` holds ``value``; lengths of time within a tenth, as everywhere in these tests."""
    held = case.get(key)
    if isinstance(value, list):
        return set(value) <= set(held or [])
    if key in ("absence_weeks", "out_of_work_months", "uc_months"):
        return held is not None and abs(held - value) <= max(value / 10, 0.5)
    return bool(held == value)


@pytest.mark.parametrize(("text", "asked", "said", "never"), CASES, ids=[c[0] for c in CASES])
def test_construction(
    reader: Reader, text: str, asked: str | None, said: dict[str, Any], never: dict[str, list[str]]
) -> None:
    case = reader.read(text, asked).case
    assert all(says(case, key, value) for key, value in said.items()), case
    for key, values in never.items():
        held = case.get(key)
        found = held if isinstance(held, list) else [] if held is None else [held]
        assert not (set(found) & set(values) if values else found), case
