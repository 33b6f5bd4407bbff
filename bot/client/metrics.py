"""What is counted and measured, as Prometheus reads it. Nothing in it identifies anyone: no id, no name, no word.

Imported only where the host opened a port for it.
"""

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot import __version__, measures
from bot.client.doors import passed_over

if TYPE_CHECKING:
    from bot.client.bot import LegPressBot

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

STAGES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Bounds in seconds: an answer takes milliseconds, and is too late after two and a half seconds."""
LAGS = (0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LAG_SECONDS = 0.25
"""How often the loop's lag is looked at: a pause that is shorter may be missed, all longer ones are seen."""
COUNTED = {
    "questions": ("Answers that went out, by outcome and by the topic of their claim.", ("outcome", "topic")),
    "gate": ("What the safety gate made of a question: its tier, the safety line alone, or nothing.", ("tier",)),
    "interactions": ("Interactions that arrived, by kind.", ("kind",)),
    "interactions_late": ("Interactions that arrived too late to be answered, such as after a resume.", ()),
    "answers_late": ("Interactions of which Discord was told that their answer takes longer.", ()),
    "refusals": ("What was put off because somebody sent too much of it.", ("what",)),
    "responses": ("Discord's responses to requests, by status.", ("status",)),
    "rate_limits": ("Requests that met a limit of Discord's (429), by its scope; edge: refused before Discord.", ("scope",)),
    "send_repeats": ("Answers that were sent once more.", ("way",)),
    "send_simpler": ("Answers that went out without their picture or as text alone, since Discord refused them.", ()),
    "send_failures": ("Answers that Discord did not take at all.", ("way",)),
    "faults": ("Faults that were logged, by the kind of error.", ("kind",)),
    "store_errors": ("Accesses to the database that failed.", ()),
    "gateway_events": ("What became of shards' connections.", ("event",)),
}  # fmt: skip
"""All counters by name, with their help and labels."""


class Metrics:
    """Takes what `measures` tells, and what the bot is at the moment of reading."""

    def __init__(self, bot: "LegPressBot") -> None:
        """Listen to everything from now on."""
        self._bot = bot
        self._registry = CollectorRegistry()
        self._counters = {
            name: Counter(f"legpress_{name}", says, labels, registry=self._registry)
            for name, (says, labels) in COUNTED.items()
        }
        self._stages = Histogram(
            "legpress_stage_seconds", "How long a stage of an answer takes, by the clock.", ("stage",),
            buckets=STAGES, registry=self._registry,
        )  # fmt: skip
        self._lag = Histogram(
            "legpress_loop_lag_seconds", "How late the event loop comes back to what is due.",
            buckets=LAGS, registry=self._registry,
        )  # fmt: skip
        self._topics = frozenset[str]()
        self._knowledge: object = None
        self._registry.register(_Moment(bot))
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        for event in ("connect", "disconnect", "resumed"):
            bot.add_listener(self._shard_event(event), f"on_shard_{event}")
        measures.watch(self)

    def count(self, name: str, *labels: str) -> None:
        """Count one more of `name`."""
        if name == "questions":
            labels = (labels[0], self._shipped_topic(labels[1]))
        counter = self._counters[name]
        (counter.labels(*labels) if labels else counter).inc()

    def took(self, stage: str, seconds: float) -> None:
        """Take down how long a stage took."""
        self._stages.labels(stage).observe(seconds)

    async def watch_loop(self) -> None:
        """Measure the loop's lag, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_SECONDS
            await asyncio.sleep(LAG_SECONDS)
            self._lag.observe(max(0.0, loop.time() - due))

    def text(self) -> bytes:
        """Return everything as Prometheus reads it."""
        return generate_latest(self._registry)

    @staticmethod
    def close() -> None:
        """Listen to nothing any more."""
        measures.watch(None)

    def _shipped_topic(self, topic: str) -> str:
        """Return a topic as a label: the name of one that a server made may be anything, and is not told."""
        knowledge = self._bot.desk.service().knowledge
        if knowledge is not self._knowledge:
            self._knowledge, self._topics = knowledge, frozenset(knowledge.topics)
        return topic if topic in self._topics else "own" if topic else "none"

    def _shard_event(self, event: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- discord.py takes any coroutine
        async def listener(*_: object) -> None:
            self.count("gateway_events", event)

        return listener


class _Moment(Collector):
    """What the bot is when it is looked at."""

    def __init__(self, bot: "LegPressBot") -> None:
        self._bot = bot

    def collect(self) -> Iterable[Metric]:
        yield InfoMetricFamily("legpress_build", "The version that runs.", {"version": __version__})
        yield from self._gateway()
        yield from self._knowledge()
        seen = CounterMetricFamily(
            "legpress_events_passed_over", "Events and frames that could not be used, by their name.", labels=("event",)
        )
        known = self._bot.known_events
        for event, times in _by_known(known):
            seen.add_metric((event,), times)
        yield seen

    def _gateway(self) -> Iterator[Metric]:
        bot = self._bot
        shards = GaugeMetricFamily("legpress_shards", "Shards of this process, by state.", labels=("state",))
        connected = sum(not shard.is_closed() for shard in bot.shards.values())
        shards.add_metric(("connected",), connected)
        shards.add_metric(("not connected",), len(bot.shards) - connected)
        yield shards
        latencies = [each for _, each in bot.latencies if 0 <= each < float("inf")]
        yield GaugeMetricFamily(
            "legpress_gateway_latency_seconds", "The longest way of a heartbeat to Discord and back.",
            value=max(latencies, default=float("nan")),
        )  # fmt: skip
        yield GaugeMetricFamily("legpress_servers", "Servers that the bot is in.", value=len(bot.guilds))
        yield GaugeMetricFamily("legpress_ready", "Whether /readyz says yes.", value=float(not bot.lacks()))

    def _knowledge(self) -> Iterator[Metric]:
        service = self._bot.desk.service()
        yield InfoMetricFamily(
            "legpress_knowledge", "Which knowledge answers: the hash of its files.",
            {"version": service.version or "unknown"},
        )  # fmt: skip
        yield GaugeMetricFamily(
            "legpress_knowledge_claims", "Claims of the shipped knowledge, or the host's own.",
            value=len(service.knowledge.claims),
        )  # fmt: skip
        yield GaugeMetricFamily(
            "legpress_knowledge_reading",
            "Whether questions are put off while it is read.",
            value=float(service.reading),
        )
        yield GaugeMetricFamily(
            "legpress_knowledge_faulty", "Whether changed files are not used for a fault in them.",
            value=float(self._bot.has_faulty_files),
        )  # fmt: skip


def _by_known(known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield how many were passed over by name; names that nobody knows count as one, since they may be anything."""
    others = 0
    for event, times in passed_over.items():
        if event in known:
            yield event, times
        else:
            others += times
    yield "other", others
