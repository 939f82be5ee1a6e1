"""Facts about coming in and going out over HTTP."""

import re

import pytest
from starlette.testclient import TestClient

import db.engine
import db.settings
from casework.roles import Actor, Role
from db import accounts, clock, sessions
from tests.betas import a_beta
from tests.routes.conftest import HERE, routes_alone

EMAIL = "nora@studio.example"
PASSWORD = "a long enough password"
OWNER = Actor(role=Role.OWNER, name="Olive Owner")


@pytest.fixture
def nora(client: TestClient) -> None:
    with db.engine.transaction() as session:
        accounts.add(
            session, OWNER, EMAIL, Role.OWNER, password=PASSWORD, name="Nora", now=clock.now()
        )


def form_token(client: TestClient) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', client.get("/auth/sign-in").text)
    assert found is not None
    return found.group(1)


def who_is_here(client: TestClient) -> Actor | None:
    with db.engine.reading() as session:
        return sessions.who(session, client.cookies.get(sessions.COOKIE) or "", now=clock.now())


def try_password(client: TestClient, password: str, **headers: str) -> int:
    fields = {"email": EMAIL, "password": password, "form_token": form_token(client)}
    return client.post("/auth/sign-in", data=fields, headers=headers).status_code


@pytest.mark.usefixtures("nora")
def test_the_right_password_sets_the_cookie_and_leads_home(client: TestClient) -> None:
    fields = {"email": EMAIL, "password": PASSWORD, "form_token": form_token(client)}
    answer = client.post("/auth/sign-in", data=fields, headers={"Origin": HERE})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie.replace("samesite", "")
    here = who_is_here(client)
    assert here is not None
    assert here.name == "Nora"


@pytest.mark.usefixtures("nora")
def test_behind_tls_the_cookie_never_travels_in_the_clear(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    monkeypatch.setenv("BASE_URL", "https://ask.studio.example")
    db.settings.settings.cache_clear()
    public = TestClient(
        routes_alone(), base_url="https://ask.studio.example", follow_redirects=False
    )
    fields = {"email": EMAIL, "password": PASSWORD, "form_token": form_token(public)}
    answer = public.post("/auth/sign-in", data=fields)
    assert answer.status_code == 303
    assert "; secure" in answer.headers["set-cookie"].lower()


@pytest.mark.usefixtures("nora")
def test_a_wrong_password_is_told_kindly_and_opens_nothing(client: TestClient) -> None:
    fields = {"email": EMAIL, "password": "wrong", "form_token": form_token(client)}
    answer = client.post("/auth/sign-in", data=fields)
    assert answer.status_code == 401
    assert "do not belong together" in answer.text
    assert f'value="{EMAIL}"' in answer.text
    assert sessions.COOKIE not in client.cookies


@pytest.mark.usefixtures("nora")
def test_the_sixth_guess_is_told_to_wait(client: TestClient) -> None:
    assert [try_password(client, "wrong") for _ in range(6)] == [401] * 5 + [429]
    assert try_password(client, PASSWORD) == 429


def test_what_was_typed_is_shown_as_text(client: TestClient) -> None:
    fields = {"email": '"><script>', "password": "x", "form_token": form_token(client)}
    assert "<script>" not in client.post("/auth/sign-in", data=fields).text


@pytest.mark.usefixtures("nora")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {"Origin": "http://[x"},
    ],
)
def test_a_form_sent_from_another_site_is_refused(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert try_password(client, PASSWORD, **headers) == 403
    assert client.post("/auth/demo/owner", headers=headers).status_code == 403
    assert sessions.COOKIE not in client.cookies


@pytest.mark.usefixtures("nora")
def test_a_form_without_this_browsers_token_is_refused(client: TestClient) -> None:
    other = TestClient(routes_alone(), base_url=HERE, follow_redirects=False)
    for token in ("", "made up", form_token(other)):
        form_token(client)
        fields = {"email": EMAIL, "password": PASSWORD, "form_token": token}
        answer = client.post("/auth/sign-in", data=fields)
        assert answer.status_code == 422
        assert "Load the page again" in answer.text


@pytest.mark.parametrize("role", ["owner", "student"])
def test_a_demo_door_lets_in_with_one_post(client: TestClient, role: str) -> None:
    answer = client.post(f"/auth/demo/{role}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    here = who_is_here(client)
    assert here is not None
    assert here.role == role


def test_the_customers_demo_door_opens_once_somebody_is_invited(client: TestClient) -> None:
    refused = client.post("/auth/demo/customer")
    assert refused.status_code == 404
    assert "Nobody is invited yet" in refused.text
    with db.engine.transaction() as session:
        tester = a_beta(session).tester.id
    assert client.post("/auth/demo/customer").status_code == 303
    here = who_is_here(client)
    assert here is not None
    assert here.participant_id == tester


@pytest.mark.parametrize("path", ["/auth/demo/instructor", "/auth/demo/root"])
def test_there_are_three_demo_doors(client: TestClient, path: str) -> None:
    assert client.post(path).status_code == 404


def test_outside_demo_mode_there_is_no_door(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASEWORK_DEMO", "0")
    db.settings.settings.cache_clear()
    assert client.post("/auth/demo/owner").status_code == 404
    assert sessions.COOKIE not in client.cookies


@pytest.mark.parametrize(
    ("base_url", "address"),
    [
        ("http://192.168.1.5:8501", "127.0.0.1"),
        (HERE, "192.168.1.7"),
        ("http://here.example", "::1"),
    ],
)
def test_demo_doors_stay_shut_for_other_machines_and_foreign_names(
    client: TestClient, base_url: str, address: str
) -> None:
    other = TestClient(routes_alone(), base_url=base_url, client=(address, 50_000))
    assert other.post("/auth/demo/owner").status_code == 403


def test_signing_out_ends_the_session_and_drops_the_cookie(client: TestClient) -> None:
    client.post("/auth/demo/owner")
    kept = client.cookies[sessions.COOKIE]
    answer = client.post("/auth/sign-out", headers={"Origin": HERE})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert sessions.COOKIE not in client.cookies
    client.cookies.set(sessions.COOKIE, kept)
    assert who_is_here(client) is None


def test_another_site_cannot_sign_anybody_out(client: TestClient) -> None:
    client.post("/auth/demo/owner")
    answer = client.post("/auth/sign-out", headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert who_is_here(client) is not None
