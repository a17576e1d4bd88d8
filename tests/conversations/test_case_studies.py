"""The founding reports' case studies, played over REST at the dates they belong to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services_directory.yaml_files import read_yaml
from tests.conversations.simulated_gp import Played, play, shown
from tests.conversations.test_vignettes import faults

STUDIES = read_yaml(Path(__file__).parent / "case_studies.yml")


@pytest.fixture(scope="module")
def studies(talk: Any) -> dict[str, Played]:
    return {
        study["id"]: play(
            talk, f"study-{study['id']}", study["opening"], study["facts"], study["as_of"]
        )
        for study in STUDIES
    }


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study["id"])
def test_case_study(study: dict[str, Any], studies: dict[str, Played]) -> None:
    played = studies[study["id"]]
    assert played.safety == []
    assert played.recommended is not None
    demands = {"must_not": [], "must_include": [], "rejected": {}, "route": {}, **study}
    assert faults(demands, played.recommended) == []
    needs = [item["for_need"] for item in played.recommended["items"][:3]]
    assert set(study.get("first_three_needs", ())) <= set(needs)
    # A criterion that was not said is never claimed as met.
    for item in played.recommended["items"]:
        if item["service_id"] in study.get("not_eligible_claimed", ()):
            assert item["verdict"] == "possible"
    assert len(shown(played.recommended)) >= 1
