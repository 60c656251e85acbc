"""The worker of the task queue: without it no export is made."""

from core import prepared, tasks
from core.worker import Stop, WorkerCommand


class Command(WorkerCommand):
    help = "Fait ce que les pages laissent à faire (exports), une fois, ou sans fin avec --every."

    def work(self, stop: Stop) -> int:
        tasks.take_up_again()
        done, name = 0, tasks.worker_name()
        while not stop.is_set() and tasks.run_next(name):
            done += 1
        prepared.forget()
        tasks.forget()
        return done

    def once(self, stop: Stop) -> None:
        self.stdout.write(f"Tâches faites : {self.work(stop)}.")
