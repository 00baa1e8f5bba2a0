"""Vendor tokens, URL secrets and private key blocks are found whole, and ordinary text is left alone."""

import pytest

from reticent.detect.secrets import SecretPatterns, pem_closes, pem_opens

DETECTOR = SecretPatterns()
TOKENS = [  # built from parts, so that no scanner takes this file for a leak
    "AKIA" + "IOSFODNN7EXAMPLE",
    "ASIA" + "IOSFODNN7EXAMPLE",
    "gh" + "p_abcdefghijklmnopqrstuvwxyz0123456789",
    "github" + "_pat_11ABCDEFG0abcdefghij",
    "gl" + "pat-abcDEF123456ghiJKL",
    "xox" + "b-123456789012-abcdefGHIJ",
    "s" + "k-abcdefghijklmnop1234567890",
    "s" + "k-ant-api03-abcdEFGH12",
    "s" + "k-proj-abcdEFGH12345",
    "s" + "k_live_abcdEFGH1234",
    "r" + "k_live_abcdEFGH1234",
    "AI" + "zaSyA1234567890abcdefghijklmnopqrstu",
    "np" + "m_abcdefghijklmnopqrstuvwxyz0123456789",
    "py" + "pi-AgEIcHlwaS5vcmcCJDEy",
    "h" + "f_abcdefghijklmnopqrstuvwxyzABCDEFGH",
    "S" + "K0123456789abcdef0123456789abcdef",
    "S" + "G.abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz",
    "dop" + "_v1_0123456789abcdef",
    "shp" + "at_0123456789abcdef",
    "123456789" + ":AAabcdefghijklmnopqrstuvwxyz012345678",
    "AGE-SECRET" + "-KEY-1QQQQQQQQQQQQQQQ",
    "hv" + "s.abcdefghijklmnopqrst",
    "lin" + "_api_abcdefghij123",
    "dckr" + "_pat_abcdefghij",
    "fig" + "d_abcdefghijklmn",
    "ts" + "key-auth-abcdef123",
    "GOC" + "SPX-abcdefgh123",
    "ey" + "JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcDEF_123-x",
]


@pytest.mark.parametrize("token", TOKENS)
def test_tokens_are_found_whole(token: str) -> None:
    """Every vendor token is one span of kind token."""
    assert ("token", 5, 5 + len(token)) in DETECTOR.find(f"key: {token} ok")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("https://bob:s3cr3tPw9@intra.example/x", "bob:s3cr3tPw9"),
        ("ws://mary:p@ssw0rd@localhost:8000", "mary:p@ssw0rd"),
        ("smtps://ann@example.org:s3cr3tPw9@smtp.example.org:465", "ann@example.org:s3cr3tPw9"),
        ("git clone https://0a1b2c3d4e5f@github.com/o/r", "0a1b2c3d4e5f"),
        ("https://e.example/reset?token=abc123XYZ987&x=1#frag", "abc123XYZ987"),
        ("https://e.example/?x=1&X-Amz-Signature=0123abcd#f", "0123abcd"),
    ],
)
def test_url_secrets_stop_where_the_part_ends(text: str, secret: str) -> None:
    """User-info with a password, tokens as user-info, and values of sensitive parameters."""
    assert [(span.kind, text[span.start : span.stop]) for span in DETECTOR.find(text)] == [("url_secret", secret)]


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost:8000/@vite/client",
        "ssh://git@github.com/o/r",
        "risk-averse task-force",
        "?page=2&sort=name",
        "hf_hub",
        "npm_config_registry",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Ports, user names, hyphenated words and harmless parameters are no secrets."""
    assert DETECTOR.find(text) == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('{"kty": "oct", "k": "c2VjcmV0"} and', '"kty": "oct", "k": "c2VjcmV0"'),
        ("x {'kty':'EC','d':'abc',\n 'x':'1'}", "'kty':'EC','d':'abc',\n 'x':'1'"),
        ('  "kty": "[EC]",', '"kty": "[EC]",'),
        ("  *  Version: GnuPG v1.4.12 (GNU/Linux)", "Version: GnuPG v1.4.12 (GNU/Linux)"),
        ("a\n  *  =JG+I\nb", "=JG+I"),
        ("=x7Tb", "=x7Tb"),
    ],
)
def test_keys_in_json_and_the_armour_of_keys(text: str, secret: str) -> None:
    """A JSON web key from its type to the end of its object; head lines and checksums of PGP keys."""
    assert [(span.kind, text[span.start : span.stop]) for span in DETECTOR.find(text)] == [("private_key", secret)]


@pytest.mark.parametrize(
    "text", ["=AB12", "=SUMS", "=1234", "a =x7Tb", "=x7Tb2", "Version: 2.1", '"kty": null', "kty: RSA"]
)
def test_cells_and_versions_are_no_armour(text: str) -> None:
    """Nor is what stands in a line of text."""
    assert DETECTOR.find(text) == []


def test_private_key_reaches_to_its_end_or_the_end_of_the_text() -> None:
    """A closed block ends with its END line; an open one reaches to the end."""
    block = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----"
    assert DETECTOR.find(f"a\n{block}\ndone") == [("private_key", 2, 2 + len(block))]
    assert DETECTOR.find(block[:40]) == [("private_key", 0, 40)]


def test_latch_opens_and_closes() -> None:
    """The latch opens at an unclosed BEGIN and closes at END; certificates do not open it."""
    assert pem_opens("x\n-----BEGIN RSA PRIVATE KEY-----\nabc")
    assert not pem_opens("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n")
    assert not pem_opens("-----BEGIN CERTIFICATE-----")
    assert pem_closes("-----END RSA PRIVATE KEY-----")
    assert not pem_closes("AAAA")


def test_lone_surrogates_do_not_raise() -> None:
    """Malformed text is searched all the same, offsets unchanged."""
    assert DETECTOR.find("\ud800 AKIA" + "IOSFODNN7EXAMPLE") == [("token", 2, 22)]


def test_the_host_of_a_tenant_names_the_company() -> None:
    """A company's own host at a provider is found, the provider's is not."""
    assert DETECTOR.find("see https://acme-prod.jfrog.io/x") == [("tenant", 4, 30)]
    assert DETECTOR.find("'https://storage_account_name.blob.core.windows.net/x'") == []
    assert DETECTOR.find("see jfrog.io") == []
