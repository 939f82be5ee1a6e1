"""The terminal door. `python cli.py --help` lists the commands, each with an example."""

import typer

from commands import deciding, drawing, importing, planning, rescoring, scoring, setting_up

app = typer.Typer(
    help="Casework: ask the loyal customers before the launch, and decide honestly.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(setting_up.serve)
app.command()(setting_up.migrate)
app.command()(setting_up.demo)
app.command()(scoring.score)
app.command()(rescoring.rescore)
app.command()(planning.plan)
app.command()(drawing.draw)
app.command()(deciding.verdict)
app.command()(deciding.review)
app.add_typer(setting_up.account, name="account")
app.add_typer(importing.app, name="import")
app.add_typer(outbox.app, name="outbox")

if __name__ == "__main__":
    app()
