"""The queue of production: Redis, whose lists may hold anything that somebody with the right to write put there."""

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis

from config.queues.messages import UNREADABLE, CarefulTransport, log_thrown_away

SCHEMES = ("redis", "rediss")


class RedisChannel(redis.Channel):
    def _brpop_read(self, **options: Any) -> Any:
        """What is no JSON has left the list by now, so there is nothing to take back."""
        try:
            return super()._brpop_read(**options)  # type: ignore[misc] # not in the types of kombu
        except UNREADABLE:
            if self.client.connection is None:
                raise
            log_thrown_away()
            return True


class RedisTransport(CarefulTransport, redis.Transport):
    Channel = RedisChannel


def guard_redis() -> None:
    """Put it in the place of kombu's own."""
    TRANSPORT_ALIASES.update(dict.fromkeys(SCHEMES, f"{__name__}:RedisTransport"))
