"""Reads runbook.md as its reader does: steps in their order, each with its commands, what they
are to print, and where to go on if they do not."""

import re
from dataclasses import dataclass, field

ANYTHING = "…"


class Unreadable(Exception):
    """The page is not in the form that its reader relies on."""


@dataclass
class Block:
    """A command, and what it prints; `output` None: nothing is said."""
    command: str
    output: str | None = None
    is_observed: bool = True


@dataclass
class Step:
    number: str
    title: str
    when: str | None = None
    if_it_fails: str | None = None
    do: list[Block] = field(default_factory=list)
    verify: list[Block] = field(default_factory=list)
    undo: list[Block] = field(default_factory=list)

    @property
    def name(self):
        return f"{self.number} {self.title}"


@dataclass
class Runbook:
    steps: list[Step]
    appendix: list[Step]
    rollback: list[Step]


def parse(text):
    """The steps of a runbook."""
    book = Runbook([], [], [])
    chapter, step, part, block = None, None, None, None
    # A block of output follows the line that says so.
    announced = None
    lines = iter(text.split("\n"))
    for line in lines:
        fence = re.match(r"(`{3,})(\w*)$", line)
        if fence:
            body = []
            for inner in lines:
                if inner == fence[1]:
                    break
                body.append(inner)
            else:
                raise Unreadable(f"a block of code is not closed: {line}")
            content = "\n".join(body)
            if fence[2] == "sh":
                if part is None:
                    raise Unreadable(f"a command outside of any step: {content}")
                block = Block(content)
                part.append(block)
            elif announced:
                if block is None or block.output is not None:
                    raise Unreadable(f"an output without its command: {content}")
                block.output, block.is_observed = content, announced == "observed"
            announced = None
        elif line.startswith("## "):
            title = line[3:]
            chapter = (book.rollback if title.startswith("Rollback") else
                       book.appendix if "Appendix" in title else book.steps)
            step, part = None, None
        elif line.startswith("### "):
            number, title = line[4:].split(" ", 1)
            step, part, block = Step(number, re.sub(r" \([A-Z ]+\)$", "", title)), None, None
            chapter.append(step)
        elif match := re.match(r"- When: (\S+)", line):
            step.when = match[1]
        elif match := re.match(r"- If it fails: (.*)", line):
            step.if_it_fails = match[1]
        elif line in ("**Do**", "**Verify**", "**Undo**"):
            part = getattr(step, line.strip("*").lower())
            block = None
        elif line.startswith("Output") and line.endswith(": none."):
            block.output, block.is_observed = "", "not observed" not in line
        elif line.startswith("Output"):
            announced = "documented" if "not observed" in line else "observed"
    return book


def matches(output, pattern):
    """Whether an output is what the page says. Runs of blanks are one, empty lines none; a line
    of the pattern that holds nothing but the ellipsis stands for any lines."""
    found = [" ".join(line.split()) for line in output.splitlines()]
    found = [line for line in found if line]
    expression = ""
    for line in pattern.splitlines():
        line = " ".join(line.split())
        if line == ANYTHING:
            expression += r"(?:[^\n]*\n)*"
        elif line:
            parts = (re.escape(part) for part in line.split(ANYTHING))
            expression += r"[^\n]*".join(parts) + r"\n"
    return re.fullmatch(expression, "".join(line + "\n" for line in found)) is not None
