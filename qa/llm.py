"""``provider:model`` → a chat model that can be asked: changes with how LangChain makes one."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from vectorstore.errors import BadSetting, ModelUnavailable

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EXTRAS = ("openai", "anthropic", "ollama")
LOCAL_PROVIDERS = frozenset(("ollama",))
"""Providers whose own address is this machine."""

_NO_KEY = "not-needed"
"""What a server of one's own gets for a key where none is set: the client insists on having one."""


@dataclass(frozen=True, slots=True)
class ChatModel:
    """A model to ask. ``name`` is ``provider:model``; an answer may take ``timeout_s`` seconds in all.

    ``local``: questions and passages stay on this machine.
    """

    name: str
    chat: "BaseChatModel"
    timeout_s: float
    local: bool


def chat_model(llm: str, base_url: str | None = None, timeout_s: float = 60.0) -> ChatModel:
    """The model that ``llm`` (``provider:model``) names. It is made ready, not asked.

    ``base_url`` is the address of its server, by default the provider's own. The key comes from the provider's own
    variable. Raises ``BadSetting`` for an unknown provider and ``ModelUnavailable`` where a package or the key is
    missing, each with what to do; neither shows a key.
    """
    provider, _, model = llm.partition(":")
    options: dict[str, Any] = {"timeout": timeout_s, "max_retries": 0}
    if provider == "ollama":  # takes its client's options apart, and retries nothing
        options = {"client_kwargs": {"timeout": timeout_s}}
    if base_url:
        options["base_url"] = base_url
    return ChatModel(llm, _made(provider, model, options), timeout_s, is_local(llm, base_url))


def is_local(llm: str, base_url: str | None = None) -> bool:
    """Whether what is sent to the model stays on this machine; ``none`` sends nothing."""
    provider = llm.partition(":")[0]
    if llm == "none" or (base_url is None and provider in LOCAL_PROVIDERS):
        return True
    host = urlsplit(base_url or "").hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"


def _made(provider: str, model: str, options: dict[str, Any]) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise ModelUnavailable(f"{provider}:{model} needs a package: {_install(provider)}") from error
    except ValueError as error:  # pydantic's too: a missing key, an option it doesn't take
        if "Unsupported" in str(error):
            raise BadSetting(
                f"unknown provider {provider!r}: use one of {', '.join(EXTRAS)}, or another that LangChain knows"
            ) from None
        return _made_without_key(provider, model, options)
    except _client_errors():
        return _made_without_key(provider, model, options)
    return chat


def _made_without_key(provider: str, model: str, options: dict[str, Any]) -> "BaseChatModel":
    """A server of one's own mostly needs no key; a vendor does."""
    if "base_url" not in options or "api_key" in options:
        # Not the client's own words: they may quote what they were given.
        variable = f"{provider.upper()}_API_KEY"
        raise ModelUnavailable(f"{provider}:{model} can't be used: set its key in {variable}") from None
    return _made(provider, model, {**options, "api_key": _NO_KEY})


def _client_errors() -> tuple[type[Exception], ...]:
    """What OpenAI's client raises for a missing key; it is there whenever that can be raised."""
    import sys

    client = sys.modules.get("openai")
    return (client.OpenAIError,) if client else ()


def _install(provider: str) -> str:
    if provider in EXTRAS:
        return f"pip install '.[{provider}]'"
    return f"pip install langchain-{provider.replace('_', '-')}"
