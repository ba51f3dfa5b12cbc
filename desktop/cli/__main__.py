"""``python -m desktop.cli``: the same as the ``tokhai`` command."""

import sys

from desktop.frozen import look_beside_the_program, serve_agent_if_asked

if __name__ == "__main__":
    serve_agent_if_asked(sys.argv[1:])
    look_beside_the_program()
    from desktop.cli import main

    sys.exit(main())
