"""The settings: read once from the environment, checked, and handed on as values.

Nothing else in the project looks at the environment. ``TABLE`` is what the README's table says.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from vectorstore.errors import BadSetting

PREFIX = "ISNAD_"
NO_MODEL = "none"
LANGUAGES = ("ar", "en", "fr")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Auth:
    """The one login of the page. The password stays out of ``repr`` and so out of logs."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of one run, checked. ``home`` is what a user backs up, ``cache`` what can be made again.

    ``None`` stands for "not set": no base URL, no reranker, no login, the bundled embedding model, the
    browser's language. ``llm`` is ``"none"`` or ``"provider:model"``.
    """

    home: Path
    cache: Path
    llm: str = NO_MODEL
    llm_base_url: str | None = None
    llm_timeout_s: float = 60.0
    embedding_model: str | None = None
    reranker: str | None = None
    language: str | None = None
    host: str = "127.0.0.1"
    port: int = 7860
    allowed_hosts: tuple[str, ...] = ()
    auth: Auth | None = None
    allow_private_addresses: bool = False
    log_level: str = "WARNING"


def check_llm(text: str) -> str:
    """``text`` where it is ``none`` or ``provider:model``; ``ValueError`` else."""
    provider, _, model = text.partition(":")
    if text == NO_MODEL or (provider.strip() and model.strip()):
        return text
    raise ValueError("none, or provider:model such as openai:gpt-4o-mini")


def _url(text: str) -> str:
    parts = urlsplit(text)  # its own ValueError tells of a broken address
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address such as http://127.0.0.1:8080/v1")
    return text


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= 86_400:  # false for nan too
        raise ValueError("a number of seconds, such as 60")
    return seconds


def check_port(text: str) -> int:
    """The port that ``text`` names, 0 for any free one; ``ValueError`` else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65_535):
        raise ValueError("a port from 0 to 65535, where 0 takes any free one")
    return int(text)


def _one_of(choices: tuple[str, ...], fold: Callable[[str], str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if fold(text) not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return fold(text)

    return check


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not hosts or any("/" in host or " " in host for host in hosts):
        raise ValueError("host names with commas between, such as news.example.org,10.0.0.5")
    return hosts


def _auth(text: str) -> Auth:
    user, _, password = text.partition(":")
    if not user or not password:
        raise ValueError("user:password")
    return Auth(user, password)


def _switch(text: str) -> bool:
    if text.casefold() in ("1", "true", "yes", "on"):
        return True
    if text.casefold() in ("0", "false", "no", "off"):
        return False
    raise ValueError("on or off")


class Setting(NamedTuple):
    """One row of the README's table. ``default`` and ``meaning`` are Markdown without ``|``."""

    name: str
    default: str
    meaning: str


class _Rule(NamedTuple):
    field: str
    read: Callable[[str], Any]
    row: Setting
    secret: bool = False


_RULES = {
    rule.row.name: rule
    for rule in (
        _Rule("home", lambda text: Path(text), Setting(
            "ISNAD_HOME", "the platform's user data folder",
            "Folder of the library, the vectors and the saved chats; `isnad --home DIR` wins over it")),
        _Rule("llm", check_llm, Setting(
            "ISNAD_LLM", "`none`",
            "Chat model that writes the answers, as `provider:model`; `none` makes them of quotations")),
        _Rule("llm_base_url", _url, Setting(
            "ISNAD_LLM_BASE_URL", "the provider's own",
            "Address of the chat model's server, such as a local one that speaks OpenAI's protocol")),
        _Rule("llm_timeout_s", _seconds, Setting(
            "ISNAD_LLM_TIMEOUT", "`60`",
            "Seconds an answer by the chat model may take before the answer without one comes instead")),
        _Rule("embedding_model", str, Setting(
            "ISNAD_EMBEDDING_MODEL", "the bundled multilingual-e5-small",
            "Name or folder of a sentence-transformers model; run `isnad reindex` after a change")),
        _Rule("reranker", str, Setting(
            "ISNAD_RERANKER", "none",
            "Name or folder of a sentence-transformers cross-encoder that orders the best 20 passages again")),
        _Rule("language", _one_of(LANGUAGES, str.lower), Setting(
            "ISNAD_LANGUAGE", "the browser's", "Language of the page: `ar`, `en` or `fr`")),
        _Rule("host", str, Setting(
            "ISNAD_HOST", "`127.0.0.1`", "Address the page listens on; any but loopback needs `ISNAD_AUTH`")),
        _Rule("port", check_port, Setting(
            "ISNAD_PORT", "`7860`", "Port the page listens on; `0` takes any free one")),
        _Rule("allowed_hosts", _hosts, Setting(
            "ISNAD_ALLOWED_HOSTS", "loopback names",
            "Further host names under which browsers may open the page, with commas between")),
        _Rule("auth", _auth, Setting(
            "ISNAD_AUTH", "none", "`user:password` that the page asks for"), secret=True),
        _Rule("allow_private_addresses", _switch, Setting(
            "ISNAD_ALLOW_PRIVATE_ADDRESSES", "`off`",
            "Lets articles be fetched from this machine and the private network around it, on any port")),
        _Rule("log_level", _one_of(LOG_LEVELS, str.upper), Setting(
            "ISNAD_LOG_LEVEL", "`WARNING`",
            "The least that is logged: `DEBUG`, `INFO`, `WARNING`, `ERROR` or `CRITICAL`")),
    )
}  # fmt: skip

TABLE: tuple[Setting, ...] = tuple(rule.row for rule in _RULES.values())
"""Every setting in the README's order."""


def read(environment: Mapping[str, str], home: str | None = None) -> Settings:
    """The settings that ``environment`` tells; ``home`` (from ``--home``) wins over ``ISNAD_HOME``.

    An empty variable counts as unset. Raises ``BadSetting`` for an unknown ``ISNAD_…`` name (naming the
    nearest known one) and for a value that can't be used.
    """
    told = {name: value.strip() for name, value in environment.items() if name.startswith(PREFIX)}
    _refuse_unknown(told)
    values = {_RULES[name].field: _value(name, text) for name, text in told.items() if text}
    if home == "":
        raise BadSetting("--home is empty: name a folder")
    if home is not None:
        values["home"] = Path(home)
    return Settings(**{**values, **_folders(values.get("home"))})


def _refuse_unknown(told: Mapping[str, str]) -> None:
    for name in sorted(told):
        if name not in _RULES:
            from difflib import get_close_matches

            nearest = get_close_matches(name, _RULES, n=1, cutoff=0.0)[0]
            raise BadSetting(f"unknown setting {name}: did you mean {nearest}?")


def _value(name: str, text: str) -> Any:
    rule = _RULES[name]
    try:
        return rule.read(text)
    except ValueError as error:
        told = name if rule.secret else f"{name}={text}"
        raise BadSetting(f"{told} can't be used: it takes {error}") from error


def _folders(home: Path | None) -> dict[str, Path]:
    from platformdirs import user_cache_path, user_data_path

    try:
        chosen = (home or user_data_path("isnad", appauthor=False)).expanduser().absolute()
    except RuntimeError as error:  # ~name of nobody
        raise BadSetting(f"the home {home} can't be used: {error}") from error
    return {"home": chosen, "cache": user_cache_path("isnad", appauthor=False)}
