"""Writes a packed E5 model as a folder that sentence-transformers loads, with the same model as a graph beside."""

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vectorstore import charsmap, e5_graph
from vectorstore.packed import PackedModel, Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer, normalizers

PROMPTS = {"query": "query: ", "document": "passage: "}

_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_KIND = {"w": "weight", "b": "bias"}
# What Unicode joins to the character before it, as one grapheme.
_FOLLOWERS = r"\p{M}\x{200c}\x{200d}\x{e33}\x{eb3}"
_BREAK = "\x01"


def write(model: PackedModel, folder: Path) -> None:
    """Write ``model`` into ``folder``, which exists and is empty."""
    from safetensors.numpy import save_file

    tensors = dict(_tensors(model))
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    e5_graph.write(model, tensors, folder)
    tokenizer(model).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configurations(model).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), "utf-8")


def tokenizer(model: PackedModel) -> "Tokenizer":
    """The tokenizer with the ids of the packed model's own engine, with two exceptions.

    It follows the original model where the engine doesn't: a run of unknown characters is one unknown token, and
    a letter followed by its accent is read as the accented letter.
    """
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    words = model.vocabulary
    unigram = models.Unigram(list(zip(words.pieces, words.scores, strict=True)), words.unknown, False)
    built = Tokenizer(unigram)
    built.normalizer = normalizers.Sequence(
        [*_replacing(model.replacements), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    built.pre_tokenizer = pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    begin, end = words.pieces[words.begin], words.pieces[words.end]
    built.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, words.begin), (end, words.end)],
    )
    built.add_special_tokens(list(_marks(words).values()))
    return built


def _replacing(replacements: dict[str, str]) -> "list[normalizers.Normalizer]":
    """Replaces character by character.

    The library looks up whole graphemes first and drops what follows the part it knows (the vowel mark on a
    ligature, the second accent of a letter), so graphemes are broken there; the table then removes the break.
    """
    from tokenizers import Regex, normalizers

    table = {**dict(_accented()), **replacements, _BREAK: ""}
    replaced = "".join(rf"\x{{{ord(c):x}}}" for c in replacements if 0x7F < ord(c) < 0x10000)
    breaks = Regex(rf"(?<=[{replaced}\p{{M}}])(?=[{_FOLLOWERS}])")
    return [normalizers.Replace(breaks, _BREAK), normalizers.Precompiled(charsmap.build(table))]


def _accented() -> Iterator[tuple[str, str]]:
    for code in range(0xC0, 0x3000):
        parts = unicodedata.normalize("NFD", chr(code))
        if len(parts) == 2 and unicodedata.normalize("NFC", parts) == chr(code):
            yield parts, chr(code)


def _marks(words: Vocabulary) -> dict[str, str]:
    return {
        "bos_token": words.pieces[words.begin],
        "cls_token": words.pieces[words.begin],
        "eos_token": words.pieces[words.end],
        "sep_token": words.pieces[words.end],
        "pad_token": words.pieces[words.padding],
        "unk_token": words.pieces[words.unknown],
    }


def _tensors(model: PackedModel) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors under the names and in the shapes of ``transformers.BertModel``."""
    hidden = model.sizes.hidden
    for packed_name, numbers in model.tensors.items():
        if packed_name in _EMBEDDINGS:
            name, width = _EMBEDDINGS[packed_name], hidden
        else:
            layer, part, kind = packed_name.split(".")
            name = f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{_KIND[kind]}"
            width = model.sizes.feed_forward if part == "fo" else hidden
        vector = "LayerNorm" in name or name.endswith("bias")
        yield name, numbers if vector else numbers.reshape(-1, width)
    # The embeddings don't use the pooler, but without weights for it the library warns.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def _configurations(model: PackedModel) -> dict[str, Any]:
    sizes, words = model.sizes, model.vocabulary
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "vocab_size": sizes.vocabulary,
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.feed_forward,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": sizes.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": words.padding,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            **_marks(words),
        },
        "modules.json": [
            {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for index, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": sizes.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "similarity_fn_name": "cosine"},
    }
