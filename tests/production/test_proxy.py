"""gunicorn behind the documented proxy: people who send slowly, or nothing, keep nobody else waiting."""

import contextlib
import ipaddress
import os
import random
import re
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from launch.machine import find_program
from launch.servers import free_port
from tests.production.test_refusals import GOOD

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
SLOW = 200
# Nobody is signed in: this needs neither a database nor static files, which are not there.
TO_SIGN_IN = 302
HOST = "check.example.org"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer."""

    def redirect_request(self, *_arguments: object) -> None:
        return None


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    made = builder.sign(key, hashes.SHA256())
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def configuration(folder: Path, ports: dict[str, int]) -> Path:
    """deploy/nginx.conf with the four marked lines changed, and places that an unprivileged run may write."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    changes = (
        (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{ports['application']};"),
        (r"/etc/evenkeel/", f"{folder}/"),
        (r"/var/log/nginx/", f"{folder}/"),
        (r"listen 80 ", f"listen 127.0.0.1:{ports['plain']} "),
        (r"listen 443 ", f"listen 127.0.0.1:{ports['tls']} "),
    )
    for old, new in changes:
        text, count = re.subn(old, new, text)
        assert count, old
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # Whoever runs the tests owns the folder; started as root, its processes would be another account's.
    user = "user root;\n" if os.geteuid() == 0 else ""
    text = text.replace("http {", f"{user}pid {folder}/pid;\ndaemon off;\nhttp {{\n{places}", 1)
    written = folder / "nginx.conf"
    written.write_text(text, encoding="utf-8")
    return written


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "not ready in time"
        time.sleep(0.05)


def listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """gunicorn with its production configuration and nginx with ours; the ports."""
    folder = tmp_path_factory.mktemp("proxy")
    nginx = find_program("nginx")
    assert nginx, "nginx is missing: ./run test installs it"
    ports = {name: free_port() for name in ("application", "plain", "tls")}
    certificate(folder)
    written = configuration(folder, ports)
    environment = {
        **GOOD,
        "PATH": os.environ["PATH"],
        "BEHIND_PROXY": "true",
        "METRICS_TOKEN": "of the test",
        "BIND": f"127.0.0.1:{ports['application']}",
        "MEDIA_ROOT": str(folder / "files"),
        "OPERATOR_FOLDER": str(ROOT / "tests" / "production" / "operator"),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
    log = (folder / "log").open("w")
    processes = [
        subprocess.Popen(gunicorn, cwd=ROOT, env=environment, stdout=log, stderr=log),
        subprocess.Popen([str(nginx), "-p", str(folder), "-c", str(written)], stdout=log, stderr=log),
    ]
    try:
        wait_until(lambda: all(listens(port) for port in ports.values()))
        yield ports
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=60)
        log.close()


def answer(ports: dict[str, int], path: str, body: bytes | None = None, **headers: str) -> tuple[int, float]:
    """Status and seconds, over TLS. With a body it is a POST."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    url = f"https://127.0.0.1:{ports['tls']}{path}"
    request = urllib.request.Request(url, data=body, headers={"Host": HOST, **headers})
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), NoRedirect())
    started = time.monotonic()
    try:
        with opener.open(request, timeout=30) as response:
            return response.status, time.monotonic() - started
    except urllib.error.HTTPError as error:
        return error.code, time.monotonic() - started


def half_sent(port: int, number: int) -> ssl.SSLSocket:
    """A request that never ends, from an address of this machine's own: half of its head, or half of its body."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), source_address=(f"127.0.{1 + number // 10}.1", 0))
    line = context.wrap_socket(plain, server_hostname=HOST)
    head = f"POST /account/sign-in/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n"
    line.sendall((head + ("\r\nlogin=" if number % 2 else "")).encode())
    return line


def test_slow_senders_keep_nobody_waiting(proxied: dict[str, int]) -> None:
    with contextlib.ExitStack() as stack:
        for number in range(SLOW):
            stack.enter_context(half_sent(proxied["tls"], number))
        found = [answer(proxied, path) for path in ("/healthz", "/settings/", "/healthz")]
    assert [status for status, _ in found] == [200, TO_SIGN_IN, 200]
    # Each would wait until the slow ones are given up: 10 seconds and more.
    assert max(seconds for _, seconds in found) < 8, found


def test_slow_senders_are_given_up(proxied: dict[str, int]) -> None:
    for number in (0, 1):
        with half_sent(proxied["tls"], number) as line:
            line.settimeout(30)
            assert line.recv(4096)[:12] in (b"", b"HTTP/1.1 408")


def test_plain_requests_are_sent_to_tls(proxied: dict[str, int]) -> None:
    with socket.create_connection(("127.0.0.1", proxied["plain"]), timeout=10) as line:
        line.sendall(f"GET /help HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        assert b"Location: https://check.example.org/help" in line.recv(4096)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_security_txt_is_found_behind_the_proxy(proxied: dict[str, int], method: str) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    url = f"https://127.0.0.1:{proxied['tls']}/.well-known/security.txt"
    request = urllib.request.Request(url, headers={"Host": HOST}, method=method)
    with urllib.request.urlopen(request, timeout=30, context=context) as response:
        text = response.read().decode()
        assert response.headers.get_all("Content-Type") == ["text/plain; charset=utf-8"]
        assert len(response.headers.get_all("Strict-Transport-Security")) == 1
        assert len(response.headers.get_all("Content-Security-Policy")) == 1
    assert (f"Canonical: https://{HOST}/.well-known/security.txt\n" in text) == (method == "GET")


@pytest.mark.parametrize("size", [100_000, 600_000, 5_000_000])
def test_a_long_form_that_is_refused_unread_gets_its_answer(proxied: dict[str, int], size: int) -> None:
    """As of somebody whose session has ended; this address answers without a look at the body or a database."""
    found = [answer(proxied, "/healthz", body=b"a=" + b"b" * size)[0] for _time in range(20)]
    assert set(found) == {200}, found


def test_more_than_a_form_takes_is_refused_by_the_proxy(proxied: dict[str, int]) -> None:
    status, _ = answer(proxied, "/account/sign-in/", None, **{"Content-Length": str(12 * 1024 * 1024)})
    assert status == 413


def test_pages_of_the_proxy_itself_have_headers_too(proxied: dict[str, int]) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with (
        socket.create_connection(("127.0.0.1", proxied["tls"]), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=HOST) as line,
    ):
        line.sendall(f"POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 99999999\r\n\r\n".encode())
        page = line.recv(8192).decode()
    assert page.startswith("HTTP/1.1 413")
    assert "charset=utf-8" in page
    for name in ("Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff", "Strict-Transport"):
        assert page.count(name) == 1, name


def test_headers_of_the_application_stay_as_they_are(proxied: dict[str, int]) -> None:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(f"https://127.0.0.1:{proxied['tls']}/healthz", headers={"Host": HOST})
    with urllib.request.urlopen(request, timeout=30, context=context) as response:
        assert response.headers.get_all("Content-Security-Policy") == [
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
        ]
        assert len(response.headers.get_all("Strict-Transport-Security")) == 1


def asked(ports: dict[str, int], target: str, method: str = "GET") -> str:
    """The status for a target as it stands, which libraries would tidy up."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    head = f"{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    plain = socket.create_connection(("127.0.0.1", ports["tls"]), timeout=30)
    with plain, context.wrap_socket(plain) as line:
        line.sendall(head.encode())
        return line.recv(64).decode().split(" ")[1]


@pytest.mark.parametrize(
    "target",
    [
        "/account/password/reset/1-x/../../../../static/",
        "/admin/x/../../static/",
        "/admin/./",
        "/static/..",
        "/static/.?a",
        "//static/a",
        "/a//b",
        "/admin/%2e%2e/static/",
        "/static%2Fa",
        "/a%5cb",
        "/a\\\\b",
    ],
)
def test_an_address_that_two_could_read_differently_is_refused(proxied: dict[str, int], target: str) -> None:
    assert asked(proxied, target) == "400"


def test_usual_addresses_pass(proxied: dict[str, int]) -> None:
    assert asked(proxied, "/settings/?next=//elsewhere/../%2f") == str(TO_SIGN_IN)
    assert asked(proxied, "/.well-known/evenkeel-signing-keys.json") == "200"


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "DELETE"])
def test_files_are_only_read(proxied: dict[str, int], method: str) -> None:
    """Static files have a higher limit than pages."""
    assert asked(proxied, "/static/nothing", method) == "403"
    assert asked(proxied, "/static/nothing") != "403"


def test_each_network_of_ipv6_counts_as_one(tmp_path: Path) -> None:
    """As nginx writes addresses: the longest run of two groups of zeros or more is "::"."""
    written = (ROOT / "deploy" / "nginx.conf").read_text()
    block = written[written.index("map $remote_addr $network {") :]
    rules = re.findall(r'"~(\S+)" (\S+);', block[: block.index("\n    }")])
    patterns = [(re.compile(rule.replace("(?<", "(?P<")), name) for rule, name in rules]

    def counted(address: str) -> str:
        text = str(ipaddress.IPv6Address(address))
        for pattern, name in patterns:
            if found := pattern.match(text):
                return re.sub(r"\$(\w+)", lambda named: found[named[1]], name)
        return text

    chance = random.Random(1)  # noqa: S311
    for _ in range(5_000):
        groups = [chance.choice((0, 0, 1, 0xAB)) for _ in range(4)]
        groups[0] = chance.choice((0x2001, 0x2A00))
        network = ":".join(f"{group:x}" for group in groups)
        hosts = {counted(f"{network}:" + ":".join(f"{chance.choice((0, 0, 7)):x}" for _ in range(4))) for _ in range(8)}
        other = counted(":".join(f"{group:x}" for group in (*groups[:3], groups[3] + 1)) + "::7")
        assert other not in hosts
        assert len(hosts) == 1, (network, hosts)


@pytest.mark.parametrize("forged", ["http", "https"])
def test_what_a_client_says_of_itself_is_dropped(proxied: dict[str, int], forged: str) -> None:
    """With http believed, the application would answer 301 to https for ever."""
    status, _ = answer(proxied, "/settings/", None, **{"X-Forwarded-Proto": forged, "X-Forwarded-For": "1.2.3.4"})
    assert status == TO_SIGN_IN


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
def test_what_watches_over_the_site_is_not_for_the_outside(proxied: dict[str, int], path: str) -> None:
    """Not even for whoever has the token."""
    status, _ = answer(proxied, path, Authorization="Bearer of the test")
    assert status == 404
