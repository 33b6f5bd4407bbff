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
from bot.sentences import say

if TYPE_CHECKING:
    from bot.client.bot import LegPressBot

__all__ = ["CONTENT_TYPE_LATEST", "Metrics"]

STAGES = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""Bounds in seconds: an answer takes milliseconds, and is too late after two and a half seconds."""
LAGS = (0.005, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
LAG_SECONDS = 0.25
"""How often the loop's lag is looked at: a pause that is shorter may be missed, all longer ones are seen."""
COUNTED = {
    "questions": (say("metrics.figures.counted_questions"), ("outcome", "topic")),
    "answers_taught": (say("metrics.figures.counted_answers_taught"), ()),
    "gate": (say("metrics.figures.counted_gate"), ("tier",)),
    "interactions": (say("metrics.figures.counted_interactions"), ("kind",)),
    "interactions_late": (say("metrics.figures.counted_interactions_late"), ()),
    "answers_late": (say("metrics.figures.counted_answers_late"), ()),
    "refusals": (say("metrics.figures.counted_refusals"), ("what",)),
    "responses": (say("metrics.figures.counted_responses"), ("status",)),
    "rate_limits": (say("metrics.figures.counted_rate_limits"), ("scope",)),
    "send_repeats": (say("metrics.figures.counted_send_repeats"), ("way",)),
    "send_simpler": (say("metrics.figures.counted_send_simpler"), ()),
    "send_failures": (say("metrics.figures.counted_send_failures"), ("way",)),
    "faults": (say("metrics.figures.counted_faults"), ("kind",)),
    "store_errors": (say("metrics.figures.counted_store_errors"), ()),
    "gateway_events": (say("metrics.figures.counted_gateway_events"), ("event",)),
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
            "legpress_stage_seconds", say("metrics.figures.stages"), ("stage",),
            buckets=STAGES, registry=self._registry,
        )  # fmt: skip
        self._lag = Histogram(
            "legpress_loop_lag_seconds", say("metrics.figures.lateness"),
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
        yield InfoMetricFamily("legpress_build", say("metrics.figures.version"), {"version": __version__})
        yield from self._gateway()
        yield from self._knowledge()
        seen = CounterMetricFamily(
            "legpress_events_passed_over", say("metrics.figures.events_left_out"), labels=("event",)
        )
        known = self._bot.known_events
        for event, times in _by_known(known):
            seen.add_metric((event,), times)
        yield seen

    def _gateway(self) -> Iterator[Metric]:
        bot = self._bot
        shards = GaugeMetricFamily("legpress_shards", say("metrics.figures.shards"), labels=("state",))
        connected = sum(not shard.is_closed() for shard in bot.shards.values())
        shards.add_metric(("connected",), connected)
        shards.add_metric(("not connected",), len(bot.shards) - connected)
        yield shards
        latencies = [each for _, each in bot.latencies if 0 <= each < float("inf")]
        yield GaugeMetricFamily(
            "legpress_gateway_latency_seconds", say("metrics.figures.heartbeat"),
            value=max(latencies, default=float("nan")),
        )  # fmt: skip
        yield GaugeMetricFamily("legpress_servers", say("metrics.figures.servers"), value=len(bot.guilds))
        yield GaugeMetricFamily("legpress_ready", say("metrics.figures.ready"), value=float(not bot.lacks()))

    def _knowledge(self) -> Iterator[Metric]:
        service = self._bot.desk.service()
        yield InfoMetricFamily(
            "legpress_knowledge", say("metrics.figures.knowledge"),
            {"version": service.version or "unknown"},
        )  # fmt: skip
        yield GaugeMetricFamily(
            "legpress_knowledge_claims", say("metrics.figures.claims"),
            value=len(service.knowledge.claims),
        )  # fmt: skip
        yield GaugeMetricFamily(
            "legpress_knowledge_reading",
            say("metrics.figures.reading"),
            value=float(service.reading),
        )
        yield GaugeMetricFamily(
            "legpress_knowledge_faulty", say("metrics.figures.faulty_files"),
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
