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
