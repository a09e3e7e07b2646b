import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from homes import article, opened

from vectorstore.errors import ModelUnavailable
from vectorstore.reranking import CrossReader
from vectorstore.retriever import RERANKED, Search

WORDS = "[PAD] [UNK] [CLS] [SEP] a b c d e f g h".split()


def small_cross_encoder(folder: Path, labels: int = 1) -> None:
    """One with random weights."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=len(WORDS), num_labels=labels, **sizes)
    BertForSequenceClassification(config).save_pretrained(folder)
    fast.save_pretrained(folder)


class Longest:
    """Prefers the longest text."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        self.read += texts
        return [len(text) / 1000 for text in texts]


def test_a_cross_encoder_of_a_folder_scores_each_text(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    small_cross_encoder(tmp_path / "cross")
    reader = CrossReader(str(tmp_path / "cross"))
    with caplog.at_level(logging.INFO, "vectorstore.reranking"):
        scores = reader.scores("a b", ["c d", "e", "c d"])
    assert len(scores) == 3
    assert all(0 < score < 1 for score in scores)
    assert scores[0] == pytest.approx(scores[2])
    assert "reranked 3 passages in" in caplog.text


def test_one_that_cannot_be_used_is_one_clear_line(tmp_path: Path) -> None:
    small_cross_encoder(tmp_path / "classes", labels=3)
    for name in (str(tmp_path / "missing"), str(tmp_path / "classes")):
        reader = CrossReader(name)
        with pytest.raises(ModelUnavailable, match="ISNAD_RERANKER") as raised:
            reader.scores("a", ["b"])
        assert "\n" not in str(raised.value)


def test_the_reranker_orders_the_best_passages_and_leaves_the_rest(tmp_path: Path) -> None:
    with opened(tmp_path) as home:
        for number in range(RERANKED + 5):
            home.store(article("The bridge opened." + " Nobody came." * (number % 7), str(number)))
        plain = home.search.find("bridge", RERANKED + 5)
        reranker = Longest()
        search = Search(home.library, home.vectors, home.embedder, reranker)
        hits = search.find("bridge", RERANKED + 5)
        assert search.find("bridge", 1)[0].chunk == hits[0].chunk
    assert len(reranker.read) == 2 * RERANKED
    assert {hit.chunk for hit in hits[:RERANKED]} == {hit.chunk for hit in plain[:RERANKED]}
    assert hits[RERANKED:] == plain[RERANKED:]
    lengths = [len(hit.chunk.text) for hit in hits[:RERANKED]]
    assert lengths == sorted(lengths, reverse=True)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
