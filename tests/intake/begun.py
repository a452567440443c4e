"""Commands run one after another, each in a copy of this process, which has the program loaded already.

Every line of the standard input is the words of a command (JSON). Of each, the standard output has the number of
its process, what it tells of its steps, and at last ENDED and its exit code.
"""

import json
import os
import sys

from vrin_data.cli.commands import main

ENDED = "ended"


def run(words: list[str]) -> None:
    """Run a command in a process of its own and wait for its end, which may be a kill."""
    child = os.fork()
    if not child:
        print(os.getpid(), flush=True)
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
        try:
            code = main(words)
        finally:
            os._exit(code)
    print(ENDED, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    for line in sys.stdin:
        run(json.loads(line))
