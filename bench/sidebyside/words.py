"""How figures are put into words, on the page and in the README."""


def duration(results):
    """How the run was made, in words."""
    chosen = results["options"]
    rounds = f"{chosen['rounds']} interleaved round" + ("s" if chosen["rounds"] != 1 else "")
    return f"{rounds} of {chosen['seconds']} s" + (", a quick run" if chosen["quick"] else "")


def disturbance(results):
    """How much of the processors' time others had, in words."""
    shares = results["disturbance"]
    return (
        f"other programs had {shares['others'] * 100:.0f} % of the processors' time, "
        f"other machines {shares['stolen'] * 100:.1f} %"
    )


def verdict(line):
    """(met | missed | unknown, words) for a line of the table."""
    if line.met is None:
        return "unknown", "not measured"
    return ("met", "met") if line.met else ("missed", "missed")


def amount(line, value):
    """A figure with its unit."""
    if value is None:
        return "–"
    if line.unit == "×":
        return f"{value:.2f}"
    number = f"{value:.2f}" if line.unit == "s" else f"{value:.1f}".removesuffix(".0")
    return f"{number} {line.unit}"


def shown(line):
    """What was seen, with a digit more where the others would hide a miss."""
    words = amount(line, line.value)
    if line.met is False and words == amount(line, line.wanted) and line.unit in ("×", "s"):
        return f"{line.value:.3f}" + line.unit.removeprefix("×").replace("s", " s")
    return words


def spread(line):
    """Between what the rounds lie; nothing when there was one only."""
    return f"{amount(line, line.low)} to {amount(line, line.high)}" if line.low != line.high else ""


def wanted(line):
    """What a line wants, in words."""
    if line.unit == "bytes" and not line.wanted:
        return "0"
    return f"{'≥' if line.at_least else '≤'} {amount(line, line.wanted)}"
