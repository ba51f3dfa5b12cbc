"""``python -m signing.agent <module>``: the child process."""

import sys

from signing.agent.child import main

if __name__ == "__main__":
    main(sys.argv[1:])
