"""`permapress follow PATH…`: the `from` URLs of posts, and the related articles of their pages."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.cli.app import ConfigFile, Exit, Json, Output, Private, Quiet, app, complain, exit_statuses

if TYPE_CHECKING:
    from crawler.config import Config
    from crawler.core.visit import Outcome
    from crawler.run.crawl import End
    from crawler.work.tell import Voice


@app.command()
def follow(
    *,
    paths: Annotated[list[Path], typer.Argument(help="Posts, folders of posts, or patterns.", metavar="PATH")],
    output: Output = None,
    config: ConfigFile = None,
    json: Json = False,
    quiet: Quiet = False,
    allow_private: Private = False,
    depth: Annotated[
        int | None, typer.Option(min=0, max=10, help="Steps of related articles; 0: none.", show_default="1")
    ] = None,
    per_article: Annotated[
        int | None, typer.Option(min=0, max=200, help="Related articles of one page.", show_default="20")
    ] = None,
    off_site: Annotated[bool, typer.Option("--off-site", help="Follow related articles to other sites too.")] = False,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Add the evidence to the posts that were read, where posts are written.")
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Fetch and write nothing; show what would be done with each post, and why."),
    ] = False,
    workers: Annotated[int, typer.Option(min=1, max=16, help="Processes that share the work.")] = 1,
) -> None:
    """Archive what existing posts point at, and related articles of the same site."""
    from crawler.config import load

    with exit_statuses() as voice:
        section = {"depth": depth, "per_article": per_article, "same_site": False if off_site else None}
        chosen = load(config, {"output": output, "allow_private": allow_private or None, "follow": section})
        if dry_run:
            _show(paths, chosen, voice, json=json, quiet=quiet)
            return
        end = _run(paths, chosen, voice, json=json, quiet=quiet, annotate=annotate, workers=workers)
    raise typer.Exit(_status(end))


def _show(paths: list[Path], config: Config, voice: Voice, *, json: bool, quiet: bool) -> None:
    from crawler.work.follow import as_json, as_text, captured_in, plan

    with captured_in(config) as captured:
        for decision in plan(paths, config, captured):
            if json or not quiet:
                voice.say(as_json(decision) if json else as_text(decision))


def _run(
    paths: list[Path], config: Config, voice: Voice, *, json: bool, quiet: bool, annotate: bool, workers: int
) -> End:
    from crawler.extraction.processes.early import begun
    from crawler.work.inert import inert

    with begun(None, inert) if workers == 1 else nullcontext():  # of several each starts its own
        return _crawled(paths, config, voice, json=json, quiet=quiet, annotate=annotate, workers=workers)


def _crawled(
    paths: list[Path], config: Config, voice: Voice, *, json: bool, quiet: bool, annotate: bool, workers: int
) -> End:
    from crawler.cli.progress import progress
    from crawler.core.errors import ConfigError
    from crawler.run.crawl import End
    from crawler.run.job import follow_job
    from crawler.run.workers import work
    from crawler.work.dying import Tally
    from crawler.work.follow import lie_in_place
    from crawler.work.place import ledger_of
    from crawler.work.tell import as_json, as_text

    tally = Tally()

    def told(outcome: Outcome) -> None:
        tally.add(outcome)
        if json or not quiet:
            voice.say(as_json(outcome) if json else as_text(outcome))

    level = "ERROR" if quiet else "WARNING"
    job = follow_job(paths, config, annotate=annotate)
    if annotate and not lie_in_place(paths, config):
        raise ConfigError(
            f"--annotate changes posts in {config.posts}, and none of these lies there; set posts_dir in crawl.yaml"
        )
    with progress(job.name, ledger_of(config), quiet=quiet):
        end = work(job, config, told, level, workers)
    table = tally.as_text()
    if not table and end is End.FINISHED and not quiet:
        complain("nothing to visit: what the posts point at was captured before, or is no URL; --dry-run tells")
    if table and not json and not quiet:
        voice.say(f"\n{table}")
    return end


def _status(end: End) -> Exit:
    from crawler.run.crawl import End

    if end is End.INTERRUPTED:
        complain("interrupted: what was finished is kept, run it again for the rest")
    return {End.STORAGE: Exit.STORAGE, End.INTERRUPTED: Exit.INTERRUPTED}.get(end, Exit.DONE)
