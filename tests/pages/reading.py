"""What a person reads on a page."""

from streamlit.testing.v1 import AppTest


def words(page: AppTest) -> str:
    """Everything in words on the page, one element a line; nothing may have gone wrong."""
    assert not page.exception
    shown = [*page.title, *page.header, *page.subheader, *page.markdown, *page.caption]
    shown += [*page.info, *page.warning, *page.error, *page.success, *page.text]
    return "\n".join(str(one.value) for one in shown)


def buttons(page: AppTest) -> list[str]:
    return [one.label for one in page.button]


def press(page: AppTest, label: str) -> AppTest:
    next(one for one in page.button if one.label == label).click().run()
    return page
