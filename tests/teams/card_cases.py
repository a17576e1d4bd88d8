"""One typed message of every kind in the contract, with long and hostile words in them."""

from __future__ import annotations

from typing import Any

WORDS = "5 < 6 & *bold* _so_ [here](https://evil.example) `code` # not a heading \\ “said” é"


def question(options: int, multiple: bool = False, skippable: bool = True) -> dict[str, Any]:
    return {
        "type": "question",
        "slot": "barriers",
        "text": f"What is in the way? {WORDS}",
        "options": [
            {"title": f"Answer {n} {WORDS}", "payload": f"answer-{n}"} for n in range(options)
        ],
        "multiple": multiple,
        "skippable": skippable,
        "header": f"48F, {WORDS}",
    }


def item(number: int, **more: Any) -> dict[str, Any]:
    return {
        "service_id": f"service-{number}",
        "also": ["wider-service"],
        "name": f"Service {number} {WORDS}",
        "rank": number,
        "verdict": "eligible",
        "status": "open",
        "needs": ["employment"],
        "for_need": "employment",
        "reasons": [
            {"criterion": "age", "state": state, "text": f"Aged 16 or over: {WORDS}", "source": "a"}
            for state in ("met", "unknown", "not_met")
        ],
        "referral": {
            "routes": [
                {
                    "route": "clinician_form",
                    "who": ["gp"],
                    "how": WORDS,
                    "artefact": "enquiry_form",
                    "way_in": "unconfirmed",
                    "use": "gp_to_sign",
                    "phone": "0000 000 000",
                }
            ]
        },
        "voluntary": "not_known",
        "tells_dwp": "not_known",
        "facts": "page of July 2022",
        "confidence": "low",
        "stale": True,
        "sources": [WORDS],
        "way_in": "not_known",
        "beside": "service-2",
        "offers": WORDS,
        "cautions": [WORDS],
        **more,
    }


def recommendations(count: int, rejected: int, **more: Any) -> dict[str, Any]:
    return {
        "type": "recommendations",
        "text": WORDS,
        "as_of": "2026-11-22",
        "items": [item(n) for n in range(1, count + 1)],
        "rejected": [{**item(n), "verdict": "not_eligible"} for n in range(100, 100 + rejected)],
        "gaps": [{"barrier": "debt_finance", "area": "oldham"}],
        "gap": WORDS,
        "plan": [{"step": 1, "service_id": "service-1", "why": "to keep the job"}],
        "chips": [{"title": "Benefits?", "slot": "benefits", "payload": "ask benefits"}],
        "header": "48F",
        **more,
    }


def draft(**more: Any) -> dict[str, Any]:
    return {
        "type": "referral_draft",
        "text": f"Enquiry form for a service.\n{WORDS}",
        "referral_id": "FP-ABCDEFGH",
        "service_id": "service-1",
        "state": "draft",
        "consultation_id": "abc",
        "url": "/referrals/consultation/abc",
        "fields": [
            {"name": "conditions", "label": "Conditions", "value": ["a", WORDS], "source": "said"},
            {"name": "name", "label": "Name", "value": None, "required": True, "missing": True},
        ],
        "documents": [{"kind": "enquiry_form", "url": "https://fp.example/documents/x"}],
        "sent": False,
        **more,
    }


MESSAGES: dict[str, dict[str, Any]] = {
    "question, buttons": question(5),
    "question, six without skip": question(6, skippable=False),
    "question, a list": question(6),
    "question, many": question(60),
    "question, several answers": question(20, multiple=True),
    "question, no options": question(0),
    "understood": {
        "type": "understood",
        "text": f"Understood: {WORDS}.",
        "case": {"age": 48},
        "removed": {},
        "whole_case": {"age": 48},
        "chips": [{"label": WORDS, "unsure": "guess", "confirm": f"has {WORDS}", "remove": "not x"}]
        * 5,
        "whole_chips": [
            {"label": "age 48", "said": WORDS, "remove": "remove age", "edit": "change age to "},
            {"label": "depression", "unsure": "possible", "remove": "not depression"},
            {"label": "not anxiety"},
        ],
        "mentions": [],
        "header": "48F",
    },
    "understood, nothing": {"type": "understood", "text": "Nothing was added.", "case": {}},
    "recommendations": recommendations(12, 130),
    "recommendations, none": recommendations(0, 0, chips=[], plan=[], gaps=[]),
    "recommendations, one set aside": recommendations(1, 3, items=[item(1, dismissed="too_far")]),
    "recommendations, a whole country": recommendations(300, 3000),
    "draft": draft(),
    "draft without a page": draft(url=None, fields=[]),
    "status": {
        "type": "referral_status",
        "text": WORDS,
        "referral_id": "FP-ABCDEFGH",
        "state": "accepted",
        "url": "/referrals/FP-ABCDEFGH",
        "history": [{"at": "2026-11-22", "state": "sent", "by": "the practice"}, "received"],
    },
    "safety": {
        "type": "safety",
        "text": WORDS,
        "categories": ["suicide_self_harm", "emergency"],
        "contacts": [
            {"service_id": "emergency-999", "name": "Emergency", "phone": "999", "how": WORDS},
            {"service_id": "shout", "unverified": True},
        ],
        "header": "28M",
    },
    "safety, no contact held": {
        "type": "safety",
        "text": WORDS,
        "categories": ["safeguarding"],
        "contacts": [],
    },
    "info": {"type": "info", "text": WORDS, "topic": "service"},
    "info, taken elsewhere": {
        "type": "info",
        "text": "\n\n".join([WORDS * 30] * 40),
        "topic": "record_text",
        "header": "48F",
    },
    "info, something removed": {
        "type": "info",
        "text": "I removed a name.",
        "topic": "limits",
        "removed": ["name"],
    },
    "while safety is raised": {
        "type": "info",
        "text": WORDS,
        "topic": "summary",
        "header": "28M",
        "pinned": ["suicide_self_harm"],
    },
    "error": {"type": "error", "text": WORDS, "code": "internal"},
    "a type to come": {"type": "something_new", "text": WORDS},
}
