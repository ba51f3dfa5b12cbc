"""What a frozen program does before anything else: when it was started as the token agent, be it.

A source checkout never comes here with the flag; it starts ``python -m signing.agent``.
"""

from signing.agent.command import agent_arguments


def serve_agent_if_asked(arguments: list[str]) -> None:
    """Returns unless this process is the agent; then it never returns."""
    wanted = agent_arguments(arguments)
    if wanted is not None:
        from signing.agent.child import main  # the driver may be loaded in this process alone

        main(wanted)
