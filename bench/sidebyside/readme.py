"""The table in bench/README.md: the last full result, between two markers."""
from . import words

BEGIN = "<!-- result: written by bench/side-by-side --readme -->"
END = "<!-- end of result -->"


class MarkerError(Exception):
    """The text has not one marker of each kind, in their order."""


def table(results, lines):
    """The result in Markdown."""
    machine, versions = results["machine"], results["versions"]
    software = ", ".join(f"{name} {value}" for name, value in versions.items() if name != "Pollux")
    text = [
        f"{results['began']}: {machine['processor']}, {machine['memory']}, {machine['system']}, {machine['kernel']}; "
        f"{words.duration(results)}, {results['minutes']} minutes; {words.disturbance(results)}.",
        "",
        f"{software}.",
        "",
        "| case | figure | wanted | seen | range of the rounds | |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    before = None
    for line in lines:
        case = line.row if line.row != before else ""
        css, verdict = words.verdict(line)
        shown = f"**{verdict}**" if css == "missed" else verdict
        seen = words.shown(line)
        text.append(f"| {case} | {line.what} | {words.wanted(line)} | {seen} | {words.spread(line)} | {shown} |")
        before = line.row
    if results["problems"]:
        text += ["", "What went wrong:", ""] + [f"- {problem}" for problem in results["problems"]]
    return "\n".join(text)


def replaced(text, content):
    """The text with what stands between the markers replaced."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in after:
        raise MarkerError("bench/README.md must have each marker once, the beginning first")
    return f"{before}{BEGIN}\n\n{content}\n\n{END}{after}"


def rewrite(path, results, lines):
    """Puts the result into a file."""
    path.write_text(replaced(path.read_text(), table(results, lines)))
