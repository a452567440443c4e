"""How tests are handed to the processes that run them at the same time."""

from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

BROWSER = "tests/browser/"
# What takes long by itself is begun first, so that no process ends long after the others.
BEGUN_FIRST = (BROWSER, "tests/intake/test_kill.py", "tests/intake/test_replay.py")


class ByFile(LoadFileScheduling):
    """The tests of a file in one process, and those of the browser, which mind the time, all in one."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else str(super()._split_scope(nodeid))

    def _assign_work_unit(self, node: WorkerController) -> None:
        for scope in reversed(BEGUN_FIRST):
            if scope in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)
