import urllib.parse

import psycopg2
import pytest
import redis

from launch.servers import private_servers


@pytest.mark.slow
def test_both_servers_answer_and_are_gone_afterwards() -> None:
    with private_servers() as servers:
        connection = psycopg2.connect(servers.database_url)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 6 * 7")
            assert cursor.fetchone() == (42,)
        connection.close()
        with redis.Redis.from_url(servers.redis_url) as client:
            assert client.ping()
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(servers.database_url)
    assert urllib.parse.urlsplit(servers.redis_url).hostname == "127.0.0.1"
