"""A family's side of a race, and a counter's: a process that has a browser, and no Django."""

import http.client
import re
import time
from http import HTTPStatus

from proof.servers.browser import BUSY, Answer, Target, ask, follow, send_and_leave

from .acts import DONE, Act, Outcome, Page, refusal_in

# A browser would wait for five seconds: who is in a hurry is harder on the service.
PAUSE = 0.2
TRIES = 100
REDIRECTIONS = 3


class NotExpected(Exception):
    """An answer that nobody should ever read."""


def wait_for(start: float, act: Act) -> None:
    time.sleep(max(0.0, start + act.after - time.time()))


def send(port: int, act: Page, start: float) -> Outcome:
    wait_for(start, act)
    try:
        if act.answer_lost:
            send_and_leave(port, act.target)
        answer, busy = _patiently(port, act.target)
        return Outcome(act, _told(port, act, answer), busy)
    except NotExpected as fault:
        return Outcome(act, fault=str(fault))
    except (OSError, http.client.HTTPException) as silence:
        return Outcome(act, fault=f"sans réponse : {silence!r}")


def _patiently(port: int, target: Target) -> tuple[Answer, int]:
    """Send the same form until the service has the time; say how often it had none. Raises NotExpected."""
    for busy in range(TRIES):
        answer = ask(port, target)
        if answer.status != HTTPStatus.SERVICE_UNAVAILABLE or BUSY not in answer.text:
            return answer, busy
        time.sleep(PAUSE)
    raise NotExpected(f"{TRIES} fois « {BUSY} »")


def _told(port: int, act: Page, answer: Answer) -> str:
    """What they read, on the page that came or on the one it leads to. Raises NotExpected."""
    target = act.target
    # A refused form leads to its page, and that one elsewhere where nothing is left to spend.
    for _ in range(REDIRECTIONS):
        if answer.status != HTTPStatus.FOUND:
            break
        if not act.sentence and act.target.leads_to in answer.location:
            return DONE
        target = follow(target, answer)
        answer, _ = _patiently(port, target)
        if act.sentence and act.sentence in answer.text:
            return DONE
    refused = refusal_in(answer.text)
    if answer.status != HTTPStatus.OK or not refused:
        raise NotExpected(f"{act.target.path} : {answer.status}{_messages(answer.text)}")
    return refused


def _messages(page: str) -> str:
    """What it says on top: a sentence that REFUSALS does not know yet."""
    region = re.search(r'<div class="messages".*?</div>', page, re.DOTALL)
    words = re.sub(r"<[^>]*>", " ", region[0]).split() if region else []
    return f" « {' '.join(words)} »" if words else ""
