"""Faults: each part is killed or stopped under load and started again; what readers noticed becomes a line."""

import signal
import time

AFTER = 1.5  # seconds after it is back, whose errors count, too


class Faults:
    """`away`: seconds that a part is away. `fail_over`: seconds after a kill in which there may be errors."""

    def __init__(self, cluster, readers, table, away, fail_over):
        self.cluster, self.readers, self.table, self.away, self.fail_over = cluster, readers, table, away, fail_over

    def kill(self, part, only_one=False):
        """SIGKILL, then a start. With `only_one` nobody can take its place: errors count when it is back."""
        begun = time.monotonic()
        part.kill()
        self._wait(begun)
        started = time.monotonic()
        part.start()
        back = time.monotonic()
        self._wait(back, AFTER)
        since = back if only_one else begun + self.fail_over
        self._judge(f"{part.name}: killed, away for {self.away:g} s", begun, since, f"back in {back - started:.1f} s")

    def freeze(self, part):
        """It answers nothing for a while, as over a broken network."""
        begun = time.monotonic()
        part.freeze()
        self._wait(begun)
        part.thaw()
        self._wait(time.monotonic(), AFTER)
        self._judge(f"{part.name}: hangs for {self.away:g} s", begun, begun + self.fail_over)

    def mail_server(self, day):
        """While it is away something is published; the mails come when it is back."""
        begun = time.monotonic()
        self.cluster.stop_mail()
        day.publish()
        self._wait(begun)
        self.cluster.start_mail()
        self._judge(f"mail server: away for {self.away:g} s, something is published", begun, begun)

    def reload(self):
        """SIGHUP to one machine after the other: each takes over its sockets when it has loaded the site."""
        begun = time.monotonic()
        for part in self.cluster.serve.values():
            known = part.log.read_text(errors="replace").count(RELOADED)
            part.send(signal.SIGHUP)
            until = time.monotonic() + 60
            while part.log.read_text(errors="replace").count(RELOADED) <= known and time.monotonic() < until:
                time.sleep(0.1)
        self._wait(time.monotonic(), AFTER)
        self._judge("rolling reload of both machines", begun, begun, f"{time.monotonic() - begun - AFTER:.1f} s")

    def _wait(self, since, seconds=None):
        time.sleep(max(0.0, since + (self.away if seconds is None else seconds) - time.monotonic()))

    def _judge(self, what, begun, since, note=""):
        readings = self.readers.since(begun)
        wrong = [one for one in readings if one.is_error]
        late = [one for one in wrong if one.at >= since]
        slowest = max((one.seconds for one in readings), default=0)
        figure = f"{len(wrong)} errors in {len(readings)} readings, slowest {slowest:.1f} s"
        if wrong:
            figure += f" ({describe(wrong)})"
        goal = "0 errors" if since <= begun else f"0 errors after the {self.fail_over:g} s of the fail-over"
        self.table.add(what, f"{figure}; {note}" if note else figure, goal, readings and not late)


RELOADED = "Stopping worker"  # the old one, when the new one serves


def describe(wrong):
    """What the errors were, most frequent first."""
    kinds = {}
    for one in wrong:
        kinds.setdefault(f"{one.status or one.said[:60]} {one.path.partition('?')[0]}", []).append(one)
    told = sorted(kinds.items(), key=lambda item: -len(item[1]))
    return ", ".join(f"{len(found)} × {kind}" for kind, found in told[:3])
