"""What Gradio keeps of a session: the values of its states. Changes with the way Gradio keeps sessions."""

from typing import Any

MOST_SESSIONS = 2000


def keep_little(application: Any, blocks: Any) -> None:
    """Have Gradio's ``application`` keep no copy of the page a session, and fewer sessions.

    Every call of the API is a session of its own. Gradio 6.31 keeps 10,000 of them, each with the properties of all
    components, which only its deep links need: a quarter of a MB a call.
    """
    from gradio.state_holder import StateHolder

    class States(StateHolder):  # type: ignore[misc]
        def __getitem__(self, session: str) -> Any:
            state = super().__getitem__(session)
            state.config_values.clear()
            return state

    blocks.state_session_capacity = MOST_SESSIONS
    application.state_holder = States()
    application.state_holder.set_blocks(blocks)
