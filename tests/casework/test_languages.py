"""Which texts the scorer can read: English ones, and in doubt every short one."""

import pytest

from casework.languages import NAMES, code_of, name_of, tongue_of

ENGLISH = (
    "good",
    "Nice game",
    "gg",
    "I don't like it",
    "too many ads!!!",
    "sooo fun lol",
    "crashes on my Pixel 8",
    "Santa is caught",
    "10/10 would play again",
    "uninstalled",
    "Grinch bad",
    "lag lag lag",
    "Great game but the controls are off",
    "best game ever",
    "meh",
    "My kids cried when the Grinch caught Santa.",
    "not worth it",
    "pls fix the menu",
    "Cute graphics",
    "♥♥♥♥ this game",
    "no ads, never crashed",
    "Ruined our Christmas spirit",
)
FOREIGN = (
    ("Das Spiel stürzt ständig ab.", "de"),
    ("Leider viel zu viel Werbung", "de"),
    ("Muy buen juego, me encanta", "es"),
    ("No me deja iniciar sesión", "es"),
    ("Le jeu plante tout le temps", "fr"),
    ("Trop de publicités", "fr"),
    ("O jogo trava demais", "pt"),
    ("Bellissimo gioco", "it"),
    ("Постоянно вылетает", "ru"),
    ("总是闪退", "zh"),
    ("クリスマスが台無し", "ja"),
    ("게임이 자꾸 꺼져요", "ko"),
    ("Sürekli donuyor", "tr"),
    ("Ciągle się zawiesza", "pl"),
    ("เกมสนุกมาก", "th"),
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_stays_however_short_or_rough(text: str) -> None:
    assert tongue_of(text) == ("en", True)


@pytest.mark.parametrize(("text", "language"), FOREIGN)
def test_another_language_is_named_and_not_read(text: str, language: str) -> None:
    assert tongue_of(text) == (language, False)


def test_the_platforms_own_word_on_the_language_wins() -> None:
    assert tongue_of("Super Spiel", "english") == ("en", True)
    assert tongue_of("No", "spanish") == ("es", False)
    assert tongue_of("Das Spiel stürzt ständig ab.", "what?!") == ("de", False)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("en", "en"),
        ("en_US", "en"),
        ("pt-BR", "pt"),
        ("german", "de"),
        ("schinese", "zh"),
        ("Koreana", "ko"),
        ("iw", "he"),
        ("", ""),
        ("?", ""),
        ("Klingon!", ""),
    ],
)
def test_languages_are_known_by_the_names_that_exports_use(told: str, code: str) -> None:
    assert code_of(told) == code


def test_signs_without_letters_are_read_where_they_say_something() -> None:
    assert tongue_of("😍😍").readable
    assert tongue_of("12345") == ("zxx", False)
    assert name_of("zxx") == "no words"


def test_a_language_without_a_name_goes_by_its_code() -> None:
    assert (name_of("de"), name_of("xh"), name_of("")) == ("German", "xh", "unknown")
    assert len(set(NAMES.values())) == len(NAMES)
