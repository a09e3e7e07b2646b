from qa.app.checked import report

HOSTILE = "<img src=http://evil.example/a.png onerror=x()>"


def test_a_report_marks_what_is_not_carried_and_tells_each_quotations_state() -> None:
    text = f"He met X [1]. {HOSTILE} [2]."
    told = {
        "citations": [
            {"n": 1, "valid": True, "current": False, "support": "supported"},
            {"n": 2, "valid": False, "current": True, "support": "unsupported"},
        ],
        "sentences": [
            {"start": 0, "end": 13, "cites": [1], "support": "supported", "missing": []},
            {"start": 14, "end": len(text), "cites": [2], "support": "unsupported", "missing": []},
        ],
        "ok": False,
    }
    html = report(text, told, "en")
    assert "Not everything stands." in html
    assert "1 sentence: supported" in html
    assert html.count('class="sentence unsupported"') >= 1
    assert "<img" not in html
    assert html.count('<span class="no">no</span>') == 2


def test_a_sentence_carried_in_part_says_what_is_missing() -> None:
    sentence = {"start": 0, "end": 13, "cites": [1], "support": "partial", "missing": ["2025", HOSTILE]}
    html = report("He met X [1].", {"citations": [], "sentences": [sentence], "ok": False}, "en")
    assert "Not in the cited words: 2025, &lt;img" in html.partition('class="why"')[2]
    assert "<img" not in html
