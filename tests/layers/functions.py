"""Finds function bodies in C++ text by their braces. Enough for formatted code, no parser."""
import re
from dataclasses import dataclass

SKIPPED = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)

SCOPE = re.compile(r"^(inline\s+)?namespace\b|^extern\b\s*$"
                   r"|^(template\s*<.*>\s*)?(typedef\s+)?(class|struct|union|enum)\b[^()=]*$", re.DOTALL)
QUALIFIERS = r"(\s|\bconst\b|\bnoexcept\b(\([^()]*\))?|\boverride\b|\bfinal\b|\bmutable\b|&|->[^;=]*)*"
AFTER_ARGUMENTS = re.compile(r"\)" + QUALIFIERS + r"$", re.DOTALL)
INITIALIZERS = re.compile(r"\)" + QUALIFIERS + r":[^:].*[)}]\s*$", re.DOTALL)
LAMBDA = re.compile(r"\[[^\[\]]*\]\s*(\(.*\))?" + QUALIFIERS + r"$", re.DOTALL)
ACCESS = re.compile(r"^\s*(public|private|protected)\s*:\s*")


@dataclass
class Function:
    name: str
    line: int
    lines: int


def blank(match):
    return re.sub(r"[^\n]", " ", match.group())


def without_comments_and_strings(text):
    """The same text with comments and literals blanked; lines stay where they are."""
    return SKIPPED.sub(blank, text)


def outside_brackets(text):
    """What is left without (...) and <...>: a default argument is no initialisation."""
    shorter = re.sub(r"\([^()]*\)|<[^<>]*>", "", text)
    return shorter if shorter == text else outside_brackets(shorter)


def is_function(head):
    if LAMBDA.search(head):
        return True
    outside = re.sub(r"\boperator\s*[=<>!+\-*/|&]+", "operator", head)
    if "=" in outside_brackets(outside):
        return False
    return bool(AFTER_ARGUMENTS.search(head) or INITIALIZERS.search(head))


def name_of(head):
    match = re.search(r"([\w:~]+|operator\s*\S+)\s*\(", head)
    return match.group(1) if match else "a lambda"


def find(text):
    """All functions, outermost only: a lambda counts as part of the function around it."""
    code = DIRECTIVE.sub(blank, without_comments_and_strings(text))
    functions = []
    stack = []          # for each open brace: ("scope" | "function" | "other", head, its offset)
    start = 0           # where the text before the next brace begins
    inside = 0          # open function braces
    for match in re.finditer(r"[{};]", code):
        at, mark = match.start(), match.group()
        if mark == "{":
            head = ACCESS.sub("", code[start:at].strip())
            kind = classify(head, inside)
            stack.append((kind, head, start))
            inside += kind == "function"
            if kind != "other":
                start = at + 1
        elif mark == "}" and stack:
            kind, head, before = stack.pop()
            if kind == "other":
                continue
            inside -= kind == "function"
            start = at + 1
            if kind == "function" and inside == 0:
                functions.append(measure(code, head, before, at))
        elif mark == ";":
            start = at + 1
    return functions


def classify(head, inside):
    if inside:
        return "nested"
    if SCOPE.search(head):
        return "scope"
    return "function" if is_function(head) else "other"


def measure(code, head, before, end):
    first = before + len(code[before:]) - len(code[before:].lstrip())
    line = code.count("\n", 0, first) + 1
    last = code.count("\n", 0, end) + 1
    return Function(name_of(head), line, last - line + 1)
