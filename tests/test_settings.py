"""Settings: every variable of the contract, its checks, and the README's table."""

from pathlib import Path

import pytest

from qa.settings import TABLE, Auth, Settings, read
from vectorstore.errors import BadSetting

README = Path(__file__).parents[1] / "README.md"


def test_with_nothing_set_every_setting_has_its_default() -> None:
    settings = read({"PATH": "/bin", "OPENAI_API_KEY": "theirs"})
    assert settings == Settings(home=settings.home, cache=settings.cache)
    assert (settings.llm, settings.host, settings.port) == ("none", "127.0.0.1", 7860)
    assert settings.home.is_absolute()
    assert settings.home.name == "isnad"
    assert settings.home != settings.cache


def test_every_variable_is_read_into_its_own_type(tmp_path: Path) -> None:
    told = {
        "ISNAD_HOME": str(tmp_path),
        "ISNAD_LLM": "openai:gpt-4o-mini",
        "ISNAD_LLM_BASE_URL": "http://127.0.0.1:8080/v1",
        "ISNAD_LLM_TIMEOUT": "2.5",
        "ISNAD_EMBEDDING_MODEL": "intfloat/multilingual-e5-base",
        "ISNAD_RERANKER": "some/cross-encoder",
        "ISNAD_LANGUAGE": "AR",
        "ISNAD_HOST": "0.0.0.0",
        "ISNAD_PORT": "8000",
        "ISNAD_ALLOWED_HOSTS": "news.example.org, 10.0.0.5",
        "ISNAD_AUTH": "editor:a:b",
        "ISNAD_ALLOW_PRIVATE_ADDRESSES": "on",
        "ISNAD_LOG_LEVEL": "info",
    }
    assert set(told) == {row.name for row in TABLE}
    assert read(told) == Settings(
        home=tmp_path,
        cache=read(told).cache,
        llm="openai:gpt-4o-mini",
        llm_base_url="http://127.0.0.1:8080/v1",
        llm_timeout_s=2.5,
        embedding_model="intfloat/multilingual-e5-base",
        reranker="some/cross-encoder",
        language="ar",
        host="0.0.0.0",
        port=8000,
        allowed_hosts=("news.example.org", "10.0.0.5"),
        auth=Auth("editor", "a:b"),
        allow_private_addresses=True,
        log_level="INFO",
    )


def test_a_home_given_by_hand_wins_and_is_made_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert read({"ISNAD_HOME": "/elsewhere"}, "mine").home == tmp_path / "mine"
    assert read({"ISNAD_HOME": "~/news"}).home == Path.home() / "news"


def test_an_empty_variable_counts_as_unset() -> None:
    assert read({"ISNAD_LLM": "", "ISNAD_PORT": " "}).port == 7860


@pytest.mark.parametrize(
    ("unknown", "nearest"),
    [("ISNAD_PROT", "ISNAD_PORT"), ("ISNAD_LLM_URL", "ISNAD_LLM_BASE_URL"), ("ISNAD_X", "ISNAD_")],
)
def test_an_unknown_variable_is_an_error_that_names_the_nearest_known_one(unknown: str, nearest: str) -> None:
    with pytest.raises(BadSetting, match=f"{unknown}.*{nearest}"):
        read({unknown: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISNAD_LLM", "gpt-4o"),
        ("ISNAD_LLM", "openai:"),
        ("ISNAD_LLM_BASE_URL", "127.0.0.1:8080"),
        ("ISNAD_LLM_BASE_URL", "http://[::1"),
        ("ISNAD_LLM_TIMEOUT", "0"),
        ("ISNAD_LLM_TIMEOUT", "nan"),
        ("ISNAD_LLM_TIMEOUT", "soon"),
        ("ISNAD_LANGUAGE", "de"),
        ("ISNAD_PORT", "٧٨٦٠"),
        ("ISNAD_PORT", "70000"),
        ("ISNAD_PORT", "-1"),
        ("ISNAD_ALLOWED_HOSTS", "http://news.example.org/"),
        ("ISNAD_ALLOW_PRIVATE_ADDRESSES", "maybe"),
        ("ISNAD_LOG_LEVEL", "loud"),
        ("ISNAD_HOME", "~nobody-of-that-name/x"),
    ],
)
def test_a_bad_value_is_one_line_that_names_the_variable_and_what_it_takes(name: str, value: str) -> None:
    with pytest.raises(BadSetting) as caught:
        read({name: value})
    assert "\n" not in str(caught.value)
    assert value in str(caught.value)
    assert "can't be used" in str(caught.value)


def test_a_password_is_in_no_message_and_no_repr() -> None:
    with pytest.raises(BadSetting) as caught:
        read({"ISNAD_AUTH": "hunter2"})
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(read({"ISNAD_AUTH": "editor:hunter2"}))


def test_the_readme_has_a_row_for_every_setting() -> None:
    text = README.read_text(encoding="utf-8") if README.exists() else ""
    if "| `ISNAD_HOME` |" not in text:
        pytest.skip("the README has no table of settings yet")
    missing = [row.name for row in TABLE if f"| `{row.name}` | {row.default} | {row.meaning} |" not in text]
    assert missing == []
