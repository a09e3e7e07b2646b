import pytest

from qa.faults import FaultKind
from qa.listening import kind_of
from qa.llm import chat_model, is_local
from vectorstore.errors import BadSetting, ModelUnavailable

pytest.importorskip("langchain_openai")

OWN = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_a_server_of_ones_own_needs_no_key() -> None:
    model = chat_model("openai:local-model", OWN, 7.0)
    assert (model.name, model.timeout_s, model.local) == ("openai:local-model", 7.0, True)


def test_the_client_never_tries_again_by_itself() -> None:
    assert chat_model("openai:m", OWN).chat.max_retries == 0  # type: ignore[attr-defined]


def test_a_missing_key_is_told_in_one_line() -> None:
    with pytest.raises(ModelUnavailable) as told:
        chat_model("openai:gpt-4o-mini")
    assert str(told.value) == "openai:gpt-4o-mini can't be used: set its key in OPENAI_API_KEY"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted-key")
    assert "sk-planted-key" not in repr(chat_model("openai:gpt-4o-mini")) + repr(
        chat_model("openai:m", OWN).chat
    )


def test_a_missing_extra_names_the_pip_command() -> None:
    try:
        import langchain_anthropic  # type: ignore[import-not-found]  # noqa: F401
    except ImportError:
        with pytest.raises(ModelUnavailable) as told:
            chat_model("anthropic:claude")
        assert str(told.value) == "anthropic:claude needs a package: pip install '.[anthropic]'"
    else:
        pytest.skip("the extra is installed")


def test_an_unknown_provider_is_a_bad_setting() -> None:
    with pytest.raises(BadSetting, match="unknown provider 'nosuch': use one of openai, anthropic, ollama"):
        chat_model("nosuch:model")


@pytest.mark.parametrize(
    ("llm", "base_url", "local"),
    [
        ("none", None, True),
        ("ollama:qwen3", None, True),
        ("ollama:qwen3", "http://gpu.example.org:11434", False),
        ("openai:gpt-4o-mini", None, False),
        ("openai:m", "http://127.0.0.1:8080/v1", True),
        ("openai:m", "http://[::1]:8080/v1", True),
        ("openai:m", "http://localhost:8080/v1", True),
        ("openai:m", "http://10.0.0.5/v1", False),
        ("openai:m", "http://localhost.example.org/v1", False),
    ],
)
def test_what_leaves_this_machine_is_known(llm: str, base_url: str | None, local: bool) -> None:
    assert is_local(llm, base_url) is local


class _StatusError(Exception):
    def __init__(self, status_code: int) -> None:
        self.status_code = status_code


class _ReadTimeout(Exception):
    pass


class _RemoteProtocolError(Exception):
    pass


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (_StatusError(401), FaultKind.NO_ACCESS),
        (_StatusError(403), FaultKind.NO_ACCESS),
        (_StatusError(404), FaultKind.REFUSED_CALL),
        (_StatusError(429), FaultKind.BUSY),
        (_StatusError(503), FaultKind.SERVER),
        (_ReadTimeout(), FaultKind.SLOW),
        (_RemoteProtocolError(), FaultKind.CUT),
        (ConnectionRefusedError(), FaultKind.UNREACHABLE),
        (KeyError("choices"), FaultKind.GARBLED),
    ],
)
def test_what_a_client_raises_has_its_kind(error: Exception, kind: FaultKind) -> None:
    assert kind_of(error) is kind
