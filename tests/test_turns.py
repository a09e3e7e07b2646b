import threading
import time

import pytest

from vectorstore.turns import Turns


def test_who_asks_in_the_middle_of_long_work_comes_next() -> None:
    turns, order, begun = Turns(), list[str](), threading.Event()

    def ingest() -> None:
        for _ in range(20):
            with turns:
                begun.set()
                order.append("batch")
                time.sleep(0.01)

    worker = threading.Thread(target=ingest)
    worker.start()
    begun.wait()
    with turns:
        order.append("question")
    worker.join()
    assert order.index("question") <= 3
    assert order.count("batch") == 20


def test_one_at_a_time_and_nobody_is_forgotten() -> None:
    turns, inside, most, done = Turns(), 0, 0, 0

    def work() -> None:
        nonlocal inside, most, done
        for _ in range(200):
            with turns:
                inside += 1
                most = max(most, inside)
                done += 1
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert (most, done) == (1, 1600)


def test_an_error_inside_gives_the_turn_on() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="inside"), turns:
        raise ValueError("inside")
    with turns:
        pass
