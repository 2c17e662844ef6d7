"""Asks one URL from several clients, each with a new connection for every request, until SIGTERM.

Says when the first answer has come. At the end prints how many requests there were, how many were lost (no answer, a
broken one, or one that is not 200), and the longest time in which none was answered, to the end of the load.
"""
import http.client
import signal
import sys
import threading
import time
from urllib.parse import urlsplit

CLIENTS = 4
PAUSE = 0.02

place = urlsplit(sys.argv[1])
stopped = threading.Event()
lock = threading.Lock()
answered, lost = [], []


def ask():
    while not stopped.wait(PAUSE):
        connection = http.client.HTTPConnection(place.hostname, place.port or 80, timeout=5)
        try:
            connection.request("GET", place.path, headers={"Connection": "close"})
            answer = connection.getresponse()
            answer.read()
            problem = None if answer.status == 200 else str(answer.status)
        except (OSError, http.client.HTTPException) as e:
            problem = type(e).__name__
        finally:
            connection.close()
        with lock:
            if problem is None:
                if not answered:
                    print("the first answer is here", flush=True)
                answered.append(time.monotonic())
            else:
                lost.append(problem)


signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
begin = time.monotonic()
for client in clients:
    client.start()
signal.sigwait({signal.SIGTERM})
end = time.monotonic()
stopped.set()
for client in clients:
    client.join()
# Silence that lasts to the end is silence; what is answered after it is no part of the load.
moments = sorted([begin, *answered, end])
gap = max((b - a for a, b in zip(moments, moments[1:])), default=0)
kinds = ", ".join(f"{lost.count(kind)} {kind}" for kind in sorted(set(lost)))
print(f"{len(answered) + len(lost)} requests, {len(lost)} lost{' (' + kinds + ')' if lost else ''}, "
      f"longest silence {gap:.2f} s")
