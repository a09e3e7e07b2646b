"""Orders the best passages again with a cross-encoder, which reads question and passage together."""

import logging
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from vectorstore.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LONGEST_TOKENS = 512

_log = logging.getLogger(__name__)


class Reranker(Protocol):
    """What says how well each text answers a query."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """A score a text, 0 to 1, higher is better."""


class CrossReader:
    """A sentence-transformers ``CrossEncoder``: a folder's, or a hub's by name. It is loaded when first used.

    Weights are read as safetensors, and no code that comes with a model is run.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._turn = Lock()

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """A score a text, 0 to 1; the time it takes is logged. Raises ``ModelUnavailable``."""
        with self._turn:
            model = self._model
            began = perf_counter()
            found = model.predict([(query, text) for text in texts], show_progress_bar=False)
        _log.info("reranked %d passages in %.0f ms", len(texts), 1000 * (perf_counter() - began))
        return [float(each) for each in found]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from torch.nn import Sigmoid

        try:
            model: CrossEncoder = CrossEncoder(
                self._name,
                max_length=LONGEST_TOKENS,
                activation_fn=Sigmoid(),
                model_kwargs={"use_safetensors": True},
            )
        except (
            OSError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            RuntimeError,
            ImportError,
        ) as error:
            raise self._unusable(str(error).split("\n")[0][:200]) from error
        if model.num_labels != 1:
            raise self._unusable(f"it tells {model.num_labels} classes apart instead of giving one score")
        return model

    def _unusable(self, why: str) -> ModelUnavailable:
        return ModelUnavailable(
            f"the reranker {self._name} can't be used ({why}): ISNAD_RERANKER must name a sentence-transformers "
            "cross-encoder, or be left out"
        )
